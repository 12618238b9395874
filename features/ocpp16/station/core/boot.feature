@sut-station @v1.6
Feature: A charge point that asks to be let in
  Until a Central System accepts it, a charge point may only knock, and no sooner than it was told to. Once accepted
  it has to say in which state it is: the Central System knows nothing of it yet.

  @TC_001_CS @OCPP1.6:4.2
  Scenario: Turned away, it waits out the interval in silence before it knocks again
    Given the CSMS will answer BootNotification once with
      | status   | Rejected |
      | interval | 2        |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock" within 2 min
    And the station sends BootNotification as "second knock" within 10 s
    And "second knock" comes at least 2 s after the answer to "first knock"
    And the station sends nothing between "first knock" and "second knock"

  @TC_001_CS @OCPP1.6:4.2 @OCPP1.6-errata:3.22
  Scenario: Once let in, it reports itself and its connector
    When the operator reboots the station
    Then the station sends BootNotification within 2 min with
      | chargePointVendor | like .+ |
      | chargePointModel  | like .+ |
    And the station sends StatusNotification as "whole" with
      | connectorId | 0         |
      | status      | Available |
      | errorCode   | NoError   |
    And the station sends StatusNotification as "connector" with
      | connectorId | 1         |
      | status      | Available |
      | errorCode   | NoError   |

  @TC_001_CS @OCPP1.6:4.2 @OCPP1.6:4.6
  Scenario: It beats its heart as often as it was told when it was let in
    Given the CSMS will answer BootNotification once with
      | interval | 2 |
    When the operator reboots the station
    Then the station sends BootNotification within 2 min
    And the station sends StatusNotification with
      | connectorId | 1 |
    And the station sends Heartbeat within 10 s
    And the station sends Heartbeat every 2 s, 2 times
    When the CSMS sends ChangeConfiguration as "as before" with
      | key   | HeartbeatInterval |
      | value | 300               |
    Then the station answers "as before" with
      | status | any of Accepted, RebootRequired |

  @TC_002_CS @OCPP1.6:4.2 @OCPP1.6:5.3 @OCPP1.6:5.8
  Scenario: Kept waiting, it lets itself be configured, says nothing unasked and knocks again in time
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 2       |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock" within 2 min
    When the CSMS sends GetConfiguration as "all keys" with
      | key | absent |
    And the CSMS sends ChangeConfiguration as "change" with
      | key   | MeterValueSampleInterval |
      | value | 60                       |
    Then the station answers "all keys" with
      | configurationKey[0].key | present |
    And the station answers "change" with
      | status | Accepted |
    And the station sends BootNotification as "second knock" within 10 s
    And "second knock" comes at least 2 s after the answer to "first knock"
    And the station sends nothing between "first knock" and "second knock"
    And the station sends StatusNotification with
      | connectorId | 0         |
      | status      | Available |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @TC_002_CS @OCPP1.6:4.2 @OCPP1.6:4.6
  Scenario: Let in after waiting, it takes over the heartbeat interval of the last answer
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 1       |
    And the CSMS will answer BootNotification once with
      | interval | 2 |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock" within 2 min
    And the station sends BootNotification as "second knock" within 10 s
    And the station sends StatusNotification with
      | connectorId | 1 |
    And the station sends Heartbeat within 10 s
    And the station sends Heartbeat every 2 s, 2 times
    When the CSMS sends ChangeConfiguration as "as before" with
      | key   | HeartbeatInterval |
      | value | 300               |
    Then the station answers "as before" with
      | status | any of Accepted, RebootRequired |

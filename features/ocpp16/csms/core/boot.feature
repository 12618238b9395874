@sut-csms @v1.6
Feature: A Central System that takes a charge point into service
  A charge point may do nothing before it has registered, and it lives by what it is told then: the time, and how
  often to give a sign of life.

  @TC_001_CSMS @OCPP1.6:4.2 @OCPP1.6:4.6 @OCPP1.6:4.9
  Scenario: It accepts a charge point that introduces itself, hears its connectors and its heartbeats
    Given the station is connected
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | status      | Accepted   |
      | interval    | at least 0 |
      | currentTime | present    |
    When the station sends StatusNotification as "charge point" with
      | connectorId | 0         |
      | status      | Available |
    And the station sends StatusNotification as "connector" with
      | connectorId | 1         |
      | status      | Available |
    And the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "charge point"
    And the CSMS answers "connector"
    And the CSMS answers "heartbeat" with
      | currentTime | present |

  @OCPP1.6:4.2
  Scenario: It accepts again a charge point that boots again on a new connection
    Given the station is booted
    When the station drops the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp1.6
    When the station sends BootNotification as "second boot"
    Then the CSMS answers "second boot" with
      | status | Accepted |

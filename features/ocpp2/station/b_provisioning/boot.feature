@sut-station @v2.0.1
Feature: A station that asks to be let in
  Until a CSMS accepts it, a station may only knock, and no sooner than it was told to. Once accepted it has to say
  in which state its connectors are: the CSMS knows nothing of them yet.

  @TC_B_01_CS @B01.FR.01 @B01.FR.03 @B01.FR.05 @B01.FR.09 @A04.FR.01
  Scenario: After a reboot it introduces itself, reports its connector and that it has restarted
    When the operator reboots the station
    Then the station sends BootNotification as "boot" with
      | reason                     | none of RemoteReset, ScheduledReset, Triggered |
      | chargingStation.model      | present                                        |
      | chargingStation.vendorName | present                                        |
    And the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |
    And the station sends SecurityEventNotification with
      | type | any of StartupOfTheDevice, ResetOrReboot |

  @TC_B_01_CS @B01.FR.05 @needs:HFS-8>1
  Scenario: After a reboot it reports the connectors of every EVSE
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |
    And the station reports a connector with
      | evseId          | 2         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @B01.FR.04 @G02.FR.01 @G02.FR.02
  Scenario: It takes over the heartbeat interval it is given when it is let in
    Given the CSMS will answer BootNotification once with
      | interval | 2 |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends Heartbeat within 10 s
    And the station sends Heartbeat every 2 s, 2 times
    When the CSMS sends SetVariables as "as before" with
      | setVariableData[0].component.name | OCPPCommCtrlr     |
      | setVariableData[0].variable.name  | HeartbeatInterval |
      | setVariableData[0].attributeValue | 300               |
    Then the station answers "as before" with
      | setVariableResult[0].attributeStatus | any of Accepted, UnknownVariable |

  @TC_B_03_CS @B03.FR.02 @B03.FR.06 @B01.FR.05
  Scenario: Turned away, it waits out the interval in silence before it knocks again
    Given the CSMS will answer BootNotification once with
      | status   | Rejected |
      | interval | 2        |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock"
    And the station sends BootNotification as "second knock"
    And "second knock" comes at least 2 s after the answer to "first knock"
    And the station sends nothing between "first knock" and "second knock"
    And the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @B03.FR.05
  Scenario: Turned away without an interval, it chooses one that does not flood the CSMS
    Given the CSMS will answer BootNotification once with
      | status   | Rejected |
      | interval | 0        |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends nothing for 1 s

  @TC_B_30_CS @B03.FR.08 @B03.FR.02
  Scenario: Turned away, it refuses what the CSMS asks of it
    Given the station is rejected
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station answers "ask" with CALLERROR SecurityError
    And the station sends BootNotification as "next knock"
    And the station sends nothing between "boot" and "next knock"

@sut-station @v2.0.1
Feature: A station that is kept waiting
  A CSMS that does not know a station yet answers Pending: it wants to read and configure it first. Meanwhile the
  station does what it is asked about its settings, but starts nothing and says nothing by itself.

  @TC_B_02_CS @B02.FR.01
  Scenario: While pending it takes a new setting and reads it back
    Given the station is pending
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr    |
      | setVariableData[0].variable.name  | OfflineThreshold |
      | setVariableData[0].attributeValue | 300              |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Accepted |
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | Accepted |
      | getVariableResult[0].attributeValue  | 300      |

  @TC_B_02_CS @B02.FR.01 @B02.FR.02 @B07.FR.04
  Scenario: While pending it reports its inventory
    Given the station is pending
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |

  @TC_B_02_CS @B02.FR.05 @B02.FR.02
  Scenario: While pending it starts no charging for the CSMS
    Given the station is pending
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Rejected |
    And the station sends nothing for 1 s

  @TC_B_02_CS @B02.FR.05
  Scenario: While pending it stops no charging for the CSMS
    Given the station is pending
    When the CSMS sends RequestStopTransaction as "stop"
    Then the station answers "stop" with
      | status | Rejected |

  @TC_B_02_CS @B02.FR.04 @B01.FR.05 @F06.FR.04 @F06.FR.10 @needs:C-29.6
  Scenario: While pending it knocks before its time where the CSMS asks it to, and is let in
    Given the station is pending
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | BootNotification |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends BootNotification as "again" with
      | reason | Triggered |
    And "again" comes at most 8 s after "boot"
    And the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @TC_B_02_CS @B02.FR.02 @B02.FR.04 @B02.FR.08
  Scenario: Kept waiting and asked nothing, it is silent until the interval is over and then knocks again
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 2       |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock"
    And the station sends BootNotification as "second knock"
    And "second knock" comes at least 2 s after the answer to "first knock"
    And the station sends nothing between "first knock" and "second knock"

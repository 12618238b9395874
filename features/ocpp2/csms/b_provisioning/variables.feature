@sut-csms @v2.0.1
Feature: A CSMS that reads and writes a station's variables
  How a station behaves is a matter of its variables. What the operator names must arrive at the station as
  that component and that variable, and as its actual value.

  @TC_B_06_CSMS
  Scenario: It asks for the variable its operator names
    Given the station is booted
    When the operator requests GetVariables with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the CSMS sends GetVariables as "get"
    And some getVariableData of "get" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |

  @TC_B_07_CSMS @needs:C-45
  Scenario: It asks for two variables at once
    Given the station is booted
    When the operator requests GetVariables with
      | getVariableData[0].component.name | OCPPCommCtrlr        |
      | getVariableData[0].variable.name  | OfflineThreshold     |
      | getVariableData[1].component.name | AuthCtrlr            |
      | getVariableData[1].variable.name  | AuthorizeRemoteStart |
    Then the CSMS sends GetVariables as "get"
    And some getVariableData of "get" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |
    And some getVariableData of "get" has
      | component.name | AuthCtrlr            |
      | variable.name  | AuthorizeRemoteStart |

  @TC_B_09_CSMS
  Scenario: It writes the actual value its operator gives
    Given the station is booted
    When the operator requests SetVariables with
      | setVariableData[0].component.name | OCPPCommCtrlr    |
      | setVariableData[0].variable.name  | OfflineThreshold |
      | setVariableData[0].attributeValue | 123              |
    Then the CSMS sends SetVariables as "set"
    And some setVariableData of "set" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |
      | attributeValue | 123              |
      | attributeType  | absent or Actual |

  @TC_B_10_CSMS @needs:C-46
  Scenario: It writes two variables at once
    Given the station is booted
    When the operator requests SetVariables with
      | setVariableData[0].component.name | OCPPCommCtrlr        |
      | setVariableData[0].variable.name  | OfflineThreshold     |
      | setVariableData[0].attributeValue | 123                  |
      | setVariableData[1].component.name | AuthCtrlr            |
      | setVariableData[1].variable.name  | AuthorizeRemoteStart |
      | setVariableData[1].attributeValue | false                |
    Then the CSMS sends SetVariables as "set"
    And some setVariableData of "set" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |
      | attributeValue | 123              |
      | attributeType  | absent or Actual |
    And some setVariableData of "set" has
      | component.name | AuthCtrlr            |
      | variable.name  | AuthorizeRemoteStart |
      | attributeValue | false                |
      | attributeType  | absent or Actual     |

  Scenario: It goes on serving a station that does not know the variable
    Given the station is booted
    And the station will answer GetVariables with
      | getVariableResult[0].attributeStatus | UnknownVariable |
      | getVariableResult[0].attributeValue  | absent          |
    When the operator requests GetVariables with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the CSMS sends GetVariables
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

  @TC_B_08_CSMS @B06.FR.05
  Scenario: It asks for no more variables in one request than the station can take
    Given the station is booted
    And the station will answer GetVariables once with
      | getVariableResult[0].attributeValue | 2 |
    When the operator requests GetVariables with
      | getVariableData[0].component.name    | DeviceDataCtrlr |
      | getVariableData[0].variable.name     | ItemsPerMessage |
      | getVariableData[0].variable.instance | GetVariables    |
    Then the CSMS sends GetVariables as "limit"
    When the operator requests GetVariables with
      | getVariableData[0].component.name | OCPPCommCtrlr        |
      | getVariableData[0].variable.name  | OfflineThreshold     |
      | getVariableData[1].component.name | OCPPCommCtrlr        |
      | getVariableData[1].variable.name  | HeartbeatInterval    |
      | getVariableData[2].component.name | AuthCtrlr            |
      | getVariableData[2].variable.name  | AuthorizeRemoteStart |
    Then the CSMS sends GetVariables as "first request" with
      | getVariableData[2] | absent |
    And the CSMS sends GetVariables as "second request" with
      | getVariableData[2] | absent |

  @B05.FR.11
  Scenario: It writes no more variables in one request than the station can take
    Given the station is booted
    And the station will answer GetVariables once with
      | getVariableResult[0].attributeValue | 1 |
    When the operator requests GetVariables with
      | getVariableData[0].component.name    | DeviceDataCtrlr |
      | getVariableData[0].variable.name     | ItemsPerMessage |
      | getVariableData[0].variable.instance | SetVariables    |
    Then the CSMS sends GetVariables as "limit"
    When the operator requests SetVariables with
      | setVariableData[0].component.name | OCPPCommCtrlr     |
      | setVariableData[0].variable.name  | OfflineThreshold  |
      | setVariableData[0].attributeValue | 123               |
      | setVariableData[1].component.name | OCPPCommCtrlr     |
      | setVariableData[1].variable.name  | HeartbeatInterval |
      | setVariableData[1].attributeValue | 300               |
    Then the CSMS sends SetVariables as "first request" with
      | setVariableData[1] | absent |
    And the CSMS sends SetVariables as "second request" with
      | setVariableData[1] | absent |

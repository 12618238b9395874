@sut-station @v2.0.1
Feature: A station whose settings are read and written
  Everything an operator knows of a station and everything he can adjust is a variable of a component. Each element of
  a request gets its own verdict, so that one wrong name does not spoil the rest.

  @TC_B_06_CS @B06.FR.01 @B06.FR.02 @B06.FR.03 @B06.FR.04 @B06.FR.10
  Scenario: It gives the value it was set to
    Given the station is set to think 300 s a long absence
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
      | getVariableData[0].attributeType  | Actual           |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus                | Accepted          |
      | getVariableResult[0].attributeType                  | Actual            |
      | getVariableResult[0].attributeValue                 | 300               |
      | getVariableResult[0].component.name                 | OCPPCommCtrlr     |
      | getVariableResult[0].variable.name                  | OfflineThreshold  |
      | getVariableResult[0].attributeStatusInfo.reasonCode | absent or NoError |
      | getVariableResult[1]                                | absent            |

  @TC_B_06_CS @B06.FR.11
  Scenario: Asked for no particular attribute, it gives the actual value and says so
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | Accepted |
      | getVariableResult[0].attributeType   | Actual   |
      | getVariableResult[0].attributeValue  | like \d+ |

  @TC_B_07_CS @B06.FR.01 @B06.FR.02 @B06.FR.04 @B06.FR.10
  Scenario: It gives two values at once
    Given the station is set to think 300 s a long absence
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr         |
      | getVariableData[0].variable.name  | OfflineThreshold      |
      | getVariableData[1].component.name | AuthCtrlr             |
      | getVariableData[1].variable.name  | LocalAuthorizeOffline |
    Then the station answers "get" as "answer" with
      | getVariableResult[2] | absent |
    And each getVariableResult of "answer" has
      | attributeStatus | Accepted |
      | attributeType   | Actual   |
    And some getVariableResult of "answer" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |
      | attributeValue | 300              |
    And some getVariableResult of "answer" has
      | component.name | AuthCtrlr             |
      | variable.name  | LocalAuthorizeOffline |
      | attributeValue | any of true, false    |

  @TC_B_32_CS @B06.FR.06
  Scenario: Asked to read a component it does not have, it says so
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | UnknownComponent |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | UnknownComponent |
      | getVariableResult[0].attributeValue  | absent           |
      | getVariableResult[0].component.name  | UnknownComponent |
      | getVariableResult[0].variable.name   | OfflineThreshold |

  @TC_B_33_CS @B06.FR.07
  Scenario: Asked to read a variable its component does not have, it says so
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr   |
      | getVariableData[0].variable.name  | UnknownVariable |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | UnknownVariable |
      | getVariableResult[0].attributeValue  | absent          |
      | getVariableResult[0].component.name  | OCPPCommCtrlr   |
      | getVariableResult[0].variable.name   | UnknownVariable |

  @TC_B_34_CS @B06.FR.08 @B06.FR.03
  Scenario: Asked to read an attribute the variable does not have, it says so
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
      | getVariableData[0].attributeType  | Target           |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | NotSupportedAttributeType |
      | getVariableResult[0].attributeType   | Target                    |
      | getVariableResult[0].attributeValue  | absent                    |
      | getVariableResult[0].component.name  | OCPPCommCtrlr             |
      | getVariableResult[0].variable.name   | OfflineThreshold          |

  @B06.FR.09
  Scenario: It never gives away its password
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | SecurityCtrlr     |
      | getVariableData[0].variable.name  | BasicAuthPassword |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | any of Rejected, UnknownVariable, UnknownComponent |
      | getVariableResult[0].attributeValue  | absent or ""                                       |

  @B06.FR.01 @B06.FR.06 @B06.FR.10
  Scenario: A wrong name in a request does not keep it from reading the rest
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | UnknownComponent |
      | getVariableData[0].variable.name  | OfflineThreshold |
      | getVariableData[1].component.name | OCPPCommCtrlr    |
      | getVariableData[1].variable.name  | OfflineThreshold |
    Then the station answers "get" as "answer" with
      | getVariableResult[2] | absent |
    And some getVariableResult of "answer" has
      | component.name  | UnknownComponent |
      | attributeStatus | UnknownComponent |
    And some getVariableResult of "answer" has
      | component.name  | OCPPCommCtrlr |
      | attributeStatus | Accepted      |
      | attributeValue  | like \d+      |

  @B06.FR.01 @B06.FR.14
  Scenario: Asked for one instance of a variable, it gives that one
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name    | OCPPCommCtrlr    |
      | getVariableData[0].variable.name     | MessageAttempts  |
      | getVariableData[0].variable.instance | TransactionEvent |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus   | Accepted         |
      | getVariableResult[0].attributeValue    | like \d+         |
      | getVariableResult[0].variable.name     | MessageAttempts  |
      | getVariableResult[0].variable.instance | TransactionEvent |

  @B06.FR.15
  Scenario: Not told which instance is meant, it picks none for itself
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr   |
      | getVariableData[0].variable.name  | MessageAttempts |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | any of UnknownVariable, UnknownComponent |
      | getVariableResult[0].attributeValue  | absent or ""                             |

  @TC_B_09_CS @B05.FR.01 @B05.FR.02 @B05.FR.03 @B05.FR.10
  Scenario: It takes a new value and keeps it
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr    |
      | setVariableData[0].variable.name  | OfflineThreshold |
      | setVariableData[0].attributeType  | Actual           |
      | setVariableData[0].attributeValue | 299              |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus                | Accepted          |
      | setVariableResult[0].attributeType                  | Actual            |
      | setVariableResult[0].component.name                 | OCPPCommCtrlr     |
      | setVariableResult[0].variable.name                  | OfflineThreshold  |
      | setVariableResult[0].attributeStatusInfo.reasonCode | absent or NoError |
      | setVariableResult[1]                                | absent            |
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeValue | 299 |

  @TC_B_10_CS @B05.FR.01 @B05.FR.02 @B05.FR.10 @B05.FR.12
  Scenario: It takes two values at once
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr         |
      | setVariableData[0].variable.name  | OfflineThreshold      |
      | setVariableData[0].attributeValue | 300                   |
      | setVariableData[1].component.name | AuthCtrlr             |
      | setVariableData[1].variable.name  | LocalAuthorizeOffline |
      | setVariableData[1].attributeValue | true                  |
    Then the station answers "set" as "answer" with
      | setVariableResult[2] | absent |
    And each setVariableResult of "answer" has
      | attributeStatus                | Accepted          |
      | attributeType                  | Actual            |
      | attributeStatusInfo.reasonCode | absent or NoError |
    And some setVariableResult of "answer" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |
    And some setVariableResult of "answer" has
      | component.name | AuthCtrlr             |
      | variable.name  | LocalAuthorizeOffline |

  @B05.FR.01 @B05.FR.02 @B05.FR.04 @B05.FR.10
  Scenario: A wrong name in a request does not keep it from taking the rest
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | UnknownComponent |
      | setVariableData[0].variable.name  | OfflineThreshold |
      | setVariableData[0].attributeValue | 300              |
      | setVariableData[1].component.name | OCPPCommCtrlr    |
      | setVariableData[1].variable.name  | OfflineThreshold |
      | setVariableData[1].attributeValue | 298              |
    Then the station answers "set" as "answer" with
      | setVariableResult[2] | absent |
    And some setVariableResult of "answer" has
      | component.name  | UnknownComponent |
      | attributeStatus | UnknownComponent |
    And some setVariableResult of "answer" has
      | component.name  | OCPPCommCtrlr |
      | attributeStatus | Accepted      |
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeValue | 298 |

  @TC_B_11_CS @B05.FR.07
  Scenario Outline: It refuses "<text>" where a whole number of seconds belongs, and keeps what it had
    Given the station is set to think 300 s a long absence
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr    |
      | setVariableData[0].variable.name  | OfflineThreshold |
      | setVariableData[0].attributeValue | <text>           |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Rejected         |
      | setVariableResult[0].component.name  | OCPPCommCtrlr    |
      | setVariableResult[0].variable.name   | OfflineThreshold |
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeValue | 300 |

    Examples:
      | text  |
      | 300.1 |
      | true  |
      | abc   |
      | now   |

  @TC_B_11_CS @B05.FR.07
  Scenario Outline: It refuses "<text>" where only true or false belongs
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | AuthCtrlr             |
      | setVariableData[0].variable.name  | LocalAuthorizeOffline |
      | setVariableData[0].attributeValue | <text>                |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Rejected              |
      | setVariableResult[0].component.name  | AuthCtrlr             |
      | setVariableResult[0].variable.name   | LocalAuthorizeOffline |

    Examples:
      | text  |
      | 300   |
      | 300.1 |
      | abc   |

  @TC_B_35_CS @B05.FR.04
  Scenario: Asked to write a component it does not have, it says so
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | UnknownComponent |
      | setVariableData[0].variable.name  | OfflineThreshold |
      | setVariableData[0].attributeValue | 300              |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | UnknownComponent |
      | setVariableResult[0].component.name  | UnknownComponent |
      | setVariableResult[0].variable.name   | OfflineThreshold |

  @TC_B_36_CS @B05.FR.05
  Scenario: Asked to write a variable its component does not have, it says so
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr   |
      | setVariableData[0].variable.name  | UnknownVariable |
      | setVariableData[0].attributeValue | 300             |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | UnknownVariable |
      | setVariableResult[0].component.name  | OCPPCommCtrlr   |
      | setVariableResult[0].variable.name   | UnknownVariable |

  @TC_B_37_CS @B05.FR.06 @B05.FR.03
  Scenario: Asked to write an attribute the variable does not have, it says so
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr    |
      | setVariableData[0].variable.name  | OfflineThreshold |
      | setVariableData[0].attributeType  | Target           |
      | setVariableData[0].attributeValue | 300              |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | NotSupportedAttributeType |
      | setVariableResult[0].attributeType   | Target                    |
      | setVariableResult[0].component.name  | OCPPCommCtrlr             |
      | setVariableResult[0].variable.name   | OfflineThreshold          |

  @TC_B_39_CS @B05.FR.09 @B05.FR.02
  Scenario: It lets nobody write what can only be read
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name    | OCPPCommCtrlr  |
      | setVariableData[0].variable.name     | MessageTimeout |
      | setVariableData[0].variable.instance | Default        |
      | setVariableData[0].attributeValue    | 30             |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus   | Rejected       |
      | setVariableResult[0].component.name    | OCPPCommCtrlr  |
      | setVariableResult[0].variable.name     | MessageTimeout |
      | setVariableResult[0].variable.instance | Default        |

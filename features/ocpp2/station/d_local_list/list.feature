@sut-station @v2.0.1 @needs:LA-0
Feature: A station that keeps a list of tokens
  The CSMS keeps the list, the station only holds it. That works as long as both know which version the station has, and
  as long as an update does what it says and nothing besides.

  @TC_D_01_CS @TC_D_08_CS @D01.FR.02 @D01.FR.15 @D02.FR.01
  Scenario: Given a whole list, it has that version
    Given the station is set to trust its list
    When the CSMS sends SendLocalList as "whole" with
      | updateType    | Full |
      | versionNumber | 5    |
    Then the station answers "whole" with
      | status | Accepted |
    When the CSMS sends GetLocalListVersion as "version"
    Then the station answers "version" with
      | versionNumber | 5 |

  @TC_D_02_CS @D01.FR.02 @D01.FR.16 @D02.FR.01 @needs:not-AQ-2 @needs:C-30|C-31|C-32
  Scenario: A change adds a driver, who then charges without another question
    Given the station is set to trust its list
    And the station is given a list that calls the valid idToken Accepted
    When the CSMS sends SendLocalList as "change" with
      | updateType                                   | Differential                   |
      | versionNumber                                | 2                              |
      | localAuthorizationList[0].idToken.idToken    | the second idToken             |
      | localAuthorizationList[0].idToken.type       | the type of the second idToken |
      | localAuthorizationList[0].idTokenInfo.status | Accepted                       |
    And the CSMS sends GetLocalListVersion as "version"
    Then the station answers "change" with
      | status | Accepted |
    And the station answers "version" with
      | versionNumber | 2 |
    Given the station is occupied
    When the driver presents the second idToken
    Then the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "occupied" and "charging"

  @TC_D_03_CS @D01.FR.02 @D01.FR.17 @D02.FR.01
  Scenario: A change takes a driver off the list
    Given the station is set to trust its list
    And the station is given a list that calls the valid idToken Accepted
    When the CSMS sends SendLocalList as "change" with
      | updateType                            | Differential |
      | versionNumber                         | 2            |
      | localAuthorizationList[0].idTokenInfo | absent       |
    And the CSMS sends GetLocalListVersion as "version"
    Then the station answers "change" with
      | status | Accepted |
    And the station answers "version" with
      | versionNumber | 2 |

  @D01.FR.17 @C01.FR.02 @needs:C-49
  Scenario: It asks about a driver who was taken off the list
    Given the station is set to trust its list
    And the station is without any token in its cache
    And the station is given a list that calls the valid idToken Accepted
    When the CSMS sends SendLocalList as "change" with
      | updateType                            | Differential |
      | versionNumber                         | 2            |
      | localAuthorizationList[0].idTokenInfo | absent       |
    Then the station answers "change" with
      | status | Accepted |
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_D_04_CS @D01.FR.01 @D01.FR.02 @D02.FR.01
  Scenario: Given a whole list without entries, it has that version
    Given the station is set to trust its list
    And the station is given a list that calls the valid idToken Accepted
    When the CSMS sends SendLocalList as "nobody" with
      | updateType             | Full   |
      | versionNumber          | 7      |
      | localAuthorizationList | absent |
    And the CSMS sends GetLocalListVersion as "version"
    Then the station answers "nobody" with
      | status | Accepted |
    And the station answers "version" with
      | versionNumber | 7 |

  @D01.FR.04 @C01.FR.02 @needs:C-49
  Scenario: Given a whole list without entries, it knows nobody any more
    Given the station is set to trust its list
    And the station is without any token in its cache
    And the station is given a list that calls the valid idToken Accepted
    When the CSMS sends SendLocalList as "nobody" with
      | updateType             | Full   |
      | versionNumber          | 7      |
      | localAuthorizationList | absent |
    Then the station answers "nobody" with
      | status | Accepted |
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_D_05_CS @D01.FR.02 @D01.FR.05 @needs:not-AQ-2 @needs:C-30|C-31|C-32
  Scenario: A change that changes nothing leaves everybody on the list
    Given the station is set to trust its list
    And the station is given a list that calls the valid idToken Accepted
    When the CSMS sends SendLocalList as "nothing" with
      | updateType             | Differential |
      | versionNumber          | 2            |
      | localAuthorizationList | absent       |
    Then the station answers "nothing" with
      | status | Accepted |
    Given the station is occupied
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "occupied" and "charging"

  @TC_D_06_CS @D01.FR.19 @D02.FR.01
  Scenario Outline: A change of version <version> is refused by who has version 5
    Given the station is set to trust its list
    When the CSMS sends SendLocalList as "whole" with
      | updateType    | Full |
      | versionNumber | 5    |
    And the CSMS sends SendLocalList as "late" with
      | updateType                                | Differential                   |
      | versionNumber                             | <version>                      |
      | localAuthorizationList[0].idToken.idToken | the second idToken             |
      | localAuthorizationList[0].idToken.type    | the type of the second idToken |
    And the CSMS sends GetLocalListVersion as "version"
    Then the station answers "whole" with
      | status | Accepted |
    And the station answers "late" with
      | status | VersionMismatch |
    And the station answers "version" with
      | versionNumber | 5 |

    Examples:
      | version |
      | 4       |
      | 5       |

  @TC_D_07_CS @D01.FR.10 @lab-strict
  Scenario: Its list outlives a restart
    Given the station is set to trust its list
    When the CSMS sends SendLocalList as "whole" with
      | updateType    | Full |
      | versionNumber | 5    |
    Then the station answers "whole" with
      | status | Accepted |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | connectorStatus | Available |
    When the CSMS sends GetLocalListVersion as "version"
    Then the station answers "version" with
      | versionNumber | 5 |

  @TC_D_10_CS @D02.FR.03 @D01.FR.13 @needs:LA-1
  Scenario: With its list switched off, it has none
    Given the station is set to keep no list
    When the CSMS sends GetLocalListVersion as "version"
    Then the station answers "version" with
      | versionNumber | 0 |
    Given the station is set to trust its list

  @D01.FR.12
  Scenario: It tells how many entries its list has
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | LocalAuthListCtrlr |
      | getVariableData[0].variable.name  | Entries            |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | Accepted |
      | getVariableResult[0].attributeValue  | like \d+ |

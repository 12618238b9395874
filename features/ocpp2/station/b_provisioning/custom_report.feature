@sut-station @v2.0.1 @needs:DM-0
Feature: A station that reports what it is asked about, and no more
  A full report of a large station takes minutes. Whoever looks for one thing asks for that: a component, a variable, or
  all that is in a certain condition.

  @TC_B_17_CS @B08.FR.01 @B08.FR.03 @B08.FR.04 @B08.FR.11 @B08.FR.12 @B08.FR.14
  Scenario: Asked about one variable of one EVSE, it reports that one
    When the CSMS sends GetReport as "ask" with
      | componentVariable[0].component.name    | EVSE              |
      | componentVariable[0].component.evse.id | 1                 |
      | componentVariable[0].variable.name     | AvailabilityState |
    Then the station answers "ask" with
      | status                | Accepted          |
      | statusInfo.reasonCode | absent or NoError |
    And the station sends every part of NotifyReport as "report" with
      | requestId   | the requestId of "ask" |
      | generatedAt | present                |
    And some reportData of "report" has
      | component.name                     | EVSE                    |
      | component.evse.id                  | 1                       |
      | variable.name                      | AvailabilityState       |
      | variableAttribute[0].type          | absent or Actual        |
      | variableAttribute[0].mutability    | ReadOnly                |
      | variableCharacteristics.dataType   | OptionList              |
      | variableCharacteristics.valuesList | like .*Available.*      |
    And no reportData of "report" has
      | component.name | none of EVSE |
    And no reportData of "report" has
      | variable.name | none of AvailabilityState |
    And no reportData of "report" has
      | component.evse.id | none of 1 |

  @TC_B_54_CS @B08.FR.01 @B08.FR.03 @B08.FR.11 @B08.FR.21
  Scenario: Not told which instance is meant, it reports each of them
    When the CSMS sends GetReport as "ask" with
      | componentVariable[0].component.name | DeviceDataCtrlr |
      | componentVariable[0].variable.name  | ItemsPerMessage |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | variable.name     | ItemsPerMessage |
      | variable.instance | GetReport       |
    And some reportData of "report" has
      | variable.name     | ItemsPerMessage |
      | variable.instance | GetVariables    |
    And no reportData of "report" has
      | component.name | none of DeviceDataCtrlr |

  @TC_B_55_CS @B08.FR.01 @B08.FR.03 @B08.FR.11
  Scenario: Told which instance is meant, it reports that one alone
    When the CSMS sends GetReport as "ask" with
      | componentVariable[0].component.name    | DeviceDataCtrlr |
      | componentVariable[0].variable.name     | ItemsPerMessage |
      | componentVariable[0].variable.instance | GetReport       |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name    | DeviceDataCtrlr |
      | variable.name     | ItemsPerMessage |
      | variable.instance | GetReport       |
    And no reportData of "report" has
      | variable.instance | absent or none of GetReport |

  @TC_B_56_CS @B08.FR.01 @B08.FR.03 @B08.FR.11 @B08.FR.23 @needs:HFS-8>1
  Scenario: Not told which EVSE is meant, it reports them all
    When the CSMS sends GetReport as "ask" with
      | componentVariable[0].component.name | EVSE              |
      | componentVariable[0].variable.name  | AvailabilityState |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.evse.id | 1                 |
      | variable.name     | AvailabilityState |
    And some reportData of "report" has
      | component.evse.id | 2                 |
      | variable.name     | AvailabilityState |

  @B08.FR.11 @B08.FR.20
  Scenario: Not told which variable is meant, it reports every one of the component
    When the CSMS sends GetReport as "ask" with
      | componentVariable[0].component.name | TxCtrlr |
      | componentVariable[0].variable       | absent  |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name | TxCtrlr      |
      | variable.name  | TxStartPoint |
    And some reportData of "report" has
      | component.name | TxCtrlr             |
      | variable.name  | EVConnectionTimeOut |
    And no reportData of "report" has
      | component.name | none of TxCtrlr |

  @TC_B_18_CS @B08.FR.01 @B08.FR.05 @B08.FR.08
  Scenario: Asked for what is available, it reports an EVSE that is
    When the CSMS sends GetReport as "ask" with
      | componentCriteria[0]                   | Available         |
      | componentVariable[0].component.name    | EVSE              |
      | componentVariable[0].component.evse.id | 1                 |
      | componentVariable[0].variable.name     | AvailabilityState |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name    | EVSE              |
      | component.evse.id | 1                 |
      | variable.name     | AvailabilityState |
    And no reportData of "report" has
      | variable.name | none of AvailabilityState |

  @TC_B_18_CS @B08.FR.10 @B08.FR.15
  Scenario: Asked for what has a problem where nothing has, it says that there is nothing to report
    When the CSMS sends GetReport as "ask" with
      | componentCriteria[0]                   | Problem           |
      | componentVariable[0].component.name    | EVSE              |
      | componentVariable[0].component.evse.id | 1                 |
      | componentVariable[0].variable.name     | AvailabilityState |
    Then the station answers "ask" with
      | status                | EmptyResultSet     |
      | statusInfo.reasonCode | absent or NotFound |
    And the station sends no NotifyReport for 1 s

  @TC_B_16_CS @B08.FR.01 @B08.FR.03 @B08.FR.09 @B08.FR.12
  Scenario: Asked for what is enabled, it leaves out what is not
    Given the station is set to keep no cache
    When the CSMS sends GetReport as "ask" with
      | componentCriteria[0] | Enabled |
      | componentVariable    | absent  |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And each reportData of "report" has
      | variableCharacteristics | present |
    And no reportData of "report" has
      | component.name | AuthCacheCtrlr |
    Given the station is set to trust its cache

  @B08.FR.07
  Scenario: Asked for what is active, it takes what cannot be inactive for active
    When the CSMS sends GetReport as "ask" with
      | componentCriteria[0]                | Active       |
      | componentVariable[0].component.name | TxCtrlr      |
      | componentVariable[0].variable.name  | TxStartPoint |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name | TxCtrlr      |
      | variable.name  | TxStartPoint |

  @B08.FR.13
  Scenario: Asked for what has a problem or is available, it reports what meets one of the two
    When the CSMS sends GetReport as "ask" with
      | componentCriteria[0]                   | Problem           |
      | componentCriteria[1]                   | Available         |
      | componentVariable[0].component.name    | EVSE              |
      | componentVariable[0].component.evse.id | 1                 |
      | componentVariable[0].variable.name     | AvailabilityState |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name    | EVSE              |
      | component.evse.id | 1                 |
      | variable.name     | AvailabilityState |

  @B08.FR.11 @B08.FR.22
  Scenario: Told the EVSE and not the connector, it reports the connectors of that EVSE
    When the CSMS sends GetReport as "ask" with
      | componentVariable[0].component.name    | Connector         |
      | componentVariable[0].component.evse.id | 1                 |
      | componentVariable[0].variable.name     | AvailabilityState |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name             | Connector |
      | component.evse.id          | 1         |
      | component.evse.connectorId | 1         |
    And no reportData of "report" has
      | component.evse.id | none of 1 |

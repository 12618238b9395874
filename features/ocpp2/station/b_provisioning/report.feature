@sut-station @v2.0.1
Feature: A station that tells what it consists of
  A CSMS cannot know the components of every make of station. It asks for a report and gets it in as many parts as the
  station needs, each with its number, the last one without the promise of more.

  @TC_B_12_CS @B07.FR.01 @B07.FR.04 @B07.FR.07 @B07.FR.10 @B07.FR.12
  Scenario: Asked for its configuration, it reports what can be set, and nothing else
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | ConfigurationInventory |
    Then the station answers "ask" with
      | status                | Accepted          |
      | statusInfo.reasonCode | absent or NoError |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And each reportData of "report" has
      | variableCharacteristics | present |
    And no reportData of "report" has
      | variableAttribute[0].mutability | ReadOnly |
      | variableAttribute[1]            | absent   |
    And no reportData of "report" has
      | variableCharacteristics.dataType   | any of OptionList, SequenceList, MemberList |
      | variableCharacteristics.valuesList | absent                                      |
    And some reportData of "report" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |
    And some reportData of "report" has
      | component.name    | OCPPCommCtrlr    |
      | variable.name     | MessageAttempts  |
      | variable.instance | TransactionEvent |
    And some reportData of "report" has
      | component.name | AuthCtrlr             |
      | variable.name  | LocalAuthorizeOffline |
    And some reportData of "report" has
      | component.name | TxCtrlr             |
      | variable.name  | EVConnectionTimeOut |

  @TC_B_13_CS @B07.FR.01 @B07.FR.03 @B07.FR.04 @B07.FR.08 @B07.FR.10 @B07.FR.12
  Scenario: Asked for everything, it reports what can be set, what can only be read, and its hardware
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station answers "ask" with
      | status                | Accepted          |
      | statusInfo.reasonCode | absent or NoError |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And each reportData of "report" has
      | variableCharacteristics | present |
    And some reportData of "report" has
      | component.name                  | OCPPCommCtrlr         |
      | variable.name                   | FileTransferProtocols |
      | variableAttribute[0].mutability | ReadOnly              |
    And some reportData of "report" has
      | component.name | OCPPCommCtrlr    |
      | variable.name  | OfflineThreshold |
    And some reportData of "report" has
      | component.name    | EVSE              |
      | component.evse.id | 1                 |
      | variable.name     | AvailabilityState |
    And some reportData of "report" has
      | component.name             | Connector         |
      | component.evse.connectorId | 1                 |
      | variable.name              | AvailabilityState |

  @TC_B_53_CS @B07.FR.03 @B07.FR.08
  Scenario: Its full report gives each value, no secret, and the choice of values where there is one
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station answers "ask" with
      | status | Accepted |
    And the station sends every part of NotifyReport as "report" with
      | requestId   | the requestId of "ask" |
      | generatedAt | present                |
    And no reportData of "report" has
      | variableCharacteristics.dataType   | any of OptionList, SequenceList, MemberList |
      | variableCharacteristics.valuesList | absent or ""                                |
    And no reportData of "report" has
      | variableAttribute[0].mutability | WriteOnly |
      | variableAttribute[0].value      | present   |
    And no reportData of "report" has
      | component.name                  | none of EVSE                |
      | variableAttribute[0].type       | absent or Actual            |
      | variableAttribute[0].mutability | any of ReadOnly, ReadWrite  |
      | variableAttribute[0].value      | absent                      |

  @TC_B_53_CS @B07.FR.08
  Scenario Outline: Its full report contains <component>.<variable>, which every station must have
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name                   | <component> |
      | variable.name                    | <variable>  |
      | variableCharacteristics.dataType | <dataType>  |

    Examples:
      | component         | variable                         | dataType     |
      | ChargingStation   | AvailabilityState                | OptionList   |
      | EVSE              | SupplyPhases                     | integer      |
      | Connector         | ConnectorType                    | string       |
      | OCPPCommCtrlr     | NetworkConfigurationPriority     | SequenceList |
      | OCPPCommCtrlr     | NetworkProfileConnectionAttempts | integer      |
      | OCPPCommCtrlr     | UnlockOnEVSideDisconnect         | boolean      |
      | ClockCtrlr        | TimeSource                       | SequenceList |
      | SecurityCtrlr     | SecurityProfile                  | integer      |
      | DeviceDataCtrlr   | BytesPerMessage                  | integer      |
      | TxCtrlr           | TxStartPoint                     | MemberList   |
      | SampledDataCtrlr  | TxUpdatedMeasurands              | MemberList   |
      | AlignedDataCtrlr  | Interval                         | integer      |

  @TC_B_15_CS @B07.FR.02 @B07.FR.05 @needs:not-C-56
  Scenario: Asked for a summary it does not know, it declines and reports nothing
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | SummaryInventory |
    Then the station answers "ask" with
      | status                | NotSupported               |
      | statusInfo.reasonCode | absent or UnsupportedParam |
    And the station sends no NotifyReport for 1 s

@sut-station @v2.0.1
Feature: A station that tells what it consists of
  A CSMS cannot know the components of every make of station. It asks for a report and gets it in as many parts as the
  station needs, each with its number, the last one without the promise of more.

  @TC_B_12_CS @B07.FR.01 @B07.FR.03 @B07.FR.04 @B07.FR.07 @B07.FR.10 @B07.FR.12
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

  @TC_B_53_CS @B07.FR.08 @B09.FR.06
  Scenario: Its full report has every variable of its talk with the CSMS that no station may lack
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr        |
      | variable.name                    | ActiveNetworkProfile |
      | variableCharacteristics.dataType | integer              |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr         |
      | variable.name                    | FileTransferProtocols |
      | variableCharacteristics.dataType | MemberList            |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr  |
      | variable.name                    | MessageTimeout |
      | variable.instance                | Default        |
      | variableCharacteristics.dataType | integer        |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr    |
      | variable.name                    | MessageAttempts  |
      | variable.instance                | TransactionEvent |
      | variableCharacteristics.dataType | integer          |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr          |
      | variable.name                    | MessageAttemptInterval |
      | variable.instance                | TransactionEvent       |
      | variableCharacteristics.dataType | integer                |
    And some reportData of "report" has
      | component.name                     | OCPPCommCtrlr                |
      | variable.name                      | NetworkConfigurationPriority |
      | variableCharacteristics.dataType   | SequenceList                 |
      | variableCharacteristics.valuesList | like [^,]+(,[^,]+)+          |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr                    |
      | variable.name                    | NetworkProfileConnectionAttempts |
      | variableCharacteristics.dataType | integer                          |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr    |
      | variable.name                    | OfflineThreshold |
      | variableCharacteristics.dataType | integer          |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr |
      | variable.name                    | ResetRetries  |
      | variableCharacteristics.dataType | integer       |
    And some reportData of "report" has
      | component.name                   | OCPPCommCtrlr            |
      | variable.name                    | UnlockOnEVSideDisconnect |
      | variableCharacteristics.dataType | boolean                  |

  @TC_B_53_CS @B07.FR.08
  Scenario: Its full report has every variable of its limits, clock and security that no station may lack
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name                   | DeviceDataCtrlr |
      | variable.name                    | ItemsPerMessage |
      | variable.instance                | GetReport       |
      | variableCharacteristics.dataType | integer         |
    And some reportData of "report" has
      | component.name                   | DeviceDataCtrlr |
      | variable.name                    | ItemsPerMessage |
      | variable.instance                | GetVariables    |
      | variableCharacteristics.dataType | integer         |
    And some reportData of "report" has
      | component.name                   | DeviceDataCtrlr |
      | variable.name                    | ItemsPerMessage |
      | variable.instance                | SetVariables    |
      | variableCharacteristics.dataType | integer         |
    And some reportData of "report" has
      | component.name                   | DeviceDataCtrlr |
      | variable.name                    | BytesPerMessage |
      | variable.instance                | GetReport       |
      | variableCharacteristics.dataType | integer         |
    And some reportData of "report" has
      | component.name                   | DeviceDataCtrlr |
      | variable.name                    | BytesPerMessage |
      | variable.instance                | GetVariables    |
      | variableCharacteristics.dataType | integer         |
    And some reportData of "report" has
      | component.name                   | DeviceDataCtrlr |
      | variable.name                    | BytesPerMessage |
      | variable.instance                | SetVariables    |
      | variableCharacteristics.dataType | integer         |
    And some reportData of "report" has
      | component.name                   | ClockCtrlr |
      | variable.name                    | DateTime   |
      | variableCharacteristics.dataType | dateTime   |
    And some reportData of "report" has
      | component.name                   | ClockCtrlr   |
      | variable.name                    | TimeSource   |
      | variableCharacteristics.dataType | SequenceList |
    And some reportData of "report" has
      | component.name                   | SecurityCtrlr    |
      | variable.name                    | OrganizationName |
      | variableCharacteristics.dataType | string           |
    And some reportData of "report" has
      | component.name                   | SecurityCtrlr      |
      | variable.name                    | CertificateEntries |
      | variableCharacteristics.dataType | integer            |
    And some reportData of "report" has
      | component.name                   | SecurityCtrlr   |
      | variable.name                    | SecurityProfile |
      | variableCharacteristics.dataType | integer         |

  @TC_B_53_CS @B07.FR.08
  Scenario: Its full report has every variable of authorization and transactions that no station may lack
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name                   | AuthCtrlr            |
      | variable.name                    | AuthorizeRemoteStart |
      | variableCharacteristics.dataType | boolean              |
    And some reportData of "report" has
      | component.name                   | AuthCtrlr             |
      | variable.name                    | LocalAuthorizeOffline |
      | variableCharacteristics.dataType | boolean               |
    And some reportData of "report" has
      | component.name                   | AuthCtrlr         |
      | variable.name                    | LocalPreAuthorize |
      | variableCharacteristics.dataType | boolean           |
    And some reportData of "report" has
      | component.name                   | TxCtrlr             |
      | variable.name                    | EVConnectionTimeOut |
      | variableCharacteristics.dataType | integer             |
    And some reportData of "report" has
      | component.name                   | TxCtrlr                  |
      | variable.name                    | StopTxOnEVSideDisconnect |
      | variableCharacteristics.dataType | boolean                  |
    And some reportData of "report" has
      | component.name                   | TxCtrlr           |
      | variable.name                    | StopTxOnInvalidId |
      | variableCharacteristics.dataType | boolean           |
    And some reportData of "report" has
      | component.name                   | TxCtrlr      |
      | variable.name                    | TxStartPoint |
      | variableCharacteristics.dataType | MemberList   |
    And some reportData of "report" has
      | component.name                   | TxCtrlr     |
      | variable.name                    | TxStopPoint |
      | variableCharacteristics.dataType | MemberList  |

  @TC_B_53_CS @B07.FR.08
  Scenario: Its full report has every variable of metering that no station may lack
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name                   | SampledDataCtrlr    |
      | variable.name                    | TxStartedMeasurands |
      | variableCharacteristics.dataType | MemberList          |
    And some reportData of "report" has
      | component.name                   | SampledDataCtrlr    |
      | variable.name                    | TxUpdatedMeasurands |
      | variableCharacteristics.dataType | MemberList          |
    And some reportData of "report" has
      | component.name                   | SampledDataCtrlr  |
      | variable.name                    | TxEndedMeasurands |
      | variableCharacteristics.dataType | MemberList        |
    And some reportData of "report" has
      | component.name                   | SampledDataCtrlr  |
      | variable.name                    | TxUpdatedInterval |
      | variableCharacteristics.dataType | integer           |
    And some reportData of "report" has
      | component.name                   | SampledDataCtrlr |
      | variable.name                    | TxEndedInterval  |
      | variableCharacteristics.dataType | integer          |
    And some reportData of "report" has
      | component.name                   | AlignedDataCtrlr |
      | variable.name                    | Measurands       |
      | variableCharacteristics.dataType | MemberList       |
    And some reportData of "report" has
      | component.name                   | AlignedDataCtrlr  |
      | variable.name                    | TxEndedMeasurands |
      | variableCharacteristics.dataType | MemberList        |
    And some reportData of "report" has
      | component.name                   | AlignedDataCtrlr |
      | variable.name                    | Interval         |
      | variableCharacteristics.dataType | integer          |
    And some reportData of "report" has
      | component.name                   | AlignedDataCtrlr |
      | variable.name                    | TxEndedInterval  |
      | variableCharacteristics.dataType | integer          |

  @TC_B_53_CS @B07.FR.08
  Scenario: Its full report describes its hardware as every station must
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | FullInventory |
    Then the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And some reportData of "report" has
      | component.name                   | ChargingStation |
      | variable.name                    | Available       |
      | variableCharacteristics.dataType | boolean         |
    And some reportData of "report" has
      | component.name                   | EVSE      |
      | variable.name                    | Available |
      | variableCharacteristics.dataType | boolean   |
    And some reportData of "report" has
      | component.name                   | Connector |
      | variable.name                    | Available |
      | variableCharacteristics.dataType | boolean   |
    And some reportData of "report" has
      | component.name                   | ChargingStation   |
      | variable.name                    | AvailabilityState |
      | variableCharacteristics.dataType | OptionList        |
    And some reportData of "report" has
      | component.name                   | ChargingStation |
      | variable.name                    | SupplyPhases    |
      | variableCharacteristics.dataType | integer         |
    And some reportData of "report" has
      | component.name                   | EVSE              |
      | variable.name                    | AvailabilityState |
      | variableCharacteristics.dataType | OptionList        |
    And some reportData of "report" has
      | component.name                   | EVSE         |
      | variable.name                    | SupplyPhases |
      | variableCharacteristics.dataType | integer      |
    And some reportData of "report" has
      | component.name                   | EVSE    |
      | variable.name                    | Power   |
      | variableCharacteristics.maxLimit | present |
    And some reportData of "report" has
      | component.name                   | Connector         |
      | variable.name                    | AvailabilityState |
      | variableCharacteristics.dataType | OptionList        |
    And some reportData of "report" has
      | component.name                   | Connector    |
      | variable.name                    | SupplyPhases |
      | variableCharacteristics.dataType | integer      |
    And some reportData of "report" has
      | component.name                   | Connector     |
      | variable.name                    | ConnectorType |
      | variableCharacteristics.dataType | string        |

  @TC_B_14_CS @B07.FR.01 @B07.FR.03 @B07.FR.04 @B07.FR.09 @B07.FR.10 @needs:C-56|DM-0
  Scenario: Asked for a summary, it tells the state of itself, its EVSE and its connector
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | SummaryInventory |
    Then the station answers "ask" with
      | status                | Accepted          |
      | statusInfo.reasonCode | absent or NoError |
    And the station sends every part of NotifyReport as "report" with
      | requestId | the requestId of "ask" |
    And each reportData of "report" has
      | variableCharacteristics | present |
    And some reportData of "report" has
      | component.name             | ChargingStation   |
      | variable.name              | AvailabilityState |
      | variableAttribute[0].value | Available         |
    And some reportData of "report" has
      | component.name             | EVSE              |
      | component.evse.id          | 1                 |
      | variable.name              | AvailabilityState |
      | variableAttribute[0].value | Available         |
    And no reportData of "report" has
      | component.name | OCPPCommCtrlr |

  @TC_B_15_CS @B07.FR.02 @B07.FR.05 @needs:not-C-56 @needs:not-DM-0
  Scenario: Asked for a summary it does not know, it declines and reports nothing
    When the CSMS sends GetBaseReport as "ask" with
      | reportBase | SummaryInventory |
    Then the station answers "ask" with
      | status                | NotSupported               |
      | statusInfo.reasonCode | absent or UnsupportedParam |
    And the station sends no NotifyReport for 1 s

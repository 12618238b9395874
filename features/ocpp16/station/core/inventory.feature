@sut-station @v1.6
Feature: A charge point that has the settings of the Core profile
  One Central System runs charge points of many makes by the same keys: each must be there, hold a value of its type,
  and be open to writing or not as everybody expects.

  @OCPP1.6:5.8 @OCPP1.6:9.1
  Scenario Outline: It has <key>, of the type and with the access that everybody relies on
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | <key> |
    Then the station answers "get" with
      | configurationKey[0].key      | <key>      |
      | configurationKey[0].readonly | <readonly> |
      | configurationKey[0].value    | <value>    |
      | unknownKey[0]                | absent     |

    Examples:
      | key                               | readonly           | value                                        |
      | AuthorizeRemoteTxRequests         | any of true, false | any of true, false, True, False, TRUE, FALSE |
      | ClockAlignedDataInterval          | false              | like \d+                                     |
      | ConnectionTimeOut                 | false              | like \d+                                     |
      | ConnectorPhaseRotation            | false              | like .*(NotApplicable\|Unknown\|[RST]{3}).*  |
      | GetConfigurationMaxKeys           | true               | like \d+                                     |
      | HeartbeatInterval                 | false              | like \d+                                     |
      | LocalAuthorizeOffline             | false              | any of true, false, True, False, TRUE, FALSE |
      | LocalPreAuthorize                 | false              | any of true, false, True, False, TRUE, FALSE |
      | MeterValuesAlignedData            | false              | absent or like ([A-Z][A-Za-z.0-9-]*(, ?)?)*  |
      | MeterValuesSampledData            | false              | absent or like ([A-Z][A-Za-z.0-9-]*(, ?)?)*  |
      | MeterValueSampleInterval          | false              | like \d+                                     |
      | NumberOfConnectors                | true               | like \d+                                     |
      | ResetRetries                      | false              | like \d+                                     |
      | StopTransactionOnInvalidId        | false              | any of true, false, True, False, TRUE, FALSE |
      | StopTxnAlignedData                | false              | absent or like ([A-Z][A-Za-z.0-9-]*(, ?)?)*  |
      | StopTxnSampledData                | false              | absent or like ([A-Z][A-Za-z.0-9-]*(, ?)?)*  |
      | SupportedFeatureProfiles          | true               | like .*Core.*                                |
      | TransactionMessageAttempts        | false              | like \d+                                     |
      | TransactionMessageRetryInterval   | false              | like \d+                                     |
      | UnlockConnectorOnEVSideDisconnect | any of true, false | any of true, false, True, False, TRUE, FALSE |

  @OCPP1.6:5.3 @OCPP1.6:9.1
  Scenario Outline: It lets nobody write <key>
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | <key>   |
      | value | <value> |
    Then the station answers "set" with
      | status | Rejected |

    Examples:
      | key                      | value |
      | GetConfigurationMaxKeys  | 1     |
      | NumberOfConnectors       | 1     |
      | SupportedFeatureProfiles | Core  |

@sut-station @v1.6
Feature: A charge point that knows its own settings
  A Central System relies on the keys that every charge point must have, and on being told when it asks for what there
  is not. What charge points in the field get wrong is both.

  @OCPP1.6:5.8 @OCPP1.6:9.1
  Scenario Outline: It has the key that every charge point must have
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | <key> |
    Then the station answers "get" with
      | configurationKey[0].key   | <key>   |
      | configurationKey[0].value | present |
      | unknownKey[0]             | absent  |

    Examples:
      | key                               |
      | AuthorizeRemoteTxRequests         |
      | ClockAlignedDataInterval          |
      | ConnectionTimeOut                 |
      | ConnectorPhaseRotation            |
      | GetConfigurationMaxKeys           |
      | HeartbeatInterval                 |
      | LocalAuthorizeOffline             |
      | LocalPreAuthorize                 |
      | MeterValuesAlignedData            |
      | MeterValuesSampledData            |
      | MeterValueSampleInterval          |
      | NumberOfConnectors                |
      | ResetRetries                      |
      | StopTransactionOnInvalidId        |
      | StopTxnAlignedData                |
      | StopTxnSampledData                |
      | SupportedFeatureProfiles          |
      | TransactionMessageAttempts        |
      | TransactionMessageRetryInterval   |
      | UnlockConnectorOnEVSideDisconnect |

  @OCPP1.6:5.8
  Scenario: It says of a key that there is none
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | HarnessNoSuchKey |
    Then the station answers "get" with
      | unknownKey[0] | HarnessNoSuchKey |

  @OCPP1.6:5.3
  Scenario: It takes no value for a key that there is not
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | HarnessNoSuchKey |
      | value | 1                |
    Then the station answers "set" with
      | status | NotSupported |

  @OCPP1.6:5.3 @OCPP1.6:9.1
  Scenario: It lets nobody write how many connectors it has
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | NumberOfConnectors |
      | value | 99                 |
    Then the station answers "set" with
      | status | Rejected |
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | NumberOfConnectors |
    Then the station answers "get" with
      | configurationKey[0].readonly | true       |
      | configurationKey[0].value    | none of 99 |

  @OCPP1.6:5.3
  Scenario: It takes no value that makes no sense
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | MeterValueSampleInterval |
      | value | -5                       |
    Then the station answers "set" with
      | status | Rejected |

  @OCPP1.6-security:A05 @needs:Security
  Scenario: It gives nobody its password to read
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | AuthorizationKey |
    Then the station answers "get" with
      | configurationKey[0].value | absent |

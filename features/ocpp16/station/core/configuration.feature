@sut-station @v1.6
Feature: A charge point whose configuration is read and changed
  The Central System runs charge points of many makes by the same keys, so it must be able to rely on those that
  everybody has, and on hearing plainly when it asks for one that is not there or for a value that cannot be.

  @TC_019_CS @OCPP1.6:5.8
  Scenario: Asked for one key, it tells that one
    When the CSMS sends GetConfiguration as "one key" with
      | key[0] | SupportedFeatureProfiles |
    Then the station answers "one key" with
      | configurationKey[0].key      | SupportedFeatureProfiles |
      | configurationKey[0].value    | like .*Core.*            |
      | configurationKey[0].readonly | true                     |
      | configurationKey[1]          | absent                   |
      | unknownKey[0]                | absent                   |

  @TC_019_CS @OCPP1.6:5.8
  Scenario: Asked for a key that it does not have, it says so
    When the CSMS sends GetConfiguration as "no key" with
      | key[0] | Testing |
    Then the station answers "no key" with
      | configurationKey[0] | absent  |
      | unknownKey[0]       | Testing |

  @TC_019_CS @OCPP1.6:5.8 @OCPP1.6:9.1
  Scenario: Asked for all keys, it tells those about starting and stopping transactions
    When the CSMS sends GetConfiguration as "all keys" with
      | key | absent |
    Then the station answers "all keys" as "list"
    And some configurationKey of "list" has
      | key | AuthorizeRemoteTxRequests |
    And some configurationKey of "list" has
      | key      | ConnectionTimeOut |
      | readonly | false             |
    And some configurationKey of "list" has
      | key      | LocalAuthorizeOffline |
      | readonly | false                 |
    And some configurationKey of "list" has
      | key      | LocalPreAuthorize |
      | readonly | false             |
    And some configurationKey of "list" has
      | key      | StopTransactionOnInvalidId |
      | readonly | false                      |
    And some configurationKey of "list" has
      | key      | TransactionMessageAttempts |
      | readonly | false                      |
    And some configurationKey of "list" has
      | key      | TransactionMessageRetryInterval |
      | readonly | false                           |
    And some configurationKey of "list" has
      | key | UnlockConnectorOnEVSideDisconnect |

  @TC_019_CS @OCPP1.6:5.8 @OCPP1.6:9.1
  Scenario: Asked for all keys, it tells those about meter values
    When the CSMS sends GetConfiguration as "all keys" with
      | key | absent |
    Then the station answers "all keys" as "list"
    And some configurationKey of "list" has
      | key      | ClockAlignedDataInterval |
      | readonly | false                    |
    And some configurationKey of "list" has
      | key      | ConnectorPhaseRotation |
      | readonly | false                  |
    And some configurationKey of "list" has
      | key      | MeterValueSampleInterval |
      | readonly | false                    |
    And some configurationKey of "list" has
      | key      | MeterValuesAlignedData |
      | readonly | false                  |
    And some configurationKey of "list" has
      | key      | MeterValuesSampledData |
      | readonly | false                  |
    And some configurationKey of "list" has
      | key      | StopTxnAlignedData |
      | readonly | false              |
    And some configurationKey of "list" has
      | key      | StopTxnSampledData |
      | readonly | false              |

  @TC_019_CS @OCPP1.6:5.8 @OCPP1.6:9.1
  Scenario: Asked for all keys, it tells those about itself
    When the CSMS sends GetConfiguration as "all keys" with
      | key | absent |
    Then the station answers "all keys" as "list"
    And some configurationKey of "list" has
      | key      | GetConfigurationMaxKeys |
      | readonly | true                    |
    And some configurationKey of "list" has
      | key      | HeartbeatInterval |
      | readonly | false             |
    And some configurationKey of "list" has
      | key      | NumberOfConnectors |
      | readonly | true               |
    And some configurationKey of "list" has
      | key      | ResetRetries |
      | readonly | false        |
    And some configurationKey of "list" has
      | key      | SupportedFeatureProfiles |
      | readonly | true                     |

  @TC_019_CS @OCPP1.6:5.8 @OCPP1.6:9.2 @needs:LocalAuthListManagement
  Scenario: Asked for all keys, it tells those about its list of cards
    When the CSMS sends GetConfiguration as "all keys" with
      | key | absent |
    Then the station answers "all keys" as "list"
    And some configurationKey of "list" has
      | key      | LocalAuthListEnabled |
      | readonly | false                |
    And some configurationKey of "list" has
      | key      | LocalAuthListMaxLength |
      | readonly | true                   |
    And some configurationKey of "list" has
      | key      | SendLocalListMaxLength |
      | readonly | true                   |

  @TC_019_CS @OCPP1.6:5.8 @OCPP1.6:9.4 @needs:SmartCharging
  Scenario: Asked for all keys, it tells those about charging profiles
    When the CSMS sends GetConfiguration as "all keys" with
      | key | absent |
    Then the station answers "all keys" as "list"
    And some configurationKey of "list" has
      | key      | ChargeProfileMaxStackLevel |
      | readonly | true                       |
    And some configurationKey of "list" has
      | key      | ChargingScheduleAllowedChargingRateUnit |
      | readonly | true                                    |
    And some configurationKey of "list" has
      | key      | ChargingScheduleMaxPeriods |
      | readonly | true                       |
    And some configurationKey of "list" has
      | key      | MaxChargingProfilesInstalled |
      | readonly | true                         |

  @TC_021_CS @OCPP1.6:5.3 @OCPP1.6:5.8
  Scenario: A key that was changed has the new value
    Given the station is metering every minute
    When the CSMS sends ChangeConfiguration as "change" with
      | key   | MeterValueSampleInterval |
      | value | 30                       |
    And the CSMS sends GetConfiguration as "read back" with
      | key[0] | MeterValueSampleInterval |
    Then the station answers "change" with
      | status | Accepted |
    And the station answers "read back" with
      | configurationKey[0].key   | MeterValueSampleInterval |
      | configurationKey[0].value | 30                       |

  @TC_040_1_CS @OCPP1.6:5.3
  Scenario: A key that it does not have cannot be set
    When the CSMS sends ChangeConfiguration as "change" with
      | key   | Testing |
      | value | true    |
    Then the station answers "change" with
      | status | NotSupported |

  @OCPP1.6:5.3 @OCPP1.6:9.1
  Scenario: A key that is its own to tell cannot be set
    When the CSMS sends ChangeConfiguration as "change" with
      | key   | NumberOfConnectors |
      | value | 9                  |
    Then the station answers "change" with
      | status | Rejected |
    When the CSMS sends GetConfiguration as "read back" with
      | key[0] | NumberOfConnectors |
    Then the station answers "read back" with
      | configurationKey[0].value | none of 9 |

  @TC_040_2_CS @OCPP1.6:5.3
  Scenario: A value that cannot be is refused, and the old one stands
    Given the station is metering every minute
    When the CSMS sends ChangeConfiguration as "change" with
      | key   | MeterValueSampleInterval |
      | value | -1                       |
    Then the station answers "change" with CALLERROR PropertyConstraintViolation with
      | status | Rejected |
    When the CSMS sends GetConfiguration as "read back" with
      | key[0] | MeterValueSampleInterval |
    Then the station answers "read back" with
      | configurationKey[0].value | 60 |

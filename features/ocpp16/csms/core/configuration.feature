@sut-csms @v1.6
Feature: A Central System that reads and sets configuration keys
  What a charge point does by itself is set by keys: the operator reads all of them, or one, and changes one.

  @TC_019_1_CSMS @OCPP1.6:5.8
  Scenario: To read every key it names none
    Given the station is booted
    And the station will answer GetConfiguration with
      """
      {"configurationKey": [
        {"key": "AuthorizeRemoteTxRequests", "readonly": false, "value": "true"},
        {"key": "ClockAlignedDataInterval", "readonly": false, "value": "0"},
        {"key": "ConnectionTimeOut", "readonly": false, "value": "60"},
        {"key": "ConnectorPhaseRotation", "readonly": false, "value": "NotApplicable"},
        {"key": "GetConfigurationMaxKeys", "readonly": true, "value": "50"},
        {"key": "HeartbeatInterval", "readonly": false, "value": "300"},
        {"key": "LocalAuthorizeOffline", "readonly": false, "value": "true"},
        {"key": "LocalPreAuthorize", "readonly": false, "value": "false"},
        {"key": "MeterValuesAlignedData", "readonly": false, "value": "Energy.Active.Import.Register"},
        {"key": "MeterValuesSampledData", "readonly": false, "value": "Energy.Active.Import.Register"},
        {"key": "MeterValueSampleInterval", "readonly": false, "value": "60"},
        {"key": "NumberOfConnectors", "readonly": true, "value": "2"},
        {"key": "ResetRetries", "readonly": false, "value": "1"},
        {"key": "StopTransactionOnEVSideDisconnect", "readonly": false, "value": "true"},
        {"key": "StopTransactionOnInvalidId", "readonly": false, "value": "true"},
        {"key": "StopTxnAlignedData", "readonly": false, "value": ""},
        {"key": "StopTxnSampledData", "readonly": false, "value": ""},
        {"key": "SupportedFeatureProfiles", "readonly": true, "value": "Core,FirmwareManagement,Reservation"},
        {"key": "TransactionMessageAttempts", "readonly": false, "value": "3"},
        {"key": "TransactionMessageRetryInterval", "readonly": false, "value": "10"},
        {"key": "UnlockConnectorOnEVSideDisconnect", "readonly": false, "value": "true"}]}
      """
    When the operator requests GetConfiguration
    Then the CSMS sends GetConfiguration with
      | key[0] | absent |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_019_2_CSMS @OCPP1.6:5.8
  Scenario: To read one key it names that one alone
    Given the station is booted
    And the station will answer GetConfiguration with
      | configurationKey[0].key      | SupportedFeatureProfiles |
      | configurationKey[0].readonly | true                     |
      | configurationKey[0].value    | Core,FirmwareManagement  |
      | unknownKey                   | absent                   |
    When the operator requests GetConfiguration with
      | key[0] | SupportedFeatureProfiles |
    Then the CSMS sends GetConfiguration with
      | key[0] | SupportedFeatureProfiles |
      | key[1] | absent                   |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_021_CSMS @OCPP1.6:5.3
  Scenario: It sets a key to the value the operator chose
    Given the station is booted
    And the station will answer ChangeConfiguration with
      | status | Accepted |
    When the operator requests ChangeConfiguration with
      | key   | MeterValueSampleInterval |
      | value | 60                       |
    Then the CSMS sends ChangeConfiguration with
      | key   | MeterValueSampleInterval |
      | value | 60                       |

  @TC_040_1_CSMS @OCPP1.6:5.3
  Scenario: Told that the charge point does not know the key, it goes on serving it
    Given the station is booted
    And the station will answer ChangeConfiguration with
      | status | NotSupported |
    When the operator requests ChangeConfiguration with
      | key   | MeterValueSampleInterval |
      | value | 60                       |
    Then the CSMS sends ChangeConfiguration
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_040_2_CSMS @OCPP1.6:5.3
  Scenario: Told that the value is refused, it goes on serving the charge point
    Given the station is booted
    And the station will answer ChangeConfiguration with
      | status | Rejected |
    When the operator requests ChangeConfiguration with
      | key   | MeterValueSampleInterval |
      | value | -1                       |
    Then the CSMS sends ChangeConfiguration with
      | key   | MeterValueSampleInterval |
      | value | -1                       |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

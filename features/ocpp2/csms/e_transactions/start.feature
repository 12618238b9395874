@sut-csms @v2.0.1
Feature: A CSMS whose stations start a transaction when they see fit
  When a transaction begins is the station's choice: with the car in the bay, the cable, the token, the power.
  The CSMS takes every beginning and says of each token what it thinks of it.

  @TC_E_12_CSMS @J02.FR.19
  Scenario: It takes a transaction that begins with a car in the bay
    Given the station is booted
    When the station sends TransactionEvent as "start" with
      | triggerReason                 | EVDetected |
      | transactionInfo.chargingState | Idle       |
    Then the CSMS answers "start"

  @TC_E_09_CSMS @J02.FR.19
  Scenario: It takes a transaction that begins with the cable
    Given the station is booted
    When the station sends StatusNotification as "occupied" with
      | connectorStatus | Occupied |
    And the station sends TransactionEvent as "start" with
      | triggerReason                 | CablePluggedIn |
      | transactionInfo.chargingState | EVConnected    |
    Then the CSMS answers "occupied"
    And the CSMS answers "start"

  @TC_E_10_CSMS @C01.FR.07 @E01.FR.11 @E01.FR.12
  Scenario: It takes a transaction that begins with a token, on no EVSE yet
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | Accepted |
    When the station sends TransactionEvent as "start" with
      | triggerReason                 | Authorized                    |
      | transactionInfo.chargingState | Idle                          |
      | evse                          | absent                        |
      | idToken.idToken               | the valid idToken             |
      | idToken.type                  | the type of the valid idToken |
    Then the CSMS answers "start" with
      | idTokenInfo.status | Accepted |

  @TC_E_11_CSMS @E01.FR.11 @E01.FR.12 @J02.FR.19
  Scenario: It takes a transaction that begins with a signed meter value
    Given the station is booted
    When the station sends TransactionEvent as "start" with
      | triggerReason                                                  | SignedDataReceived            |
      | idToken.idToken                                                | the valid idToken             |
      | idToken.type                                                   | the type of the valid idToken |
      | meterValue[0].timestamp                                        | now                           |
      | meterValue[0].sampledValue[0].value                            | 0                             |
      | meterValue[0].sampledValue[0].context                          | Transaction.Begin             |
      | meterValue[0].sampledValue[0].signedMeterValue.signedMeterData | c2lnbmVkIHZhbHVl              |
      | meterValue[0].sampledValue[0].signedMeterValue.signingMethod   | ECDSA-secp256r1-SHA256        |
      | meterValue[0].sampledValue[0].signedMeterValue.encodingMethod  | OCMF                          |
      | meterValue[0].sampledValue[0].signedMeterValue.publicKey       | cHVibGljIGtleQ==              |
    Then the CSMS answers "start" with
      | idTokenInfo.status | Accepted |
    When the station sends TransactionEvent as "charging" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 1                    |
      | transactionInfo.chargingState | Charging             |
    Then the CSMS answers "charging"

  @TC_E_01_CSMS @E01.FR.11 @E01.FR.12 @J02.FR.19
  Scenario: It takes a transaction that begins when the power path closes
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends StatusNotification as "occupied" with
      | connectorStatus | Occupied |
    And the station sends TransactionEvent as "start" with
      | triggerReason                 | ChargingStateChanged          |
      | transactionInfo.chargingState | SuspendedEVSE                 |
      | idToken.idToken               | the valid idToken             |
      | idToken.type                  | the type of the valid idToken |
    And the station sends TransactionEvent as "charging" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 1                    |
      | transactionInfo.chargingState | Charging             |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | Accepted |
    And the CSMS answers "occupied"
    And the CSMS answers "start" with
      | idTokenInfo.status | Accepted |
    And the CSMS answers "charging"

  @TC_E_02_CSMS @E01.FR.11 @E01.FR.12
  Scenario: It takes a transaction that begins when energy flows
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends StatusNotification as "occupied" with
      | connectorStatus | Occupied |
    And the station sends TransactionEvent as "start" with
      | triggerReason                 | ChargingStateChanged          |
      | transactionInfo.chargingState | Charging                      |
      | idToken.idToken               | the valid idToken             |
      | idToken.type                  | the type of the valid idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | Accepted |
    And the CSMS answers "occupied"
    And the CSMS answers "start" with
      | idTokenInfo.status | Accepted |

  @TC_E_16_CSMS @E01.FR.11 @E01.FR.12 @E05.FR.01
  Scenario: It turns away the token of a transaction that has begun already, and takes its end
    Given the station is booted
    When the station sends TransactionEvent as "start" with
      | triggerReason                 | Authorized                      |
      | transactionInfo.chargingState | Idle                            |
      | idToken.idToken               | the invalid idToken             |
      | idToken.type                  | the type of the invalid idToken |
    Then the CSMS answers "start" with
      | idTokenInfo.status | any of Invalid, Unknown |
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended        |
      | triggerReason                 | Deauthorized |
      | seqNo                         | 1            |
      | transactionInfo.chargingState | Idle         |
      | transactionInfo.stoppedReason | DeAuthorized |
    Then the CSMS answers "end"

  @TC_E_53_CSMS @J02.FR.19
  Scenario: It takes one transaction after another, each counted from 0
    Given the station is plugged in
    When the station sends TransactionEvent as "first end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 1                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    And the station sends TransactionEvent as "second start" with
      | transactionInfo.transactionId | the messageId of "boot" |
      | seqNo                         | 0                       |
    And the station sends TransactionEvent as "second end" with
      | eventType                     | Ended                   |
      | triggerReason                 | EVCommunicationLost     |
      | seqNo                         | 1                       |
      | transactionInfo.transactionId | the messageId of "boot" |
      | transactionInfo.chargingState | Idle                    |
      | transactionInfo.stoppedReason | EVDisconnected          |
    Then the CSMS answers "first end"
    And the CSMS answers "second start"
    And the CSMS answers "second end"

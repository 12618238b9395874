@sut-csms @v2.0.1
Feature: A CSMS that starts and stops from afar
  A driver with an app has no token at the reader: the CSMS sends one along, gives the request a number by
  which the transaction can be told, and names the transaction it wants ended.

  @TC_F_01_CSMS @F01.FR.03 @F01.FR.04 @E01.FR.12
  Scenario: It starts a transaction for a cable that is in already
    Given the station is plugged in
    And the station will answer RequestStartTransaction with
      | status        | Accepted                                     |
      | transactionId | the transactionInfo.transactionId of "start" |
    When the operator requests RequestStartTransaction with
      | evseId          | 1                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends RequestStartTransaction as "request" with
      | evseId          | absent or 1                   |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends TransactionEvent as "remote start" with
      | eventType                     | Updated                          |
      | triggerReason                 | RemoteStart                      |
      | seqNo                         | 1                                |
      | transactionInfo.remoteStartId | the remoteStartId of "request"   |
      | idToken.idToken               | the idToken.idToken of "request" |
      | idToken.type                  | the idToken.type of "request"    |
    Then the CSMS answers "remote start" with
      | idTokenInfo.status | Accepted |
    When the station sends TransactionEvent as "charging" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 2                    |
      | transactionInfo.chargingState | Charging             |
    Then the CSMS answers "charging"

  @TC_F_02_CSMS @C01.FR.07 @F02.FR.11 @F02.FR.12 @E01.FR.12
  Scenario: It stands by its token when a station asks about it before it starts
    Given the station is booted
    When the operator requests RequestStartTransaction with
      | evseId          | 1                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends RequestStartTransaction as "request" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends Authorize as "ask" with
      | idToken.idToken | the idToken.idToken of "request" |
      | idToken.type    | the idToken.type of "request"    |
    And the station sends TransactionEvent as "start" with
      | triggerReason                 | RemoteStart                      |
      | transactionInfo.chargingState | Idle                             |
      | transactionInfo.remoteStartId | the remoteStartId of "request"   |
      | idToken.idToken               | the idToken.idToken of "request" |
      | idToken.type                  | the idToken.type of "request"    |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | Accepted |
    And the CSMS answers "start" with
      | idTokenInfo.status | Accepted |
    When the station sends TransactionEvent as "plugged in" with
      | eventType | Updated |
      | seqNo     | 1       |
    Then the CSMS answers "plugged in"

  @TC_F_03_CSMS @F02.FR.11 @F02.FR.12 @E01.FR.12
  Scenario: It stands by its token when a station starts without asking
    Given the station is booted
    When the operator requests RequestStartTransaction with
      | evseId          | 1                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends RequestStartTransaction as "request" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends TransactionEvent as "start" with
      | triggerReason                 | RemoteStart                      |
      | transactionInfo.chargingState | Idle                             |
      | transactionInfo.remoteStartId | the remoteStartId of "request"   |
      | idToken.idToken               | the idToken.idToken of "request" |
      | idToken.type                  | the idToken.type of "request"    |
    Then the CSMS answers "start" with
      | idTokenInfo.status | Accepted |
    When the station sends TransactionEvent as "plugged in" with
      | eventType | Updated |
      | seqNo     | 1       |
    And the station sends TransactionEvent as "charging" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 2                    |
      | transactionInfo.chargingState | Charging             |
    Then the CSMS answers "plugged in"
    And the CSMS answers "charging"

  @TC_F_04_CSMS @F02.FR.12 @J02.FR.19
  Scenario: It hears that nobody came to plug in
    Given the station is booted
    When the operator requests RequestStartTransaction with
      | evseId          | 1                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends RequestStartTransaction as "request" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends TransactionEvent as "start" with
      | triggerReason                 | RemoteStart                      |
      | transactionInfo.chargingState | Idle                             |
      | transactionInfo.remoteStartId | the remoteStartId of "request"   |
      | idToken.idToken               | the idToken.idToken of "request" |
      | idToken.type                  | the idToken.type of "request"    |
    And the station sends TransactionEvent as "timeout" with
      | eventType                     | Updated          |
      | triggerReason                 | EVConnectTimeout |
      | seqNo                         | 1                |
      | transactionInfo.chargingState | Idle             |
    Then the CSMS answers "start"
    And the CSMS answers "timeout"

  @TC_E_21_CSMS @F03.FR.01 @J02.FR.19
  Scenario: It ends the transaction its operator names, and takes the end
    Given the station is charging
    When the operator requests RequestStopTransaction with
      | transactionId | the transactionInfo.transactionId of "start" |
    Then the CSMS sends RequestStopTransaction with
      | transactionId | the transactionInfo.transactionId of "start" |
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended      |
      | triggerReason                 | RemoteStop |
      | seqNo                         | 3          |
      | transactionInfo.stoppedReason | Remote     |
    Then the CSMS answers "end"

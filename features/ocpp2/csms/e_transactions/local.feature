@sut-csms @v2.0.1
Feature: A CSMS that follows a driver at the station
  Cable first or token first, the driver gets to charge; the CSMS has the last word on the token and hears of
  every step.

  @TC_E_03_CSMS @C01.FR.07 @E02.FR.02 @E02.FR.04 @J02.FR.19
  Scenario: It lets a driver charge who plugs in first
    Given the station is plugged in
    When the station sends Authorize as "ask" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | Accepted |
    When the station sends TransactionEvent as "authorized" with
      | eventType       | Updated                       |
      | triggerReason   | Authorized                    |
      | seqNo           | 1                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS answers "authorized" with
      | idTokenInfo.status | Accepted |
    When the station sends TransactionEvent as "charging" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 2                    |
      | transactionInfo.chargingState | Charging             |
    Then the CSMS answers "charging"

  @TC_E_04_CSMS @C01.FR.07 @E03.FR.02 @J02.FR.19
  Scenario: It lets a driver charge who shows the token first
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends TransactionEvent as "start" with
      | triggerReason                 | Authorized                    |
      | transactionInfo.chargingState | Idle                          |
      | evse                          | absent                        |
      | idToken.idToken               | the valid idToken             |
      | idToken.type                  | the type of the valid idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | Accepted |
    And the CSMS answers "start" with
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

  @TC_E_38_CSMS @J02.FR.19
  Scenario: It hears that an EV is not ready for energy yet
    Given the station is authorized
    When the station sends TransactionEvent as "plugged in" with
      | eventType     | Updated        |
      | triggerReason | CablePluggedIn |
      | seqNo         | 1              |
    And the station sends TransactionEvent as "not ready" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 2                    |
      | transactionInfo.chargingState | SuspendedEV          |
    Then the CSMS answers "plugged in"
    And the CSMS answers "not ready"

  @TC_E_39_CSMS @J02.FR.19
  Scenario: It hears that a driver never plugged in
    Given the station is authorized
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended            |
      | triggerReason                 | EVConnectTimeout |
      | seqNo                         | 1                |
      | transactionInfo.chargingState | Idle             |
      | transactionInfo.stoppedReason | Timeout          |
    Then the CSMS answers "end"

  @TC_E_26_CSMS @J02.FR.19
  Scenario: It hears that an EV was unplugged, plugged in again and charges on
    Given the station is suspended
    When the station sends TransactionEvent as "unplugged" with
      | eventType                     | Updated             |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 4                   |
      | transactionInfo.chargingState | Idle                |
    And the station sends StatusNotification as "available"
    And the station sends TransactionEvent as "plugged in again" with
      | eventType | Updated |
      | seqNo     | 5       |
    And the station sends TransactionEvent as "charging again" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 6                    |
      | transactionInfo.chargingState | Charging             |
    Then the CSMS answers "unplugged"
    And the CSMS answers "available"
    And the CSMS answers "plugged in again"
    And the CSMS answers "charging again"

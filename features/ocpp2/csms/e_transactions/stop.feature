@sut-csms @v2.0.1
Feature: A CSMS whose stations end a transaction when they see fit
  As with its beginning, the end of a transaction is the station's to choose. Until the CSMS answers, the
  station keeps the event and sends it again, so not one may go unanswered.

  @TC_E_15_CSMS @TC_E_07_CSMS @E01.FR.12 @J02.FR.19
  Scenario: It takes the end that the driver brought about with the token
    Given the station is charging
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended                         |
      | triggerReason                 | StopAuthorized                |
      | seqNo                         | 3                             |
      | transactionInfo.stoppedReason | Local                         |
      | idToken.idToken               | the valid idToken             |
      | idToken.type                  | the type of the valid idToken |
    Then the CSMS answers "end" with
      | idTokenInfo.status | Accepted |

  @TC_E_14_CSMS @J02.FR.19
  Scenario: It takes the end that comes with the unplugging
    Given the station is finishing
    When the station sends StatusNotification as "available"
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 5                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    Then the CSMS answers "available"
    And the CSMS answers "end"

  @TC_E_17_CSMS @TC_E_20_CSMS @J02.FR.19
  Scenario: It takes the end of a driver who unplugs at the EV without a word
    Given the station is suspended
    When the station sends StatusNotification as "available"
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 4                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    Then the CSMS answers "available"
    And the CSMS answers "end"

  @TC_E_08_CSMS @E01.FR.12 @J02.FR.19
  Scenario: It takes the end that comes when energy stops after the driver's word
    Given the station is charging
    When the station sends TransactionEvent as "stop" with
      | eventType                     | Updated                       |
      | triggerReason                 | StopAuthorized                |
      | seqNo                         | 3                             |
      | transactionInfo.chargingState | Charging                      |
      | idToken.idToken               | the valid idToken             |
      | idToken.type                  | the type of the valid idToken |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended                |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 4                    |
      | transactionInfo.stoppedReason | Local                |
    Then the CSMS answers "stop" with
      | idTokenInfo.status | Accepted |
    And the CSMS answers "end"

  @TC_E_22_CSMS @J02.FR.19
  Scenario: It takes the end that comes when the EV has enough
    Given the station is charging
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended                |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 3                    |
      | transactionInfo.chargingState | SuspendedEV          |
      | transactionInfo.stoppedReason | StoppedByEV          |
    Then the CSMS answers "end"

  @TC_E_19_CSMS @J02.FR.19
  Scenario: It takes the end that comes when the car leaves the bay
    Given the station is finishing
    When the station sends TransactionEvent as "unplugged" with
      | eventType                     | Updated             |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 5                   |
      | transactionInfo.chargingState | Idle                |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended      |
      | triggerReason                 | EVDeparted |
      | seqNo                         | 6          |
      | transactionInfo.chargingState | Idle       |
      | transactionInfo.stoppedReason | Local      |
    Then the CSMS answers "unplugged"
    And the CSMS answers "end"

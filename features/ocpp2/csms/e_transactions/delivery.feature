@sut-csms @v2.0.1
Feature: A CSMS that takes events as they come
  Lines drop and answers get lost. A station repeats an event until it is answered, and skips a beginning that
  it could not keep; a CSMS that balks at such an event blocks every later one behind it.

  @J02.FR.19 @E01.FR.12
  Scenario: It answers an event that comes a second time
    Given the station is plugged in
    When the station sends TransactionEvent as "authorized" with
      | eventType       | Updated                       |
      | triggerReason   | Authorized                    |
      | seqNo           | 1                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS answers "authorized" with
      | idTokenInfo.status | Accepted |
    When the station goes offline
    And the station goes online
    And the station sends TransactionEvent as "once more" with
      | eventType       | Updated                       |
      | triggerReason   | Authorized                    |
      | seqNo           | 1                             |
      | timestamp       | the timestamp of "authorized" |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS answers "once more" with
      | idTokenInfo.status | Accepted |

  @J02.FR.19
  Scenario: It answers an event of a transaction whose beginning it never heard of
    Given the station is booted
    When the station sends TransactionEvent as "out of the blue" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 7                    |
      | transactionInfo.chargingState | Charging             |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 8                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    Then the CSMS answers "out of the blue"
    And the CSMS answers "end"

  @J02.FR.19
  Scenario: It answers a whole transaction that ran while the line was down
    Given the station is booted
    When the station goes offline
    And the station goes online
    And the station sends TransactionEvent as "start" with
      | offline   | true      |
      | timestamp | now - 1 h |
    And the station sends TransactionEvent as "authorized" with
      | eventType       | Updated                       |
      | triggerReason   | Authorized                    |
      | seqNo           | 1                             |
      | offline         | true                          |
      | timestamp       | now - 59 min                  |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 2                   |
      | offline                       | true                |
      | timestamp                     | now - 1 min         |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    Then the CSMS answers "start"
    And the CSMS answers "authorized" with
      | idTokenInfo.status | present |
    And the CSMS answers "end"

  @J02.FR.19
  Scenario: It answers events that do not say which connector they are about
    Given the station is booted
    When the station sends TransactionEvent as "start" with
      | evse.connectorId | absent |
    Then the CSMS answers "start"

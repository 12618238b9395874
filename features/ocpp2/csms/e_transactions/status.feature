@sut-csms @v2.0.1 @needs:C-16
Feature: A CSMS that asks what became of a transaction
  After a gap on the line a CSMS cannot know whether a transaction still runs, or whether events about it
  are still to come. It asks, and takes what comes late, in whatever order.

  @TC_E_30_CSMS
  Scenario: It asks about the transaction its operator names
    Given the station is charging
    And the station will answer GetTransactionStatus with
      | ongoingIndicator | true  |
      | messagesInQueue  | false |
    When the operator requests GetTransactionStatus with
      | transactionId | the transactionInfo.transactionId of "start" |
    Then the CSMS sends GetTransactionStatus with
      | transactionId | the transactionInfo.transactionId of "start" |

  @TC_E_34_CSMS
  Scenario: It asks whether anything is waiting at all
    Given the station is booted
    And the station will answer GetTransactionStatus with
      | ongoingIndicator | absent |
      | messagesInQueue  | false  |
    When the operator requests GetTransactionStatus
    Then the CSMS sends GetTransactionStatus with
      | transactionId | absent |

  @TC_E_29_CSMS @J02.FR.19
  Scenario: It takes an event that waited while the line was down
    Given the station is charging
    And the station will answer GetTransactionStatus with
      | ongoingIndicator | true |
      | messagesInQueue  | true |
    When the station goes offline
    And the station goes online
    And the operator requests GetTransactionStatus with
      | transactionId | the transactionInfo.transactionId of "start" |
    Then the CSMS sends GetTransactionStatus with
      | transactionId | the transactionInfo.transactionId of "start" |
    When the station sends TransactionEvent as "late" with
      | eventType                           | Updated            |
      | triggerReason                       | MeterValuePeriodic |
      | seqNo                               | 3                  |
      | offline                             | true               |
      | timestamp                           | now - 10 s         |
      | transactionInfo.chargingState       | Charging           |
      | meterValue[0].timestamp             | now - 10 s         |
      | meterValue[0].sampledValue[0].value | 1200               |
    Then the CSMS answers "late"

  @TC_E_33_CSMS @J02.FR.19
  Scenario: It asks what is waiting without naming a transaction, and takes it
    Given the station is charging
    And the station will answer GetTransactionStatus with
      | ongoingIndicator | absent |
      | messagesInQueue  | true   |
    When the station goes offline
    And the station goes online
    And the operator requests GetTransactionStatus
    Then the CSMS sends GetTransactionStatus with
      | transactionId | absent |
    When the station sends TransactionEvent as "late" with
      | eventType                           | Updated            |
      | triggerReason                       | MeterValuePeriodic |
      | seqNo                               | 3                  |
      | offline                             | true               |
      | timestamp                           | now - 10 s         |
      | transactionInfo.chargingState       | Charging           |
      | meterValue[0].timestamp             | now - 10 s         |
      | meterValue[0].sampledValue[0].value | 1200               |
    Then the CSMS answers "late"

  @TC_E_31_CSMS @J02.FR.19
  Scenario: It takes events that come after the end they belong before
    Given the station is charging
    And the station will answer GetTransactionStatus with
      | ongoingIndicator | false |
      | messagesInQueue  | true  |
    When the station goes offline
    And the station goes online
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 5                   |
      | offline                       | true                |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    Then the CSMS answers "end"
    When the operator requests GetTransactionStatus with
      | transactionId | the transactionInfo.transactionId of "start" |
    Then the CSMS sends GetTransactionStatus with
      | transactionId | the transactionInfo.transactionId of "start" |
    When the station sends TransactionEvent as "stop" with
      | eventType                     | Updated        |
      | triggerReason                 | StopAuthorized |
      | seqNo                         | 3              |
      | offline                       | true           |
      | timestamp                     | now - 20 s     |
      | transactionInfo.chargingState | Charging       |
    And the station sends TransactionEvent as "stopped" with
      | eventType     | Updated              |
      | triggerReason | ChargingStateChanged |
      | seqNo         | 4                    |
      | offline       | true                 |
      | timestamp     | now - 10 s           |
    Then the CSMS answers "stop"
    And the CSMS answers "stopped"

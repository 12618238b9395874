@sut-station @v2.0.1
Feature: A driver who stops charging at the station
  Whoever started may stop, with the same card and without asking the CSMS, so that nobody is tied to a charger whose
  backend does not answer. Then the place must be free for the next driver.

  @TC_E_06_CS @E07.FR.01 @E07.FR.02 @E06.FR.15 @C01.FR.03 @needs:C-30
  Scenario: The card that started it stops it, and the CSMS is not asked
    Given the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "stop" with
      | triggerReason                 | StopAuthorized                                  |
      | idToken.idToken               | absent or the valid idToken                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    When 1 s passes
    And the driver unplugs
    Then the station reports a connector as "free" with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |
    And the station sends no Authorize between "charging" and "free"

  @TC_E_06_CS @E07.FR.04 @E07.FR.05 @E07.FR.11 @needs:C-30
  Scenario: When the driver has stopped and unplugged, the transaction is over for no other reason than that
    Given the station is set to stop when the cable is out
    And the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "stop" with
      | triggerReason | StopAuthorized |
    When the driver unplugs
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | seqNo                         | none of the seqNo of "stop"                     |
      | transactionInfo.stoppedReason | absent or any of Local, EVDisconnected          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @C01.FR.02 @E14.FR.02 @needs:C-30
  Scenario: A card that the CSMS does not know stops nothing
    Given the station is charging
    When the driver presents the invalid idToken
    Then the station sends Authorize with
      | idToken.idToken | the invalid idToken |
    And the station sends no TransactionEvent for 1 s with
      | triggerReason | any of StopAuthorized, Deauthorized |
    When the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | true |

@sut-station @v2.0.1
Feature: A station that the CSMS tells to stop charging
  A driver stops in the app, or the money is used up. The station stops the transaction that was named and no other, and
  says that it was the CSMS who wanted it.

  @TC_F_08_CS @F03.FR.07 @F03.FR.09
  Scenario: It stops, and names the CSMS as the reason
    Given the station is charging
    When the CSMS sends RequestStopTransaction as "stop" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "stop" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | triggerReason                 | RemoteStop                                      |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_F_08_CS @F03.FR.02 @F03.FR.09 @needs:C-10.1
  Scenario: It stops the energy, and the transaction goes on until the cable is out
    Given the station is set to stop when the cable is out
    And the station is charging
    When the CSMS sends RequestStopTransaction as "stop" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station sends TransactionEvent with
      | eventType                     | Updated                                         |
      | triggerReason                 | RemoteStop                                      |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    When the driver unplugs
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | transactionInfo.stoppedReason | any of Remote, EVDisconnected                   |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_F_09_CS @F03.FR.08 @E14.FR.02
  Scenario: Told to stop a transaction it does not have, it refuses, and the one it has goes on
    Given the station is charging
    When the CSMS sends RequestStopTransaction as "stop" with
      | transactionId | 5f1b0c1e-no-such-transaction |
    Then the station answers "stop" with
      | status | Rejected |
    When the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | true |

  @F03.FR.08 @needs:C-10.2
  Scenario: Told to stop a transaction that is over, it refuses
    Given the station is set to stop with the authorization
    And the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType | Ended |
    When the CSMS sends RequestStopTransaction as "stop" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "stop" with
      | status | Rejected |

  @F03.FR.07 @needs:HFS-8>1
  Scenario: Of two transactions it stops the one that was named
    Given the station is charging at two places
    When the CSMS sends RequestStopTransaction as "stop" with
      | transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |
    Then the station answers "stop" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | triggerReason                 | RemoteStop                                                |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |
    When the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | true |

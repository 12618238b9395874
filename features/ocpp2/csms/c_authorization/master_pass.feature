@sut-csms @v2.0.1
Feature: A CSMS that knows who may stop everything
  Staff can stop any transaction with a token of the master pass group. The station recognises it by the
  group alone, so a CSMS that leaves it out takes that power away.

  @TC_C_47_CSMS @TC_C_49_CSMS @C01.FR.06 @C09.FR.12 @E01.FR.12
  Scenario: It names the group when the token is shown and when it stops every transaction
    Given the station is charging
    And the station sends TransactionEvent as "second" with
      | triggerReason                 | Authorized                     |
      | transactionInfo.transactionId | the messageId of "boot"        |
      | evse.id                       | 2                              |
      | idToken.idToken               | the second idToken             |
      | idToken.type                  | the type of the second idToken |
    When the station sends Authorize as "ask" with
      | idToken.idToken | the master pass idToken             |
      | idToken.type    | the type of the master pass idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status               | Accepted                             |
      | idTokenInfo.groupIdToken.idToken | the group of the master pass idToken |
    When the station sends TransactionEvent as "end 1" with
      | eventType                     | Ended                               |
      | triggerReason                 | StopAuthorized                      |
      | seqNo                         | 3                                   |
      | transactionInfo.stoppedReason | MasterPass                          |
      | idToken.idToken               | the master pass idToken             |
      | idToken.type                  | the type of the master pass idToken |
    And the station sends TransactionEvent as "end 2" with
      | eventType                     | Ended                               |
      | triggerReason                 | StopAuthorized                      |
      | seqNo                         | 1                                   |
      | transactionInfo.transactionId | the messageId of "boot"             |
      | transactionInfo.stoppedReason | MasterPass                          |
      | evse.id                       | 2                                   |
      | idToken.idToken               | the master pass idToken             |
      | idToken.type                  | the type of the master pass idToken |
    Then the CSMS answers "end 1" with
      | idTokenInfo.status               | Accepted                             |
      | idTokenInfo.groupIdToken.idToken | the group of the master pass idToken |
    And the CSMS answers "end 2" with
      | idTokenInfo.status               | Accepted                             |
      | idTokenInfo.groupIdToken.idToken | the group of the master pass idToken |

  @TC_C_48_CSMS @C09.FR.12 @E01.FR.12
  Scenario: It names the group when the token stops a chosen transaction
    Given the station is charging
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended                               |
      | triggerReason                 | StopAuthorized                      |
      | seqNo                         | 3                                   |
      | transactionInfo.stoppedReason | MasterPass                          |
      | idToken.idToken               | the master pass idToken             |
      | idToken.type                  | the type of the master pass idToken |
    Then the CSMS answers "end" with
      | idTokenInfo.status               | Accepted                             |
      | idTokenInfo.groupIdToken.idToken | the group of the master pass idToken |

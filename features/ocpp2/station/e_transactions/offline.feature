@sut-station @v2.0.1
Feature: A station that charges while nobody listens
  Energy that was sold while the connection was gone must still be billed. So the station keeps what it would have told,
  tells it when it can, and marks it as old.

  @TC_E_40_CS @E11.FR.01 @E11.FR.02 @E11.FR.03 @J02.FR.11
  Scenario: Cut off in the middle of a transaction, it tells the readings of that time afterwards
    Given the station is set to sample every second
    And the station is charging
    When the CSMS goes offline
    And 2500 ms passes
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent as "old" with
      | eventType                     | Updated                                         |
      | triggerReason                 | MeterValuePeriodic                              |
      | offline                       | true                                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And some meterValue[0].sampledValue of "old" has
      | measurand | absent or Energy.Active.Import.Register |
      | value     | present                                 |
    Given the station is set to sample nothing on the way

  @TC_E_43_CS @E12.FR.01 @E12.FR.02 @E04.FR.01 @E04.FR.02 @E04.FR.03 @needs:C-01 @needs:C-30
  Scenario: A whole transaction that nobody heard of is told afterwards, from the beginning to the end
    Given the station is set to serve strangers while offline
    When the CSMS goes offline
    And the driver plugs in
    And the driver presents the valid idToken
    And 1 s passes
    And the driver presents the valid idToken
    And the driver unplugs
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent as "begun" with
      | eventType | Started |
      | offline   | true    |
    And the station sends TransactionEvent as "over" with
      | eventType                     | Ended                                        |
      | offline                       | true                                         |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "begun" |
    And "begun" and "over" come in this order

  @TC_E_44_CS @E08.FR.01 @E08.FR.04 @E08.FR.05 @E08.FR.06 @E08.FR.07 @needs:C-01 @needs:C-30
  Scenario: Stopped while nobody listened, the end is told afterwards
    Given the station is charging
    When the CSMS goes offline
    And the driver presents the valid idToken
    And 1 s passes
    And the driver unplugs
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | offline                       | true                                            |
      | transactionInfo.stoppedReason | absent or any of Local, EVDisconnected          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_16_CS @E05.FR.10 @E06.FR.04 @C15.FR.04 @needs:C-01 @needs:C-10.2 @needs:C-30
  Scenario: Begun offline for somebody whom the CSMS does not know, the transaction is ended as soon as that is known
    Given the station is set to serve strangers while offline
    And the station is set to stop for an invalid token
    And the station is set to stop with the authorization
    When the CSMS goes offline
    And the driver plugs in
    And the driver presents the invalid idToken
    And 1 s passes
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent as "begun" with
      | idToken.idToken | the invalid idToken |
      | offline         | true                |
    And the station sends TransactionEvent as "over" with
      | eventType                     | Ended                                        |
      | triggerReason                 | Deauthorized                                 |
      | transactionInfo.stoppedReason | DeAuthorized                                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "begun" |

  @TC_E_45_CS @E08.FR.02 @E08.FR.04 @E08.FR.05 @E08.FR.06 @E08.FR.07 @needs:C-01 @needs:LA-0
  Scenario: Stopped while nobody listened, by another token of the same group
    When the CSMS sends SendLocalList as "list" with
      | localAuthorizationList[0].idToken.idToken                  | the same group idToken              |
      | localAuthorizationList[0].idToken.type                     | the type of the same group idToken  |
      | localAuthorizationList[0].idTokenInfo.groupIdToken.idToken | the group of the same group idToken |
      | localAuthorizationList[0].idTokenInfo.groupIdToken.type    | Central                             |
    Then the station answers "list" with
      | status | Accepted |
    Given the station is charging for a group
    When the CSMS goes offline
    And the driver presents the same group idToken
    And 1 s passes
    And the driver unplugs
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | offline                       | true                                            |
      | idToken.idToken               | absent or the same group idToken                |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

@sut-station @v2.0.1 @needs:not-AQ-2 @needs:C-30
Feature: A station whose CSMS thinks better of a driver
  A token may be blocked between the question and the charging, or be let in from memory. What the CSMS says of it in
  the transaction is the last word, and what it costs the driver is a matter of configuration.

  @E05.FR.10 @E06.FR.04 @needs:C-10.2
  Scenario: Told to stop for an invalid token, it ends the transaction where that ends with the authorization
    Given the station is set to stop for an invalid token
    And the station is set to stop with the authorization
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | eventType                     | Ended        |
      | triggerReason                 | Deauthorized |
      | transactionInfo.stoppedReason | DeAuthorized |

  @E05.FR.04 @E05.FR.09 @E06.FR.02 @needs:C-10.1
  Scenario: Told to stop for an invalid token, it ends the authorization alone where the transaction lasts as long as the cable
    Given the station is set to stop for an invalid token
    And the station is set to stop when the cable is out
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "refused" with
      | eventType     | Updated      |
      | triggerReason | Deauthorized |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    When the driver unplugs
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                          |
      | seqNo                         | none of the seqNo of "refused"                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "refused" |

  @E05.FR.02 @needs:C-10.1
  Scenario: Told only to pause for an invalid token, it gives no energy and says that this is its own doing
    Given the station is set to suspend for an invalid token
    And the station is set to give an invalid token no energy
    And the station is set to stop when the cable is out
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | transactionInfo.chargingState | SuspendedEVSE        |

  @E05.FR.03 @needs:C-03
  Scenario: Allowed some energy for an invalid token, it goes on until that is used up
    Given the station is set to suspend for an invalid token
    And the station is set to give an invalid token no end of energy
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging |
    And the station sends no TransactionEvent for 2 s with
      | transactionInfo.chargingState | none of Charging |

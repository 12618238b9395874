@sut-station @v2.0.1 @needs:HFS-1
Feature: A station that the CSMS tells to free a cable
  A cable that does not come out is the helpdesk's most frequent call. But nobody may free the cable of a stranger who is
  charging, and an answer that says the lock is open while it is not sends a mechanic to the wrong place.

  @TC_F_05_CS @F05.FR.01 @F05.FR.02
  Scenario: While somebody charges, the cable stays locked and the transaction goes on
    Given the station is charging
    When the CSMS sends UnlockConnector as "unlock"
    Then the station answers "unlock" with
      | status | OngoingAuthorizedTransaction |
    When the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | true |

  @TC_F_07_CS @F05.FR.01 @F05.FR.04 @F05.FR.06
  Scenario: Without a cable it tries all the same, and says that it could
    When the CSMS sends UnlockConnector as "unlock"
    Then the station answers "unlock" with
      | status | Unlocked |

  @TC_F_10_CS @F05.FR.03
  Scenario: A connector that it does not have it does not know
    When the CSMS sends UnlockConnector as "unlock" with
      | connectorId | 999 |
    Then the station answers "unlock" with
      | status | UnknownConnector |

  @F05.FR.05
  Scenario: A lock that is stuck it does not call open
    Given the station is occupied
    When the operator jams the connector lock
    And the CSMS sends UnlockConnector as "unlock"
    Then the station answers "unlock" with
      | status | UnlockFailed |
    When the operator frees the connector lock
    And the CSMS sends UnlockConnector as "again"
    Then the station answers "again" with
      | status | Unlocked |

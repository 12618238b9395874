@sut-station @v2.0.1 @needs:LA-0 @needs:not-AQ-2 @needs:C-30|C-31|C-32
Feature: A station that has a list of tokens from its CSMS
  A list lets regular drivers charge at once, and when the connection is gone. What it says of a token stands above what
  the station remembers, and where it says no, only the CSMS can say yes.

  @TC_C_27_CS @C14.FR.02
  Scenario: A token on its list charges without another question
    Given the station is set to trust its list
    And the station is given a list that calls the valid idToken Accepted
    And the station is occupied
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "occupied" and "charging"

  @TC_C_28_CS @TC_C_29_CS @TC_C_30_CS @C14.FR.03
  Scenario Outline: It asks about a token that its list calls <status>, and starts nothing that the CSMS does not allow
    Given the station is set to trust its list
    And the station is given a list that calls the <token> idToken <status>
    And the station is occupied
    When the driver presents the <token> idToken
    Then the station sends Authorize with
      | idToken.idToken | the <token> idToken |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |

    Examples:
      | token   | status  |
      | invalid | Invalid |
      | blocked | Blocked |
      | expired | Expired |

  @TC_C_31_CS @C14.FR.03
  Scenario: A token that its list calls invalid charges once the CSMS accepts it
    Given the station is set to trust its list
    And the station is given a list that calls the valid idToken Invalid
    And the station is occupied
    When the driver presents the valid idToken
    Then the station sends Authorize as "ask" with
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And "ask" and "charging" come in this order

  @C14.FR.04
  Scenario: An entry that holds for a while yet charges without another question
    Given the station is able to let entries of its list run out
    And the station is set to trust its list
    And the station is given a list whose entry holds for an hour
    And the station is occupied
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "occupied" and "charging"

  @C14.FR.05
  Scenario: It asks about a token whose entry has run out
    Given the station is able to let entries of its list run out
    And the station is set to trust its list
    And the station is given a list whose entry has run out
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_C_40_CS @C09.FR.03 @C09.FR.07
  Scenario: Two tokens of one group on its list share a charging without another question
    Given the station is set to trust its list
    And the station is given a list with a group of which one is Accepted
    And the station is charging for a group
    When the driver presents the same group idToken
    Then the station sends TransactionEvent as "stop" with
      | triggerReason                 | StopAuthorized                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends no Authorize between "charging" and "stop"

  @TC_C_43_CS @C09.FR.11 @C14.FR.03
  Scenario: A token of the group that its list calls invalid does not stop the charging
    Given the station is set to trust its list
    And the station is given a list with a group of which one is Invalid
    And the station is charging for a group
    And the CSMS will answer Authorize with
      | idTokenInfo.status               | Invalid                        |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |
      | idTokenInfo.groupIdToken.type    | Central                        |
    When the driver presents the same group idToken
    Then the station sends Authorize with
      | idToken.idToken | the same group idToken |
    And the station sends no TransactionEvent for 1 s with
      | triggerReason | StopAuthorized |

  @TC_C_21_CS @C13.FR.02 @needs:C-01
  Scenario: Cut off, it charges for a driver on its list
    Given the station is set to trust its list
    And the station is given a list that calls the valid idToken Accepted
    And the station is occupied
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the valid idToken
    And 500 ms passes
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station sends TransactionEvent with
      | offline         | true              |
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | offline       | true           |
      | triggerReason | StopAuthorized |

  @TC_C_22_CS @TC_C_23_CS @TC_C_24_CS @C13.FR.02
  Scenario Outline: Cut off, it gives nothing to a driver whom its list calls <status>
    Given the station is set to trust its list
    And the station is given a list that calls the <token> idToken <status>
    And the station is occupied
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the <token> idToken
    And the CSMS goes online
    Then the station reconnects
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |

    Examples:
      | token   | status  |
      | invalid | Invalid |
      | blocked | Blocked |
      | expired | Expired |

  @TC_C_25_CS @C13.FR.01 @C14.FR.01 @C13.FR.04 @needs:C-49 @needs:C-02
  Scenario: Cut off, it goes by its list and not by what it remembers
    Given the station is set to trust its cache
    And the station is set to trust its list
    And the station is set to serve strangers while offline
    And the station is idle after charging
    And the station is given a list that calls the valid idToken Invalid
    And the station is occupied
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station reconnects
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |

  @TC_C_58_CS @needs:LA-3
  Scenario: Set to do so, it takes the bad word of its list as the last word
    Given the station is set to trust its list
    And the station is set to ask nobody where its list says no
    And the station is given a list that calls the invalid idToken Invalid
    And the station is occupied
    When the driver presents the invalid idToken
    Then the station sends no Authorize for 1 s
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    Given the station is set to ask even where its list says no

@sut-station @v2.0.1
Feature: A station that knows who belongs together
  A family or a fleet shares its chargings: what one of its tokens started, another may stop, as long as that one is
  valid itself. A master pass belongs to the operator's staff; it may end everything and start nothing.

  @TC_C_39_CS @C09.FR.03 @needs:C-30|C-31|C-32
  Scenario: Another token of the group stops the charging
    Given the station is charging for a group
    When the driver presents the same group idToken
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | idToken.idToken               | absent or the same group idToken                |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_C_39_CS @C09.FR.05 @needs:C-49 @needs:C-30|C-31|C-32
  Scenario: It asks the CSMS about a token of the group that it does not know, and lets it stop the charging
    Given the station is without any token in its cache
    And the station is charging for a group
    When the driver presents the same group idToken
    Then the station sends Authorize with
      | idToken.idToken | the same group idToken |
    And the station sends TransactionEvent with
      | triggerReason | StopAuthorized |

  @TC_C_42_CS @C09.FR.11 @needs:C-30|C-31|C-32
  Scenario: A token of the group that is not valid does not stop the charging
    Given the station is charging for a group
    And the CSMS will answer Authorize with
      | idTokenInfo.status               | Invalid                        |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |
      | idTokenInfo.groupIdToken.type    | Central                        |
    When the driver presents the invalid idToken
    Then the station sends Authorize as "ask" with
      | idToken.idToken | the invalid idToken |
    When 1 s passes
    And the driver presents the group idToken
    Then the station sends TransactionEvent as "stop" with
      | triggerReason                 | StopAuthorized                                  |
      | idToken.idToken               | absent or the group idToken                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And "stop" comes at least 1 s after "ask"

  @C09.FR.03
  Scenario: A token of another group does not stop the charging
    Given the station is charging for a group
    When the driver presents the other group idToken
    Then the station sends no TransactionEvent for 1 s with
      | triggerReason | StopAuthorized |
    When the driver presents the group idToken
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | idToken.idToken               | absent or the group idToken                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_C_45_CS @C16.FR.03 @needs:C-08
  Scenario: A master pass starts no charging, and leaves the place to the next driver
    Given the station is set to the master pass
    When the driver presents the master pass idToken
    Then the station sends no TransactionEvent for 1 s
    When the driver plugs in
    And the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | idToken.idToken | the valid idToken |

  @TC_C_49_CS @C16.FR.02 @needs:C-08 @needs:HFS-8>1
  Scenario: A master pass ends every authorisation
    Given the station is set to the master pass
    And the station is charging at two places
    When the driver presents the master pass idToken
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |

  @TC_C_49_CS @C16.FR.02 @C16.FR.08 @needs:C-08 @needs:C-10.2
  Scenario: Where a transaction ends with its authorisation, a master pass is named as the reason
    Given the station is set to the master pass
    And the station is charging
    When the driver presents the master pass idToken
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | transactionInfo.stoppedReason | MasterPass                                      |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_C_48_CS @C16.FR.07 @C16.FR.08 @needs:C-07 @needs:C-10.2
  Scenario: With a screen, the holder of a master pass chooses what ends
    Given the station is set to the master pass
    And the station is charging
    When the driver presents the master pass idToken
    And 500 ms passes
    And the driver chooses to stop the transaction at EVSE 1
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | transactionInfo.stoppedReason | MasterPass                                      |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_C_48_CS @C16.FR.07 @needs:C-07 @needs:HFS-8>1
  Scenario: What the holder of a master pass did not choose goes on
    Given the station is set to the master pass
    And the station is charging at two places
    When the driver presents the master pass idToken
    And 500 ms passes
    And the driver chooses to stop the transaction at EVSE 1
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    When 500 ms passes
    And the CSMS sends GetTransactionStatus as "other" with
      | transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |
    Then the station answers "other" with
      | ongoingIndicator | true |

  @TC_C_47_CS @C16.FR.07 @needs:C-07 @needs:HFS-8>1
  Scenario: With a screen, the holder of a master pass may choose to end everything
    Given the station is set to the master pass
    And the station is charging at two places
    When the driver presents the master pass idToken
    And 500 ms passes
    And the driver chooses to stop every transaction
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |

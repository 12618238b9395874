@sut-station @v2.0.1
Feature: A station that decides about a driver while it is cut off
  Without the CSMS the station goes by what it remembers and by what the operator has allowed. When the CSMS is back it
  hears of everything and has the last word.

  @TC_C_16_CS @C15.FR.02 @C15.FR.04 @needs:C-49 @needs:C-30&C-70|C-31&C-71|C-32&C-72 @needs:C-10.2|C-10.3|C-10.4
  Scenario: What it started offline ends when the CSMS refuses the token
    Given the station is set to trust its cache
    And the station is set to stop for an invalid token
    And the station is idle after charging
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent with
      | offline         | true              |
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | eventType                     | Ended        |
      | triggerReason                 | Deauthorized |
      | transactionInfo.stoppedReason | DeAuthorized |

  @C15.FR.02 @C15.FR.03 @needs:C-49 @needs:C-10.1
  Scenario: What it started offline loses its authorization alone where the transaction lasts as long as the cable
    Given the station is set to trust its cache
    And the station is set to stop for an invalid token
    And the station is set to stop when the cable is out
    And the station is idle after charging
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station sends TransactionEvent with
      | offline         | true              |
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | eventType     | Updated      |
      | triggerReason | Deauthorized |

  @TC_C_17_CS @C15.FR.02 @C15.FR.06 @needs:C-49 @needs:C-30&C-70|C-31&C-71|C-32&C-72
  Scenario: Set to do so, what it started offline is only suspended when the CSMS refuses the token
    Given the station is set to trust its cache
    And the station is set to suspend for an invalid token
    And the station is set to give an invalid token no energy
    And the station is idle after charging
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent with
      | offline         | true              |
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | transactionInfo.chargingState | SuspendedEVSE        |

  @TC_C_26_CS @C13.FR.04 @C15.FR.02 @C15.FR.06 @C15.FR.08 @needs:C-02 @needs:C-49
  Scenario: Allowed to serve strangers offline, it does, and suspends the charging when the CSMS refuses the token
    Given the station is set to serve strangers while offline
    And the station is set to suspend for an invalid token
    And the station is set to give an invalid token no energy
    And the station is without any token in its cache
    And the station is occupied
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the invalid idToken
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent with
      | offline         | true                |
      | idToken.idToken | the invalid idToken |
    And the station sends TransactionEvent with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | transactionInfo.chargingState | SuspendedEVSE        |

  @C13.FR.02 @needs:C-02 @needs:C-49
  Scenario: Not allowed to serve strangers offline, it starts nothing for one
    Given the station is set to turn strangers away while offline
    And the station is without any token in its cache
    And the station is occupied
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the invalid idToken
    And the CSMS goes online
    Then the station reconnects
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |

  @TC_C_15_CS @C15.FR.02 @C15.FR.07 @needs:C-49 @needs:C-03
  Scenario: Allowed some energy for an invalid token, what it started offline goes on when the CSMS refuses the token
    Given the station is set to trust its cache
    And the station is set to suspend for an invalid token
    And the station is set to give an invalid token no end of energy
    And the station is set to sample nothing on the way
    And the station is idle after charging
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station sends TransactionEvent with
      | offline                       | true     |
      | transactionInfo.chargingState | Charging |
    And the station sends no TransactionEvent for 2 s with
      | transactionInfo.chargingState | none of Charging |

  @TC_C_15_CS @C15.FR.06 @C15.FR.07 @needs:C-49 @needs:C-03
  Scenario: When an invalid token has had the energy it is allowed, the charging is suspended
    Given the station is set to trust its cache
    And the station is set to suspend for an invalid token
    And the station is set to give an invalid token a little energy
    And the station is idle after charging
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station sends TransactionEvent with
      | offline         | true              |
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | transactionInfo.chargingState | SuspendedEVSE        |

  @TC_C_18_CS @C15.FR.02 @C15.FR.04 @needs:C-49 @needs:C-03
  @needs:C-30&C-70|C-31&C-71|C-32&C-72 @needs:C-10.2|C-10.3|C-10.4
  Scenario: Told to stop for an invalid token, it does so at once, whatever energy one is allowed
    Given the station is set to trust its cache
    And the station is set to stop for an invalid token
    And the station is set to give an invalid token no end of energy
    And the station is idle after charging
    And the station is occupied
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the CSMS goes offline
    And 300 ms passes
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station sends TransactionEvent with
      | offline         | true              |
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | eventType                     | Ended        |
      | triggerReason                 | Deauthorized |
      | transactionInfo.stoppedReason | DeAuthorized |

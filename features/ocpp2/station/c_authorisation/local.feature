@sut-station @v2.0.1
Feature: A station that asks the CSMS whether a driver may charge
  Only the CSMS knows who may charge. A token it refuses must not get any energy, and a token that did not start the
  charging has no business stopping it.

  @TC_C_02_CS @C01.FR.02 @needs:not-AQ-2 @needs:C-30|C-31|C-32
  Scenario: A token the CSMS calls invalid starts nothing
    Given the station is occupied
    When the driver presents the invalid idToken
    Then the station sends Authorize with
      | idToken.idToken | the invalid idToken             |
      | idToken.type    | the type of the invalid idToken |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    And the station sends no TransactionEvent for 500 ms with
      | triggerReason | Authorized |

  @TC_C_06_CS @C01.FR.02 @needs:not-AQ-2 @needs:C-30|C-31|C-32
  Scenario: A token the CSMS has blocked starts nothing
    Given the station is occupied
    When the driver presents the blocked idToken
    Then the station sends Authorize with
      | idToken.idToken | the blocked idToken             |
      | idToken.type    | the type of the blocked idToken |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    And the station sends no TransactionEvent for 500 ms with
      | triggerReason | Authorized |

  @TC_C_07_CS @C01.FR.02 @needs:not-AQ-2 @needs:C-30|C-31|C-32
  Scenario: A token that has expired starts nothing
    Given the station is occupied
    When the driver presents the expired idToken
    Then the station sends Authorize with
      | idToken.idToken | the expired idToken             |
      | idToken.type    | the type of the expired idToken |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    And the station sends no TransactionEvent for 500 ms with
      | triggerReason | Authorized |

  @TC_C_56_CS @C01.FR.02 @needs:not-AQ-2 @needs:C-30|C-31|C-32
  Scenario: A token the CSMS does not know starts nothing
    Given the CSMS will answer Authorize with
      | idTokenInfo.status | Unknown |
    And the station is occupied
    When the driver presents the invalid idToken
    Then the station sends Authorize with
      | idToken.idToken | the invalid idToken             |
      | idToken.type    | the type of the invalid idToken |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    And the station sends no TransactionEvent for 500 ms with
      | triggerReason | Authorized |

  @C01.FR.01 @needs:not-AQ-2
  Scenario: Plugged in, it delivers nothing before somebody is authorized
    When the driver plugs in
    Then the station reports a connector as "occupied" with
      | connectorStatus | Occupied |
    When 1 s passes
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And "charging" comes at least 1 s after "occupied"

  @C01.FR.02 @needs:not-AQ-2
  Scenario: Turned away once, it still serves the next driver
    Given the station is occupied
    When the driver presents the invalid idToken
    Then the station sends Authorize with
      | idToken.idToken | the invalid idToken |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |

  @TC_C_04_CS @C01.FR.03
  Scenario: Another driver's token does not stop the charging, the driver's own does
    Given the station is charging
    When the driver presents the second idToken
    Then the station sends no TransactionEvent for 1 s with
      | triggerReason | any of StopAuthorized, Authorized |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | idToken.idToken               | absent or the valid idToken                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @C01.FR.03 @E07.FR.01
  Scenario: The driver's own token stops the charging without asking the CSMS again
    Given the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "stop" with
      | triggerReason | StopAuthorized |
    And the station sends no Authorize between "charging" and "stop"

  @C01.FR.21 @needs:HFS-8>1 @needs:not-AQ-2
  Scenario: A token that is allowed at another EVSE only starts nothing here
    Given the CSMS will answer Authorize with
      | idTokenInfo.status    | Accepted |
      | idTokenInfo.evseId[0] | 2        |
    And the station is occupied
    When the driver presents the second idToken
    Then the station sends Authorize with
      | idToken.idToken | the second idToken |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |

  @TC_C_05_CS @C01.FR.02 @needs:AQ-2
  Scenario: Where the cable is locked until a token is accepted, one the CSMS calls invalid starts nothing
    When the driver presents the invalid idToken
    Then the station sends Authorize with
      | idToken.idToken | the invalid idToken             |
      | idToken.type    | the type of the invalid idToken |
    And the station sends no TransactionEvent for 1 s

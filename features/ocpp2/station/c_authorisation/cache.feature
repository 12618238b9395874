@sut-station @v2.0.1 @needs:C-49
Feature: A station that remembers what the CSMS said of a token
  A driver who was here yesterday should not wait for the CSMS today. What the station remembers must be the latest
  word of the CSMS, only a good word counts for itself, and it must be able to forget.

  @TC_C_08_CS @C12.FR.02 @C12.FR.04
  Scenario: A token it remembers as accepted charges without another question
    Given the station is set to start before energy flows
    And the station is set to trust its cache
    And the station is idle after charging
    When the driver plugs in
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "start" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends TransactionEvent as "charging again" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "stop" and "charging again"

  @TC_C_33_CS @C10.FR.04 @C12.FR.02
  Scenario: What the CSMS answers once is remembered for the next time
    Given the station is set to trust its cache
    And the station is without any token in its cache
    When the driver plugs in
    And the driver presents the valid idToken
    Then the station sends Authorize as "ask"
    And the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station reports a connector with
      | connectorStatus | Available |
    When the driver plugs in
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "charging again" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "ask" and "charging again"

  @TC_C_13_CS @C12.FR.02 @C12.FR.04
  Scenario: A token it remembers may be presented before the cable is in
    Given the station is set to start before energy flows
    And the station is set to trust its cache
    And the station is idle after charging
    When the driver presents the valid idToken
    And 500 ms passes
    And the driver plugs in
    Then the station sends TransactionEvent with
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent as "charging again" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "stop" and "charging again"

  @TC_C_09_CS @C10.FR.01 @C10.FR.03 @C12.FR.05
  Scenario: It asks again about a token it remembers as invalid, and starts nothing with it
    Given the station is set to trust its cache
    When the driver presents the invalid idToken
    Then the station sends Authorize
    And the station sends no TransactionEvent for 500 ms
    When the driver presents the invalid idToken
    Then the station sends Authorize with
      | idToken.idToken | the invalid idToken |
    And the station sends no TransactionEvent for 1 s

  @TC_C_10_CS @C10.FR.03 @C12.FR.05
  Scenario: It asks again about a token it remembers as blocked, and starts nothing with it
    Given the station is set to trust its cache
    When the driver presents the blocked idToken
    Then the station sends Authorize
    And the station sends no TransactionEvent for 500 ms
    When the driver presents the blocked idToken
    Then the station sends Authorize with
      | idToken.idToken | the blocked idToken |
    And the station sends no TransactionEvent for 1 s

  @TC_C_11_CS @C10.FR.03 @C12.FR.05
  Scenario: It asks again about a token it remembers as expired, and starts nothing with it
    Given the station is set to trust its cache
    When the driver presents the expired idToken
    Then the station sends Authorize
    And the station sends no TransactionEvent for 500 ms
    When the driver presents the expired idToken
    Then the station sends Authorize with
      | idToken.idToken | the expired idToken |
    And the station sends no TransactionEvent for 1 s

  @TC_C_12_CS @C10.FR.03 @C12.FR.05
  Scenario: A token it remembers as invalid charges once the CSMS accepts it
    Given the station is set to start before energy flows
    And the station is set to trust its cache
    And the station is occupied
    When the driver presents the invalid idToken
    Then the station sends Authorize
    And the station sends no TransactionEvent for 500 ms
    Given the CSMS will answer Authorize with
      | idTokenInfo.status | Accepted |
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Accepted |
    When the driver presents the invalid idToken
    Then the station sends Authorize
    And the station sends TransactionEvent with
      | idToken.idToken | the invalid idToken |
    And the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging |

  @C12.FR.09 @C16.FR.03 @needs:C-08
  Scenario: A master pass that it remembers starts nothing either
    Given the station is set to trust its cache
    And the station is set to the master pass
    And the station is occupied
    When the driver presents the master pass idToken
    And 500 ms passes
    And the driver presents the master pass idToken
    Then the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |

  @TC_C_14_CS @C16.FR.02 @needs:C-08
  Scenario: A master pass that it remembers ends the charging
    Given the station is set to trust its cache
    And the station is set to the master pass
    When the driver presents the master pass idToken
    And 500 ms passes
    Given the station is charging
    When the driver presents the master pass idToken
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | idToken.idToken               | absent or the master pass idToken               |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_C_34_CS @C10.FR.05 @C12.FR.06
  Scenario: A token the CSMS refuses during the charging is no longer trusted
    Given the station is set to trust its cache
    And the station is set to stop for an invalid token
    And the station is idle after charging
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Invalid |
    When the driver plugs in
    And the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | triggerReason | Deauthorized |
    When the driver unplugs
    And the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_C_36_CS
  Scenario: Set to do so, it asks about a token although it remembers it
    Given the station is set to ask in spite of its cache
    And the station is idle after charging
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_C_37_CS @C11.FR.01 @C11.FR.02 @C11.FR.03 @C01.FR.02
  Scenario: Told to forget, it forgets
    Given the station is set to trust its cache
    And the station is idle after charging
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear" with
      | status | Accepted |
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_C_38_CS @C11.FR.02 @C11.FR.04
  Scenario: With its cache switched off, it has nothing to forget and says so
    Given the station is set to keep no cache
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear" with
      | status | Rejected |
    When the CSMS sends SetVariables as "as before" with
      | setVariableData[0].component.name | AuthCacheCtrlr |
      | setVariableData[0].variable.name  | Enabled        |
      | setVariableData[0].attributeValue | true           |
    Then the station answers "as before" with
      | setVariableResult[0].attributeStatus | Accepted |

  @C10.FR.11 @C01.FR.02
  Scenario: With its cache switched off, it asks about a driver who has charged here
    Given the station is set to trust its cache
    And the station is idle after charging
    And the station is set to keep no cache
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |
    Given the station is set to trust its cache

  @C10.FR.13 @C01.FR.02
  Scenario: It trusts its memory no longer than the CSMS has said
    Given the station is set to trust its cache
    And the station is without any token in its cache
    And the CSMS will answer Authorize with
      | idTokenInfo.status              | Accepted  |
      | idTokenInfo.cacheExpiryDateTime | now + 2 s |
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status              | Accepted  |
      | idTokenInfo.cacheExpiryDateTime | now + 2 s |
    And the station is idle after charging
    When 2500 ms passes
    And the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_C_46_CS @C10.FR.08 @C10.FR.10 @needs:C-53
  Scenario: It trusts its memory no longer than it is told to
    Given the station is set to trust its cache
    And the station is set to cache for 1 s
    And the station is idle after charging
    When 2 s passes
    And the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |
    When the CSMS sends SetVariables as "as before" with
      | setVariableData[0].component.name | AuthCacheCtrlr |
      | setVariableData[0].variable.name  | LifeTime       |
      | setVariableData[0].attributeValue | 86400          |
    Then the station answers "as before" with
      | setVariableResult[0].attributeStatus | Accepted |

  @TC_C_57_CS @needs:C-59
  Scenario: Set to do so, it takes a bad word it remembers as the last word
    Given the station is set to trust its cache in everything
    And the station is without any token in its cache
    When the driver presents the invalid idToken
    Then the station sends Authorize
    And the station sends no TransactionEvent for 500 ms
    When the driver presents the invalid idToken
    Then the station sends no Authorize for 1 s
    When the CSMS sends SetVariables as "as before" with
      | setVariableData[0].component.name | AuthCacheCtrlr       |
      | setVariableData[0].variable.name  | DisablePostAuthorize |
      | setVariableData[0].attributeValue | false                |
    Then the station answers "as before" with
      | setVariableResult[0].attributeStatus | Accepted |

  @TC_C_41_CS @C09.FR.03 @C09.FR.07 @C01.FR.03
  Scenario: Two tokens of one group that it remembers share a charging without another question
    Given the station is set to trust its cache
    And the station is charging for a group
    When the driver presents the same group idToken
    And 1 s passes
    And the driver unplugs
    Then the station reports a connector with
      | connectorStatus | Available |
    Given the station is charging for a group
    When the driver presents the same group idToken
    Then the station sends TransactionEvent as "stop" with
      | triggerReason                 | StopAuthorized                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends no Authorize between "charging" and "stop"

  @TC_C_44_CS @C09.FR.11 @C10.FR.03
  Scenario: A token of the group that it remembers as invalid does not stop the charging
    Given the station is set to trust its cache
    And the station is charging for a group
    And the CSMS will answer Authorize with
      | idTokenInfo.status               | Invalid                        |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |
      | idTokenInfo.groupIdToken.type    | Central                        |
    When the driver presents the invalid idToken
    Then the station sends Authorize
    When 500 ms passes
    And the driver presents the invalid idToken
    Then the station sends Authorize as "ask"
    When 1 s passes
    And the driver presents the group idToken
    Then the station sends TransactionEvent as "stop" with
      | triggerReason                 | StopAuthorized                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And "stop" comes at least 1 s after "ask"

  @TC_C_32_CS @C10.FR.02 @lab-strict
  Scenario: What it remembers of a token outlives a reboot
    Given the station is set to trust its cache
    And the station is idle after charging
    When the operator reboots the station
    Then the station sends BootNotification as "boot"
    And the station reports a connector with
      | connectorStatus | Available |
    When the driver plugs in
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "charging again" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "boot" and "charging again"

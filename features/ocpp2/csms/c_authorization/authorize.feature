@sut-csms @v2.0.1
Feature: A CSMS that says who may charge
  A station asks about every token it does not know itself. A wrong yes gives energy away, a wrong no leaves
  a customer stranded.

  @C01.FR.07 @C01.FR.17
  Scenario: A token in good standing may charge
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status    | Accepted                                                |
      | idTokenInfo.language1 | absent or like [A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})* |

  @TC_C_02_CSMS @C01.FR.07
  Scenario: A token nobody issued may not charge
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the invalid idToken             |
      | idToken.type    | the type of the invalid idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | any of Invalid, Unknown |

  @TC_C_06_CSMS @C01.FR.07
  Scenario: A blocked token may not charge
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the blocked idToken             |
      | idToken.type    | the type of the blocked idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | any of Blocked, Invalid |

  @TC_C_07_CSMS @C01.FR.07
  Scenario: An expired token may not charge
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the expired idToken             |
      | idToken.type    | the type of the expired idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status | any of Expired, Invalid |

  @C02.FR.02 @E01.FR.12
  Scenario: A station that charges anybody is not held up for want of a token
    Given the station is plugged in
    When the station sends TransactionEvent as "free" with
      | eventType       | Updated         |
      | triggerReason   | Authorized      |
      | seqNo           | 1               |
      | idToken.idToken | ""              |
      | idToken.type    | NoAuthorization |
    Then the CSMS answers "free" with
      | idTokenInfo.status | Accepted |

@sut-csms @v2.0.1
Feature: A CSMS whose stations remember tokens
  What a station remembers may be out of date. So the CSMS looks at each token again in the transaction, and
  can have a station forget everything.

  @TC_C_08_CSMS @C12.FR.03 @E01.FR.11 @E01.FR.12
  Scenario: It confirms a token that the station let in from memory
    Given the station is plugged in
    When the station sends TransactionEvent as "authorized" with
      | eventType       | Updated                       |
      | triggerReason   | Authorized                    |
      | seqNo           | 1                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS answers "authorized" with
      | idTokenInfo.status | Accepted |

  @TC_C_20_CSMS @C12.FR.03 @E01.FR.11 @E01.FR.12
  Scenario: It turns away a token that the station let in from memory
    Given the station is plugged in
    When the station sends TransactionEvent as "authorized" with
      | eventType       | Updated                         |
      | triggerReason   | Authorized                      |
      | seqNo           | 1                               |
      | idToken.idToken | the invalid idToken             |
      | idToken.type    | the type of the invalid idToken |
    Then the CSMS answers "authorized" with
      | idTokenInfo.status | any of Invalid, Unknown |

  @TC_C_37_CSMS
  Scenario: It has the station forget all tokens
    Given the station is booted
    When the operator requests ClearCache
    Then the CSMS sends ClearCache

  @TC_C_38_CSMS
  Scenario: It goes on serving a station that would not forget
    Given the station is booted
    And the station will answer ClearCache with
      | status | Rejected |
    When the operator requests ClearCache
    Then the CSMS sends ClearCache
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

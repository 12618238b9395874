@sut-csms @v2.0.1
Feature: A CSMS whose tokens belong together
  A family or a fleet shares a group: what one token started, another of the group may stop. A station knows
  the group only from the CSMS, in every answer about the token.

  @C01.FR.06 @C01.FR.07 @C09.FR.09 @C09.FR.10
  Scenario: It names the group of a token it is asked about
    Given the station is booted
    When the station sends Authorize as "ask" with
      | idToken.idToken | the group idToken             |
      | idToken.type    | the type of the group idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status               | Accepted                       |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |

  @TC_C_39_CSMS @C01.FR.06 @C09.FR.02 @C09.FR.09 @C09.FR.12
  Scenario: It names the same group for the token that starts and for the one that stops
    Given the station is plugged in
    When the station sends Authorize as "ask first" with
      | idToken.idToken | the group idToken             |
      | idToken.type    | the type of the group idToken |
    Then the CSMS answers "ask first" with
      | idTokenInfo.status               | Accepted                       |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |
    When the station sends TransactionEvent as "authorized" with
      | eventType       | Updated                       |
      | triggerReason   | Authorized                    |
      | seqNo           | 1                             |
      | idToken.idToken | the group idToken             |
      | idToken.type    | the type of the group idToken |
    Then the CSMS answers "authorized" with
      | idTokenInfo.status               | Accepted                       |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |
    When the station sends Authorize as "ask" with
      | idToken.idToken | the same group idToken             |
      | idToken.type    | the type of the same group idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status               | Accepted                       |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |
    When the station sends TransactionEvent as "stop" with
      | eventType       | Updated                            |
      | triggerReason   | StopAuthorized                     |
      | seqNo           | 2                                  |
      | idToken.idToken | the same group idToken             |
      | idToken.type    | the type of the same group idToken |
    Then the CSMS answers "stop" with
      | idTokenInfo.status               | Accepted                       |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |

  @TC_C_40_CSMS @TC_C_43_CSMS @C01.FR.06 @C09.FR.02 @C09.FR.09 @C09.FR.12
  Scenario: It names the group although the station knew the token from its local list
    Given the station is plugged in
    When the station sends TransactionEvent as "authorized" with
      | eventType       | Updated                       |
      | triggerReason   | Authorized                    |
      | seqNo           | 1                             |
      | idToken.idToken | the group idToken             |
      | idToken.type    | the type of the group idToken |
    Then the CSMS answers "authorized" with
      | idTokenInfo.status               | Accepted                       |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |
    When the station sends Authorize as "ask" with
      | idToken.idToken | the same group idToken             |
      | idToken.type    | the type of the same group idToken |
    Then the CSMS answers "ask" with
      | idTokenInfo.status               | Accepted                       |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |
    When the station sends TransactionEvent as "stop" with
      | eventType       | Updated                            |
      | triggerReason   | StopAuthorized                     |
      | seqNo           | 2                                  |
      | idToken.idToken | the same group idToken             |
      | idToken.type    | the type of the same group idToken |
    Then the CSMS answers "stop" with
      | idTokenInfo.status               | Accepted                       |
      | idTokenInfo.groupIdToken.idToken | the group of the group idToken |

@sut-csms @v2.0.1 @needs:LA-0
Feature: A CSMS that keeps the lists of its stations
  With a list a station lets regular drivers charge when nobody can be asked. Each update leads to a version, so that a
  CSMS that comes back after an outage can tell which list the station has.

  @TC_D_01_CSMS @D01.FR.01 @D01.FR.18
  Scenario: A whole list has a version and says of each token what it may do
    Given the station is booted
    When the operator requests SendLocalList with
      | versionNumber                                | 1                             |
      | updateType                                   | Full                          |
      | localAuthorizationList[0].idToken.idToken    | the valid idToken             |
      | localAuthorizationList[0].idToken.type       | the type of the valid idToken |
      | localAuthorizationList[0].idTokenInfo.status | Accepted                      |
    Then the CSMS sends SendLocalList as "list" with
      | updateType    | Full       |
      | versionNumber | at least 1 |
    And each localAuthorizationList of "list" has
      | idTokenInfo.status | present |
    And some localAuthorizationList of "list" has
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |

  @TC_D_02_CSMS @D01.FR.01 @D01.FR.18
  Scenario: A change adds a token under a version above the one that the station has
    Given the station is booted
    And the station will answer GetLocalListVersion with
      | versionNumber | 1 |
    When the operator requests SendLocalList with
      | versionNumber                                | 2                              |
      | updateType                                   | Differential                   |
      | localAuthorizationList[0].idToken.idToken    | the second idToken             |
      | localAuthorizationList[0].idToken.type       | the type of the second idToken |
      | localAuthorizationList[0].idTokenInfo.status | Accepted                       |
    Then the CSMS sends SendLocalList as "change" with
      | updateType    | Differential |
      | versionNumber | at least 2   |
    And some localAuthorizationList of "change" has
      | idToken.idToken    | the second idToken |
      | idTokenInfo.status | present            |

  @TC_D_03_CSMS @D01.FR.01 @D01.FR.18
  Scenario: A change takes a token off by naming it and no more
    Given the station is booted
    And the station will answer GetLocalListVersion with
      | versionNumber | 1 |
    When the operator requests SendLocalList with
      | versionNumber                             | 2                             |
      | updateType                                | Differential                  |
      | localAuthorizationList[0].idToken.idToken | the valid idToken             |
      | localAuthorizationList[0].idToken.type    | the type of the valid idToken |
    Then the CSMS sends SendLocalList as "change" with
      | updateType    | Differential |
      | versionNumber | at least 2   |
    And some localAuthorizationList of "change" has
      | idToken.idToken | the valid idToken |
      | idTokenInfo     | absent            |

  @TC_D_04_CSMS @D01.FR.01 @D01.FR.18
  Scenario: To empty the list it sends a whole one without entries
    Given the station is booted
    When the operator requests SendLocalList with
      | versionNumber | 1    |
      | updateType    | Full |
    Then the CSMS sends SendLocalList with
      | updateType             | Full       |
      | versionNumber          | at least 1 |
      | localAuthorizationList | absent     |

  @TC_D_08_CSMS @TC_D_09_CSMS @needs:LA-2
  Scenario Outline: Told that the station has version <version>, it goes on serving it
    Given the station is booted
    And the station will answer GetLocalListVersion with
      | versionNumber | <version> |
    When the operator requests GetLocalListVersion
    Then the CSMS sends GetLocalListVersion
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

    Examples:
      | version |
      | 0       |
      | 5       |

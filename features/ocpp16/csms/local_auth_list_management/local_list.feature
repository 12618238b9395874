@sut-csms @v1.6 @needs:LocalAuthListManagement
Feature: A Central System that gives cards to keep
  With a list of its own a charge point lets drivers charge without asking. The list has a version, so that both sides
  know whether they have the same one.

  @TC_042_1_CSMS @OCPP1.6:5.10
  Scenario: Told that lists are not supported, it goes on serving the charge point
    Given the station is booted
    And the station will answer GetLocalListVersion with
      | listVersion | -1 |
    When the operator requests GetLocalListVersion
    Then the CSMS sends GetLocalListVersion
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_042_2_CSMS @OCPP1.6:5.10
  Scenario: Told that the list is empty, it goes on serving the charge point
    Given the station is booted
    And the station will answer GetLocalListVersion with
      | listVersion | 0 |
    When the operator requests GetLocalListVersion
    Then the CSMS sends GetLocalListVersion
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_043_1_CSMS @OCPP1.6:5.15
  Scenario: A charge point without lists turns the list down
    Given the station is booted
    And the station will answer SendLocalList with
      | status | NotSupported |
    When the operator requests SendLocalList with
      | listVersion                                | 1               |
      | updateType                                 | Full            |
      | localAuthorizationList[0].idTag            | the valid idTag |
      | localAuthorizationList[0].idTagInfo.status | Accepted        |
    Then the CSMS sends SendLocalList with
      | updateType | Full |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_043_3_CSMS @OCPP1.6:5.15
  Scenario: A charge point fails to store the list
    Given the station is booted
    And the station will answer SendLocalList with
      | status | Failed |
    When the operator requests SendLocalList with
      | listVersion                                | 1               |
      | updateType                                 | Full            |
      | localAuthorizationList[0].idTag            | the valid idTag |
      | localAuthorizationList[0].idTagInfo.status | Accepted        |
    Then the CSMS sends SendLocalList with
      | updateType | Full |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_043_4_CSMS @OCPP1.6:5.15 @OCPP1.6:5.10
  Scenario: A full list has a version and says of each card what it may do
    Given the station is booted
    And the station will answer SendLocalList with
      | status | Accepted |
    When the operator requests SendLocalList with
      | listVersion                                | 1               |
      | updateType                                 | Full            |
      | localAuthorizationList[0].idTag            | the valid idTag |
      | localAuthorizationList[0].idTagInfo.status | Accepted        |
    Then the CSMS sends SendLocalList as "list" with
      | updateType  | Full       |
      | listVersion | at least 1 |
    And each localAuthorizationList of "list" has
      | idTagInfo.status | present |
    And some localAuthorizationList of "list" has
      | idTag | the valid idTag |

  @TC_043_5_CSMS @OCPP1.6:5.15 @OCPP1.6:5.10
  Scenario: An update of the list adds a card under the version it leads to
    Given the station is booted
    And the station will answer GetLocalListVersion with
      | listVersion | 1 |
    And the station will answer SendLocalList with
      | status | Accepted |
    When the operator requests SendLocalList with
      | listVersion                                | 2                |
      | updateType                                 | Differential     |
      | localAuthorizationList[0].idTag            | the second idTag |
      | localAuthorizationList[0].idTagInfo.status | Accepted         |
    Then the CSMS sends SendLocalList as "update" with
      | updateType  | Differential |
      | listVersion | at least 1   |
    And each localAuthorizationList of "update" has
      | idTagInfo.status | present |
    And some localAuthorizationList of "update" has
      | idTag | the second idTag |

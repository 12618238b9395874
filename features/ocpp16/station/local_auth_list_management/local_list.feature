@sut-station @v1.6 @needs:LocalAuthListManagement
Feature: A charge point that keeps a list of cards
  A list that the Central System keeps on the charge point lets its drivers start without delay, and when the
  connection is gone. That only works when both know which version of the list the other has.

  @TC_042_2_CS @OCPP1.6:5.10 @OCPP1.6:5.15
  Scenario: A list without entries has version 0
    Given the station is keeping a list
    When the CSMS sends SendLocalList as "empty list" with
      | listVersion            | 1      |
      | updateType             | Full   |
      | localAuthorizationList | absent |
    And the CSMS sends GetLocalListVersion as "version"
    Then the station answers "empty list" with
      | status | Accepted |
    And the station answers "version" with
      | listVersion | 0 |

  @TC_042_1_CS @OCPP1.6:5.10 @OCPP1.6:9.2.1
  Scenario: With its list switched off, it has none
    Given the station is keeping no list
    When the CSMS sends GetLocalListVersion as "version"
    Then the station answers "version" with CALLERROR NotSupported with
      | listVersion | -1 |

  @TC_043_CS @OCPP1.6:5.15 @OCPP1.6:5.10
  Scenario: It takes a whole list, and then a change to it
    Given the station is keeping a list
    When the CSMS sends SendLocalList as "whole list" with
      | listVersion | 2    |
      | updateType  | Full |
    And the CSMS sends SendLocalList as "change" with
      | listVersion                                | 3                |
      | updateType                                 | Differential     |
      | localAuthorizationList[0].idTag            | the second idTag |
      | localAuthorizationList[0].idTagInfo.status | Accepted         |
    And the CSMS sends GetLocalListVersion as "version"
    Then the station answers "whole list" with
      | status | Accepted |
    And the station answers "change" with
      | status | Accepted |
    And the station answers "version" with
      | listVersion | 3 |

  @TC_043_2_CS @OCPP1.6:5.15 @OCPP1.6:5.10
  Scenario: A change that is older than its list changes nothing
    Given the station is keeping a list
    When the CSMS sends SendLocalList as "whole list" with
      | listVersion | 2    |
      | updateType  | Full |
    And the CSMS sends SendLocalList as "change" with
      | listVersion | 5            |
      | updateType  | Differential |
    And the CSMS sends SendLocalList as "old change" with
      | listVersion | 4            |
      | updateType  | Differential |
    And the CSMS sends GetLocalListVersion as "version"
    Then the station answers "whole list" with
      | status | Accepted |
    And the station answers "change" with
      | status | Accepted |
    And the station answers "old change" with
      | status | VersionMismatch |
    And the station answers "version" with
      | listVersion | 5 |

  @TC_043_3_CS @OCPP1.6:5.15 @OCPP1.6:7.1
  Scenario: A whole list that does not say what its cards may do is no list
    Given the station is keeping a list
    When the CSMS sends SendLocalList as "no list"
      """
      {"listVersion": 2, "updateType": "Full", "localAuthorizationList": [{"idTag": "{the valid idTag}"}]}
      """
    Then the station answers "no list" with any CALLERROR with
      | status | Failed |

  @TC_008_CS @TC_008_1_CS @TC_008_2_CS @OCPP1.6:3.5 @OCPP1.6:3.5.2 @OCPP1.6:4.8
  Scenario: A driver on its list starts without being asked about
    Given the station is trusting the cards it knows
    And the station is having the valid card on its list
    When the driver plugs in
    Then the station sends StatusNotification as "preparing" with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver presents the valid idTag
    Then the station sends StartTransaction as "start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |
    And the station sends no Authorize between "preparing" and "start"

  @TC_008_CS @TC_008_1_CS @TC_008_2_CS @OCPP1.6:3.5.2 @OCPP1.6:5.11 @needs:AuthorizeRemoteTxRequests
  Scenario: A remote start for a driver on its list needs no further check
    Given the station is trusting the cards it knows
    And the station is checking cards before a remote start
    And the station is having the valid card on its list
    When the driver plugs in
    Then the station sends StatusNotification as "preparing" with
      | connectorId | 1         |
      | status      | Preparing |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StartTransaction as "start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |
    And the station sends no Authorize between "preparing" and "start"

  @OCPP1.6:3.5.2 @OCPP1.6:5.15
  Scenario: A card that a change takes off the list is asked about again
    Given the station is trusting the cards it knows
    And the station is having the valid card on its list
    When the CSMS sends SendLocalList as "change"
      """
      {"listVersion": 2, "updateType": "Differential", "localAuthorizationList": [{"idTag": "{the valid idTag}"}]}
      """
    Then the station answers "change" with
      | status | Accepted |
    When the driver plugs in
    And the driver presents the valid idTag
    Then the station sends Authorize with
      | idTag | the valid idTag |

@sut-csms @v1.6
Feature: A Central System that turns cards away
  A card that may not charge is told why: one that was never known, one that is out of date, one that was blocked. The
  charge point shows it to the driver and remembers it.

  @TC_023_1_CSMS @OCPP1.6:4.1
  Scenario: A card it does not know is invalid
    Given the station is booted
    When the station sends Authorize as "authorize" with
      | idTag | the invalid idTag |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Invalid |

  @TC_023_2_CSMS @OCPP1.6:4.1
  Scenario: A card that is out of date is expired
    Given the station is booted
    When the station sends Authorize as "authorize" with
      | idTag | the expired idTag |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Expired |

  @TC_023_3_CSMS @OCPP1.6:4.1
  Scenario: A card that was blocked is blocked
    Given the station is booted
    When the station sends Authorize as "authorize" with
      | idTag | the blocked idTag |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Blocked |

  @OCPP1.6:4.8
  Scenario: A blocked card that started a transaction is found out there
    Given the station is booted
    When the station sends StartTransaction as "start" with
      | idTag | the blocked idTag |
    Then the CSMS answers "start" with
      | idTagInfo.status | Blocked |
      | transactionId    | present |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | idTag         | absent                                     |
      | reason        | DeAuthorized                               |
    Then the CSMS answers "stop"

  @TC_061_CSMS @OCPP1.6:5.4
  Scenario: It has the charge point forget what it remembers of cards
    Given the station is booted
    And the station will answer ClearCache with
      | status | Accepted |
    When the operator requests ClearCache
    Then the CSMS sends ClearCache

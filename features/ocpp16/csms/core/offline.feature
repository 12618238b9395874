@sut-csms @v1.6
Feature: A Central System that hears late of what happened offline
  A charge point goes on charging while it has no connection and delivers its transactions afterwards. What has
  happened has happened: each message is confirmed, and the card is judged only now.

  @TC_037_1_CSMS @OCPP1.6:3.7 @OCPP1.6:4.8
  Scenario: A transaction that was started offline with a good card gets its number
    Given the station is booted
    When the station goes offline
    And the station goes online
    And the station sends StartTransaction as "start" with
      | idTag     | the valid idTag |
      | timestamp | now - 5 min     |
    And the station sends StatusNotification as "charging" with
      | status | Charging |
    Then the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    And the CSMS answers "charging"
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_037_3_CSMS @OCPP1.6:3.7 @OCPP1.6:4.8 @OCPP1.6:4.10
  Scenario: A card that turns out invalid is refused, and the transaction's end is confirmed
    Given the station is booted
    When the station goes offline
    And the station goes online
    And the station sends StartTransaction as "start" with
      | idTag     | the invalid idTag |
      | timestamp | now - 5 min       |
    And the station sends StatusNotification with
      | status | Charging |
    Then the CSMS answers "start" with
      | idTagInfo.status | Invalid |
      | transactionId    | present |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | idTag         | absent                                     |
      | reason        | DeAuthorized                               |
    And the station sends StatusNotification as "finishing" with
      | status | Finishing |
    Then the CSMS answers "stop"
    And the CSMS answers "finishing"

  @TC_039_CSMS @OCPP1.6:3.7 @OCPP1.6:4.8 @OCPP1.6:4.10
  Scenario: A transaction that began and ended offline is taken in as a whole
    Given the station is booted
    When the station goes offline
    And the station goes online
    And the station sends StartTransaction as "start" with
      | idTag     | the valid idTag |
      | timestamp | now - 10 min    |
    Then the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | timestamp     | now - 5 min                                |
      | reason        | Local                                      |
    Then the CSMS answers "stop"

  @OCPP1.6:4.8 @OCPP1.6:4.10
  Scenario: Messages of a transaction that never got a number are confirmed nevertheless
    Given the station is booted
    When the station sends MeterValues as "meter values" with
      | transactionId | -1 |
    And the station sends StopTransaction as "stop" with
      | transactionId | -1 |
    Then the CSMS answers "meter values"
    And the CSMS answers "stop"

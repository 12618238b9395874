@sut-csms @v1.6
Feature: A Central System that lets a driver charge
  The driver waits at the charge point for two answers: whether the card is good, and under which number the
  transaction is kept. Both are the Central System's own decision.

  @TC_003_CSMS @OCPP1.6:4.1 @OCPP1.6:4.8 @OCPP1.6:4.9
  Scenario: Cable first, card second: the card is good and the transaction gets its number
    Given the station is booted
    When the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the station sends Authorize as "authorize" with
      | idTag | the valid idTag |
    Then the CSMS answers "preparing"
    And the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |
    When the station sends StartTransaction as "start" with
      | idTag | the valid idTag |
    And the station sends StatusNotification as "charging" with
      | status | Charging |
    Then the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    And the CSMS answers "charging"
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_004_1_CSMS @OCPP1.6:4.1 @OCPP1.6:4.8 @OCPP1.6:4.9
  Scenario: Card first, cable second: the driver may charge all the same
    Given the station is booted
    When the station sends Authorize as "authorize" with
      | idTag | the valid idTag |
    And the station sends StatusNotification as "preparing" with
      | status | Preparing |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |
    And the CSMS answers "preparing"
    When the station sends StartTransaction as "start" with
      | idTag | the valid idTag |
    And the station sends StatusNotification as "charging" with
      | status | Charging |
    Then the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    And the CSMS answers "charging"
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_004_2_CSMS @OCPP1.6:4.9
  Scenario: A driver who never plugs in leaves the connector available again
    Given the station is authorized
    When the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "preparing"
    And the CSMS answers "available again"

  @TC_007_CSMS @OCPP1.6:4.8
  Scenario: A card that the charge point had in its cache is judged when the transaction starts
    Given the station is booted
    When the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the station sends StartTransaction as "start" with
      | idTag | the valid idTag |
    And the station sends StatusNotification as "charging" with
      | status | Charging |
    Then the CSMS answers "preparing"
    And the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    And the CSMS answers "charging"
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_024_CSMS @OCPP1.6:4.9
  Scenario: A connector whose lock fails is reported, and the charge point stays in service
    Given the station is authorized
    When the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the station sends StatusNotification as "lock failure" with
      | status    | Faulted              |
      | errorCode | ConnectorLockFailure |
    Then the CSMS answers "preparing"
    And the CSMS answers "lock failure"
    When the station sends StatusNotification as "repaired" with
      | status | Available |
    Then the CSMS answers "repaired"

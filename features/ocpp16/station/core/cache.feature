@sut-station @v1.6 @needs:AuthorizationCache
Feature: A charge point that remembers cards
  A driver who is known need not wait for the Central System: a charge point may start with what it remembers and
  have the card checked when the transaction has begun.

  @TC_007_CS @TC_007_1_CS @TC_007_2_CS @OCPP1.6:3.5 @OCPP1.6:3.5.1 @OCPP1.6:4.8
  Scenario: A driver whose card it remembers starts without being asked about
    Given the station is trusting the cards it knows
    And the station is familiar with the valid card
    When the driver plugs in
    Then the station sends StatusNotification as "preparing" with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver presents the valid idTag
    Then the station sends StartTransaction as "start again" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |
    And the station sends no Authorize between "preparing" and "start again"

  @TC_007_CS @TC_007_1_CS @TC_007_2_CS @OCPP1.6:3.5 @OCPP1.6:3.5.1 @OCPP1.6:5.11 @needs:AuthorizeRemoteTxRequests
  Scenario: A remote start with a card that it remembers needs no further check
    Given the station is trusting the cards it knows
    And the station is checking cards before a remote start
    And the station is familiar with the valid card
    When the driver plugs in
    Then the station sends StatusNotification as "preparing" with
      | connectorId | 1         |
      | status      | Preparing |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StartTransaction as "start again" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |
    And the station sends no Authorize between "preparing" and "start again"

  @TC_061_CS @TC_061_1_CS @TC_061_2_CS @OCPP1.6:5.4 @OCPP1.6:3.5.1
  Scenario: Told to forget its cards, it asks about the driver again
    Given the station is trusting the cards it knows
    And the station is familiar with the valid card
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear" with
      | status | Accepted |
    When the driver plugs in
    And the driver presents the valid idTag
    Then the station sends Authorize with
      | idTag | the valid idTag |

  @TC_061_CS @TC_061_1_CS @TC_061_2_CS @OCPP1.6:5.4 @OCPP1.6:5.11 @needs:AuthorizeRemoteTxRequests
  Scenario: Told to forget its cards, it checks a remote start again
    Given the station is trusting the cards it knows
    And the station is checking cards before a remote start
    And the station is familiar with the valid card
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear" with
      | status | Accepted |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends Authorize with
      | idTag | the valid idTag |

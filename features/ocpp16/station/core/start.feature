@sut-station @v1.6
Feature: A charge point at which a driver starts charging
  Energy is only given to a driver who was authorized. Cable and card may come in either order; the Central System
  sees each step, because it can only help a driver if it knows where the driver stands.

  @TC_003_CS @OCPP1.6:4.1 @OCPP1.6:4.8 @OCPP1.6:4.9
  Scenario: Cable first, then card: it asks about the card and starts
    Given the station is asking about every card
    When the driver plugs in
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver presents the valid idTag
    Then the station sends Authorize as "authorize" with
      | idTag | the valid idTag |
    And the station sends StartTransaction as "start" with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | reservationId | absent          |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |
    And "authorize" and "start" come in this order

  @TC_004_1_CS @OCPP1.6:4.1 @OCPP1.6:4.8 @OCPP1.6:4.9
  Scenario: Card first, then cable: it starts when both are there
    Given the station is asking about every card
    When the driver presents the valid idTag
    Then the station sends Authorize with
      | idTag | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver plugs in
    Then the station sends StartTransaction with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |

  @TC_004_2_CS @OCPP1.6:4.9 @OCPP1.6:9.1.6 @OCPP1.6-errata:3.21
  Scenario: The cable does not come in time, and the card counts no more
    Given the station is asking about every card
    And the station is waiting 2 s for the cable
    When the driver presents the valid idTag
    Then the station sends Authorize with
      | idTag | the valid idTag |
    And the station sends StatusNotification as "preparing" with
      | connectorId | 1         |
      | status      | Preparing |
    And the station sends StatusNotification as "available again" with
      | connectorId | 1         |
      | status      | Available |
    And "available again" comes at least 2 s after "preparing"
    And the station sends no StartTransaction between "preparing" and "available again"
    When the driver plugs in
    Then the station sends no StartTransaction for 1 s

  @TC_023_CS @TC_023_4_CS @TC_023_5_CS @OCPP1.6:4.1 @OCPP1.6:4.8
  Scenario Outline: A card that the Central System calls <status> starts nothing
    Given the station is asking about every card
    And the CSMS will answer Authorize with
      | idTagInfo.status | <status> |
    When the driver plugs in
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver presents the invalid idTag
    Then the station sends Authorize with
      | idTag | the invalid idTag |
    And the station sends no StartTransaction for 1 s

    Examples:
      | status  |
      | Invalid |
      | Blocked |
      | Expired |

  @TC_023_CS @TC_023_4_CS @TC_023_5_CS @OCPP1.6:5.11 @OCPP1.6:4.1 @needs:AuthorizeRemoteTxRequests
  Scenario: A remote start with an invalid card starts nothing where the card has to be checked first
    Given the station is asking about every card
    And the station is checking cards before a remote start
    When the driver plugs in
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                 |
      | idTag       | the invalid idTag |
    Then the station answers "remote start"
    And the station sends Authorize with
      | idTag | the invalid idTag |
    And the station sends no StartTransaction for 1 s

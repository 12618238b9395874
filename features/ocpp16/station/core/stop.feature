@sut-station @v1.6
Feature: A charge point at which a driver stops charging
  Who started may stop, and so may another card of the same group; anybody else may not.

  @TC_068_CS @OCPP1.6:4.10 @OCPP1.6:4.1
  Scenario: Another card does not stop the transaction, the card that started it does
    Given the station is charging
    When the driver presents the second idTag
    Then the station sends no StopTransaction for 1 s
    When the driver presents the valid idTag
    Then the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | idTag         | the valid idTag                            |
      | reason        | absent or Local                            |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Finishing |

  @OCPP1.6:4.1
  Scenario: To stop with the card that started it does not ask the Central System
    Given the station is charging
    When the driver presents the valid idTag
    Then the station sends StopTransaction as "stop"
    And the station sends no Authorize between "charging" and "stop"

  @TC_069_CS @OCPP1.6:4.10 @OCPP1.6:4.1
  Scenario: Another card of the same group stops the transaction
    Given the station is asking about every card
    And the station is charging for a member of a group
    When the driver presents the same group idTag
    Then the station sends Authorize as "authorize" with
      | idTag | the same group idTag |
    And the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | idTag         | the same group idTag                       |
      | reason        | absent or Local                            |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Finishing |
    And "authorize" and "stop" come in this order

  @OCPP1.6:4.10
  Scenario: A card of another group does not stop the transaction
    Given the station is charging for a member of a group
    When the driver presents the other group idTag
    Then the station sends no StopTransaction for 1 s

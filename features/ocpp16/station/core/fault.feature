@sut-station @v1.6
Feature: A charge point that is broken
  What is broken must not be switched on by whoever comes by with a card.

  @TC_041_CS @OCPP1.6:4.9 @OCPP1.6:4.8
  Scenario: Broken, it starts nothing
    When the operator causes a fault
    Then the station sends StatusNotification with
      | connectorId | 1       |
      | status      | Faulted |
    When the driver plugs in
    And the driver presents the valid idTag
    Then the station sends no StartTransaction for 2 s
    When the driver unplugs
    And the operator clears the fault
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

@sut-station @v1.6 @needs:Reservation
Feature: A charge point whose reservation is called off
  A driver who does not come any more makes room for the next, but only the reservation named may end.

  @TC_051_CS @OCPP1.6:5.1 @OCPP1.6:4.9
  Scenario: Called off, the connector is everybody's again
    Given the station is reserved for the valid card
    When the CSMS sends CancelReservation as "cancel" with
      | reservationId | 77 |
    Then the station answers "cancel" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |
    When the driver plugs in
    And the driver presents the second idTag
    Then the station sends StartTransaction with
      | connectorId   | 1                |
      | idTag         | the second idTag |
      | reservationId | absent           |

  @TC_052_CS @OCPP1.6:5.1
  Scenario: A reservation that it does not have cannot be called off, and the one it has stands
    Given the station is reserved for the valid card
    When the CSMS sends CancelReservation as "cancel" with
      | reservationId | 78 |
    Then the station answers "cancel" with
      | status | Rejected |
    And the station sends no StatusNotification for 1 s

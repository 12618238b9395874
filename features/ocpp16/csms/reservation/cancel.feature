@sut-csms @v1.6 @needs:Reservation
Feature: A Central System that gives a reserved connector free
  The reservation to be cancelled is named by its number; the charge point refuses a number it does not know.

  @TC_051_CSMS @OCPP1.6:5.1 @OCPP1.6:5.13
  Scenario: It cancels the reservation it has made
    Given the station is booted
    When the operator requests ReserveNow with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 h       |
      | reservationId | 1               |
    Then the CSMS sends ReserveNow as "reservation" with
      | connectorId | none of 0 |
    When the station sends StatusNotification as "reserved" with
      | status | Reserved |
    And the operator requests CancelReservation with
      | reservationId | the reservationId of "reservation" |
    Then the CSMS answers "reserved"
    And the CSMS sends CancelReservation with
      | reservationId | the reservationId of "reservation" |
    When the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "available again"

  @TC_052_CSMS @OCPP1.6:5.1 @OCPP1.6:5.13
  Scenario: Refused for a reservation the charge point does not know, it goes on serving it
    Given the station is booted
    And the station will answer CancelReservation with
      | status | Rejected |
    When the operator requests ReserveNow with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 h       |
      | reservationId | 1               |
    Then the CSMS sends ReserveNow as "reservation"
    When the station sends StatusNotification as "reserved" with
      | status | Reserved |
    And the operator requests CancelReservation with
      | reservationId | 999999 |
    Then the CSMS answers "reserved"
    And the CSMS sends CancelReservation with
      | reservationId | none of the reservationId of "reservation" |
    When the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "available again"

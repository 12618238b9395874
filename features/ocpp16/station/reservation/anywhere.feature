@sut-station @v1.6 @needs:Reservation @needs:ReserveConnectorZero
Feature: A charge point that keeps any connector for a driver
  A reservation of connector 0 promises a place without saying which: the charge point may give away the others, but
  never the last one.

  @TC_049_CS @OCPP1.6:5.13 @OCPP1.6:9.3.1
  Scenario: The last free connector is kept, and the driver it is kept for starts there
    Given the station is having one connector left
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId   | 0               |
      | idTag         | the valid idTag |
      | reservationId | 77              |
      | expiryDate    | now + 10 min    |
    Then the station answers "reserve" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Reserved |
    When the driver presents the valid idTag
    And the driver plugs in
    Then the station sends StartTransaction with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | reservationId | 77              |

  @TC_050_1_CS @OCPP1.6:5.13
  Scenario: Broken as a whole, it is kept for nobody
    When the operator causes a fault at connector 0 of EVSE 0
    Then the station sends StatusNotification with
      | connectorId | 0       |
      | status      | Faulted |
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId | 0            |
      | expiryDate  | now + 10 min |
    Then the station answers "reserve" with
      | status | Faulted |
    When the operator clears the fault at connector 0 of EVSE 0
    Then the station sends StatusNotification with
      | connectorId | 0         |
      | status      | Available |

  @TC_050_2_CS @OCPP1.6:5.13
  Scenario: With every connector in use, none is kept
    When the driver plugs in
    And the driver plugs in at EVSE 2
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    And the station sends StatusNotification with
      | connectorId | 2         |
      | status      | Preparing |
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId | 0            |
      | expiryDate  | now + 10 min |
    Then the station answers "reserve" with
      | status | Occupied |

  @TC_050_3_CS @OCPP1.6:5.13 @OCPP1.6:5.2
  Scenario: Out of service as a whole, it is kept for nobody
    Given the station is out of service
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId | 0            |
      | expiryDate  | now + 10 min |
    Then the station answers "reserve" with
      | status | Unavailable |
    When the CSMS sends ChangeAvailability as "back" with
      | connectorId | 0         |
      | type        | Operative |
    Then the station answers "back" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

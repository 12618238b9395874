@sut-station @v1.6 @needs:Reservation
Feature: A charge point that keeps a connector for a driver
  Whoever drives to a charge point because a place was promised must find it free, and must be let in with the card
  that the promise was made to, or with another of the same group.

  @TC_046_1_CS @OCPP1.6:5.13 @OCPP1.6:4.8 @OCPP1.6:4.9
  Scenario: Nobody but the driver it was kept for starts there
    Given the station is reserved for the valid card
    When the driver presents the second idTag
    Then the station sends no StatusNotification for 1 s
    When the driver presents the valid idTag
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver plugs in
    Then the station sends StartTransaction with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | reservationId | 77              |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |

  @TC_046_2_CS @OCPP1.6:5.13 @OCPP1.6:5.11 @OCPP1.6:4.9
  Scenario: A remote start for the driver it was kept for uses the reservation
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | reservationId | 77              |
      | expiryDate    | now + 10 min    |
    Then the station answers "reserve" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Reserved |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the driver plugs in
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StartTransaction with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | reservationId | 77              |

  @OCPP1.6:5.13 @OCPP1.6:5.11
  Scenario: A remote start for another driver is refused
    Given the station is reserved for the valid card
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                |
      | idTag       | the second idTag |
    Then the station answers "remote start"
    When the driver plugs in
    Then the station sends no StartTransaction for 1 s
    When the driver unplugs

  @OCPP1.6:5.13
  Scenario: A connector that is kept for one driver is not kept for a second
    Given the station is reserved for the valid card
    When the CSMS sends ReserveNow as "second" with
      | connectorId   | 1                |
      | idTag         | the second idTag |
      | reservationId | 78               |
      | expiryDate    | now + 10 min     |
    Then the station answers "second" with
      | status | Occupied |

  @OCPP1.6:5.13
  Scenario: The same reservation, made again for another driver, is that driver's
    Given the station is reserved for the valid card
    When the CSMS sends ReserveNow as "instead" with
      | connectorId   | 1                |
      | idTag         | the second idTag |
      | reservationId | 77               |
      | expiryDate    | now + 10 min     |
    Then the station answers "instead" with
      | status | Accepted |
    When the driver presents the second idTag
    And the driver plugs in
    Then the station sends StartTransaction with
      | idTag         | the second idTag |
      | reservationId | 77               |

  @TC_047_CS @OCPP1.6:5.13 @OCPP1.6:4.9
  Scenario: The driver does not come in time, and the connector is everybody's again
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | reservationId | 77              |
      | expiryDate    | now + 3 s       |
    Then the station answers "reserve" with
      | status | Accepted |
    And the station sends StatusNotification as "reserved" with
      | connectorId | 1        |
      | status      | Reserved |
    And the station sends StatusNotification as "available" within 10 s with
      | connectorId | 1         |
      | status      | Available |
    And "available" comes at least 2 s after "reserved"
    When the driver plugs in
    And the driver presents the second idTag
    Then the station sends StartTransaction with
      | connectorId   | 1                |
      | idTag         | the second idTag |
      | reservationId | absent           |

  @TC_048_1_CS @OCPP1.6:5.13 @OCPP1.6:4.9
  Scenario: A connector that is broken is kept for nobody
    When the operator causes a fault
    Then the station sends StatusNotification with
      | connectorId | 1       |
      | status      | Faulted |
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId | 1            |
      | expiryDate  | now + 10 min |
    Then the station answers "reserve" with
      | status | Faulted |
    When the operator clears the fault
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @TC_048_2_CS @OCPP1.6:5.13
  Scenario: A connector that is in use is kept for nobody
    When the driver plugs in
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId | 1            |
      | expiryDate  | now + 10 min |
    Then the station answers "reserve" with
      | status | Occupied |

  @TC_048_3_CS @OCPP1.6:5.13 @OCPP1.6:5.2
  Scenario: A connector that was taken out of service is kept for nobody
    Given the station is out of service at connector 1
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId | 1            |
      | expiryDate  | now + 10 min |
    Then the station answers "reserve" with
      | status | Unavailable |
    When the CSMS sends ChangeAvailability as "back" with
      | connectorId | 1         |
      | type        | Operative |
    Then the station answers "back" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @TC_053_CS @TC_053_1_CS @TC_053_2_CS @OCPP1.6:5.13 @OCPP1.6:3.10
  Scenario: Another driver of the group it was kept for starts there
    Given the station is reserved for a group
    When the driver presents the same group idTag
    Then the station sends Authorize with
      | idTag | the same group idTag |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver plugs in
    Then the station sends StartTransaction with
      | connectorId   | 1                    |
      | idTag         | the same group idTag |
      | reservationId | 77                   |

  @TC_053_CS @TC_053_1_CS @TC_053_2_CS @OCPP1.6:5.13 @OCPP1.6:5.11
  Scenario: A remote start for another driver of the group uses the reservation
    Given the station is reserved for a group
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                    |
      | idTag       | the same group idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends Authorize with
      | idTag | the same group idTag |
    When the driver plugs in
    Then the station sends StartTransaction with
      | connectorId   | 1                    |
      | idTag         | the same group idTag |
      | reservationId | 77                   |

  @OCPP1.6:5.13
  Scenario: A driver of another group does not start there
    Given the station is reserved for a group
    When the driver plugs in
    And the driver presents the other group idTag
    Then the station sends no StartTransaction for 1 s
    When the driver unplugs

  @OCPP1.6:5.13
  Scenario: A fault ends the reservation
    Given the station is reserved for the valid card
    When the operator causes a fault
    Then the station sends StatusNotification with
      | connectorId | 1       |
      | status      | Faulted |
    When the operator clears the fault
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

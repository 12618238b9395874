@sut-csms @v1.6 @needs:Reservation
Feature: A Central System that keeps a connector free for a driver
  A reservation names a driver, a connector and an end. The charge point may have good reasons to refuse; and a
  transaction that uses the reservation says so.

  @TC_046_CSMS @OCPP1.6:5.13 @OCPP1.6:4.8
  Scenario: The driver it was made for uses the reservation
    Given the station is booted
    When the operator requests ReserveNow with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 h       |
      | reservationId | 1               |
    Then the CSMS sends ReserveNow as "reservation" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    When the station sends StatusNotification as "reserved" with
      | status | Reserved |
    And the station sends Authorize as "authorize" with
      | idTag | the valid idTag |
    And the station sends StartTransaction as "start" with
      | idTag         | the valid idTag                    |
      | reservationId | the reservationId of "reservation" |
    Then the CSMS answers "reserved"
    And the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |
    And the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_047_CSMS @OCPP1.6:5.13 @OCPP1.6:4.9
  Scenario: Nobody comes in time, and the connector is available again
    Given the station is booted
    When the operator requests ReserveNow with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 s       |
      | reservationId | 1               |
    Then the CSMS sends ReserveNow with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    When the station sends StatusNotification as "reserved" with
      | status | Reserved |
    And 1 s passes
    And the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "reserved"
    And the CSMS answers "available again"

  @TC_048_1_CSMS @OCPP1.6:5.13
  Scenario: The connector is faulted and cannot be reserved
    Given the station is booted
    And the station will answer ReserveNow with
      | status | Faulted |
    When the operator requests ReserveNow with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 h       |
      | reservationId | 1               |
    Then the CSMS sends ReserveNow with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_048_2_CSMS @OCPP1.6:5.13
  Scenario: The connector is occupied and cannot be reserved
    Given the station is booted
    And the station will answer ReserveNow with
      | status | Occupied |
    When the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the operator requests ReserveNow with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 h       |
      | reservationId | 1               |
    Then the CSMS answers "preparing"
    And the CSMS sends ReserveNow with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    When the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "available again"

  @TC_048_3_CSMS @OCPP1.6:5.13 @OCPP1.6:5.2
  Scenario: The connector was taken out of service and cannot be reserved
    Given the station is booted
    And the station will answer ReserveNow with
      | status | Unavailable |
    When the operator requests ChangeAvailability with
      | connectorId | 1           |
      | type        | Inoperative |
    Then the CSMS sends ChangeAvailability with
      | connectorId | 1           |
      | type        | Inoperative |
    When the station sends StatusNotification as "unavailable" with
      | status | Unavailable |
    And the operator requests ReserveNow with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 h       |
      | reservationId | 1               |
    Then the CSMS answers "unavailable"
    And the CSMS sends ReserveNow with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    When the operator requests ChangeAvailability with
      | connectorId | 1         |
      | type        | Operative |
    Then the CSMS sends ChangeAvailability with
      | connectorId | 1         |
      | type        | Operative |
    When the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "available again"

  @TC_048_4_CSMS @OCPP1.6:5.13
  Scenario: The charge point takes no reservations at all
    Given the station is booted
    And the station will answer ReserveNow with
      | status | Rejected |
    When the operator requests ReserveNow with
      | connectorId   | 1               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 h       |
      | reservationId | 1               |
    Then the CSMS sends ReserveNow with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_049_CSMS @OCPP1.6:5.13 @OCPP1.6:4.8
  Scenario: Any connector will do, and the driver uses the first
    Given the station is booted
    When the operator requests ReserveNow with
      | connectorId   | 0               |
      | idTag         | the valid idTag |
      | expiryDate    | now + 1 h       |
      | reservationId | 1               |
    Then the CSMS sends ReserveNow as "reservation" with
      | connectorId | 0               |
      | idTag       | the valid idTag |
    When the station sends StatusNotification as "reserved" with
      | connectorId | 0        |
      | status      | Reserved |
    And the station sends StartTransaction as "start" with
      | connectorId   | 1                                  |
      | idTag         | the valid idTag                    |
      | reservationId | the reservationId of "reservation" |
    Then the CSMS answers "reserved"
    And the CSMS answers "start" with
      | idTagInfo.status | Accepted |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_053_CSMS @OCPP1.6:5.13 @OCPP1.6:3.10
  Scenario: Another card of the reserved group ends the transaction
    Given the station is booted
    When the operator requests ReserveNow with
      | connectorId   | 1                            |
      | idTag         | the group idTag              |
      | parentIdTag   | the group of the group idTag |
      | expiryDate    | now + 1 h                    |
      | reservationId | 1                            |
    Then the CSMS sends ReserveNow as "reservation" with
      | connectorId | none of 0                    |
      | parentIdTag | the group of the group idTag |
    When the station sends StartTransaction as "start" with
      | idTag         | the group idTag                    |
      | reservationId | the reservationId of "reservation" |
    And the station sends Authorize as "authorize" with
      | idTag | the same group idTag |
    Then the CSMS answers "start" with
      | idTagInfo.status      | Accepted                         |
      | idTagInfo.parentIdTag | the parentIdTag of "reservation" |
    And the CSMS answers "authorize" with
      | idTagInfo.status      | Accepted                         |
      | idTagInfo.parentIdTag | the parentIdTag of "reservation" |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | idTag         | the same group idTag                       |
    And the station sends StatusNotification as "finishing" with
      | status | Finishing |
    Then the CSMS answers "stop"
    And the CSMS answers "finishing"

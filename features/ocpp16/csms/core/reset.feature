@sut-csms @v1.6
Feature: A Central System that restarts a charge point
  A restart cuts the connection. The charge point comes back as if it were new and must be taken in again.

  @TC_013_CSMS @OCPP1.6:5.14 @OCPP1.6:4.2
  Scenario: After a hard reset the charge point is taken in again
    Given the station is booted
    And the station will answer Reset with
      | status | Accepted |
    When the operator requests Reset with
      | type | Hard |
    Then the CSMS sends Reset with
      | type | Hard |
    When the station drops the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp1.6
    When the station sends BootNotification as "boot after reset"
    And the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "boot after reset" with
      | status | Accepted |
    And the CSMS answers "available again"

  @TC_014_CSMS @OCPP1.6:5.14 @OCPP1.6:4.2
  Scenario: After a soft reset the charge point is taken in again
    Given the station is booted
    And the station will answer Reset with
      | status | Accepted |
    When the operator requests Reset with
      | type | Soft |
    Then the CSMS sends Reset with
      | type | Soft |
    When the station closes the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp1.6
    When the station sends BootNotification as "boot after reset"
    And the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "boot after reset" with
      | status | Accepted |
    And the CSMS answers "available again"

  @OCPP1.6:5.14 @OCPP1.6:4.10
  Scenario: The transaction that a soft reset cuts short is confirmed before the restart
    Given the station is charging
    When the operator requests Reset with
      | type | Soft |
    Then the CSMS sends Reset with
      | type | Soft |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | SoftReset                                  |
      | idTag         | absent                                     |
    Then the CSMS answers "stop"

@sut-csms @v1.6
Feature: A Central System that hears of the end of a transaction
  A transaction that has stopped cannot be kept from stopping: the Central System confirms it whatever the reason, or
  the charge point will tell it again and again.

  @TC_005_1_CSMS @OCPP1.6:4.9 @OCPP1.6:4.10
  Scenario: The cable is pulled at the car, and every step of the end is confirmed
    Given the station is charging
    When the station sends StatusNotification as "suspended" with
      | status | SuspendedEV |
    And the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | EVDisconnected                             |
      | idTag         | absent                                     |
    And the station sends StatusNotification as "finishing" with
      | status | Finishing |
    And the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "suspended"
    And the CSMS answers "stop"
    And the CSMS answers "finishing"
    And the CSMS answers "available again"

  @TC_032_1_CSMS @OCPP1.6:4.2 @OCPP1.6:4.10
  Scenario: After a power failure the interrupted transaction is stopped from a new connection
    Given the station is charging
    When the station drops the connection
    And the station connects
    And the station sends BootNotification as "boot after power failure"
    Then the CSMS answers "boot after power failure" with
      | status | Accepted |
    When the station sends StatusNotification as "finishing" with
      | status | Finishing |
    And the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | PowerLoss                                  |
      | idTag         | absent                                     |
    Then the CSMS answers "finishing"
    And the CSMS answers "stop"

  @OCPP1.6:4.10
  Scenario: The card that stops is judged in the confirmation, if it is judged at all
    Given the station is charging
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | idTag         | the valid idTag                            |
    Then the CSMS answers "stop" with
      | idTagInfo.status | absent or Accepted |

@sut-csms @v1.6
Feature: A Central System that stops a transaction for the driver
  The operator stops by the number the transaction was given; the charge point then ends it as if the driver had.

  @TC_012_CSMS @OCPP1.6:5.12 @OCPP1.6:4.10
  Scenario: It names the running transaction and confirms its end
    Given the station is charging
    When the operator requests RemoteStopTransaction with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS sends RemoteStopTransaction with
      | transactionId | the transactionId of the answer to "start" |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | Remote                                     |
      | idTag         | absent                                     |
    And the station sends StatusNotification as "finishing" with
      | status | Finishing |
    And the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "stop"
    And the CSMS answers "finishing"
    And the CSMS answers "available again"

  @TC_028_CSMS @OCPP1.6:5.12 @OCPP1.6:4.10
  Scenario: Refused by the charge point, it still takes the end of the transaction later
    Given the station is charging
    And the station will answer RemoteStopTransaction with
      | status | Rejected |
    When the operator requests RemoteStopTransaction with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS sends RemoteStopTransaction
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

@sut-station @v1.6
Feature: A charge point that the Central System asks to stop
  A transaction is stopped by its number, and only that one.

  @TC_012_CS @OCPP1.6:5.12 @OCPP1.6:4.10 @OCPP1.6:4.9
  Scenario: It stops the transaction named and says that it was told to
    Given the station is charging
    When the CSMS sends RemoteStopTransaction as "remote stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the station answers "remote stop" with
      | status | Accepted |
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | Remote                                     |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Finishing |

  @TC_028_CS @OCPP1.6:5.12
  Scenario: A transaction that it does not know stops nothing
    Given the station is charging
    When the CSMS sends RemoteStopTransaction as "remote stop" with
      | transactionId | 2147483600 |
    Then the station answers "remote stop" with
      | status | Rejected |
    And the station sends no StopTransaction for 1 s

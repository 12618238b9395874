@sut-station @v2.0.1
Feature: A station that ends a transaction because the CSMS says so
  Where the authorization ends the transaction, being told to stop is the end of it: the last message says so, and that
  the CSMS wanted it. Where it does not, that reason has to be kept until the cable is out.

  @TC_F_08_CS @F03.FR.03 @F03.FR.07 @F03.FR.09 @needs:C-10.2
  Scenario: Where the authorization ends it, the transaction is over at once
    Given the station is set to stop with the authorization
    And the station is charging
    When the CSMS sends RequestStopTransaction as "stop" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "stop" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | RemoteStop                                      |
      | transactionInfo.stoppedReason | Remote                                          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_F_08_CS @F03.FR.02 @E01.FR.18
  Scenario: The energy stops before anybody unplugs, whatever ends the transaction
    Given the station is charging
    When the CSMS sends RequestStopTransaction with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station sends TransactionEvent with
      | transactionInfo.chargingState | any of EVConnected, SuspendedEVSE               |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    When the driver unplugs
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @F03.FR.08
  Scenario: With nobody charging there is nothing to stop
    When the CSMS sends RequestStopTransaction as "stop"
    Then the station answers "stop" with
      | status | Rejected |

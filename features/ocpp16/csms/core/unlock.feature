@sut-csms @v1.6
Feature: A Central System that frees a stuck cable
  A driver who cannot pull the cable calls the operator. The charge point may free it, fail, or have no lock at all;
  the Central System takes each answer and goes on.

  @TC_017_1_CSMS @OCPP1.6:5.18
  Scenario: Nobody is charging and the connector comes free
    Given the station is booted
    And the station will answer UnlockConnector with
      | status | Unlocked |
    When the operator requests UnlockConnector with
      | connectorId | 1 |
    Then the CSMS sends UnlockConnector with
      | connectorId | 1 |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_017_2_CSMS @OCPP1.6:5.18
  Scenario: The cable is fixed and there is nothing to unlock
    Given the station is booted
    And the station will answer UnlockConnector with
      | status | NotSupported |
    When the operator requests UnlockConnector with
      | connectorId | 1 |
    Then the CSMS sends UnlockConnector with
      | connectorId | 1 |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_018_1_CSMS @OCPP1.6:5.18 @OCPP1.6:4.10
  Scenario: Unlocking ends the transaction on the connector
    Given the station is charging
    When the operator requests UnlockConnector with
      | connectorId | 1 |
    Then the CSMS sends UnlockConnector with
      | connectorId | 1 |
    When the station sends StatusNotification as "finishing" with
      | status | Finishing |
    And the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | UnlockCommand                              |
      | idTag         | absent                                     |
    And the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "finishing"
    And the CSMS answers "stop"
    And the CSMS answers "available again"

  @TC_030_CSMS @OCPP1.6:5.18
  Scenario: The lock does not give way
    Given the station is booted
    And the station will answer UnlockConnector with
      | status | UnlockFailed |
    When the operator requests UnlockConnector with
      | connectorId | 1 |
    Then the CSMS sends UnlockConnector with
      | connectorId | 1 |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_031_CSMS @OCPP1.6:5.18
  Scenario: The charge point has no connector of that number
    Given the station is booted
    And the station will answer UnlockConnector with
      | status | NotSupported |
    When the operator requests UnlockConnector with
      | connectorId | 99 |
    Then the CSMS sends UnlockConnector
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

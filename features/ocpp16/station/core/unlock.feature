@sut-station @v1.6
Feature: A charge point that is asked to unlock a connector
  A driver whose cable is stuck calls the help-desk, and the operator has the lock tried once more.

  @TC_017_1_CS @OCPP1.6:5.18 @needs:not-FixedCable
  Scenario: With nobody charging, it unlocks
    When the CSMS sends UnlockConnector as "unlock" with
      | connectorId | 1 |
    Then the station answers "unlock" with
      | status | Unlocked |

  @TC_017_2_CS @OCPP1.6:5.18 @needs:FixedCable
  Scenario: With a fixed cable, it says that there is nothing to unlock
    When the CSMS sends UnlockConnector as "unlock" with
      | connectorId | 1 |
    Then the station answers "unlock" with
      | status | NotSupported |

  @TC_018_1_CS @OCPP1.6:5.18 @OCPP1.6:4.10 @OCPP1.6:4.9 @needs:not-FixedCable
  Scenario: With somebody charging, it ends the transaction and unlocks
    Given the station is charging
    When the CSMS sends UnlockConnector as "unlock" with
      | connectorId | 1 |
    Then the station answers "unlock" with
      | status | Unlocked |
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | UnlockCommand                              |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Finishing |
    When the driver unplugs
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @TC_018_2_CS @OCPP1.6:5.18 @needs:FixedCable
  Scenario: With a fixed cable and somebody charging, it says that there is nothing to unlock
    Given the station is charging
    When the CSMS sends UnlockConnector as "unlock" with
      | connectorId | 1 |
    Then the station answers "unlock" with
      | status | NotSupported |

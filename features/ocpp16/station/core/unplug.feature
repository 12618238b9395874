@sut-station @v1.6
Feature: A charge point whose cable is taken out at the car
  Whether that ends the transaction is the operator's choice: to end it keeps strangers from charging on, to go on
  lets the driver plug in again.

  @TC_005_1_CS @OCPP1.6:4.10 @OCPP1.6:4.9 @needs:StopOnEVSideDisconnect @needs:not-FixedCable
  Scenario: Told to stop then and to give the cable free, it stops
    Given the station is stopping and unlocking when unplugged
    And the station is charging
    When the driver unplugs at the EV
    Then the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | EVDisconnected                             |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Finishing |

  @TC_005_2_CS @OCPP1.6:4.10 @OCPP1.6:4.9 @OCPP1.6:5.18 @needs:StopOnEVSideDisconnect
  Scenario: Told to stop then and to keep the cable locked, it stops and lets the Central System unlock
    Given the station is stopping and staying locked when unplugged
    And the station is charging
    When the driver unplugs at the EV
    Then the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | EVDisconnected                             |
    And the station sends StatusNotification with
      | connectorId | 1                           |
      | status      | any of Finishing, Available |
    When the CSMS sends UnlockConnector as "unlock" with
      | connectorId | 1 |
    Then the station answers "unlock" with
      | status | any of Unlocked, NotSupported |

  @TC_005_3_CS @OCPP1.6:4.10 @OCPP1.6:4.9 @OCPP1.6:5.12 @needs:GoOnAfterEVSideDisconnect
  Scenario: Told to go on then, it pauses until the Central System stops it
    Given the station is going on when unplugged
    And the station is charging
    When the driver unplugs at the EV
    Then the station sends StatusNotification with
      | connectorId | 1                                            |
      | status      | any of SuspendedEV, SuspendedEVSE            |
      | info        | absent or like (?i)ev side disconnected\.?   |
      | errorCode   | NoError                                      |
    And the station sends no StopTransaction for 1 s
    When the CSMS sends RemoteStopTransaction as "remote stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the station answers "remote stop" with
      | status | Accepted |
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | Remote                                     |
    And the station sends StatusNotification with
      | connectorId | 1                           |
      | status      | any of Finishing, Available |

  @OCPP1.6:4.10 @needs:GoOnAfterEVSideDisconnect
  Scenario: Plugged in again, the car charges on in the same transaction
    Given the station is going on when unplugged
    And the station is charging
    When the driver unplugs at the EV
    Then the station sends StatusNotification with
      | connectorId | 1                                 |
      | status      | any of SuspendedEV, SuspendedEVSE |
    When the driver plugs in
    Then the station sends StatusNotification as "again" with
      | connectorId | 1        |
      | status      | Charging |
    And the station sends no StopTransaction between "charging" and "again"

@sut-station @v2.0.1
Feature: A station that was told when a transaction ends
  TxStopPoint says at which moment a transaction is over. Until then a stopped charging is only an update, and the
  reason of the end tells the operator whom to ask about it.

  @TC_E_14_CS @E06.FR.02 @E06.FR.15 @needs:C-10.1 @needs:HFS-1
  Scenario: Stopped by the driver, the transaction lasts until the cable is out
    Given the station is set to stop when the cable is out
    And the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "stopped" with
      | eventType     | Updated        |
      | triggerReason | StopAuthorized |
    When the driver unplugs
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |
    And the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | EVCommunicationLost                             |
      | transactionInfo.chargingState | Idle                                            |
      | transactionInfo.stoppedReason | absent or any of Local, EVDisconnected          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_20_CS @E06.FR.02 @E06.FR.15 @needs:C-10.1 @needs:C-06.1 @needs:AQ-9
  Scenario: Unplugged without a word, the transaction is over
    Given the station is set to stop when the cable is out
    And the station is set to keep the authorization when unplugged
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | EVCommunicationLost                             |
      | transactionInfo.chargingState | Idle                                            |
      | transactionInfo.stoppedReason | EVDisconnected                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_15_CS @E06.FR.03 @E06.FR.15 @E07.FR.02 @E07.FR.05 @needs:C-10.2 @needs:C-30
  Scenario: The driver who started it ends the transaction with the card
    Given the station is set to stop with the authorization
    And the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | StopAuthorized                                  |
      | transactionInfo.stoppedReason | absent or Local                                 |
      | idToken.idToken               | absent or the valid idToken                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_21_CS @E06.FR.03 @E06.FR.08 @E06.FR.15 @F03.FR.03 @F03.FR.07 @F03.FR.09 @needs:C-10.2
  Scenario: The CSMS ends the transaction
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

  @TC_E_07_CS @E06.FR.06 @E06.FR.15 @needs:C-10.3 @needs:C-30
  Scenario: With the card the driver opens the power path, and the transaction is over
    Given the station is set to stop when the power path opens
    And the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | any of StopAuthorized, ChargingStateChanged     |
      | transactionInfo.stoppedReason | absent or Local                                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_35_CS @E06.FR.06 @E06.FR.08 @needs:C-10.3
  Scenario: The CSMS opens the power path, and the transaction is over
    Given the station is set to stop when the power path opens
    And the station is charging
    When the CSMS sends RequestStopTransaction as "stop" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "stop" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | any of RemoteStop, ChargingStateChanged         |
      | transactionInfo.stoppedReason | Remote                                          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_37_CS @E06.FR.06 @E06.FR.15 @needs:C-10.3 @needs:C-06.1 @needs:AQ-9
  Scenario: Unplugged, the power path is open and the transaction over
    Given the station is set to stop when the power path opens
    And the station is set to keep the authorization when unplugged
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | EVCommunicationLost                             |
      | transactionInfo.chargingState | Idle                                            |
      | transactionInfo.stoppedReason | any of EVDisconnected, StoppedByEV              |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_08_CS @E06.FR.07 @E06.FR.15 @needs:C-10.4 @needs:C-30
  Scenario: With the card the driver stops the energy, and the transaction is over
    Given the station is set to stop when the energy stops
    And the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | any of StopAuthorized, ChargingStateChanged     |
      | transactionInfo.stoppedReason | absent or Local                                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_22_CS @E06.FR.07 @E06.FR.08 @E06.FR.15 @needs:C-10.4
  Scenario: The EV takes no more energy, and the transaction is over
    Given the station is set to stop when the energy stops
    And the station is charging
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | ChargingStateChanged                            |
      | transactionInfo.chargingState | any of EVConnected, SuspendedEV                 |
      | transactionInfo.stoppedReason | StoppedByEV                                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_17_CS @E09.FR.01 @E06.FR.15 @needs:C-10.2 @needs:C-06.2
  Scenario: Unplugging ends the authorization, and the transaction with it
    Given the station is set to stop with the authorization
    And the station is set to end the authorization when unplugged
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | EVCommunicationLost                             |
      | transactionInfo.chargingState | Idle                                            |
      | transactionInfo.stoppedReason | EVDisconnected                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_19_CS @E06.FR.01 @E06.FR.15 @needs:C-10.5
  @needs:C-52|not-C-10.1&not-C-10.2&not-C-10.3&not-C-10.4
  Scenario: The transaction lasts until the EV has left the bay
    Given the station is set to stop when the bay is empty
    When the driver parks
    And the driver plugs in
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station sends TransactionEvent with
      | eventType     | Updated             |
      | triggerReason | EVCommunicationLost |
    When the driver leaves the parking bay
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | EVDeparted                                      |
      | transactionInfo.stoppedReason | absent or any of Local, EVDisconnected          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_26_CS @E02.FR.17 @E10.FR.03 @needs:C-10.2 @needs:C-06.1
  Scenario: Unplugged for a moment and plugged in again, the driver need not show the card once more
    Given the station is set to stop with the authorization
    And the station is set to keep the authorization when unplugged
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent with
      | eventType                     | Updated             |
      | triggerReason                 | EVCommunicationLost |
      | transactionInfo.chargingState | Idle                |
    When the driver lets the EV resume charging
    And the driver plugs in
    Then the station sends TransactionEvent with
      | triggerReason                 | CablePluggedIn                                  |
      | seqNo                         | none of the seqNo of "suspended"                |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging                                        |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_24_CS @E09.FR.01 @needs:HFS-1 @needs:C-06.2 @needs:C-12.1 @needs:AQ-18 @needs:not-HFS-4
  Scenario: Unplugged at the EV, the authorization ends and the cable can be taken out of the station as well
    Given the station is set to end the authorization when unplugged
    And the station is set to unlock when unplugged
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent with
      | triggerReason                 | EVCommunicationLost                             |
      | transactionInfo.chargingState | Idle                                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    When the driver unplugs
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @TC_E_25_CS @E09.FR.01 @needs:HFS-1 @needs:C-06.2 @needs:C-12.2 @needs:AQ-18 @needs:not-HFS-4
  Scenario: Unplugged at the EV, the cable stays locked until the driver has shown the card again
    Given the station is set to end the authorization when unplugged
    And the station is set to keep the cable when unplugged
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent with
      | triggerReason                 | EVCommunicationLost                             |
      | transactionInfo.chargingState | Idle                                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @TC_E_27_CS @E10.FR.02 @needs:HFS-2 @needs:C-10.2 @needs:C-06.1
  Scenario: Where the cable is fixed, the authorization waits for the EV only as long as for any cable
    Given the station is set to stop with the authorization
    And the station is set to keep the authorization when unplugged
    And the station is set to wait 2 s for the cable
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent as "unplugged" with
      | eventType                     | Updated             |
      | triggerReason                 | EVCommunicationLost |
      | transactionInfo.chargingState | Idle                |
    And the station reports a connector with
      | connectorStatus | Available |
    And the station sends TransactionEvent as "over" with
      | eventType                     | Ended                                           |
      | triggerReason                 | EVConnectTimeout                                |
      | transactionInfo.stoppedReason | Timeout                                         |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And "over" comes at least 2 s after "unplugged"

  @TC_E_54_CS @E06.FR.02 @E06.FR.15 @needs:C-10.1 @needs:not-AQ-9
  Scenario: Unplugged from an EV that speaks with the station, the transaction is over
    Given the station is set to stop when the cable is out
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | EVCommunicationLost                             |
      | transactionInfo.chargingState | Idle                                            |
      | transactionInfo.stoppedReason | any of EVDisconnected, StoppedByEV              |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

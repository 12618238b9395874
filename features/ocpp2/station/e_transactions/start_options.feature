@sut-station @v2.0.1
Feature: A station that was told when a transaction begins
  Operators bill differently: for the time in the bay, for the time on the cable, or for energy only. TxStartPoint says
  at which moment a transaction begins; whatever comes later is an update of the same transaction.

  @TC_E_09_CS @E01.FR.02 @E01.FR.15 @E01.FR.16 @needs:C-09.1
  Scenario: It begins a transaction when the cable is in
    Given the station is set to start when the cable is in
    When the driver plugs in
    Then the station reports a connector with
      | connectorStatus | Occupied |
    And the station sends TransactionEvent with
      | eventType                     | Started                                     |
      | triggerReason                 | any of CablePluggedIn, ChargingStateChanged |
      | evse.id                       | 1                                           |
      | evse.connectorId              | 1                                           |
      | transactionInfo.chargingState | any of EVConnected, SuspendedEVSE           |

  @TC_E_09_CS @E01.FR.07 @E01.FR.10 @E01.FR.15 @E01.FR.18 @E02.FR.07 @E02.FR.17 @needs:C-09.1
  Scenario: Begun with the cable, the same transaction goes on with the driver and the energy
    Given the station is set to start when the cable is in
    When the driver plugs in
    Then the station sends TransactionEvent as "plugged in" with
      | eventType | Started |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType                     | Updated                                           |
      | triggerReason                 | Authorized                                        |
      | seqNo                         | none of the seqNo of "plugged in"                 |
      | idToken.idToken               | the valid idToken                                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "plugged in" |
    And the station sends TransactionEvent with
      | eventType                     | Updated                                           |
      | transactionInfo.chargingState | Charging                                          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "plugged in" |

  @TC_E_10_CS @E01.FR.03 @E01.FR.10 @E01.FR.15 @needs:C-09.2 @needs:C-30
  Scenario: It begins a transaction when the driver is authorized
    Given the station is set to start when the driver is authorized
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType       | Started                       |
      | triggerReason   | Authorized                    |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |

  @TC_E_10_CS @E01.FR.16 @E01.FR.18 @E03.FR.12 @needs:C-09.2 @needs:C-30
  Scenario: Begun with the driver, the same transaction goes on with the cable and the energy
    Given the station is set to start when the driver is authorized
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "authorized" with
      | eventType | Started |
    When the driver plugs in
    Then the station sends TransactionEvent with
      | eventType                     | Updated                                           |
      | evse.id                       | 1                                                 |
      | evse.connectorId              | 1                                                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "authorized" |
    And the station sends TransactionEvent with
      | eventType                     | Updated                                           |
      | transactionInfo.chargingState | Charging                                          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "authorized" |

  @TC_E_13_CS @E01.FR.03 @E01.FR.15 @F02.FR.01 @needs:C-09.2
  Scenario: It begins a transaction when the CSMS has authorized it
    Given the station is set to start when the driver is authorized
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | eventType                     | Started                      |
      | triggerReason                 | RemoteStart                  |
      | transactionInfo.remoteStartId | the remoteStartId of "start" |
      | idToken.idToken               | the valid idToken            |

  @TC_E_01_CS @E01.FR.05 @E01.FR.10 @E01.FR.16 @needs:C-09.4
  Scenario: It begins a transaction when cable and driver are both there
    Given the station is set to start when the power path is closed
    And the station is occupied
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType        | Started           |
      | idToken.idToken  | the valid idToken |
      | evse.id          | 1                 |
      | evse.connectorId | 1                 |

  @TC_E_01_CS @E01.FR.05 @needs:C-09.4
  Scenario: It begins no transaction with the driver alone while it waits for the cable
    Given the station is set to start when the power path is closed
    When the driver presents the valid idToken
    Then the station sends no TransactionEvent for 1 s
    When the driver plugs in
    Then the station sends TransactionEvent with
      | eventType        | Started           |
      | idToken.idToken  | the valid idToken |
      | evse.connectorId | 1                 |

  @TC_E_02_CS @E01.FR.06 @E01.FR.10 @E01.FR.15 @E01.FR.16 @needs:C-09.5
  Scenario: It begins a transaction when energy flows
    Given the station is set to start when energy flows
    When the driver presents the valid idToken
    Then the station sends no TransactionEvent for 1 s
    When the driver plugs in
    Then the station reports a connector with
      | connectorStatus | Occupied |
    And the station sends TransactionEvent with
      | eventType                     | Started                                 |
      | triggerReason                 | any of ChargingStateChanged, Authorized |
      | transactionInfo.chargingState | Charging                                |
      | idToken.idToken               | the valid idToken                       |
      | evse.connectorId              | 1                                       |

  @TC_E_12_CS @E01.FR.01 @E01.FR.15 @needs:C-09.6
  Scenario: It begins a transaction when an EV drives into the bay
    Given the station is set to start when the bay is taken
    When the driver parks
    Then the station sends TransactionEvent as "parked" with
      | eventType     | Started    |
      | triggerReason | EVDetected |
    When the driver plugs in
    Then the station sends TransactionEvent with
      | eventType                     | Updated                                       |
      | evse.connectorId              | 1                                             |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "parked" |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType                     | Updated                                       |
      | transactionInfo.chargingState | Charging                                      |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "parked" |

  @TC_E_11_CS @E01.FR.04 @E01.FR.10 @E01.FR.15 @E01.FR.16 @needs:C-09.3 @needs:C-42 @needs:C-30
  Scenario: It begins a transaction with the first signed reading
    Given the station is set to start when a reading is signed
    And the station is set to sign its readings
    When the driver presents the valid idToken
    Then the station sends no TransactionEvent for 1 s
    When the driver plugs in
    Then the station reports a connector with
      | connectorStatus | Occupied |
    And the station sends TransactionEvent as "signed" with
      | eventType        | Started            |
      | triggerReason    | SignedDataReceived |
      | idToken.idToken  | the valid idToken  |
      | evse.connectorId | 1                  |
    And the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging                                      |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "signed" |
    Given the station is set to sign no readings

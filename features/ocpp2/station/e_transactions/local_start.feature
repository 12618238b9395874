@sut-station @v2.0.1
Feature: A driver who starts charging at the station
  Some drivers plug in first, some hold up their card first. Either way energy flows once both are there, and the CSMS
  can tell from the events whose transaction it is and at which connector.

  @TC_E_03_CS @E02.FR.01 @E02.FR.13 @E02.FR.15 @E02.FR.17 @E02.FR.20 @needs:C-30
  Scenario: Plugged in and then authorized, it says who is charging and that energy flows
    Given the station is set to start before energy flows
    And the station is occupied
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "authorized" with
      | triggerReason   | Authorized                    |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends TransactionEvent with
      | triggerReason                 | ChargingStateChanged                              |
      | transactionInfo.chargingState | Charging                                          |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "authorized" |

  @TC_E_03_CS @E02.FR.05 @E02.FR.06 @E02.FR.15 @E01.FR.16 @needs:C-09.1
  Scenario: Plugged in and not authorized yet, it tells which connector is taken
    Given the station is set to start when the cable is in
    When the driver plugs in
    Then the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |
    And the station sends TransactionEvent with
      | triggerReason    | any of CablePluggedIn, ChargingStateChanged |
      | evse.id          | 1                                           |
      | evse.connectorId | 1                                           |

  @TC_E_04_CS @E02.FR.05 @C01.FR.01 @needs:C-30
  Scenario: Authorized and then plugged in, energy flows for that driver
    When the driver presents the valid idToken
    And 500 ms passes
    And the driver plugs in
    Then the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |
    And the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    When the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | true |

  @TC_E_04_CS @E03.FR.01 @E03.FR.06 @E01.FR.16 @needs:C-09.2 @needs:C-30
  Scenario: Authorized first, it names the driver at once and the connector as soon as it knows it
    Given the station is set to start when the driver is authorized
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "authorized" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the driver plugs in
    Then the station sends TransactionEvent with
      | seqNo                         | none of the seqNo of "authorized"                 |
      | evse.id                       | 1                                                 |
      | evse.connectorId              | 1                                                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "authorized" |

  @TC_E_05_CS @TC_E_39_CS @E03.FR.05 @E03.FR.12 @needs:C-09.2 @needs:C-10.2 @needs:C-30
  Scenario: Nobody plugs in, so the transaction ends when the time for that is over
    Given the station is set to start when the driver is authorized
    And the station is set to stop with the authorization
    And the station is set to wait 2 s for the cable
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "authorized" with
      | triggerReason | Authorized |
    And the station sends TransactionEvent as "over" with
      | eventType                     | Ended                                             |
      | triggerReason                 | EVConnectTimeout                                  |
      | transactionInfo.stoppedReason | Timeout                                           |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "authorized" |
    And "over" comes at least 2 s after "authorized"

  @TC_E_05_CS @E03.FR.01 @E01.FR.08 @E02.FR.08 @needs:C-09.2 @needs:C-10.2 @needs:C-30
  Scenario: After a driver who never plugged in, the next one can charge
    Given the station is set to start when the driver is authorized
    And the station is set to stop with the authorization
    And the station is set to wait 2 s for the cable
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "over" with
      | triggerReason | EVConnectTimeout |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "again" with
      | triggerReason                 | Authorized                                          |
      | idToken.idToken               | the valid idToken                                   |
      | transactionInfo.transactionId | none of the transactionInfo.transactionId of "over" |
    When the driver plugs in
    Then the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging                                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "again" |

  @TC_E_39_CS @C01.FR.01 @C01.FR.26 @needs:C-09.2 @needs:C-10.2 @needs:C-30
  Scenario: Plugged in too late, no energy flows
    Given the station is set to start only when the driver is authorized
    And the station is set to stop with the authorization
    And the station is set to wait 2 s for the cable
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | triggerReason                 | EVConnectTimeout |
      | eventType                     | Ended            |
    When the driver plugs in
    Then the station reports a connector with
      | evseId          | 1        |
      | connectorStatus | Occupied |
    And the station sends no TransactionEvent for 1 s

  @TC_E_38_CS @E01.FR.19 @needs:C-30
  Scenario: The EV does not want energy yet, and the station says so
    Given the station is set to start before energy flows
    And the station is charging
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent as "paused" with
      | triggerReason                 | ChargingStateChanged                            |
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    When the driver lets the EV resume charging
    Then the station sends TransactionEvent with
      | triggerReason                 | ChargingStateChanged                            |
      | transactionInfo.chargingState | Charging                                        |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @TC_E_52_CS @needs:C-58 @needs:C-49 @needs:C-09.2
  Scenario: Told to ask nobody about a driver, it asks nobody, and charges for nobody it does not know
    Given the station is without any token in its cache
    And the station is set to ask nobody about a driver
    And the station is set to start only when the driver is authorized
    When the driver presents the valid idToken
    Then the station sends no Authorize for 1 s
    When the driver plugs in
    Then the station sends no TransactionEvent for 1 s
    Given the station is set to ask about a driver again
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |
    And the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging |

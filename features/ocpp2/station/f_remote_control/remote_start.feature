@sut-station @v2.0.1
Feature: A station that the CSMS tells to start charging
  A driver with an app has no card. The CSMS starts for such a driver, and finds its own request again in the events by
  the remoteStartId it gave. Whether the station still asks if the driver may charge is a matter of configuration.

  @TC_F_01_CS @F01.FR.03 @F01.FR.04 @F01.FR.05 @F01.FR.17 @F01.FR.19 @F02.FR.01
  @needs:not-AQ-2 @needs:C-36|C-39
  Scenario: Plugged in already, energy flows for the driver whom the CSMS has named
    Given the station is set to start before energy flows
    And the station is occupied
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Accepted |
    And the station sends TransactionEvent as "begun" with
      | triggerReason                 | RemoteStart                   |
      | transactionInfo.remoteStartId | the remoteStartId of "start"  |
      | idToken.idToken               | the valid idToken             |
      | idToken.type                  | the type of the valid idToken |
    And the station sends TransactionEvent with
      | triggerReason                 | ChargingStateChanged                         |
      | transactionInfo.chargingState | Charging                                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "begun" |

  @TC_F_01_CS @F01.FR.13 @F01.FR.25 @needs:C-09.1 @needs:not-AQ-2 @needs:C-36|C-39
  Scenario: Where the cable has begun a transaction, it tells the CSMS which one it will use
    Given the station is set to start when the cable is in
    When the driver plugs in
    Then the station sends TransactionEvent as "plugged in" with
      | eventType | Started |
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status        | Accepted                                          |
      | transactionId | the transactionInfo.transactionId of "plugged in" |
    And the station sends TransactionEvent with
      | transactionInfo.remoteStartId | the remoteStartId of "start"                      |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "plugged in" |

  @TC_F_02_CS @F02.FR.01 @F02.FR.05 @F02.FR.09 @F02.FR.11 @F02.FR.12 @F02.FR.21 @needs:C-48.1 @needs:C-36|C-39
  Scenario: Told to authorize, it asks about the driver first and then charges
    Given the station is set to authorize remote starts
    And the station is set to start before energy flows
    When the CSMS sends RequestStartTransaction as "start"
    And 500 ms passes
    And the driver plugs in
    Then the station answers "start" with
      | status | Accepted |
    And the station sends Authorize as "ask" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends TransactionEvent with
      | triggerReason                 | RemoteStart                  |
      | transactionInfo.remoteStartId | the remoteStartId of "start" |
      | idToken.idToken               | the valid idToken            |
    And the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And "ask" and "charging" come in this order

  @F02.FR.09 @F01.FR.01 @needs:C-48.1 @needs:C-09.2 @needs:C-36|C-39
  Scenario: Told to authorize, it begins nothing for a driver who is not allowed to
    Given the station is set to authorize remote starts
    And the station is set to start when the driver is authorized
    When the CSMS sends RequestStartTransaction as "start" with
      | idToken.idToken | the invalid idToken             |
      | idToken.type    | the type of the invalid idToken |
    Then the station sends Authorize with
      | idToken.idToken | the invalid idToken |
    And the station sends no TransactionEvent for 1 s

  @TC_F_03_CS @F02.FR.01 @F02.FR.05 @F02.FR.10 @F02.FR.11 @F02.FR.12 @F02.FR.21 @needs:C-48.2 @needs:C-36|C-39
  Scenario: Told to believe the CSMS, it charges without asking about the driver
    Given the station is set to believe remote starts
    And the station is set to start before energy flows
    When the CSMS sends RequestStartTransaction as "start"
    And 500 ms passes
    And the driver plugs in
    Then the station answers "start" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | triggerReason                 | RemoteStart                  |
      | transactionInfo.remoteStartId | the remoteStartId of "start" |
      | idToken.idToken               | the valid idToken            |
    And the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "start" and "charging"

  @TC_F_04_CS @F02.FR.01 @F02.FR.07 @E03.FR.05 @needs:C-09.2 @needs:C-10.2 @needs:C-36|C-39
  Scenario: The CSMS has started, but nobody plugs in
    Given the station is set to start when the driver is authorized
    And the station is set to stop with the authorization
    And the station is set to wait 2 s for the cable
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Accepted |
    And the station sends TransactionEvent as "begun" with
      | transactionInfo.remoteStartId | the remoteStartId of "start" |
    And the station sends TransactionEvent as "over" with
      | eventType                     | Ended                                        |
      | triggerReason                 | EVConnectTimeout                             |
      | transactionInfo.stoppedReason | Timeout                                      |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "begun" |
    And "over" comes at least 2 s after "begun"

  @TC_F_04_CS @F02.FR.21 @E01.FR.08 @needs:C-09.2 @needs:C-10.2 @needs:C-36|C-39
  Scenario: After nobody plugged in, the CSMS can start again
    Given the station is set to start when the driver is authorized
    And the station is set to stop with the authorization
    And the station is set to wait 2 s for the cable
    When the CSMS sends RequestStartTransaction
    Then the station sends TransactionEvent as "over" with
      | triggerReason | EVConnectTimeout |
    When the CSMS sends RequestStartTransaction as "again"
    Then the station answers "again" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | triggerReason                 | RemoteStart                                         |
      | transactionInfo.remoteStartId | the remoteStartId of "again"                        |
      | transactionInfo.transactionId | none of the transactionInfo.transactionId of "over" |

  @F01.FR.24 @F02.FR.26 @needs:C-36|C-39
  Scenario: It takes no second start for an EVSE that is charging
    Given the station is charging
    When the CSMS sends RequestStartTransaction as "start" with
      | idToken.idToken | the second idToken             |
      | idToken.type    | the type of the second idToken |
    Then the station answers "start" with
      | status | Rejected |

  @F01.FR.23 @F02.FR.25 @needs:C-36|C-39
  Scenario: It takes no start for an EVSE that is out of service
    When the CSMS sends ChangeAvailability as "close" with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | absent      |
    Then the station answers "close" with
      | status | Accepted |
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Rejected |
    When the CSMS sends ChangeAvailability as "open" with
      | operationalStatus | Operative |
      | evse.id           | 1         |
      | evse.connectorId  | absent    |
    Then the station answers "open" with
      | status | Accepted |

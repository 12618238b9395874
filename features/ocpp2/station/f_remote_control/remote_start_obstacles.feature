@sut-station @v2.0.1
Feature: A station that the CSMS tells to start where something is in the way
  An app knows neither the plug nor the purse. Whoever taps "start" beside a broken plug must hear no at once, and
  whoever is late with the cable must not have spoilt the place for the next driver.

  @F01.FR.23 @F02.FR.25
  Scenario: A broken connector starts nothing until it is mended
    When the operator causes a fault
    Then the station reports a connector with
      | evseId          | 1       |
      | connectorStatus | Faulted |
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Rejected |
    And the station sends no TransactionEvent for 1 s
    When the operator clears the fault
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorStatus | Available |
    When the CSMS sends RequestStartTransaction as "again"
    Then the station answers "again" with
      | status | Accepted |

  @TC_F_04_CS @F02.FR.07 @C01.FR.26
  Scenario: The driver comes too late with the cable, and nothing flows
    Given the station is set to wait 2 s for the cable
    And the station is set to start only when the driver is authorized
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | eventType | Ended |
    When the driver plugs in
    Then the station reports a connector with
      | evseId          | 1        |
      | connectorStatus | Occupied |
    And the station sends no TransactionEvent for 1 s

  @TC_F_04_CS @C01.FR.26 @F02.FR.12
  Scenario: Plugged in too late, the place is the next driver's, wherever transactions begin
    Given the station is set to wait 2 s for the cable
    When the CSMS sends RequestStartTransaction as "start" with
      | idToken.idToken | the second idToken             |
      | idToken.type    | the type of the second idToken |
    Then the station answers "start" with
      | status | Accepted |
    When 3 s passes
    And the driver plugs in
    And 500 ms passes
    And the CSMS sends RequestStartTransaction as "again"
    Then the station answers "again" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | transactionInfo.remoteStartId | the remoteStartId of "again" |
      | idToken.idToken               | the valid idToken            |

  @TC_K_38_CS @F01.FR.12 @needs:not-Smart_Charging
  Scenario: A charging profile that it has no use for does not keep it from starting
    Given the station is set to start before energy flows
    And the station is occupied
    When the CSMS sends RequestStartTransaction as "start" with
      | chargingProfile.id                                                        | 1         |
      | chargingProfile.stackLevel                                                | 0         |
      | chargingProfile.chargingProfilePurpose                                    | TxProfile |
      | chargingProfile.chargingProfileKind                                       | Relative  |
      | chargingProfile.chargingSchedule[0].id                                    | 1         |
      | chargingProfile.chargingSchedule[0].chargingRateUnit                      | A         |
      | chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].startPeriod | 0         |
      | chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].limit       | 16        |
    Then the station answers "start" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | triggerReason                 | RemoteStart                  |
      | transactionInfo.remoteStartId | the remoteStartId of "start" |
    And the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging |

  @F01.FR.02 @C03.FR.01 @C05.FR.01 @C05.FR.03 @C05.FR.05 @needs:C-48.1 @needs:C-38
  Scenario: A token that the CSMS made up itself is not asked about, even where it is to ask
    Given the station is set to authorize remote starts
    And the station is set to start before energy flows
    And the CSMS will answer TransactionEvent with
      | idTokenInfo.status | Accepted |
    And the station is occupied
    When the CSMS sends RequestStartTransaction as "start" with
      | idToken.idToken | CENTRAL-0001 |
      | idToken.type    | Central      |
    Then the station answers "start" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | triggerReason                 | RemoteStart                  |
      | transactionInfo.remoteStartId | the remoteStartId of "start" |
      | idToken.idToken               | CENTRAL-0001                 |
      | idToken.type                  | Central                      |
    And the station sends TransactionEvent as "charging" with
      | transactionInfo.chargingState | Charging |
    And the station sends no Authorize between "start" and "charging"

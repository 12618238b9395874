@sut-station @v2.0.1
Feature: A station that is told to restart a single EVSE
  One EVSE can hang while its neighbours charge. A station that can restart it alone must not take the rest down; one
  that cannot has to say so.

  @TC_B_25_CS @B11.FR.01 @B11.FR.08 @needs:C-13
  Scenario: With nobody charging it restarts the EVSE, not itself
    When the CSMS sends Reset as "reset" with
      | type   | OnIdle |
      | evseId | 1      |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends no BootNotification for 1 s

  @TC_B_26_CS @B12.FR.01 @B12.FR.07 @needs:C-13
  Scenario: Asked to restart the EVSE when idle, it lets the driver finish first
    Given the station is charging
    When the CSMS sends Reset as "reset" with
      | type   | OnIdle |
      | evseId | 1      |
    Then the station answers "reset" with
      | status | Scheduled |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | none of ResetCommand                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends no BootNotification for 1 s

  @TC_B_27_CS @B12.FR.02 @B12.FR.08 @needs:C-13
  Scenario: Told to restart the EVSE at once, it ends the transaction there and stays up itself
    Given the station is charging
    When the CSMS sends Reset as "reset" with
      | type   | Immediate |
      | evseId | 1         |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | triggerReason                 | ResetCommand                                    |
      | transactionInfo.stoppedReason | ImmediateReset                                  |
      | transactionInfo.chargingState | EVConnected                                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends no BootNotification for 1 s

  @TC_B_27_CS @B12.FR.08 @needs:C-13 @needs:HFS-8>1
  Scenario: Told to restart one EVSE at once, it goes on charging at the other
    Given the station is charging at two places
    When the CSMS sends Reset as "reset" with
      | type   | Immediate |
      | evseId | 1         |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    When the driver presents the second idToken at EVSE 2
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |

  @TC_B_28_CS @B11.FR.01 @B11.FR.09 @needs:not-C-13
  Scenario: It declines to restart a single EVSE where it cannot
    When the CSMS sends Reset as "reset" with
      | type   | OnIdle |
      | evseId | 1      |
    Then the station answers "reset" with
      | status | Rejected |
    And the station sends no BootNotification for 1 s

  @TC_B_29_CS @B12.FR.09 @needs:not-C-13
  Scenario: It declines to restart a single EVSE in the middle of a transaction where it cannot, and charges on
    Given the station is charging
    When the CSMS sends Reset as "reset" with
      | type   | OnIdle |
      | evseId | 1      |
    Then the station answers "reset" with
      | status | Rejected |
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | triggerReason                 | StopAuthorized                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

@sut-station @v2.0.1
Feature: A station that is told to restart
  A restart cures much, but it must not cut a driver off unless the operator insists, and what was running has to be
  accounted for before the station goes.

  @TC_B_20_CS @B11.FR.01 @B11.FR.03 @B11.FR.04 @B01.FR.03 @B01.FR.05 @B01.FR.09
  Scenario: With nobody charging it restarts and says why
    When the CSMS sends Reset as "reset" with
      | type | OnIdle |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends BootNotification as "boot" with
      | reason | RemoteReset |
    And the station reports a connector as "status" with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |
    And "boot" and "status" come in this order

  @TC_B_21_CS @B12.FR.01 @B12.FR.03 @B12.FR.13 @B01.FR.05 @A04.FR.01
  Scenario: Asked to restart when idle, it lets the driver finish first
    Given the station is charging
    When the CSMS sends Reset as "reset" with
      | type | OnIdle |
    Then the station answers "reset" with
      | status | Scheduled |
    And the station sends no BootNotification for 1 s
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station sends TransactionEvent as "end" with
      | eventType                     | Ended                                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends BootNotification as "boot" with
      | reason | ScheduledReset |
    And "end" and "boot" come in this order
    And the station reports a connector with
      | evseId          | 1                          |
      | connectorId     | 1                          |
      | connectorStatus | any of Available, Occupied |
    And the station sends SecurityEventNotification with
      | type | any of StartupOfTheDevice, ResetOrReboot |

  @TC_B_22_CS @B12.FR.02 @B12.FR.04 @B01.FR.03 @B01.FR.05 @B01.FR.09
  Scenario: Told to restart at once, it ends the transaction, says so, and restarts
    Given the station is charging
    When the CSMS sends Reset as "reset" with
      | type | Immediate |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended                                           |
      | triggerReason                 | ResetCommand                                    |
      | transactionInfo.stoppedReason | ImmediateReset                                  |
      | transactionInfo.chargingState | EVConnected                                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
      | idToken                       | absent                                          |
    And the station sends BootNotification as "boot" with
      | reason | RemoteReset |
    And "end" and "boot" come in this order
    And the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |

  @B12.FR.05 @long
  Scenario: The end that a restart brought about is told again afterwards if nobody has answered it
    Given the station is charging
    And the CSMS will not answer TransactionEvent
    When the CSMS sends Reset as "reset" with
      | type | Immediate |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended          |
      | transactionInfo.stoppedReason | ImmediateReset |
    And the station sends BootNotification as "boot" within 5 min
    And the station sends TransactionEvent as "once more" within 5 min with
      | eventType                     | Ended                                           |
      | seqNo                         | the seqNo of "end"                              |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And "boot" and "once more" come in this order

  @TC_B_23_CS @B11.FR.01 @B11.FR.02 @B12.FR.06 @B01.FR.07 @B01.FR.09
  Scenario: A connector taken out of service is still out of service after a restart
    When the CSMS sends ChangeAvailability as "out of service" with
      | evse.id           | 1           |
      | evse.connectorId  | 1           |
      | operationalStatus | Inoperative |
    Then the station answers "out of service" with
      | status | Accepted |
    And the station reports a connector with
      | connectorStatus | Unavailable |
    When the CSMS sends Reset as "reset" with
      | type | OnIdle |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends BootNotification as "boot" with
      | reason | RemoteReset |
    And the station reports a connector as "still" with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    And "boot" and "still" come in this order
    When the CSMS sends ChangeAvailability as "back in service" with
      | evse.id           | 1         |
      | evse.connectorId  | 1         |
      | operationalStatus | Operative |
    Then the station answers "back in service" with
      | status | Accepted |

  @TC_B_41_CS @B12.FR.01 @B12.FR.03 @B12.FR.13 @needs:HFS-8>1
  Scenario: Asked to restart when idle, it waits for the last of two drivers
    Given the station is charging at two places
    When the CSMS sends Reset as "reset" with
      | type | OnIdle |
    Then the station answers "reset" with
      | status | Scheduled |
    When the driver presents the valid idToken at EVSE 1
    And the driver unplugs at EVSE 1
    Then the station sends TransactionEvent with
      | eventType                     | Ended                                           |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends no BootNotification for 1 s
    When the driver presents the second idToken at EVSE 2
    And the driver unplugs at EVSE 2
    Then the station sends TransactionEvent as "last end" with
      | eventType                     | Ended                                                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |
    And the station sends BootNotification as "boot" with
      | reason | ScheduledReset |
    And "last end" and "boot" come in this order

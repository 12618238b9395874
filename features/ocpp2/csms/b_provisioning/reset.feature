@sut-csms @v2.0.1
Feature: A CSMS that restarts a station
  A reset throws a station off the line, now or once nobody charges. The CSMS has to say which, must not
  widen or narrow what is reset, and has to take the station back afterwards.

  @TC_B_20_CSMS
  Scenario: It resets an idle station and takes it back
    Given the station is booted
    When the operator requests Reset with
      | type | OnIdle |
    Then the CSMS sends Reset with
      | type   | OnIdle |
      | evseId | absent |
    When the station drops the connection
    And the station connects
    And the station sends BootNotification as "boot again" with
      | reason | RemoteReset |
    Then the CSMS answers "boot again" with
      | status | Accepted |
    When the station sends StatusNotification as "available again"
    Then the CSMS answers "available again"

  @TC_B_21_CSMS @J02.FR.19
  Scenario: It lets a driver finish first, then takes the station back
    Given the station is charging
    And the station will answer Reset with
      | status | Scheduled |
    When the operator requests Reset with
      | type | OnIdle |
    Then the CSMS sends Reset with
      | type   | OnIdle |
      | evseId | absent |
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 3                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    Then the CSMS answers "end"
    When the station drops the connection
    And the station connects
    And the station sends BootNotification as "boot again" with
      | reason | ScheduledReset |
    Then the CSMS answers "boot again" with
      | status | Accepted |

  @TC_B_22_CSMS @J02.FR.19
  Scenario: It resets a station at once although somebody charges, and takes it back
    Given the station is charging
    When the operator requests Reset with
      | type | Immediate |
    Then the CSMS sends Reset with
      | type   | Immediate |
      | evseId | absent    |
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended          |
      | triggerReason                 | ResetCommand   |
      | seqNo                         | 3              |
      | transactionInfo.stoppedReason | ImmediateReset |
    Then the CSMS answers "end"
    When the station drops the connection
    And the station connects
    And the station sends BootNotification as "boot again" with
      | reason | RemoteReset |
    Then the CSMS answers "boot again" with
      | status | Accepted |
    When the station sends StatusNotification as "still occupied" with
      | connectorStatus | Occupied |
    Then the CSMS answers "still occupied"

  @TC_B_25_CSMS @needs:C-13
  Scenario: It resets a single EVSE
    Given the station is booted
    When the operator requests Reset with
      | type   | OnIdle |
      | evseId | 1      |
    Then the CSMS sends Reset with
      | type   | OnIdle |
      | evseId | 1      |

  @TC_B_26_CSMS @needs:C-13 @J02.FR.19
  Scenario: It resets a single EVSE once its driver has finished
    Given the station is charging
    And the station will answer Reset with
      | status | Scheduled |
    When the operator requests Reset with
      | type   | OnIdle |
      | evseId | 1      |
    Then the CSMS sends Reset with
      | type   | OnIdle |
      | evseId | 1      |
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 3                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    Then the CSMS answers "end"

  @TC_B_27_CSMS @needs:C-13 @J02.FR.19
  Scenario: It resets a single EVSE at once although somebody charges there
    Given the station is charging
    When the operator requests Reset with
      | type   | Immediate |
      | evseId | 1         |
    Then the CSMS sends Reset with
      | type   | Immediate |
      | evseId | 1         |
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended          |
      | triggerReason                 | ResetCommand   |
      | seqNo                         | 3              |
      | transactionInfo.stoppedReason | ImmediateReset |
    Then the CSMS answers "end"

@sut-station @v2.0.1
Feature: A station that is asked to say something now
  A CSMS that has lost track does not want to wait for the next event. It asks for one message; the station first says
  whether it will send it, and then sends what is true now.

  @TC_F_20_CS @F06.FR.04 @F06.FR.05 @F06.FR.10
  Scenario: It sends a heartbeat out of turn
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | Heartbeat |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends Heartbeat as "heartbeat"
    And "answer" and "heartbeat" come in this order

  @TC_F_11_CS @F06.FR.04 @F06.FR.05 @F06.FR.06 @F06.FR.10 @needs:C-29.1
  Scenario: It reads the meter of the EVSE that was named
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | MeterValues |
      | evse.id          | 1           |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends MeterValues as "reading" with
      | evseId | 1 |
    And each meterValue[0].sampledValue of "reading" has
      | context | Trigger |
    And "answer" and "reading" come in this order

  @TC_F_12_CS @F06.FR.05 @F06.FR.06 @F06.FR.10 @F06.FR.11 @needs:C-29.1 @needs:HFS-8>1
  Scenario: It reads the meters of every EVSE where none was named
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | MeterValues |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends MeterValues as "first" with
      | evseId | 1 |
    And the station sends MeterValues as "second" with
      | evseId | 2 |
    And each meterValue[0].sampledValue of "first" has
      | context | Trigger |
    And each meterValue[0].sampledValue of "second" has
      | context | Trigger |

  @TC_F_13_CS @F06.FR.04 @F06.FR.05 @F06.FR.07 @F06.FR.10 @needs:C-29.2
  Scenario: It tells how the transaction at the EVSE that was named stands
    Given the station is charging
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | TransactionEvent |
      | evse.id          | 1                |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends TransactionEvent as "event" with
      | triggerReason                 | Trigger                                         |
      | transactionInfo.chargingState | Charging                                        |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
      | evse.id                       | absent or 1                                     |
    And each meterValue[0].sampledValue of "event" has
      | context | Trigger |
    And "answer" and "event" come in this order

  @TC_F_14_CS @F06.FR.05 @F06.FR.07 @F06.FR.10 @F06.FR.11 @needs:C-29.2 @needs:HFS-8>1
  Scenario: It tells how every transaction stands where no EVSE was named
    Given the station is charging at two places
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | TransactionEvent |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | triggerReason                 | Trigger                                         |
      | transactionInfo.chargingState | Charging                                        |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
      | meterValue                    | present                                         |
    And the station sends TransactionEvent with
      | triggerReason                 | Trigger                                                   |
      | transactionInfo.chargingState | Charging                                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |
      | meterValue                    | present                                                   |

  @TC_F_23_CS @F06.FR.04 @F06.FR.05 @F06.FR.09 @F06.FR.10 @needs:C-29.5
  Scenario: It tells that a connector is free
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | StatusNotification |
      | evse.id          | 1                  |
      | evse.connectorId | 1                  |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station reports a connector as "state" with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |
    And "answer" and "state" come in this order

  @TC_F_24_CS @F06.FR.04 @F06.FR.05 @F06.FR.09 @F06.FR.10 @needs:C-29.5
  Scenario: It tells that a connector is taken
    Given the station is occupied
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | StatusNotification |
      | evse.id          | 1                  |
      | evse.connectorId | 1                  |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station reports a connector as "state" with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |
    And "answer" and "state" come in this order

  @TC_F_15_CS @F06.FR.04 @F06.FR.05 @F06.FR.10 @F06.FR.15 @needs:C-29.3
  Scenario: It tells that it uploads no log
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | LogStatusNotification |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends LogStatusNotification as "state" with
      | status | Idle |
    And "answer" and "state" come in this order

  @TC_F_18_CS @F06.FR.04 @F06.FR.05 @F06.FR.10 @F06.FR.16 @needs:C-29.4
  Scenario: It tells that it updates no firmware
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | FirmwareStatusNotification |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification as "state" with
      | status | Idle |
    And "answer" and "state" come in this order

  @TC_F_27_CS @F06.FR.08 @needs:not-ISO-3
  Scenario: It does not promise a message that it cannot send
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | SignCombinedCertificate |
    Then the station answers "trigger" with
      | status | NotImplemented |

  @TC_F_26_CS @F06.FR.17 @needs:C-29.6
  Scenario: It does not boot again once it has been let in
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | BootNotification |
    Then the station answers "trigger" with
      | status | Rejected |
    And the station sends no BootNotification for 1 s

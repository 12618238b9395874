@sut-station @v2.0.1
Feature: A station that sends exactly what it was asked for
  The message asked for is what counts. An EVSE named beside it narrows it down where that makes sense and is overlooked
  where it does not, and what is sent is what the station was set to measure.

  @TC_F_17_CS @F06.FR.03 @F06.FR.04 @F06.FR.05 @F06.FR.10 @needs:C-29.4
  Scenario: Firmware belongs to no EVSE, so the EVSE named is overlooked
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | FirmwareStatusNotification |
      | evse.id          | 1                          |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification as "state" with
      | status | Idle |
    And "answer" and "state" come in this order

  @TC_F_11_CS @F06.FR.06 @needs:C-29.1
  Scenario: It reads what it was set to read by the clock, and nothing else
    Given the station is set to read its meters every 2 s of the clock
    And the station is set to read no meters by the clock
    When the CSMS sends TriggerMessage with
      | requestedMessage | MeterValues |
      | evse.id          | 1           |
    Then the station sends MeterValues as "reading" with
      | evseId | 1 |
    And each meterValue[0].sampledValue of "reading" has
      | measurand | absent or Energy.Active.Import.Register |

  @TC_F_13_CS @F06.FR.07 @needs:C-29.2 @needs:HFS-8>1
  Scenario: Of two transactions it tells how the one at the EVSE named stands
    Given the station is charging at two places
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | TransactionEvent |
      | evse.id          | 2                |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends TransactionEvent with
      | triggerReason                 | Trigger                                                   |
      | transactionInfo.chargingState | Charging                                                  |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |

  @TC_F_12_CS @F06.FR.05 @F06.FR.10 @F06.FR.11 @needs:C-29.1
  Scenario: Asked to read its meters without a place, it reads that of its first EVSE too
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | MeterValues |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends MeterValues as "reading" with
      | evseId | 1 |
    And each meterValue[0].sampledValue of "reading" has
      | context | Trigger |

  @TC_F_14_CS @F06.FR.05 @F06.FR.07 @F06.FR.10 @F06.FR.11 @needs:C-29.2
  Scenario: Asked how its transactions stand, it tells of the only one
    Given the station is charging
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | TransactionEvent |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends TransactionEvent as "event" with
      | triggerReason                 | Trigger                                         |
      | transactionInfo.chargingState | Charging                                        |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And each meterValue[0].sampledValue of "event" has
      | context | Trigger |

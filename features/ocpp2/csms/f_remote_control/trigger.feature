@sut-csms @v2.0.1
Feature: A CSMS that asks a station to speak up
  A station reports when something changes. A CSMS that missed it, or doubts it, can ask for the message; it
  has to say which one, and where it matters, from where.

  @TC_F_20_CSMS @F06.FR.01 @G02.FR.03
  Scenario: It asks for a heartbeat
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | Heartbeat |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | Heartbeat |
    When the station sends Heartbeat as "asked for"
    Then the CSMS answers "asked for" with
      | currentTime | present |

  @TC_F_11_CSMS @needs:C-29.1 @F06.FR.01 @J01.FR.18
  Scenario: It asks one EVSE for its meter values
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | MeterValues |
      | evse.id          | 1           |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | MeterValues |
      | evse.id          | 1           |
    When the station sends MeterValues as "asked for" with
      | evseId                                | 1       |
      | meterValue[0].sampledValue[0].context | Trigger |
    Then the CSMS answers "asked for"

  @TC_F_12_CSMS @needs:C-29.1 @F06.FR.01 @J01.FR.18
  Scenario: It asks every EVSE for its meter values
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | MeterValues |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | MeterValues |
      | evse             | absent      |
    When the station sends MeterValues as "EVSE 1" with
      | evseId                                | 1       |
      | meterValue[0].sampledValue[0].context | Trigger |
    And the station sends MeterValues as "EVSE 2" with
      | evseId                                | 2       |
      | meterValue[0].sampledValue[0].context | Trigger |
    Then the CSMS answers "EVSE 1"
    And the CSMS answers "EVSE 2"

  @TC_F_13_CSMS @needs:C-29.2 @F06.FR.01 @J02.FR.19
  Scenario: It asks one EVSE how its transaction stands
    Given the station is charging
    When the operator requests TriggerMessage with
      | requestedMessage | TransactionEvent |
      | evse.id          | 1                |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | TransactionEvent |
      | evse.id          | 1                |
    When the station sends TransactionEvent as "asked for" with
      | eventType                             | Updated  |
      | triggerReason                         | Trigger  |
      | seqNo                                 | 3        |
      | transactionInfo.chargingState         | Charging |
      | meterValue[0].timestamp               | now      |
      | meterValue[0].sampledValue[0].value   | 1200     |
      | meterValue[0].sampledValue[0].context | Trigger  |
    Then the CSMS answers "asked for"

  @TC_F_14_CSMS @needs:C-29.2 @F06.FR.01 @J02.FR.19
  Scenario: It asks how every transaction stands
    Given the station is charging
    When the operator requests TriggerMessage with
      | requestedMessage | TransactionEvent |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | TransactionEvent |
      | evse             | absent           |
    When the station sends TransactionEvent as "asked for" with
      | eventType                             | Updated  |
      | triggerReason                         | Trigger  |
      | seqNo                                 | 3        |
      | transactionInfo.chargingState         | Charging |
      | meterValue[0].timestamp               | now      |
      | meterValue[0].sampledValue[0].value   | 1200     |
      | meterValue[0].sampledValue[0].context | Trigger  |
    Then the CSMS answers "asked for"

  @TC_F_15_CSMS @needs:C-29.3 @F06.FR.01
  Scenario: It asks how a log upload stands
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | LogStatusNotification |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | LogStatusNotification |
    When the station sends LogStatusNotification as "asked for" with
      | status | Idle |
    Then the CSMS answers "asked for"

  @TC_F_18_CSMS @needs:C-29.4 @F06.FR.01
  Scenario: It asks how a firmware update stands
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | FirmwareStatusNotification |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | FirmwareStatusNotification |
    When the station sends FirmwareStatusNotification as "asked for" with
      | status | Idle |
    Then the CSMS answers "asked for"

  @TC_F_23_CSMS @needs:C-29.5 @F06.FR.01 @F06.FR.13
  Scenario: It asks for the status of a connector that is free
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | StatusNotification |
      | evse.id          | 1                  |
      | evse.connectorId | 1                  |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | StatusNotification |
      | evse.id          | 1                  |
      | evse.connectorId | 1                  |
    When the station sends StatusNotification as "asked for"
    Then the CSMS answers "asked for"

  @TC_F_24_CSMS @needs:C-29.5 @F06.FR.01 @F06.FR.13
  Scenario: It asks for the status of a connector that is taken
    Given the station is plugged in
    When the operator requests TriggerMessage with
      | requestedMessage | StatusNotification |
      | evse.id          | 1                  |
      | evse.connectorId | 1                  |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | StatusNotification |
      | evse.id          | 1                  |
      | evse.connectorId | 1                  |
    When the station sends StatusNotification as "asked for" with
      | connectorStatus | Occupied |
    Then the CSMS answers "asked for"

  @TC_F_27_CSMS @F06.FR.01
  Scenario: It goes on serving a station that does not know the message asked for
    Given the station is booted
    And the station will answer TriggerMessage with
      | status | NotImplemented |
    When the operator requests TriggerMessage with
      | requestedMessage | Heartbeat |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | Heartbeat |
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

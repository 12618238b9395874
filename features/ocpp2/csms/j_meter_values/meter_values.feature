@sut-csms @v2.0.1
Feature: A CSMS that is told what the meters read
  Bills rest on meter values. They come on the clock and with the transaction, signed or not, and a station
  repeats what is not answered.

  @TC_J_01_CSMS @J01.FR.18
  Scenario: It takes readings on the clock while nobody charges
    Given the station is booted
    When the station sends MeterValues as "mains" with
      | evseId | 0 |
    And the station sends MeterValues as "EVSE 1" with
      | evseId | 1 |
    And the station sends MeterValues as "EVSE 2" with
      | evseId | 2 |
    And the station sends NotifyEvent as "as an event" with
      | eventData[0].trigger        | Periodic                   |
      | eventData[0].actualValue    | 1200                       |
      | eventData[0].component.name | FiscalMetering             |
      | eventData[0].variable.name  | EnergyActiveImportRegister |
    Then the CSMS answers "mains"
    And the CSMS answers "EVSE 1"
    And the CSMS answers "EVSE 2"
    And the CSMS answers "as an event"

  @TC_J_02_CSMS @J01.FR.18 @J02.FR.19
  Scenario: It takes readings on the clock while somebody charges
    Given the station is charging
    When the station sends MeterValues as "mains" with
      | evseId | 0 |
    And the station sends MeterValues as "idle EVSE" with
      | evseId | 2 |
    And the station sends TransactionEvent as "busy EVSE" with
      | eventType                             | Updated         |
      | triggerReason                         | MeterValueClock |
      | seqNo                                 | 3               |
      | transactionInfo.chargingState         | Charging        |
      | meterValue[0].timestamp               | now             |
      | meterValue[0].sampledValue[0].value   | 1003            |
      | meterValue[0].sampledValue[0].context | Sample.Clock    |
    Then the CSMS answers "mains"
    And the CSMS answers "idle EVSE"
    And the CSMS answers "busy EVSE"

  @TC_J_03_CSMS @J02.FR.19
  Scenario: It takes the readings on the clock that come with the end
    Given the station is charging
    When the station sends TransactionEvent as "end" with
      | eventType                             | Ended               |
      | triggerReason                         | EVCommunicationLost |
      | seqNo                                 | 3                   |
      | transactionInfo.chargingState         | Idle                |
      | transactionInfo.stoppedReason         | EVDisconnected      |
      | meterValue[0].timestamp               | now - 10 s          |
      | meterValue[0].sampledValue[0].value   | 1200                |
      | meterValue[0].sampledValue[0].context | Sample.Clock        |
      | meterValue[1].timestamp               | now                 |
      | meterValue[1].sampledValue[0].value   | 1300                |
      | meterValue[1].sampledValue[0].context | Transaction.End     |
    Then the CSMS answers "end"

  @TC_J_04_CSMS @J02.FR.19
  Scenario: It takes signed readings on the clock that come with the end
    Given the station is charging
    When the station sends TransactionEvent as "end" with
      | eventType                                                      | Ended                  |
      | triggerReason                                                  | EVCommunicationLost    |
      | seqNo                                                          | 3                      |
      | transactionInfo.chargingState                                  | Idle                   |
      | transactionInfo.stoppedReason                                  | EVDisconnected         |
      | meterValue[0].timestamp                                        | now - 10 s             |
      | meterValue[0].sampledValue[0].value                            | 1200                   |
      | meterValue[0].sampledValue[0].context                          | Sample.Clock           |
      | meterValue[0].sampledValue[0].signedMeterValue.signedMeterData | c2lnbmVkIHZhbHVl       |
      | meterValue[0].sampledValue[0].signedMeterValue.signingMethod   | ECDSA-secp256r1-SHA256 |
      | meterValue[0].sampledValue[0].signedMeterValue.encodingMethod  | OCMF                   |
      | meterValue[0].sampledValue[0].signedMeterValue.publicKey       | cHVibGljIGtleQ==       |
      | meterValue[1].timestamp                                        | now                    |
      | meterValue[1].sampledValue[0].value                            | 1300                   |
      | meterValue[1].sampledValue[0].context                          | Transaction.End        |
      | meterValue[1].sampledValue[0].signedMeterValue.signedMeterData | c2lnbmVkIHZhbHVl       |
      | meterValue[1].sampledValue[0].signedMeterValue.signingMethod   | ECDSA-secp256r1-SHA256 |
      | meterValue[1].sampledValue[0].signedMeterValue.encodingMethod  | OCMF                   |
      | meterValue[1].sampledValue[0].signedMeterValue.publicKey       | cHVibGljIGtleQ==       |
    Then the CSMS answers "end"

  @TC_J_07_CSMS @J02.FR.19
  Scenario: It takes the reading that comes with the beginning
    Given the station is booted
    When the station sends TransactionEvent as "start" with
      | meterValue[0].timestamp               | now               |
      | meterValue[0].sampledValue[0].value   | 0                 |
      | meterValue[0].sampledValue[0].context | Transaction.Begin |
    Then the CSMS answers "start"

  @TC_J_08_CSMS @J02.FR.19
  Scenario: It takes the first reading once the EVSE is known
    Given the station is authorized
    When the station sends TransactionEvent as "plugged in" with
      | eventType                             | Updated           |
      | seqNo                                 | 1                 |
      | meterValue[0].timestamp               | now               |
      | meterValue[0].sampledValue[0].value   | 0                 |
      | meterValue[0].sampledValue[0].context | Transaction.Begin |
    Then the CSMS answers "plugged in"

  @TC_J_09_CSMS @J02.FR.19
  Scenario: It takes reading after reading while somebody charges
    Given the station is charging
    When the station sends TransactionEvent as "first" with
      | eventType                             | Updated            |
      | triggerReason                         | MeterValuePeriodic |
      | seqNo                                 | 3                  |
      | transactionInfo.chargingState         | Charging           |
      | meterValue[0].timestamp               | now                |
      | meterValue[0].sampledValue[0].value   | 1003               |
      | meterValue[0].sampledValue[0].context | Sample.Periodic    |
    And the station sends TransactionEvent as "second" with
      | eventType                             | Updated            |
      | triggerReason                         | MeterValuePeriodic |
      | seqNo                                 | 4                  |
      | transactionInfo.chargingState         | Charging           |
      | meterValue[0].timestamp               | now                |
      | meterValue[0].sampledValue[0].value   | 1004               |
      | meterValue[0].sampledValue[0].context | Sample.Periodic    |
    And the station sends TransactionEvent as "third" with
      | eventType                             | Updated            |
      | triggerReason                         | MeterValuePeriodic |
      | seqNo                                 | 5                  |
      | transactionInfo.chargingState         | Charging           |
      | meterValue[0].timestamp               | now                |
      | meterValue[0].sampledValue[0].value   | 1005               |
      | meterValue[0].sampledValue[0].context | Sample.Periodic    |
    Then the CSMS answers "first"
    And the CSMS answers "second"
    And the CSMS answers "third"

  @TC_J_10_CSMS @J02.FR.19
  Scenario: It takes the periodic readings that come with the end
    Given the station is charging
    When the station sends TransactionEvent as "end" with
      | eventType                             | Ended               |
      | triggerReason                         | EVCommunicationLost |
      | seqNo                                 | 3                   |
      | transactionInfo.chargingState         | Idle                |
      | transactionInfo.stoppedReason         | EVDisconnected      |
      | meterValue[0].timestamp               | now - 10 s          |
      | meterValue[0].sampledValue[0].value   | 1200                |
      | meterValue[0].sampledValue[0].context | Sample.Periodic     |
      | meterValue[1].timestamp               | now                 |
      | meterValue[1].sampledValue[0].value   | 1300                |
      | meterValue[1].sampledValue[0].context | Transaction.End     |
    Then the CSMS answers "end"

  @TC_J_11_CSMS @J02.FR.19
  Scenario: It takes signed periodic readings that come with the end
    Given the station is charging
    When the station sends TransactionEvent as "end" with
      | eventType                                                      | Ended                  |
      | triggerReason                                                  | EVCommunicationLost    |
      | seqNo                                                          | 3                      |
      | transactionInfo.chargingState                                  | Idle                   |
      | transactionInfo.stoppedReason                                  | EVDisconnected         |
      | meterValue[0].timestamp                                        | now - 10 s             |
      | meterValue[0].sampledValue[0].value                            | 1200                   |
      | meterValue[0].sampledValue[0].context                          | Sample.Periodic        |
      | meterValue[0].sampledValue[0].signedMeterValue.signedMeterData | c2lnbmVkIHZhbHVl       |
      | meterValue[0].sampledValue[0].signedMeterValue.signingMethod   | ECDSA-secp256r1-SHA256 |
      | meterValue[0].sampledValue[0].signedMeterValue.encodingMethod  | OCMF                   |
      | meterValue[0].sampledValue[0].signedMeterValue.publicKey       | cHVibGljIGtleQ==       |
      | meterValue[1].timestamp                                        | now                    |
      | meterValue[1].sampledValue[0].value                            | 1300                   |
      | meterValue[1].sampledValue[0].context                          | Transaction.End        |
      | meterValue[1].sampledValue[0].signedMeterValue.signedMeterData | c2lnbmVkIHZhbHVl       |
      | meterValue[1].sampledValue[0].signedMeterValue.signingMethod   | ECDSA-secp256r1-SHA256 |
      | meterValue[1].sampledValue[0].signedMeterValue.encodingMethod  | OCMF                   |
      | meterValue[1].sampledValue[0].signedMeterValue.publicKey       | cHVibGljIGtleQ==       |
    Then the CSMS answers "end"

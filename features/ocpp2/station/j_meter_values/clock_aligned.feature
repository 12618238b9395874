@sut-station @v2.0.1
Feature: A station that reads its meters by the clock
  A grid operator compares meters, so all of them are read at the same moments: at multiples of the interval since
  midnight, whether somebody charges or not. A transaction may be summed up with such readings as well.

  @TC_J_01_CS @J01.FR.02 @J01.FR.06 @J01.FR.08 @J01.FR.14
  Scenario: With nobody there, it sends a reading of the EVSE at every stroke
    Given the station is set to read its meters every 2 s of the clock
    Then the station sends MeterValues as "first" with
      | evseId                  | 1                         |
      | meterValue[0].timestamp | on every 2 s of the clock |
    And each meterValue[0].sampledValue of "first" has
      | context   | Sample.Clock                            |
      | measurand | absent or Energy.Active.Import.Register |
    And the station sends MeterValues as "second" with
      | evseId                  | 1                                                |
      | meterValue[0].timestamp | 2 s after the meterValue[0].timestamp of "first" |
    Given the station is set to read no meters by the clock

  @TC_J_01_CS @J01.FR.14 @needs:HFS-8>1
  Scenario: It reads the meter of every EVSE
    Given the station is set to read its meters every 2 s of the clock
    Then the station sends MeterValues with
      | evseId | 1 |
    And the station sends MeterValues with
      | evseId | 2 |
    Given the station is set to read no meters by the clock

  @TC_J_02_CS @J01.FR.14 @J01.FR.08 @needs:HFS-8>1
  Scenario: While somebody charges at one EVSE, the other one's meter is read all the same
    Given the station is charging
    And the station is set to read its meters every 2 s of the clock
    Then the station sends MeterValues as "idle" with
      | evseId | 2 |
    And each meterValue[0].sampledValue of "idle" has
      | context | Sample.Clock |
    Given the station is set to read no meters by the clock

  @TC_J_02_CS @J01.FR.08 @J01.FR.22
  Scenario: While somebody charges, the meter there is read at every stroke as well
    Given the station is set to sample nothing on the way
    And the station is charging
    And the station is set to read its meters every 2 s of the clock
    Then the station sends MeterValues or TransactionEvent as "first" with
      | evseId                                | absent or 1               |
      | triggerReason                         | absent or MeterValueClock |
      | meterValue[0].sampledValue[0].context | Sample.Clock              |
      | meterValue[0].timestamp               | on every 2 s of the clock |
    And the station sends MeterValues or TransactionEvent as "second" with
      | evseId                  | absent or 1                                      |
      | triggerReason           | absent or MeterValueClock                        |
      | meterValue[0].timestamp | 2 s after the meterValue[0].timestamp of "first" |
    Given the station is set to read no meters by the clock

  @TC_J_03_CS @J01.FR.08
  Scenario: It sums a transaction up with the readings at each stroke of the clock
    Given the station is set to sum up with readings every 2 s of the clock
    And the station is set to stop with the authorization
    And the station is charging
    When 4500 ms passes
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "ended" with
      | eventType               | Ended                     |
      | meterValue[0].timestamp | on every 2 s of the clock |
    And "ended" has
      | meterValue[1].timestamp | 2 s after the meterValue[0].timestamp of "ended" |
    And each meterValue[*].sampledValue of "ended" has
      | measurand | absent or Energy.Active.Import.Register |
    And some meterValue[*].sampledValue of "ended" has
      | context | Sample.Clock |
    And no meterValue[*].sampledValue of "ended" has
      | context | absent or Sample.Periodic |
    Given the station is set to sum up with its samples

  @TC_J_06_CS @J01.FR.14 @J01.FR.19 @J01.FR.20 @needs:C-28
  Scenario: Told to read while idle alone, it is quiet as long as somebody charges, and goes on afterwards
    Given the station is set to read its meters while idle alone
    And the station is set to read its meters every 2 s of the clock
    And the station is set to sample nothing on the way
    And the station is charging
    When 500 ms passes
    Then the station sends no MeterValues for 3 s
    And the station sends no TransactionEvent for 2 s with
      | triggerReason | MeterValueClock |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station sends MeterValues with
      | evseId | 1 |
    Given the station is set to read no meters by the clock
    And the station is set to read its meters whoever charges

  @TC_J_04_CS @J01.FR.08 @J01.FR.21 @needs:C-42
  Scenario: Told to sign, it signs the readings by the clock that a transaction is summed up with
    Given the station is set to sign its readings by the clock
    And the station is set to sum up with readings by the clock
    And the station is set to stop with the authorization
    And the station is charging
    When 2500 ms passes
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "ended" with
      | eventType               | Ended   |
      | meterValue[1].timestamp | present |
    And each meterValue[*].sampledValue of "ended" has
      | signedMeterValue.signedMeterData | present |
      | signedMeterValue.publicKey       | present |
    And some meterValue[*].sampledValue of "ended" has
      | context | Sample.Clock |
    Given the station is set to sign no readings by the clock
    And the station is set to sum up with its samples

@sut-station @v2.0.1
Feature: A station that samples the meter of a transaction
  The bill rests on the register at the beginning and at the end; what lies between shows the driver how it goes. Each
  reading says why it was taken, so that the two that count cannot be mistaken for the others.

  @TC_J_07_CS @E01.FR.09 @E02.FR.09 @J02.FR.03 @J02.FR.04 @needs:C-09.1
  Scenario: A transaction begins with a reading
    Given the station is set to start when the cable is in
    And the station is set to begin with a reading
    When the driver plugs in
    Then the station sends TransactionEvent as "started" with
      | eventType               | Started |
      | meterValue[0].timestamp | present |
    And each meterValue[0].sampledValue of "started" has
      | context   | Transaction.Begin                       |
      | measurand | absent or Energy.Active.Import.Register |

  @TC_J_09_CS @J02.FR.03 @J02.FR.04 @J02.FR.11 @E02.FR.10
  Scenario: While the transaction goes on, it is told what the meter says, at every interval
    Given the station is set to sample every other second
    And the station is charging
    Then the station sends TransactionEvent as "first" with
      | eventType                     | Updated                                         |
      | triggerReason                 | MeterValuePeriodic                              |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And each meterValue[0].sampledValue of "first" has
      | context   | absent or Sample.Periodic               |
      | measurand | absent or Energy.Active.Import.Register |
    And the station sends TransactionEvent as "second" with
      | triggerReason           | MeterValuePeriodic                               |
      | meterValue[0].timestamp | 2 s after the meterValue[0].timestamp of "first" |
    Given the station is set to sample nothing on the way

  @TC_J_10_CS @E06.FR.11 @E07.FR.08 @J02.FR.03 @J02.FR.04
  Scenario: A transaction ends with its samples and a last reading
    Given the station is set to sum up with its samples
    And the station is set to stop with the authorization
    And the station is charging
    When 2500 ms passes
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "ended" with
      | eventType | Ended |
    And some meterValue[*].sampledValue of "ended" has
      | context   | Transaction.End                         |
      | measurand | absent or Energy.Active.Import.Register |
    And some meterValue[*].sampledValue of "ended" has
      | context   | absent or Sample.Periodic               |
      | measurand | absent or Energy.Active.Import.Register |

  @J02.FR.11 @E02.FR.10
  Scenario: Told to sample nothing on the way, it does not
    Given the station is set to sample nothing on the way
    And the station is charging
    When 500 ms passes
    Then the station sends no TransactionEvent for 2 s with
      | triggerReason | MeterValuePeriodic |

  @J02.FR.22 @needs:HFS-8>1
  Scenario: Each transaction has the readings of its own EVSE
    Given the station is set to sample every second
    And the station is charging at two places
    Then the station sends TransactionEvent with
      | triggerReason                 | MeterValuePeriodic                              |
      | evse.id                       | absent or 1                                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends TransactionEvent with
      | triggerReason                 | MeterValuePeriodic                                        |
      | evse.id                       | absent or 2                                               |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging at EVSE 2" |
    Given the station is set to sample nothing on the way

  @TC_J_11_CS @J02.FR.21 @E07.FR.12 @needs:C-42
  Scenario: Told to sign, it signs the readings that a transaction is summed up with
    Given the station is set to sign its readings
    And the station is set to sum up with its samples
    And the station is set to stop with the authorization
    And the station is charging
    When 2500 ms passes
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "ended" with
      | eventType | Ended |
    And each meterValue[*].sampledValue of "ended" has
      | context                          | absent or any of Sample.Periodic, Transaction.Begin, Transaction.End |
      | signedMeterValue.signedMeterData | present                                                              |
      | signedMeterValue.publicKey       | present                                                              |
    Given the station is set to sign no readings

  @TC_J_08_CS @J02.FR.03 @J02.FR.04 @needs:C-09.2 @needs:C-40 @needs:not-AQ-8
  Scenario: A transaction that began before its place was known has its first reading as well
    Given the station is set to start only when the driver is authorized
    And the station is set to begin with a reading
    When the driver presents the valid idToken
    And the driver plugs in
    Then the station sends TransactionEvent as "begun" with
      | eventType               | any of Started, Updated |
      | meterValue[0].timestamp | present                 |
    And each meterValue[0].sampledValue of "begun" has
      | context   | Transaction.Begin                       |
      | measurand | absent or Energy.Active.Import.Register |
    And the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging                                     |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "begun" |

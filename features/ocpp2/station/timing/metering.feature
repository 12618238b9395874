@sut-station @v2.0.1
Feature: When a station tells its readings
  Readings by the clock can be compared between stations; readings by an interval show how one charging goes. Both are
  worth something only where they come on time.

  @E02.FR.10 @J02.FR.11
  Scenario: While it charges, it tells its readings at the interval that it was given
    Given the station is set to meter every 2 s
    And the station is charging
    Then the station sends TransactionEvent 3 times as "readings" within 10 s with
      | triggerReason | MeterValuePeriodic |
    And the gaps of "readings" are 2 s

  @J01.FR.22
  Scenario: Told to follow the clock, it tells its readings when the clock says so
    Given the station is set to meter by the clock every 2 s
    And the station is charging
    Then the station sends MeterValues or TransactionEvent 3 times as "readings" within 10 s with
      | evseId                                | absent or 1               |
      | triggerReason                         | absent or MeterValueClock |
      | meterValue[0].sampledValue[0].context | Sample.Clock              |
    And the gaps of "readings" fall on every 2 s of the clock

  @J01.FR.22 @long
  Scenario: Over an hour its readings fall on every quarter
    Given the station is charging
    When 7 min passes
    And the station is set to meter by the clock every quarter of an hour
    Then the station sends MeterValues or TransactionEvent 4 times as "readings" within 1.3 h with
      | evseId                                | absent or 1               |
      | triggerReason                         | absent or MeterValueClock |
      | meterValue[0].sampledValue[0].context | Sample.Clock              |
    And the gaps of "readings" fall on every 15 min of the clock

@sut-station @v1.6
Feature: When a charge point tells its readings
  Readings by an interval show how one charging goes; readings by the clock can be compared between charge points. Both
  are worth something only where they come on time.

  @OCPP1.6:4.7 @OCPP1.6:9.1.19
  Scenario: While it charges, it tells its readings at the interval that it was given
    Given the station is set to meter every 2 s
    And the station is charging
    Then the station sends MeterValues 3 times as "readings" within 10 s with
      | connectorId | 1 |
    And the gaps of "readings" are 2 s

  @OCPP1.6:4.7 @OCPP1.6:9.1.5
  Scenario: Told to follow the clock, it tells its readings when the clock says so
    Given the station is set to meter by the clock every 2 s
    And the station is charging
    Then the station sends MeterValues 3 times as "readings" within 10 s with
      | connectorId | 1 |
    And the gaps of "readings" fall on every 2 s of the clock

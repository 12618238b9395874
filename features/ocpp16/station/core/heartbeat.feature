@sut-station @v1.6
Feature: A charge point that gives signs of life
  A Central System takes a silent charge point for dead. How long the silence may last is the operator's to change, and a
  change that waits for the next restart is no change.

  @OCPP1.6:4.6 @OCPP1.6:5.3 @OCPP1.6:9.1.10
  Scenario: Set to another interval, it gives signs of life at that one at once
    Given the station is giving a sign of life every 2 s
    Then the station sends Heartbeat within 10 s
    And the station sends Heartbeat every 2 s, 2 times
    Given the station is giving a sign of life every 300 s

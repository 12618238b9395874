@sut-station @v2.0.1
Feature: A station that gives signs of life
  A CSMS takes a silent station for dead. How long the silence may last is the operator's to change, and a change that
  waits for the next restart is no change.

  @G02.FR.02 @B05.FR.10
  Scenario: Set to another interval, it gives signs of life at that one at once
    Given the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat within 10 s
    And the station sends Heartbeat every 2 s, 2 times
    Given the station is set to give a sign of life every 300 s

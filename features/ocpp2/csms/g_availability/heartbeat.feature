@sut-csms @v2.0.1
Feature: A CSMS that can be seen to be there
  A station tells by heartbeats that it lives, and may set its clock by the answer.

  @G02.FR.03
  Scenario: It tells the time whenever a station knocks
    Given the station is booted
    When the station sends Heartbeat as "first"
    And the station sends Heartbeat as "second"
    Then the CSMS answers "first" with
      | currentTime | present |
    And the CSMS answers "second" with
      | currentTime | present |

@sut-station @v2.0.1
Feature: How often a station gives a sign of life
  A CSMS takes a silent station for a lost one. So the interval is the CSMS's to choose, at any time, and the station
  has to keep it; what it says anyway is a sign of life too.

  @G02.FR.02
  Scenario: Given another interval while it runs, it keeps that one
    Given the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat 3 times as "beats" within 10 s
    And the gaps of "beats" are 2 s

  @G02.FR.02 @G02.FR.05 @needs:HeartbeatAfterSilence
  Scenario: A message in between puts the next sign of life off
    Given the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat
    When 1 s passes
    And the driver plugs in
    Then the station reports a connector as "status" with
      | connectorStatus | Occupied |
    And the station sends Heartbeat as "beat" within 4 s
    And "beat" comes at least 2 s after "status"

  @G02.FR.02
  Scenario Outline: Its clock jumps, and its signs of life come as before
    Given the station is set to take the time from signs of life
    And the CSMS will answer Heartbeat with
      | currentTime | <told> |
    And the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat 4 times as "beats" within 12 s
    And the gaps of "beats" are 2 s

    Examples:
      | told                 |
      | 2031-05-06T07:08:09Z |
      | 2021-05-06T07:08:09Z |

  @G02.FR.02 @long
  Scenario: Over an hour its signs of life do not drift
    Given the station is set to read no meters by the clock
    And the CSMS will answer BootNotification once with
      | interval | 300 |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends Heartbeat 12 times as "beats" within 1.1 h
    And the gaps of "beats" are 5 min

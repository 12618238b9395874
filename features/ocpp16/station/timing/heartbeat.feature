@sut-station @v1.6
Feature: How often a charge point gives a sign of life
  A Central System takes a silent charge point for a lost one. So the interval is the Central System's to choose, at any
  time, and the charge point has to keep it; what it says anyway is a sign of life too.

  @OCPP1.6:4.6 @OCPP1.6:9.1.10
  Scenario: Given another interval while it runs, it keeps that one
    Given the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat 3 times as "beats" within 10 s
    And the gaps of "beats" are 2 s

  @OCPP1.6:4.6 @OCPP1.6:9.1.10 @needs:HeartbeatAfterSilence
  Scenario: A message in between puts the next sign of life off
    Given the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat
    When 1 s passes
    And the driver plugs in
    Then the station sends StatusNotification as "status"
    And the station sends Heartbeat as "beat" within 4 s
    And "beat" comes at least 2 s after "status"

  @OCPP1.6:4.6 @OCPP1.6:9.1.10
  Scenario Outline: Its clock jumps, and its signs of life come as before
    Given the CSMS will answer Heartbeat with
      | currentTime | <told> |
    And the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat 4 times as "beats" within 12 s
    And the gaps of "beats" are 2 s

    Examples:
      | told                 |
      | 2031-05-06T07:08:09Z |
      | 2021-05-06T07:08:09Z |

  @OCPP1.6:4.2 @OCPP1.6:4.6 @long
  Scenario: Over an hour its signs of life do not drift
    Given the station is set to read no meters by the clock
    And the CSMS will answer BootNotification once with
      | interval | 300 |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends Heartbeat 12 times as "beats" within 1.1 h
    And the gaps of "beats" are 5 min

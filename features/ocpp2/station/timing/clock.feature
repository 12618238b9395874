@sut-station @v2.0.1
Feature: A station's clock follows the CSMS
  Bills rest on timestamps. The CSMS tells the time when it lets a station in and with every sign of life, and a
  station that follows takes it over, whichever way its own clock was wrong.

  @B01.FR.06
  Scenario Outline: Told another time, it uses that one from then on
    Given the station is set to take the time from signs of life
    And the CSMS will answer BootNotification once with
      | currentTime | <told> |
    When the operator reboots the station
    Then the station sends BootNotification as "boot"
    And the station reports a connector as "status" with
      | timestamp | within 30 min of the currentTime of the answer to "boot" |

    Examples:
      | told                      |
      | 2031-05-06T07:08:09Z      |
      | 2021-05-06T07:08:09.123Z  |
      | 2032-02-29T23:00:00+02:00 |
      | 2026-10-25T01:30:00Z      |
      | 2027-03-28T00:59:59Z      |

  @B01.FR.05
  Scenario: Told a second that hardly any clock has, it goes on all the same
    Given the CSMS will answer BootNotification once with
      | currentTime | 2016-12-31T23:59:60Z |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | connectorStatus | Available |
    And the station sends no BootNotification for 1 s

  @G02.FR.06 @needs:ClockFromHeartbeat
  Scenario Outline: Told another time with a sign of life alone, it uses that one from then on
    Given the station is set to take the time from signs of life
    And the CSMS will answer Heartbeat with
      | currentTime | <told> |
    And the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat as "beat"
    When 500 ms passes
    And the driver plugs in
    Then the station reports a connector with
      | timestamp | within 30 min of the currentTime of the answer to "beat" |

    Examples:
      | told                      |
      | 2031-05-06T07:08:09Z      |
      | 2021-05-06T07:08:09.123Z  |

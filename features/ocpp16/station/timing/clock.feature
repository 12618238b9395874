@sut-station @v1.6
Feature: A charge point's clock follows the Central System
  Bills rest on timestamps. The Central System tells the time with every sign of life; a charge point that follows takes
  it over, whichever way its own clock was wrong. That is recommended, not demanded: it is asked of those that say so.

  @OCPP1.6:4.6 @needs:ClockFromHeartbeat
  Scenario Outline: Told another time with a sign of life alone, it uses that one from then on
    Given the CSMS will answer Heartbeat with
      | currentTime | <told> |
    And the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat as "beat"
    When 500 ms passes
    And the driver plugs in
    And the driver presents the valid idTag
    Then the station sends StartTransaction with
      | timestamp | within 30 min of the currentTime of the answer to "beat" |

    Examples:
      | told                     |
      | 2031-05-06T07:08:09Z     |
      | 2021-05-06T07:08:09.123Z |

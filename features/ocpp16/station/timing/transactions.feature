@sut-station @v1.6
Feature: The time-outs around a transaction
  A driver who walks away, a Central System that cannot take a message in, a state that lasts a moment: each has a clock
  of its own, which the Central System sets.

  @OCPP1.6:9.1.6
  Scenario: No cable comes, and what was authorised is given up in time
    Given the station is set to wait 2 s for the cable
    When the driver presents the valid idTag
    Then the station sends StatusNotification as "preparing" within 5 s with
      | status | Preparing |
    And the station sends StatusNotification as "given up" within 5 s with
      | status | Available |
    And "given up" comes at least 2 s after "preparing"
    And "given up" comes at most 2 s after "preparing"

  @OCPP1.6:3.7.1
  Scenario: What was not taken in is sent again after pauses that grow
    Given the station is set to repeat transaction messages after 1 s
    And the CSMS will answer StartTransaction with CALLERROR InternalError
    When the driver plugs in
    And the driver presents the valid idTag
    Then the station sends StartTransaction 3 times as "tries" within 15 s
    And the gaps of "tries" grow by 1 s from 1 s on

  @OCPP1.6:4.9 @OCPP1.6:9.1.20 @needs:MinimumStatusDuration
  Scenario: A state that lasts a moment is not worth a message
    Given the station is set to report no state that lasts less than 2 s
    When the driver plugs in
    And the driver unplugs
    Then the station sends no StatusNotification for 3 s
    When the driver plugs in
    Then the station sends StatusNotification as "preparing" within 3 s with
      | status | Preparing |

  @OCPP1.6:4.7 @OCPP1.6:9.1.5 @long
  Scenario: Over an hour its readings fall on every quarter
    Given the station is charging
    When 7 min passes
    And the station is set to meter by the clock every quarter of an hour
    Then the station sends MeterValues 4 times as "readings" within 1.3 h with
      | connectorId | 1 |
    And the gaps of "readings" fall on every 15 min of the clock

  @OCPP1.6:3.7 @OCPP1.6:4.10 @OCPP-J1.6:4.1.1 @needs:OfflineAuthorization
  Scenario: Back after an outage, it tells what has happened in order, each when the last was answered
    Given the station is ready to charge offline
    And the CSMS will answer StartTransaction after 1 s
    When the CSMS goes offline
    And the driver plugs in
    And the driver presents the valid idTag
    And 1 s passes
    And the driver presents the valid idTag
    And the CSMS goes online
    Then the station reconnects
    And the station sends StartTransaction as "start"
    And the station sends StopTransaction as "stop"
    And "start" and "stop" come in this order
    And "stop" comes at least 1 s after "start"

@sut-station @v1.6
Feature: How a charge point notices that nobody is there
  A connection that carries nothing has to be tried now and then, or nobody notices that it is dead.

  @OCPP-J1.6:5.3 @needs:WebSocketPingInterval
  Scenario: It pings as often as it was told to
    Given the station is set to ping every 2 s
    Then the station pings 3 times as "pings" within 10 s
    And the gaps of "pings" are 2 s

  @OCPP-J1.6:5.3
  Scenario: It answers a ping at once
    When the CSMS pings
    Then the station answers the ping

  @OCPP-J1.6:5.3 @needs:WebSocketPingInterval @long
  Scenario: No pong comes any more, and it takes a new connection
    Given the station is set to ping every second
    When the CSMS answers no pings
    Then the station reconnects within 90 s

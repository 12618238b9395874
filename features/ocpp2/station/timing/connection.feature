@sut-station @v2.0.1
Feature: When a station comes back, and how it notices that nobody is there
  After an outage every station of a network comes back. With pauses that grow, and that differ from station to
  station, they do so without trampling the CSMS down. And a connection that carries nothing has to be tried now and
  then, or nobody notices that it is dead.

  @TC_B_57_CS @OCPP-J2.0.1:5.4
  Scenario: Hung up on, it comes back after a pause; turned away, after twice as long
    Given the station is set to double its pauses from 1 s on
    When the CSMS closes the connection
    Then the station reconnects after at least 1 s
    When the CSMS goes offline
    Then the station tries to connect 2 times as "knocks" within 20 s
    And the gaps of "knocks" are at least 2 s
    When the CSMS goes online
    Then the station reconnects

  @OCPP-J2.0.1:5.4
  Scenario: Nobody answers, and its pauses double
    Given the station is set to double its pauses from 1 s on
    When the CSMS goes offline
    Then the station tries to connect 3 times as "knocks" within 20 s
    And the gaps of "knocks" grow by a factor of 2 from 2 s on
    When the CSMS goes online
    Then the station reconnects

  @OCPP-J2.0.1:5.4
  Scenario: Let in again, it begins with the shortest pause the next time
    Given the station is set to double its pauses from 1 s on
    When the CSMS goes offline
    Then the station tries to connect 1 times as "knock" within 20 s
    When the CSMS goes online
    Then the station reconnects
    When the CSMS closes the connection
    Then the station reconnects after at least 1 s within 2 s

  @OCPP-J2.0.1:5.4 @long
  Scenario: Its pauses double as often as it was told to, and no more
    Given the station is set to double its pauses once
    When the CSMS goes offline
    Then the station tries to connect 5 times as "knocks" within 30 s
    And the gaps of "knocks" are 2 s
    When the CSMS goes online
    Then the station reconnects

  @OCPP-J2.0.1:5.4
  Scenario: Its pauses differ at random within the range it was given
    Given the station is set to vary its pauses by up to 4 s
    When the CSMS goes offline
    Then the station tries to connect 7 times as "knocks" within 45 s
    And the gaps of "knocks" differ at random by up to 4 s
    When the CSMS goes online
    Then the station reconnects

  @OCPP-J2.0.1:5.4
  Scenario: Its pauses stay within the range it was given
    Given the station is set to vary its pauses by up to 2 s
    When the CSMS goes offline
    Then the station tries to connect 3 times as "knocks" within 20 s
    And the gaps of "knocks" are between 1 s and 3 s
    When the CSMS goes online
    Then the station reconnects

  @OCPP-J2.0.1:5.3
  Scenario: It pings as often as it was told to
    Given the station is set to ping every 2 s
    Then the station pings 3 times as "pings" within 10 s
    And the gaps of "pings" are 2 s

  @OCPP-J2.0.1:5.3
  Scenario: It answers a ping at once
    When the CSMS pings
    Then the station answers the ping

  @OCPP-J2.0.1:5.3 @long
  Scenario: No pong comes any more, and it takes a new connection
    Given the station is set to ping every second
    When the CSMS answers no pings
    Then the station reconnects within 90 s

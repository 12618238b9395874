@sut-csms @v2.0.1
Feature: A CSMS that knows whom it lets in, and keeps the line open
  What a CSMS in the field gets wrong at the door: it agrees on a version it does not speak, lets strangers in, and
  hangs up on a station that is merely quiet.

  @OCPP-J2.0.1:3.2
  Scenario: With no version in common it names none, and hangs up
    When the station connects with
      | subprotocols | ocpp0.1 |
    Then the CSMS turns the connection away
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

  @A00.FR.207 @A00.FR.324 @profile:1 @profile:2
  Scenario: A station with a wrong password is turned away at the door
    When the station connects with
      | password | not the password 16 |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

  @A00.FR.207 @A00.FR.324 @OCPP-J2.0.1:3.1.1 @profile:1 @profile:2
  Scenario: A station is let in under its own name alone
    When the station connects with
      | user | somebody-else |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

  @B04.FR.01 @B01.FR.02
  Scenario: A station that comes back without booting again is served
    Given the station is booted
    When the station drops the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp2.0.1
    When the station sends StatusNotification as "status"
    Then the CSMS answers "status"

  @OCPP-J2.0.1:5.3 @long
  Scenario: A station that is quiet for as long as it was told to be is not cut off
    Given the station is allowed to be quiet for five minutes
    Then the CSMS keeps the connection for 5 min
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

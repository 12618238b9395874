@sut-csms @v1.6
Feature: A Central System that knows whom it lets in, and keeps the line open
  What a Central System in the field gets wrong at the door: it agrees on a version it does not speak, and hangs up
  on a charge point that is merely quiet.

  @OCPP-J1.6:3.2
  Scenario: With no version in common it names none, and hangs up
    When the station connects with
      | subprotocols | ocpp0.1 |
    Then the CSMS turns the connection away
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

  @OCPP1.6:4.2 @OCPP1.6:4.9
  Scenario: A charge point that comes back without booting again is served
    Given the station is booted
    When the station drops the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp1.6
    When the station sends StatusNotification as "status"
    Then the CSMS answers "status"

  @OCPP1.6:4.6 @long
  Scenario: A charge point that is quiet for as long as it was told to be is not cut off
    Given the station is allowed to be quiet for five minutes
    Then the CSMS keeps the connection for 5 min
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

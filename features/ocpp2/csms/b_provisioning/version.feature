@sut-csms @v2.0.1
Feature: A CSMS that agrees on a version with the station
  Both sides must know which OCPP they speak before the first message; a station offers what it can, in its
  order of preference, and the CSMS names the one it takes.

  @TC_B_58_CSMS @OCPP-J2.0.1:3.1.2 @OCPP-J2.0.1:3.2
  Scenario: It picks the version it speaks and leaves aside the one it does not
    When the station connects with
      | subprotocols | ocpp0.1, ocpp2.0.1 |
    Then the CSMS accepts the connection with ocpp2.0.1
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot"

  @OCPP-J2.0.1:3.2
  Scenario: A station it had nothing in common with may come back with a better offer
    Given the station connects with
      | subprotocols | ocpp0.1 |
    When the station connects with
      | subprotocols | ocpp0.1, ocpp2.0.1 |
    Then the CSMS accepts the connection with ocpp2.0.1

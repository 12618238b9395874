@sut-csms @v2.0.1
Feature: A CSMS that agrees on a version with the station
  Both sides must know which OCPP they speak before the first message; a station offers what it can, in its
  order of preference, and the CSMS names the one it takes.

  @TC_B_58_CSMS @OCPP-J2.0.1:3.1.2 @OCPP-J2.0.1:3.2
  Scenario: It takes no version it does not speak, and finds among offers the one it does
    When the station connects with
      | subprotocols | ocpp0.1 |
    Then the CSMS turns the connection away
    When the station connects with
      | subprotocols | ocpp0.1, ocpp2.0.1 |
    Then the CSMS accepts the connection with ocpp2.0.1
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot"

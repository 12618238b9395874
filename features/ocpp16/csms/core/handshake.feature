@sut-csms @v1.6
Feature: A Central System that agrees on a version
  The charge point offers the versions it speaks; the Central System picks one that both speak, and says which.

  @TC_088_CSMS @OCPP-J1.6:3.2
  Scenario: It takes no version it does not speak, and finds among offers the one it does
    When the station connects with
      | subprotocols | ocpp0.1 |
    Then the CSMS turns the connection away
    When the station connects with
      | subprotocols | ocpp0.1, ocpp1.6 |
    Then the CSMS accepts the connection with ocpp1.6
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | status | Accepted |

  @OCPP-J1.6:3.2 @OCPP-J1.6:3.1.2
  Scenario: Offered its version alone, it names it
    When the station connects with
      | subprotocols | ocpp1.6 |
    Then the CSMS accepts the connection with ocpp1.6

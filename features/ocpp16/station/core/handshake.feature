@sut-station @v1.6
Feature: A charge point that knows which version was agreed
  The charge point offers the versions it speaks. An answer that names another one agrees to nothing.

  @OCPP-J1.6:3.2
  Scenario: A version that it never offered it does not take, and it comes back
    When the CSMS offers
      | subprotocol | ocpp0.1 |
    And the CSMS drops the connection
    Then the station tries to connect 2 times as "attempts" within 60 s
    When the CSMS offers
      | subprotocol | ocpp1.6 |
    Then the station reconnects

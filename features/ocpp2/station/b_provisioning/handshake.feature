@sut-station @v2.0.1
Feature: A station that knows which version was agreed
  The station offers the versions it speaks. An answer that names another one agrees to nothing.

  @OCPP-J2.0.1:3.2
  Scenario: A version that it never offered it does not take, and it comes back
    When the CSMS offers
      | subprotocol | ocpp0.1 |
    And the CSMS drops the connection
    Then the station tries to connect 2 times as "attempts" within 60 s
    When the CSMS offers
      | subprotocol | ocpp2.0.1 |
    Then the station reconnects

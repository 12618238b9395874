@sut-csms @v2.0.1 @sockets @profile:3
Feature: A CSMS that knows its stations by their certificates

  @TC_A_07_CSMS @A00.FR.409 @A00.FR.410 @A00.FR.415
  Scenario: A station with its own certificate is let in
    When the station connects with
      | certificate | the station certificate |
    Then the CSMS accepts the TLS handshake
    And the CSMS accepts the connection with ocpp2.0.1
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | status | Accepted |

  @TC_A_08_CSMS @A00.FR.405 @A00.FR.407 @A00.FR.409 @A00.FR.705
  Scenario Outline: A station whose certificate is <fault> is kept out
    When the station connects with
      | certificate | the <fault> station certificate |
    Then the CSMS refuses the TLS handshake
    When the station connects
    Then the CSMS accepts the TLS handshake

    Examples:
      | fault            |
      | expired          |
      | not yet valid    |
      | unknown CA       |
      | self-signed      |
      | wrong usage      |
      | no CA flag       |
      | chain incomplete |
      | chain too long   |
      | weak RSA         |
      | weak EC          |
      | SHA-1            |
      | revoked          |

  @A00.FR.405
  Scenario: A station without a certificate is kept out
    When the station connects with
      | certificate | none |
    Then the CSMS refuses the TLS handshake with alert certificate_required or handshake_failure
    When the station connects
    Then the CSMS accepts the TLS handshake

  @TC_A_08_CSMS @A00.FR.405 @A00.FR.407
  Scenario Outline: With a certificate for <whom> a station is turned away
    When the station connects with
      | certificate | the <twin> station certificate |
    Then the CSMS turns the connection away
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

    Examples:
      | whom                 | twin       |
      | another station      | other      |
      | somebody else        | wrong name |
      | everybody (wildcard) | wildcard   |

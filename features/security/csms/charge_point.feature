@sut-csms @v1.6 @sockets @needs:Security
Feature: A Central System that is known by its certificate, and knows charge points by theirs
  The same rules for OCPP 1.6, where they stand in the security whitepaper.

  @TC_086_CSMS @OCPP1.6-security:A00.FR.306 @profile:2
  Scenario: It presents a certificate for its own name
    When the station connects
    Then the CSMS accepts the TLS handshake
    And the CSMS accepts the connection with ocpp1.6
    And the TLS session has
      | version       | any of TLSv1.2, TLSv1.3 |
      | peer.strength | at least 112            |

  @TC_086_CSMS @OCPP1.6-security:A00.FR.313 @profile:2
  Scenario: It does not speak TLS 1.1
    When the station connects with
      | tls versions | TLSv1.1 |
    Then the CSMS refuses the TLS handshake with alert protocol_version or handshake_failure
    When the station connects
    Then the CSMS accepts the TLS handshake

  @TC_086_CSMS @OCPP1.6-security:A00.FR.320 @profile:2
  Scenario: It compresses nothing inside TLS, though a charge point would
    When the station connects with
      | tls compression | DEFLATE, null |
    Then the TLS session has
      | compression | null |
    When the station connects
    Then the CSMS accepts the TLS handshake

  @TC_087_CSMS @OCPP1.6-security:A00.FR.409 @profile:3
  Scenario: A charge point with its own certificate is let in
    When the station connects with
      | certificate | the station certificate |
    Then the CSMS accepts the TLS handshake
    And the CSMS accepts the connection with ocpp1.6

  @TC_087_CSMS @OCPP1.6-security:A00.FR.405 @profile:3
  Scenario Outline: A charge point whose certificate is <fault> is kept out
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
      | chain incomplete |
      | chain too long   |
      | weak RSA         |
      | weak EC          |
      | SHA-1            |
      | revoked          |

  @TC_087_CSMS @OCPP1.6-security:A00.FR.407 @profile:3
  Scenario: With another charge point's certificate it is turned away
    When the station connects with
      | certificate | the other station certificate |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

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

  @TC_086_CSMS @OCPP1.6-security:A00.FR.317 @profile:2
  Scenario Outline: It speaks <suite>
    When the station connects with
      | suites | <suite> |
    Then the CSMS accepts the TLS handshake

    Examples:
      | suite                         |
      | ECDHE-ECDSA-AES128-GCM-SHA256 |
      | ECDHE-ECDSA-AES256-GCM-SHA384 |
      | AES128-GCM-SHA256             |
      | AES256-GCM-SHA384             |

  @TC_086_CSMS @OCPP1.6-security:A00.FR.313 @OCPP1.6-security:A00.FR.314 @profile:2
  Scenario Outline: It does not speak <version>
    When the station connects with
      | tls versions | <version> |
    Then the CSMS refuses the TLS handshake with alert protocol_version or handshake_failure
    When the station connects
    Then the CSMS accepts the TLS handshake

    Examples:
      | version |
      | SSLv3   |
      | TLSv1   |
      | TLSv1.1 |

  @OCPP1.6-security:A00.FR.319 @OCPP1.6-security:A00.FR.321 @profile:2
  Scenario Outline: It does not speak <suite>
    When the station connects with
      | suites | <suite> |
    Then the CSMS refuses the TLS handshake
    When the station connects
    Then the CSMS accepts the TLS handshake

    Examples:
      | suite       |
      | NULL-SHA256 |
      | RC4-MD5     |
      | RC4-SHA     |
      | DES-CBC-SHA |
      | EXP-RC4-MD5 |

  @OCPP1.6-security:A00.FR.320 @profile:2
  Scenario: A charge point that takes nothing but compression is refused
    When the station connects with
      | tls compression | DEFLATE |
    Then the CSMS refuses the TLS handshake
    When the station connects
    Then the CSMS accepts the TLS handshake

  @OCPP1.6-security:A00.FR.316 @profile:2
  Scenario: Nobody renegotiates with it who does not prove who began
    When the station connects with
      | renegotiation | unproven |
    Then the CSMS refuses the TLS handshake
    When the station connects
    Then the CSMS accepts the TLS handshake

  @OCPP1.6-security:A00.FR.305 @profile:2
  Scenario: Its TLS port does not serve who speaks no TLS
    When the station connects with
      | scheme | ws |
    Then the CSMS turns the connection away
    When the station connects
    Then the CSMS accepts the TLS handshake

  @TC_085_CSMS @OCPP1.6-security:A00.FR.324 @profile:2
  Scenario: Without credentials, under another name or with a wrong password it is turned away, with its own let in
    When the station connects with
      | authorization | none |
    Then the CSMS refuses the connection
    When the station connects with
      | user | somebody-else |
    Then the CSMS refuses the connection
    When the station connects with
      | password | not the password 16 |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

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
      | no CA flag       |
      | chain incomplete |
      | chain too long   |
      | weak RSA         |
      | weak EC          |
      | SHA-1            |
      | revoked          |

  @OCPP1.6-security:A00.FR.405 @profile:3
  Scenario: A charge point without a certificate is kept out
    When the station connects with
      | certificate | none |
    Then the CSMS refuses the TLS handshake with alert certificate_required or handshake_failure
    When the station connects
    Then the CSMS accepts the TLS handshake

  @TC_087_CSMS @OCPP1.6-security:A00.FR.405 @OCPP1.6-security:A00.FR.407 @profile:3
  Scenario Outline: With a certificate for <whom> a charge point is turned away
    When the station connects with
      | certificate | the <twin> station certificate |
    Then the CSMS turns the connection away
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

    Examples:
      | whom                 | twin       |
      | another charge point | other      |
      | somebody else        | wrong name |
      | everybody (wildcard) | wildcard   |

@sut-csms @v2.0.1 @sockets @profile:2
Feature: A CSMS that a station can recognise
  The certificate names the host that the station dials, and nothing older than TLS 1.2 is spoken.

  @TC_A_04_CSMS @A00.FR.306 @A00.FR.307 @A00.FR.312
  Scenario: It presents a certificate for its own name
    When the station connects
    Then the CSMS accepts the TLS handshake
    And the CSMS accepts the connection with ocpp2.0.1
    And the TLS session has
      | version       | any of TLSv1.2, TLSv1.3 |
      | peer.strength | at least 112            |
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | status | Accepted |

  @TC_A_04_CSMS @A00.FR.318
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

  @TC_A_06_CSMS @A00.FR.314 @A00.FR.315
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

  @A00.FR.320 @A00.FR.322
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

  @A00.FR.321
  Scenario: It compresses nothing inside TLS, though a station would
    When the station connects with
      | tls compression | DEFLATE, null |
    Then the TLS session has
      | compression | null |
    When the station connects
    Then the CSMS accepts the TLS handshake

  @A00.FR.317 @A00.FR.321 @A00.FR.322
  Scenario: A station that takes nothing but compression is refused
    When the station connects with
      | tls compression | DEFLATE |
    Then the CSMS refuses the TLS handshake
    When the station connects
    Then the CSMS accepts the TLS handshake

  @A00.FR.317
  Scenario: Nobody renegotiates with it who does not prove who began
    When the station connects with
      | renegotiation | unproven |
    Then the CSMS refuses the TLS handshake
    When the station connects
    Then the CSMS accepts the TLS handshake

  @A00.FR.306
  Scenario: Its TLS port does not serve who speaks no TLS
    When the station connects with
      | scheme | ws |
    Then the CSMS turns the connection away
    When the station connects
    Then the CSMS accepts the TLS handshake

  @TC_A_01_CSMS @A00.FR.204 @A00.FR.324
  Scenario: With its name and password a station is let in
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

  @TC_A_02_CSMS @A00.FR.204 @A00.FR.324
  Scenario: Under another name it is turned away
    When the station connects with
      | user | somebody-else |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

  @TC_A_03_CSMS @A00.FR.204 @A00.FR.324
  Scenario: Without credentials, or with a wrong password, it is turned away
    When the station connects with
      | authorization | none |
    Then the CSMS refuses the connection
    When the station connects with
      | password | not the password 16 |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

@sut-station @v2.0.1 @sockets @profile:2 @profile:3
Feature: A station that checks whom it talks to
  The password of a station is worth money. It goes to nobody but the CSMS, and the certificate says who that is.

  @TC_A_04_CS @A00.FR.309 @A00.FR.312 @A00.FR.313 @A00.FR.319 @A00.FR.422
  Scenario: With a good certificate it connects, boots and says what it is
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | version       | any of TLSv1.2, TLSv1.3 |
      | offeredSuites | like (?=.*ECDHE-ECDSA-AES128-GCM-SHA256)(?=.*ECDHE-ECDSA-AES256-GCM-SHA384).*\|(?=(.* )?AES128-GCM-SHA256( \|$))(?=(.* )?AES256-GCM-SHA384( \|$)).* |

  @TC_A_05_CS @A00.FR.309 @A00.FR.310 @A00.FR.311 @A00.FR.412 @A00.FR.413
  Scenario Outline: To a CSMS with a <fault> certificate it says nothing, and it reports it later
    Given the CSMS presents the <fault> CSMS certificate
    When the CSMS drops the connection
    Then the station sends nothing inside TLS
    And the station refuses the TLS handshake
    When the CSMS presents the CSMS certificate
    Then the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | InvalidCsmsCertificate |

    Examples:
      | fault            |
      | expired          |
      | not yet valid    |
      | unknown CA       |
      | self-signed      |
      | wrong name       |
      | wrong usage      |
      | no CA flag       |
      | chain incomplete |
      | chain too long   |
      | weak RSA         |
      | SHA-1            |

  @TC_A_05_CS @A00.FR.309 @A00.FR.310 @A00.FR.311 @A00.FR.412 @A00.FR.413
  Scenario: To a CSMS with a wildcard certificate it says nothing where it allows none, and it reports it later
    Given the station is set to take no wildcard certificates
    And the CSMS presents the wildcard CSMS certificate
    When the CSMS drops the connection
    Then the station sends nothing inside TLS
    And the station refuses the TLS handshake
    When the CSMS presents the CSMS certificate
    Then the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | InvalidCsmsCertificate |

  @TC_A_06_CS @A00.FR.314 @A00.FR.416
  Scenario Outline: With a CSMS that speaks only <version> it does not speak
    Given the CSMS offers
      | tls versions | <version> |
    When the CSMS drops the connection
    Then the station sends nothing inside TLS
    And the station refuses the TLS handshake with alert protocol_version
    When the CSMS offers
      | tls versions | TLSv1.2, TLSv1.3 |
    Then the station accepts the TLS handshake

    Examples:
      | version |
      | TLSv1.1 |
      | TLSv1   |

  @A00.FR.320 @A00.FR.423
  Scenario Outline: With a CSMS that speaks only <suite> it does not speak
    Given the CSMS offers
      | suites | <suite> |
    When the CSMS drops the connection
    Then the station sends nothing inside TLS
    And the station refuses the TLS handshake
    When the CSMS offers
      | tls versions | TLSv1.2, TLSv1.3                                           |
      | suites       | ECDHE-ECDSA-AES128-GCM-SHA256, ECDHE-RSA-AES128-GCM-SHA256 |
    Then the station accepts the TLS handshake

    Examples:
      | suite                |
      | NULL-SHA256          |
      | ECDHE-ECDSA-NULL-SHA |

  @A00.FR.317 @A00.FR.321
  Scenario: With a CSMS that wants to compress inside TLS it does not speak
    Given the CSMS offers
      | tls compression | DEFLATE |
    When the CSMS drops the connection
    Then the station refuses the TLS handshake
    When the CSMS offers
      | tls compression | null |
    Then the station accepts the TLS handshake

  @A00.FR.317 @A00.FR.420
  Scenario: Asked for another handshake inside the first, it proves who began, or does not do it
    Given the CSMS offers
      | renegotiation | asked for |
    When the CSMS drops the connection
    Then the TLS session has
      | renegotiation | any of ignored, refused, proven |
    When the CSMS offers
      | renegotiation | none |
    Then the station accepts the TLS handshake

  @A00.FR.316 @A00.FR.419
  Scenario: That the CSMS speaks only TLS 1.1 it reports later
    Given the CSMS offers
      | tls versions | TLSv1.1 |
    When the CSMS drops the connection
    Then the station refuses the TLS handshake with alert protocol_version
    When the CSMS offers
      | tls versions | TLSv1.2, TLSv1.3 |
    Then the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | InvalidTLSVersion |

  @needs:RevocationCheck @A00.FR.308 @A00.FR.310 @A00.FR.311
  Scenario: To a CSMS whose certificate is revoked it says nothing, where it looks that up
    Given the CSMS presents the revoked CSMS certificate
    When the CSMS drops the connection
    Then the station sends nothing inside TLS
    And the station refuses the TLS handshake
    When the CSMS presents the CSMS certificate
    Then the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | InvalidCsmsCertificate |

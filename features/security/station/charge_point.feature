@sut-station @v1.6 @sockets @needs:Security
Feature: A charge point that checks whom it talks to, and is known by its certificate
  The same rules for OCPP 1.6, where they stand in the security whitepaper.

  @TC_086_CS @OCPP1.6-security:A00.FR.312 @OCPP1.6-security:A00.FR.318 @profile:2
  Scenario: With a good certificate it connects
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | version       | any of TLSv1.2, TLSv1.3 |
      | offeredSuites | like (?=.*ECDHE-ECDSA-AES128-GCM-SHA256)(?=.*ECDHE-ECDSA-AES256-GCM-SHA384).*\|(?=(.* )?AES128-GCM-SHA256( \|$))(?=(.* )?AES256-GCM-SHA384( \|$)).* |

  @TC_078_CS @OCPP1.6-security:A00.FR.308 @OCPP1.6-security:A00.FR.309 @profile:2 @profile:3
  Scenario Outline: To a Central System with a <fault> certificate it says nothing, and it reports it later
    Given the CSMS presents the <fault> CSMS certificate
    When the CSMS drops the connection
    Then the station sends nothing inside TLS
    And the station refuses the TLS handshake
    When the CSMS presents the CSMS certificate
    Then the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | InvalidCentralSystemCertificate |

    Examples:
      | fault            |
      | expired          |
      | not yet valid    |
      | unknown CA       |
      | self-signed      |
      | wrong name       |
      | chain incomplete |
      | weak RSA         |
      | no CA flag       |
      | chain too long   |
      | SHA-1            |

  @OCPP1.6-security:A00.FR.312 @OCPP1.6-security:A00.FR.315 @profile:2 @profile:3
  Scenario: With a Central System that speaks only TLS 1.1 it does not speak, and it reports it later
    Given the CSMS offers
      | tls versions | TLSv1.1 |
    When the CSMS drops the connection
    Then the station sends nothing inside TLS
    And the station refuses the TLS handshake with alert protocol_version
    When the CSMS offers
      | tls versions | TLSv1.2, TLSv1.3 |
    Then the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | InvalidTLSVersion |

  @TC_086_CS @OCPP1.6-security:A00.FR.319 @profile:2 @profile:3
  Scenario Outline: With a Central System that speaks only <suite> it does not speak
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

  @TC_087_CS @OCPP1.6-security:A00.FR.401 @OCPP1.6-security:A00.FR.422 @profile:3
  Scenario: It shows a certificate with its serial number
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | version         | any of TLSv1.2, TLSv1.3 |
      | offeredSuites   | like (?=.*ECDHE-ECDSA-AES128-GCM-SHA256)(?=.*ECDHE-ECDSA-AES256-GCM-SHA384).*\|(?=(.* )?AES128-GCM-SHA256( \|$))(?=(.* )?AES256-GCM-SHA384( \|$)).* |
      | peer.commonName | the serial              |
      | peer.strength   | at least 112            |

  @TC_083_CS @last @OCPP1.6-security:A05.FR.05 @profile:2
  Scenario: With a certificate of its own it goes over to security profile 3
    Given the station is equipped with a certificate of its own
    When the CSMS sends GetConfiguration as "before" with
      | key[0] | SecurityProfile |
    Then the station answers "before" with
      | configurationKey[0].value | 2 |
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile |
      | value | 3               |
    And the CSMS offers
      | client certificate | required |
    And the CSMS goes by no password
    Then the station answers "set" with
      | status | any of Accepted, RebootRequired |
    And the station accepts the TLS handshake
    And the TLS session has
      | peer.commonName | the serial |

  @TC_086_CS @OCPP1.6-security:A00.FR.316 @OCPP1.6-security:A00.FR.320 @profile:2
  Scenario: With a Central System that wants to compress inside TLS it does not speak
    Given the CSMS offers
      | tls compression | DEFLATE |
    When the CSMS drops the connection
    Then the station refuses the TLS handshake
    When the CSMS offers
      | tls compression | null |
    Then the station accepts the TLS handshake

  @OCPP1.6-security:A00.FR.316 @profile:2 @profile:3
  Scenario: Asked for another handshake inside the first, it proves who began, or does not do it
    Given the CSMS offers
      | renegotiation | asked for |
    When the CSMS drops the connection
    Then the TLS session has
      | renegotiation | any of ignored, refused, proven |
    When the CSMS offers
      | renegotiation | none |
    Then the station accepts the TLS handshake

  @needs:RevocationCheck @OCPP1.6-security:A00.FR.307 @OCPP1.6-security:A00.FR.309 @profile:2 @profile:3
  Scenario: To a Central System whose certificate is revoked it says nothing, where it looks that up
    Given the CSMS presents the revoked CSMS certificate
    When the CSMS drops the connection
    Then the station sends nothing inside TLS
    And the station refuses the TLS handshake
    When the CSMS presents the CSMS certificate
    Then the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | InvalidCentralSystemCertificate |

  @TC_074_CS @OCPP1.6-security:A02.FR.08 @OCPP1.6-security:A02.FR.10 @profile:3
  Scenario: The new certificate is the one that it shows from then on
    When the CSMS sends ExtendedTriggerMessage with
      | requestedMessage | SignChargePointCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate for "request" |
    Then the station answers "signed" with
      | status | Accepted |
    And the station accepts the TLS handshake
    And the TLS session has
      | peer.publicKey | the public key of "request" |
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | peer.publicKey | the public key of "request" |

  @OCPP1.6-security:A02.FR.10 @OCPP1.6-security:A02.FR.28 @profile:3 @needs:CertificateFallback
  Scenario: With a new certificate that opens no door it comes back by the old one, and forgets the new one
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    When the CSMS sends ExtendedTriggerMessage with
      | requestedMessage | SignChargePointCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS offers
      | client certificate | the one in use |
    And the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate for "request" |
    Then the station answers "signed" with
      | status | Accepted |
    And the station accepts the TLS handshake
    When the CSMS offers
      | client certificate | required |
    And the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | peer.publicKey | the public key in use |

  @OCPP1.6-security:A02.FR.29 @profile:3 @needs:CertificateFallback @needs:DiscardedCertificateEvent
  Scenario: It reports that it has given up its new certificate
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    When the CSMS sends ExtendedTriggerMessage with
      | requestedMessage | SignChargePointCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS offers
      | client certificate | the one in use |
    And the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate for "request" |
    Then the station answers "signed" with
      | status | Accepted |
    And the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | DiscardedRenewedClientCertificate |

  @OCPP1.6-security:A05.FR.07 @OCPP1.6-security:A05.FR.08 @profile:2 @needs:ProfileFallback
  Scenario: Where security profile 3 opens no door it comes back by profile 2
    Given the station is equipped with a certificate of its own
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile |
      | value | 3               |
    Then the station answers "set" with
      | status | any of Accepted, RebootRequired |
    And the station tries to connect 1 times as "higher"
    And the station reconnects
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | SecurityProfile |
    Then the station answers "get" with
      | configurationKey[0].value | 2 |

  @OCPP1.6-security:A05.FR.06 @OCPP1.6-security:A05.FR.07 @OCPP1.6-security:A05.FR.10 @profile:3 @needs:SecurityDowngrade
  Scenario: Where that is allowed it goes back to security profile 2, and up again
    Given the station is allowed to go back in security
    And the CSMS sends ChangeConfiguration with
      | key   | AuthorizationKey                 |
      | value | 61206e65772070617373776f72642031 |
    When the CSMS offers
      | client certificate | none |
    And the CSMS goes by the password "a new password 1"
    And the CSMS sends ChangeConfiguration as "lower" with
      | key   | SecurityProfile |
      | value | 2               |
    Then the station answers "lower" with
      | status | Accepted |
    And the station reconnects
    When the CSMS goes by no password
    And the CSMS offers
      | client certificate | required |
    And the CSMS sends ChangeConfiguration as "higher" with
      | key   | SecurityProfile |
      | value | 3               |
    Then the station answers "higher" with
      | status | Accepted |
    And the station accepts the TLS handshake

  @TC_083_CS @last @OCPP1.6-security:A05.FR.05 @OCPP1.6-security:A05.FR.06 @OCPP1.6-security:A05.FR.07 @profile:1
  Scenario: With the root of its Central System it goes over from plain WebSockets to TLS
    When the CSMS offers
      | scheme | wss |
    And the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile |
      | value | 2               |
    Then the station answers "set" with
      | status | any of Accepted, RebootRequired |
    And the station accepts the TLS handshake
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | SecurityProfile |
    Then the station answers "get" with
      | configurationKey[0].value | 2 |

  @TC_075_2_CS @OCPP1.6-security:M05.FR.09 @OCPP1.6-security:M05.FR.11 @OCPP1.6-security:M05.FR.12 @profile:2 @profile:3 @needs:AdditionalRootCertificateCheck
  Scenario: A connection by the new root stands, and the old root is gone
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CentralSystemRootCertificate         |
      | certificate     | the certificate of the new CSMS root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS presents the new root CSMS certificate
    And the CSMS drops the connection
    Then the station accepts the TLS handshake
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType | CentralSystemRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And no certificateHashData of "listed" has
      | serialNumber | the serialNumber of the CSMS root |
    When the CSMS sends InstallCertificate as "back" with
      | certificateType | CentralSystemRootCertificate               |
      | certificate     | the certificate of the returning CSMS root |
    Then the station answers "back" with
      | status | Accepted |
    When the CSMS presents the CSMS certificate
    And the CSMS drops the connection
    Then the station accepts the TLS handshake

  @OCPP1.6-security:M05.FR.11 @OCPP1.6-security:M05.FR.13 @profile:2 @profile:3 @needs:AdditionalRootCertificateCheck
  Scenario: Where the Central System still has its old certificate, the old root is good enough, and stays
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CentralSystemRootCertificate         |
      | certificate     | the certificate of the new CSMS root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType | CentralSystemRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashData of "listed" has
      | serialNumber | the serialNumber of the CSMS root |

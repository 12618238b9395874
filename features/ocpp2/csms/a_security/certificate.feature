@sut-csms @v2.0.1
Feature: A CSMS that has stations' certificates made
  It starts a renewal, has the request signed and hands over the chain. What a station must not have, a certificate in
  another's name or for a weak key, it does not get: whether it is told at once, or the authority says no later.

  @TC_A_11_CSMS @A02.FR.11 @F06.FR.01 @needs:Advanced_Security
  Scenario: It starts the renewal and hands over a chain for the station's own key
    Given the station is booted
    And the station will answer TriggerMessage with
      | status | Accepted |
    When the operator requests TriggerMessage with
      | requestedMessage | SignChargingStationCertificate |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | SignChargingStationCertificate |
    When the station sends SignCertificate as "request" with
      | csr             | the signing request of the station certificate |
      | certificateType | ChargingStationCertificate                     |
    Then the CSMS answers "request" with
      | status | Accepted |
    And the CSMS sends CertificateSigned as "signed"
    And the certificate chain of "signed" has
      | commonName | the serial                                |
      | publicKey  | the public key of the station certificate |
      | strength   | at least 112                              |

  @TC_A_12_CSMS @A02.FR.11 @A02.FR.14 @F06.FR.01 @needs:ISO_15118_Support
  Scenario: It has a V2G certificate made as well
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | SignV2GCertificate |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | SignV2GCertificate |
    When the station sends SignCertificate as "request" with
      | csr             | the signing request of the station certificate |
      | certificateType | V2GCertificate                                 |
    Then the CSMS answers "request" with
      | status | Accepted |
    And the CSMS sends CertificateSigned with
      | certificateType | absent or V2GCertificate |

  @TC_A_14_CSMS @A02.FR.11 @needs:Advanced_Security
  Scenario: It bears that the station refuses the certificate and reports it
    Given the station is booted
    And the station will answer CertificateSigned with
      | status | Rejected |
    When the station sends SignCertificate as "request" with
      | csr             | the signing request of the station certificate |
      | certificateType | ChargingStationCertificate                     |
    Then the CSMS answers "request" with
      | status | Accepted |
    And the CSMS sends CertificateSigned
    When the station sends SecurityEventNotification as "event" with
      | type | InvalidChargingStationCertificate |
    Then the CSMS answers "event"

  @A00.FR.511 @A00.FR.503 @attack
  Scenario Outline: A request <what> gets no certificate
    Given the station is booted
    When the station sends SignCertificate with
      | csr             | the signing request of the <which> station certificate |
      | certificateType | ChargingStationCertificate                             |
    Then the CSMS sends no CertificateSigned for 2 s
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

    Examples:
      | what                       | which    |
      | in another station's name  | other    |
      | for a weak RSA key         | weak RSA |
      | for a weak EC key          | weak EC  |

  Scenario: What is no request it does not have signed
    Given the station is booted
    When the station sends SignCertificate with
      | csr | no request at all |
    Then the CSMS sends no CertificateSigned for 2 s
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

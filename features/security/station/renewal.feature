@sut-station @v2.0.1 @sockets @profile:3
Feature: A station that shows the certificate that it has been given last
  A new certificate that nobody shows was renewed in vain. One that opens no door must not keep the station out: the
  old one is the way back, and then the new one is gone, so that its CSMS knows which there is.

  @TC_A_11_CS @A02.FR.08 @A02.FR.10
  Scenario: The new certificate is the one that it shows from then on
    When the CSMS sends TriggerMessage with
      | requestedMessage | SignChargingStationCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate for "request" |
      | certificateType  | ChargingStationCertificate    |
    Then the station answers "signed" with
      | status | Accepted |
    And the station accepts the TLS handshake
    And the TLS session has
      | peer.publicKey | the public key of "request" |
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | peer.publicKey | the public key of "request" |

  @A02.FR.10 @A02.FR.28 @needs:C-47|CertificateFallback
  Scenario: With a new certificate that opens no door it comes back by the old one, and forgets the new one
    Given the station is set to try each way once
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    When the CSMS sends TriggerMessage with
      | requestedMessage | SignChargingStationCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS offers
      | client certificate | the one in use |
    And the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate for "request" |
      | certificateType  | ChargingStationCertificate    |
    Then the station answers "signed" with
      | status | Accepted |
    And the station accepts the TLS handshake
    When the CSMS offers
      | client certificate | required |
    And the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | peer.publicKey | the public key in use |

  @A02.FR.29 @needs:C-47|CertificateFallback @needs:DiscardedCertificateEvent
  Scenario: It reports that it has given up its new certificate
    Given the station is set to try each way once
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    When the CSMS sends TriggerMessage with
      | requestedMessage | SignChargingStationCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS offers
      | client certificate | the one in use |
    And the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate for "request" |
      | certificateType  | ChargingStationCertificate    |
    Then the station answers "signed" with
      | status | Accepted |
    And the station accepts the TLS handshake
    And the station sends SecurityEventNotification within 10 s with
      | type | DiscardedRenewedClientCertificate |

@sut-station @v2.0.1 @needs:ISO_15118_Support
Feature: A station that gets itself a certificate for Plug & Charge
  By its V2G certificate a car knows the station. The key is made in the station, and the request says which of the
  station's certificates it is for.

  @TC_A_12_CS @A02.FR.02 @A02.FR.03 @A02.FR.06 @A02.FR.13 @A00.FR.503 @F06.FR.04 @F06.FR.05 @F06.FR.10
  Scenario: Told to, it asks for a V2G certificate and takes it
    Given the station is trusting the plug-and-charge roots
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | SignV2GCertificate |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends SignCertificate as "request" with
      | certificateType | V2GCertificate |
    And the csr of "request" has
      | strength  | at least 112 |
      | signature | valid        |
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the V2G certificate for "request" |
      | certificateType  | V2GCertificate                    |
    Then the station answers "signed" with
      | status | Accepted |

  @A02.FR.06 @A02.FR.07
  Scenario Outline: A V2G certificate that is <fault> it refuses, and reports
    Given the station is asking for a plug-and-charge certificate
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the <fault> V2G certificate for "request" |
      | certificateType  | V2GCertificate                            |
    Then the station answers "signed" with
      | status | Rejected |
    And the station sends SecurityEventNotification with
      | type | InvalidChargingStationCertificate |

    Examples:
      | fault            |
      | expired          |
      | unknown CA       |
      | chain incomplete |

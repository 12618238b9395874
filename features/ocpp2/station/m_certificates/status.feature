@sut-station @v2.0.1 @needs:ISO_15118_Support
Feature: A station that finds out whether its certificates are revoked
  A car wants to see that the station's V2G certificate and those above it are still good, and has no time to wait for
  it. So the station asks the CSMS beforehand, for each of them, once it has a new one.

  @TC_M_24_CS @M06.FR.06 @M06.FR.07
  Scenario: With a new V2G certificate it asks for its status, and for that of each CA between
    Given the station is asking for a plug-and-charge certificate
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the V2G certificate for "request" |
      | certificateType  | V2GCertificate                    |
    Then the station answers "signed" with
      | status | Accepted |
    And the station sends GetCertificateStatus with
      | ocspRequestData.issuerKeyHash | the issuerKeyHash of the V2G station certificate |
    And the station sends GetCertificateStatus with
      | ocspRequestData.serialNumber | the serialNumber of the second V2G intermediate |
    And the station sends GetCertificateStatus with
      | ocspRequestData.serialNumber | the serialNumber of the first V2G intermediate |

  @TC_M_25_CS @M06.FR.06
  Scenario: Where the status cannot be found out it keeps the certificate, and goes on
    Given the station is asking for a plug-and-charge certificate
    And the CSMS will answer GetCertificateStatus with
      | status | Failed |
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the V2G certificate for "request" |
      | certificateType  | V2GCertificate                    |
    Then the station answers "signed" with
      | status | Accepted |
    And the station sends GetCertificateStatus
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | V2GCertificateChain |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateHashData.issuerKeyHash | the issuerKeyHash of the V2G station certificate |

@sut-station @v2.0.1
Feature: A station that gives up a certificate
  Trust that is no longer deserved must end, but never by a slip: only what is named exactly goes, and never the
  certificate by which the station itself is known.

  @TC_M_20_CS @M04.FR.01 @M04.FR.02 @needs:not-AS-2
  Scenario: What was installed and is named by its hashes is deleted
    Given the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate                    |
      | certificate     | the certificate of the second CSMS root |
    When the CSMS sends DeleteCertificate as "delete" with
      | certificateHashData.hashAlgorithm  | the hashAlgorithm of the second CSMS root  |
      | certificateHashData.issuerNameHash | the issuerNameHash of the second CSMS root |
      | certificateHashData.issuerKeyHash  | the issuerKeyHash of the second CSMS root  |
      | certificateHashData.serialNumber   | the serialNumber of the second CSMS root   |
    Then the station answers "install" with
      | status | Accepted |
    And the station answers "delete" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" as "listed" with
      | status | any of Accepted, NotFound |
    And no certificateHashDataChain of "listed" has
      | certificateHashData.serialNumber | the serialNumber of the second CSMS root |

  @TC_M_22_CS @M04.FR.01 @M04.FR.04
  Scenario: What it does not have it cannot delete
    When the CSMS sends DeleteCertificate as "delete" with
      | certificateHashData.hashAlgorithm  | the hashAlgorithm of the unknown root  |
      | certificateHashData.issuerNameHash | the issuerNameHash of the unknown root |
      | certificateHashData.issuerKeyHash  | the issuerKeyHash of the unknown root  |
      | certificateHashData.serialNumber   | the serialNumber of the unknown root   |
    Then the station answers "delete" with
      | status | NotFound |

  @TC_M_23_CS @M04.FR.06 @profile:3
  Scenario: Its own certificate it keeps
    Given the station is equipped with a certificate of its own
    When the CSMS sends DeleteCertificate as "delete" with
      | certificateHashData.hashAlgorithm  | the hashAlgorithm of the certificate in "signed"  |
      | certificateHashData.issuerNameHash | the issuerNameHash of the certificate in "signed" |
      | certificateHashData.issuerKeyHash  | the issuerKeyHash of the certificate in "signed"  |
      | certificateHashData.serialNumber   | the serialNumber of the certificate in "signed"   |
    Then the station answers "delete" with
      | status | Failed |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" with
      | status | Accepted |

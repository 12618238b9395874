@sut-station @v2.0.1
Feature: A station that is given certificates to trust
  What a station trusts decides whom it talks to and whose firmware it runs. It takes a root certificate that is sound,
  tells which ones it has by their hashes, and refuses what is none.

  @TC_M_01_CS @M05.FR.01 @M05.FR.02 @M03.FR.03 @M03.FR.04 @needs:not-AS-2
  Scenario: A second CSMS root is installed and listed
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate                    |
      | certificate     | the certificate of the second CSMS root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateType                    | CSMSRootCertificate                        |
      | certificateHashData.hashAlgorithm  | the hashAlgorithm of the second CSMS root  |
      | certificateHashData.issuerNameHash | the issuerNameHash of the second CSMS root |
      | certificateHashData.issuerKeyHash  | the issuerKeyHash of the second CSMS root  |
      | certificateHashData.serialNumber   | the serialNumber of the second CSMS root   |

  @TC_M_02_CS @M05.FR.01 @M05.FR.02 @M03.FR.03 @M03.FR.04
  Scenario: A manufacturer root is installed and listed
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | ManufacturerRootCertificate      |
      | certificate     | the certificate of the OEM root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | ManufacturerRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateType                    | ManufacturerRootCertificate        |
      | certificateHashData.issuerNameHash | the issuerNameHash of the OEM root |
      | certificateHashData.issuerKeyHash  | the issuerKeyHash of the OEM root  |
      | certificateHashData.serialNumber   | the serialNumber of the OEM root   |

  @TC_M_03_CS @TC_M_04_CS @needs:ISO_15118_Support @M05.FR.01 @M05.FR.02 @M03.FR.03 @M03.FR.04
  Scenario Outline: With ISO 15118 a <use> is installed and listed
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | <use>                      |
      | certificate     | the certificate of <root> |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | <use> |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateType                    | <use>                        |
      | certificateHashData.issuerNameHash | the issuerNameHash of <root> |
      | certificateHashData.issuerKeyHash  | the issuerKeyHash of <root>  |
      | certificateHashData.serialNumber   | the serialNumber of <root>   |

    Examples:
      | use                | root         |
      | V2GRootCertificate | the V2G root |
      | MORootCertificate | the MO root |

  @TC_M_07_CS @M05.FR.07 @M03.FR.01 @needs:not-AS-2
  Scenario Outline: It refuses <what> as a CSMS root, and does not list it
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate |
      | certificate     | <certificate>       |
    Then the station answers "install" with
      | status | Rejected |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" as "listed" with
      | status | any of Accepted, NotFound |
    And no certificateHashDataChain of "listed" has
      | certificateHashData.serialNumber | the serialNumber of <named> |

    Examples:
      | what                   | certificate                              | named                 |
      | an expired root        | the certificate of the expired CSMS root | the expired CSMS root |
      | a certificate of no CA | the certificate of the CSMS certificate  | the CSMS certificate  |

  @M05.FR.17
  Scenario: A root that it has already it takes once more
    Given the CSMS sends InstallCertificate as "first" with
      | certificateType | ManufacturerRootCertificate     |
      | certificate     | the certificate of the OEM root |
    When the CSMS sends InstallCertificate as "again" with
      | certificateType | ManufacturerRootCertificate     |
      | certificate     | the certificate of the OEM root |
    Then the station answers "first" with
      | status | Accepted |
    And the station answers "again" with
      | status | Accepted |

  @M05.FR.07
  Scenario: It refuses what is no certificate at all
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate                                                        |
      | certificate     | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
    Then the station answers "install" with
      | status | any of Rejected, Failed |

  @TC_M_09_CS @M05.FR.10 @M05.FR.11 @needs:AS-2
  Scenario: Where a new CSMS root has to be signed by the old one, it refuses one that is not
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate                    |
      | certificate     | the certificate of the second CSMS root |
    Then the station answers "install" with
      | status | Rejected |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And no certificateHashDataChain of "listed" has
      | certificateHashData.serialNumber | the serialNumber of the second CSMS root |

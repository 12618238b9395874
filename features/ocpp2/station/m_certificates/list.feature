@sut-station @v2.0.1
Feature: A station that tells which certificates it has
  An operator sees a station's trust only through this list: it names what was asked for and nothing else.

  @TC_M_12_CS @profile:2 @profile:3 @M03.FR.01 @M03.FR.03 @M03.FR.04
  Scenario: Asked for CSMS roots it lists only these
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And each certificateHashDataChain of "listed" has
      | certificateType                    | CSMSRootCertificate |
      | certificateHashData.issuerNameHash | present             |
      | certificateHashData.issuerKeyHash  | present             |
      | certificateHashData.serialNumber   | present             |

  @TC_M_13_CS @M03.FR.01 @M03.FR.03 @M03.FR.04
  Scenario: Asked for manufacturer roots it lists only these
    Given the CSMS sends InstallCertificate as "install" with
      | certificateType | ManufacturerRootCertificate      |
      | certificate     | the certificate of the OEM root |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | ManufacturerRootCertificate |
    Then the station answers "install" with
      | status | Accepted |
    And the station answers "list" as "listed" with
      | status | Accepted |
    And each certificateHashDataChain of "listed" has
      | certificateType | ManufacturerRootCertificate |
    And some certificateHashDataChain of "listed" has
      | certificateHashData.serialNumber | the serialNumber of the OEM root |

  @TC_M_14_CS @TC_M_16_CS @needs:ISO_15118_Support @M03.FR.01 @M03.FR.03 @M03.FR.04
  Scenario Outline: Asked for a <use> it lists only these
    Given the CSMS sends InstallCertificate as "install" with
      | certificateType | <use>                      |
      | certificate     | the certificate of <root> |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | <use> |
    Then the station answers "install" with
      | status | Accepted |
    And the station answers "list" as "listed" with
      | status | Accepted |
    And each certificateHashDataChain of "listed" has
      | certificateType | <use> |
    And some certificateHashDataChain of "listed" has
      | certificateHashData.serialNumber | the serialNumber of <root> |

    Examples:
      | use                | root         |
      | V2GRootCertificate | the V2G root |
      | MORootCertificate | the MO root |

  @TC_M_15_CS @M03.FR.05 @needs:ISO_15118_Support
  Scenario: Its own V2G chain is listed with the sub-CA under the leaf
    Given the station is asking for a plug-and-charge certificate
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the V2G certificate for "request" |
      | certificateType  | V2GCertificate                    |
    Then the station answers "signed" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | V2GCertificateChain |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateType                          | V2GCertificateChain                              |
      | certificateHashData.issuerKeyHash        | the issuerKeyHash of the V2G station certificate |
      | childCertificateHashData[0].serialNumber | present                                          |

  @TC_M_17_CS @profile:2 @profile:3 @M03.FR.01 @M03.FR.03 @M03.FR.04
  Scenario: Asked for two types it lists both
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | ManufacturerRootCertificate     |
      | certificate     | the certificate of the OEM root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate         |
      | certificateType[1] | ManufacturerRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateType | CSMSRootCertificate |
    And some certificateHashDataChain of "listed" has
      | certificateType                  | ManufacturerRootCertificate      |
      | certificateHashData.serialNumber | the serialNumber of the OEM root |
    And no certificateHashDataChain of "listed" has
      | certificateType | none of CSMSRootCertificate, ManufacturerRootCertificate |

  @TC_M_18_CS @profile:2 @profile:3 @M03.FR.01 @M03.FR.03 @M03.FR.04
  Scenario: Asked for no type in particular it lists all of them
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | ManufacturerRootCertificate     |
      | certificate     | the certificate of the OEM root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType | absent |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateType | CSMSRootCertificate |
    And some certificateHashDataChain of "listed" has
      | certificateType                  | ManufacturerRootCertificate      |
      | certificateHashData.serialNumber | the serialNumber of the OEM root |

  @TC_M_19_CS @M03.FR.01 @M03.FR.02
  Scenario: Of a type that it has none of, it says so
    Given the station is without MO roots
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | MORootCertificate |
    Then the station answers "list" with
      | status                   | NotFound |
      | certificateHashDataChain | absent   |

@sut-csms @v2.0.1
Feature: A CSMS that manages what a station trusts
  Root certificates come and go. A station may refuse one, and says which ones it has by their hashes; only by these
  can one be deleted.

  @TC_M_01_CSMS @M05.FR.01
  Scenario: It has a CSMS root installed
    Given the station is booted
    And the station will answer InstallCertificate with
      | status | Accepted |
    When the operator requests InstallCertificate with
      | certificateType | CSMSRootCertificate              |
      | certificate     | the certificate of the CSMS root |
    Then the CSMS sends InstallCertificate with
      | certificateType | CSMSRootCertificate                                                  |
      | certificate     | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |

  @TC_M_02_CSMS @M05.FR.01
  Scenario: It has a manufacturer root installed
    Given the station is booted
    And the station will answer InstallCertificate with
      | status | Accepted |
    When the operator requests InstallCertificate with
      | certificateType | ManufacturerRootCertificate              |
      | certificate     | the certificate of the manufacturer root |
    Then the CSMS sends InstallCertificate with
      | certificateType | ManufacturerRootCertificate                                          |
      | certificate     | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |

  @TC_M_03_CSMS @M05.FR.01 @needs:ISO_15118_Support
  Scenario: It has a V2G root installed
    Given the station is booted
    And the station will answer InstallCertificate with
      | status | Accepted |
    When the operator requests InstallCertificate with
      | certificateType | V2GRootCertificate              |
      | certificate     | the certificate of the V2G root |
    Then the CSMS sends InstallCertificate with
      | certificateType | V2GRootCertificate                                                   |
      | certificate     | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |

  @TC_M_04_CSMS @M05.FR.01 @needs:ISO_15118_Support
  Scenario: It has an MO root installed
    Given the station is booted
    And the station will answer InstallCertificate with
      | status | Accepted |
    When the operator requests InstallCertificate with
      | certificateType | MORootCertificate              |
      | certificate     | the certificate of the MO root |
    Then the CSMS sends InstallCertificate with
      | certificateType | MORootCertificate                                                    |
      | certificate     | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |

  @TC_M_05_CSMS @M05.FR.01 @M05.FR.03
  Scenario: It bears that a station could not install one
    Given the station is booted
    And the station will answer InstallCertificate with
      | status | Failed |
    When the operator requests InstallCertificate with
      | certificateType | CSMSRootCertificate              |
      | certificate     | the certificate of the CSMS root |
    Then the CSMS sends InstallCertificate with
      | certificateType | CSMSRootCertificate |
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

  @TC_M_12_CSMS @M03.FR.01
  Scenario: It asks for certificates of the kind CSMSRootCertificate
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                                         | Accepted                            |
      | certificateHashDataChain[0].certificateType                    | CSMSRootCertificate                 |
      | certificateHashDataChain[0].certificateHashData.hashAlgorithm  | the hashAlgorithm of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.issuerNameHash | the issuerNameHash of the CSMS root |
      | certificateHashDataChain[0].certificateHashData.issuerKeyHash  | the issuerKeyHash of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.serialNumber   | the serialNumber of the CSMS root   |
    When the operator requests GetInstalledCertificateIds with
      | certificateType[0] | CSMSRootCertificate |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType[0] | CSMSRootCertificate |

  @TC_M_13_CSMS @M03.FR.01
  Scenario: It asks for certificates of the kind ManufacturerRootCertificate
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                                         | Accepted                            |
      | certificateHashDataChain[0].certificateType                    | ManufacturerRootCertificate         |
      | certificateHashDataChain[0].certificateHashData.hashAlgorithm  | the hashAlgorithm of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.issuerNameHash | the issuerNameHash of the CSMS root |
      | certificateHashDataChain[0].certificateHashData.issuerKeyHash  | the issuerKeyHash of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.serialNumber   | the serialNumber of the CSMS root   |
    When the operator requests GetInstalledCertificateIds with
      | certificateType[0] | ManufacturerRootCertificate |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType[0] | ManufacturerRootCertificate |

  @TC_M_14_CSMS @M03.FR.01 @needs:ISO_15118_Support
  Scenario: It asks for certificates of the kind V2GRootCertificate
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                                         | Accepted                            |
      | certificateHashDataChain[0].certificateType                    | V2GRootCertificate                  |
      | certificateHashDataChain[0].certificateHashData.hashAlgorithm  | the hashAlgorithm of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.issuerNameHash | the issuerNameHash of the CSMS root |
      | certificateHashDataChain[0].certificateHashData.issuerKeyHash  | the issuerKeyHash of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.serialNumber   | the serialNumber of the CSMS root   |
    When the operator requests GetInstalledCertificateIds with
      | certificateType[0] | V2GRootCertificate |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType[0] | V2GRootCertificate |

  @TC_M_15_CSMS @M03.FR.01 @needs:ISO_15118_Support
  Scenario: It asks for certificates of the kind V2GCertificateChain
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                                         | Accepted                            |
      | certificateHashDataChain[0].certificateType                    | V2GCertificateChain                 |
      | certificateHashDataChain[0].certificateHashData.hashAlgorithm  | the hashAlgorithm of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.issuerNameHash | the issuerNameHash of the CSMS root |
      | certificateHashDataChain[0].certificateHashData.issuerKeyHash  | the issuerKeyHash of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.serialNumber   | the serialNumber of the CSMS root   |
    When the operator requests GetInstalledCertificateIds with
      | certificateType[0] | V2GCertificateChain |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType[0] | V2GCertificateChain |

  @TC_M_16_CSMS @M03.FR.01 @needs:ISO_15118_Support
  Scenario: It asks for certificates of the kind MORootCertificate
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                                         | Accepted                            |
      | certificateHashDataChain[0].certificateType                    | MORootCertificate                   |
      | certificateHashDataChain[0].certificateHashData.hashAlgorithm  | the hashAlgorithm of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.issuerNameHash | the issuerNameHash of the CSMS root |
      | certificateHashDataChain[0].certificateHashData.issuerKeyHash  | the issuerKeyHash of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.serialNumber   | the serialNumber of the CSMS root   |
    When the operator requests GetInstalledCertificateIds with
      | certificateType[0] | MORootCertificate |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType[0] | MORootCertificate |

  @TC_M_17_CSMS @M03.FR.01
  Scenario: It asks for certificates of the kind CSMSRootCertificate and ManufacturerRootCertificate
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                                         | Accepted                            |
      | certificateHashDataChain[0].certificateType                    | CSMSRootCertificate                 |
      | certificateHashDataChain[0].certificateHashData.hashAlgorithm  | the hashAlgorithm of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.issuerNameHash | the issuerNameHash of the CSMS root |
      | certificateHashDataChain[0].certificateHashData.issuerKeyHash  | the issuerKeyHash of the CSMS root  |
      | certificateHashDataChain[0].certificateHashData.serialNumber   | the serialNumber of the CSMS root   |
    When the operator requests GetInstalledCertificateIds with
      | certificateType[0] | CSMSRootCertificate         |
      | certificateType[1] | ManufacturerRootCertificate |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType[0] | CSMSRootCertificate         |
      | certificateType[1] | ManufacturerRootCertificate |

  @TC_M_18_CSMS @M03.FR.01
  Scenario: It asks for all certificates
    Given the station is booted
    When the operator requests GetInstalledCertificateIds
    Then the CSMS sends GetInstalledCertificateIds

  @TC_M_19_CSMS @M03.FR.02
  Scenario: It bears that there are none
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status | NotFound |
    When the operator requests GetInstalledCertificateIds with
      | certificateType[0] | MORootCertificate |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType[0] | MORootCertificate |
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

  @TC_M_20_CSMS @M04.FR.01 @M04.FR.07
  Scenario: It has the certificate deleted that the station has named
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                                         | Accepted            |
      | certificateHashDataChain[0].certificateType                    | CSMSRootCertificate |
      | certificateHashDataChain[0].certificateHashData.hashAlgorithm  | SHA384              |
      | certificateHashDataChain[0].certificateHashData.issuerNameHash | 00a1                |
      | certificateHashDataChain[0].certificateHashData.issuerKeyHash  | 00b2                |
      | certificateHashDataChain[0].certificateHashData.serialNumber   | c3                  |
    And the station will answer DeleteCertificate with
      | status | Accepted |
    When the operator requests GetInstalledCertificateIds
    Then the CSMS sends GetInstalledCertificateIds as "question"
    When the operator requests DeleteCertificate with
      | certificateHashData.hashAlgorithm  | the certificateHashDataChain[0].certificateHashData.hashAlgorithm of the answer to "question"  |
      | certificateHashData.issuerNameHash | the certificateHashDataChain[0].certificateHashData.issuerNameHash of the answer to "question" |
      | certificateHashData.issuerKeyHash  | the certificateHashDataChain[0].certificateHashData.issuerKeyHash of the answer to "question"  |
      | certificateHashData.serialNumber   | the certificateHashDataChain[0].certificateHashData.serialNumber of the answer to "question"   |
    Then the CSMS sends DeleteCertificate with
      | certificateHashData.hashAlgorithm  | SHA384 |
      | certificateHashData.issuerNameHash | 00a1   |
      | certificateHashData.issuerKeyHash  | 00b2   |
      | certificateHashData.serialNumber   | c3     |
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

  @TC_M_21_CSMS @M04.FR.01 @M04.FR.07
  Scenario: It bears that the station could not delete it
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                                         | Accepted            |
      | certificateHashDataChain[0].certificateType                    | CSMSRootCertificate |
      | certificateHashDataChain[0].certificateHashData.hashAlgorithm  | SHA384              |
      | certificateHashDataChain[0].certificateHashData.issuerNameHash | 00a1                |
      | certificateHashDataChain[0].certificateHashData.issuerKeyHash  | 00b2                |
      | certificateHashDataChain[0].certificateHashData.serialNumber   | c3                  |
    And the station will answer DeleteCertificate with
      | status | Failed |
    When the operator requests GetInstalledCertificateIds
    Then the CSMS sends GetInstalledCertificateIds as "question"
    When the operator requests DeleteCertificate with
      | certificateHashData.hashAlgorithm  | the certificateHashDataChain[0].certificateHashData.hashAlgorithm of the answer to "question"  |
      | certificateHashData.issuerNameHash | the certificateHashDataChain[0].certificateHashData.issuerNameHash of the answer to "question" |
      | certificateHashData.issuerKeyHash  | the certificateHashDataChain[0].certificateHashData.issuerKeyHash of the answer to "question"  |
      | certificateHashData.serialNumber   | the certificateHashDataChain[0].certificateHashData.serialNumber of the answer to "question"   |
    Then the CSMS sends DeleteCertificate with
      | certificateHashData.hashAlgorithm  | SHA384 |
      | certificateHashData.issuerNameHash | 00a1   |
      | certificateHashData.issuerKeyHash  | 00b2   |
      | certificateHashData.serialNumber   | c3     |
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

  @TC_M_24_CSMS @M06.FR.01 @M06.FR.02 @M06.FR.03 @needs:ISO_15118_Support
  Scenario: It finds out whether a V2G certificate is revoked
    Given the station is booted
    When the station sends GetCertificateStatus as "status" with
      | ocspRequestData.hashAlgorithm  | the hashAlgorithm of the V2G charging station certificate  |
      | ocspRequestData.issuerNameHash | the issuerNameHash of the V2G charging station certificate |
      | ocspRequestData.issuerKeyHash  | the issuerKeyHash of the V2G charging station certificate  |
      | ocspRequestData.serialNumber   | the serialNumber of the V2G charging station certificate   |
      | ocspRequestData.responderURL   | the responderURL of the V2G charging station certificate   |
    Then the CSMS answers "status" with
      | status     | Accepted |
      | ocspResult | present  |

  @M06.FR.04 @needs:ISO_15118_Support
  Scenario: Of a certificate that nobody knows it says that it could not find out
    Given the station is booted
    When the station sends GetCertificateStatus as "status" with
      | ocspRequestData.serialNumber | the serialNumber of the unknown root |
    Then the CSMS answers "status" with
      | status | Failed |

  @TC_M_26_CSMS @needs:ISO_15118_Support
  Scenario: It answers a car that asks for its first contract certificate
    Given the station is booted
    When the station sends Get15118EVCertificate as "contract" with
      | iso15118SchemaVersion | urn:iso:15118:2:2013:MsgDef |
      | action                | Install                     |
      | exiRequest            | RVhJ                        |
    Then the CSMS answers "contract" with
      | exiResponse | present |

  @TC_M_28_CSMS @needs:ISO_15118_Support
  Scenario: It answers a car that asks for a new contract certificate
    Given the station is booted
    When the station sends Get15118EVCertificate as "contract" with
      | iso15118SchemaVersion | urn:iso:15118:2:2013:MsgDef |
      | action                | Update                      |
      | exiRequest            | RVhJ                        |
    Then the CSMS answers "contract" with
      | exiResponse | present |

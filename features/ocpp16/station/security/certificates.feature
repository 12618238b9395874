@sut-station @v1.6 @needs:Security
Feature: A charge point that manages what it trusts, and gets itself a certificate
  What a charge point trusts decides whom it talks to. It takes a root that is sound, names the ones it has by their
  hashes, and asks for a certificate of its own with a key that never leaves it.

  @TC_075_1_CS @OCPP1.6-security:M05.FR.02 @OCPP1.6-security:M03.FR.04
  Scenario: It installs a root of its manufacturer and lists it
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | ManufacturerRootCertificate     |
      | certificate     | the certificate of the OEM root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType | ManufacturerRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashData of "listed" has
      | hashAlgorithm  | the hashAlgorithm of the OEM root  |
      | issuerNameHash | the issuerNameHash of the OEM root |
      | issuerKeyHash  | the issuerKeyHash of the OEM root  |
      | serialNumber   | the serialNumber of the OEM root   |

  @TC_075_2_CS @OCPP1.6-security:M05.FR.02 @OCPP1.6-security:M03.FR.04 @needs:not-AdditionalRootCertificateCheck
  Scenario: It installs a second root of its Central System and lists it
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CentralSystemRootCertificate            |
      | certificate     | the certificate of the second CSMS root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType | CentralSystemRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashData of "listed" has
      | hashAlgorithm  | the hashAlgorithm of the second CSMS root  |
      | issuerNameHash | the issuerNameHash of the second CSMS root |
      | issuerKeyHash  | the issuerKeyHash of the second CSMS root  |
      | serialNumber   | the serialNumber of the second CSMS root   |

  @OCPP1.6-security:M05.FR.14
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

  @OCPP1.6-security:M05.FR.06 @TC_078_CS
  Scenario Outline: It refuses <what> as a root
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CentralSystemRootCertificate |
      | certificate     | <certificate>                |
    Then the station answers "install" with
      | status | Rejected |

    Examples:
      | what                   | certificate                              |
      | an expired root        | the certificate of the expired CSMS root |
      | a certificate of no CA | the certificate of the CSMS certificate  |

  @OCPP1.6-security:M05.FR.10 @needs:AdditionalRootCertificateCheck
  Scenario: Where a new root of its Central System has to be signed by the old one, it refuses one that is not
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CentralSystemRootCertificate            |
      | certificate     | the certificate of the second CSMS root |
    Then the station answers "install" with
      | status | Rejected |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType | CentralSystemRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And no certificateHashData of "listed" has
      | serialNumber | the serialNumber of the second CSMS root |

  @TC_076_CS @OCPP1.6-security:M04.FR.02
  Scenario: What is named by its hashes is deleted
    Given the CSMS sends InstallCertificate as "install" with
      | certificateType | ManufacturerRootCertificate     |
      | certificate     | the certificate of the OEM root |
    When the CSMS sends DeleteCertificate as "delete" with
      | certificateHashData.hashAlgorithm  | the hashAlgorithm of the OEM root  |
      | certificateHashData.issuerNameHash | the issuerNameHash of the OEM root |
      | certificateHashData.issuerKeyHash  | the issuerKeyHash of the OEM root  |
      | certificateHashData.serialNumber   | the serialNumber of the OEM root   |
    Then the station answers "install" with
      | status | Accepted |
    And the station answers "delete" with
      | status | Accepted |
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType | ManufacturerRootCertificate |
    Then the station answers "list" as "listed" with
      | status | any of Accepted, NotFound |
    And no certificateHashData of "listed" has
      | serialNumber | the serialNumber of the OEM root |

  @TC_074_CS @OCPP1.6-security:A02.FR.02 @OCPP1.6-security:A02.FR.03 @OCPP1.6-security:A02.FR.08 @OCPP1.6-security:A02.FR.13 @profile:3
  Scenario: Told to, it makes a request, takes the certificate and comes back with it
    Given the CSMS sends GetConfiguration as "operator" with
      | key[0] | CpoName |
    When the CSMS sends ExtendedTriggerMessage as "trigger" with
      | requestedMessage | SignChargePointCertificate |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends SignCertificate as "request"
    And the csr of "request" has
      | commonName   | the serial                                                |
      | organisation | the configurationKey[0].value of the answer to "operator" |
      | strength     | at least 112                                              |
      | signature    | valid                                                     |
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate for "request" |
    Then the station answers "signed" with
      | status | Accepted |
    And the station reconnects

  @TC_077_CS @OCPP1.6-security:A02.FR.06 @OCPP1.6-security:A02.FR.07 @profile:3
  Scenario Outline: A certificate that is <fault> it refuses, and reports
    When the CSMS sends ExtendedTriggerMessage with
      | requestedMessage | SignChargePointCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the <fault> certificate for "request" |
    Then the station answers "signed" with
      | status | Rejected |
    And the station sends SecurityEventNotification with
      | type | InvalidChargePointCertificate |

    Examples:
      | fault            |
      | expired          |
      | not yet valid    |
      | unknown CA       |
      | other            |
      | no CA flag       |
      | chain incomplete |
      | SHA-1            |

  @OCPP1.6-security:A02.FR.17 @OCPP1.6-security:A02.FR.18 @profile:3 @needs:CertSigningBackOff
  Scenario: Where the certificate does not come it asks again, later each time
    Given the station is set to ask for a certificate anew after 1 s
    When the CSMS sends ExtendedTriggerMessage as "trigger" with
      | requestedMessage | SignChargePointCertificate |
    Then the station sends SignCertificate 3 times as "requests" within 8 s
    And the gaps of "requests" grow by a factor of 2 from 1 s on

  @OCPP1.6-security:A02.FR.17 @OCPP1.6-security:A02.FR.19 @profile:3 @needs:CertSigningBackOff
  Scenario: Where the certificate does not come at all it asks no more
    Given the station is set to ask for a certificate anew once, after 1 s
    When the CSMS sends ExtendedTriggerMessage with
      | requestedMessage | SignChargePointCertificate |
    Then the station sends SignCertificate as "first"
    And the station sends SignCertificate as "second" within 3 s
    And "second" comes at least 1 s after the answer to "first"
    When 3 s passes
    Then the station sends no SignCertificate for 5 s

  @OCPP1.6-security:A02.FR.20 @profile:3 @needs:CertSigningBackOff
  Scenario: Having refused a bad certificate, it does not ask again by itself
    Given the station is set to ask for a certificate anew after 1 s
    When the CSMS sends ExtendedTriggerMessage with
      | requestedMessage | SignChargePointCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the expired certificate for "request" |
    Then the station answers "signed" with
      | status | Rejected |
    And the station sends no SignCertificate for 3 s

  @OCPP1.6-security:M04.FR.05 @profile:3
  Scenario: Its own certificate cannot be deleted
    Given the station is equipped with a certificate of its own
    When the CSMS sends DeleteCertificate as "delete" with
      | certificateHashData.hashAlgorithm  | the hashAlgorithm of the certificate in "signed"  |
      | certificateHashData.issuerNameHash | the issuerNameHash of the certificate in "signed" |
      | certificateHashData.issuerKeyHash  | the issuerKeyHash of the certificate in "signed"  |
      | certificateHashData.serialNumber   | the serialNumber of the certificate in "signed"   |
    Then the station answers "delete" with
      | status | any of Failed, NotFound |

  @OCPP1.6-security:A05.FR.03 @profile:1 @needs:NoCentralSystemRoot
  Scenario: Without a root of its Central System it does not go over to security profile 2
    Given the station is without trusted roots
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile |
      | value | 2               |
    Then the station answers "set" with
      | status | Rejected |
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | SecurityProfile |
    Then the station answers "get" with
      | configurationKey[0].value | 1 |

  @OCPP1.6-security:A05.FR.04 @profile:2 @needs:NoChargePointCertificate
  Scenario: Without a certificate of its own it does not go over to security profile 3
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile |
      | value | 3               |
    Then the station answers "set" with
      | status | Rejected |
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | SecurityProfile |
    Then the station answers "get" with
      | configurationKey[0].value | 2 |

@sut-csms @v1.6 @needs:Security
Feature: A Central System that manages what a charge point trusts
  Root certificates come and go. A charge point may refuse one, and says which ones it has by their hashes; only by
  these can one be deleted.

  @TC_075_1_CSMS @OCPP1.6-security:M05 @OCPP1.6-security:M03
  Scenario: It installs a manufacturer's root certificate and asks which ones there are
    Given the station is booted
    And the station will answer InstallCertificate with
      | status | Accepted |
    And the station will answer GetInstalledCertificateIds with
      | status                                | Accepted                                                         |
      | certificateHashData[0].hashAlgorithm  | SHA256                                                           |
      | certificateHashData[0].issuerNameHash | 00000000000000000000000000000000000000000000000000000000000000a1 |
      | certificateHashData[0].issuerKeyHash  | 00000000000000000000000000000000000000000000000000000000000000b2 |
      | certificateHashData[0].serialNumber   | c3                                                               |
    When the operator requests InstallCertificate with
      | certificateType | ManufacturerRootCertificate     |
      | certificate     | the certificate of the OEM root |
    Then the CSMS sends InstallCertificate with
      | certificateType | ManufacturerRootCertificate                                          |
      | certificate     | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
    When the operator requests GetInstalledCertificateIds with
      | certificateType | ManufacturerRootCertificate |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType | ManufacturerRootCertificate |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_075_2_CSMS @OCPP1.6-security:M05 @OCPP1.6-security:M03
  Scenario: It installs a root certificate of its own and asks which ones there are
    Given the station is booted
    And the station will answer InstallCertificate with
      | status | Accepted |
    And the station will answer GetInstalledCertificateIds with
      | status                                | Accepted                                                         |
      | certificateHashData[0].hashAlgorithm  | SHA256                                                           |
      | certificateHashData[0].issuerNameHash | 00000000000000000000000000000000000000000000000000000000000000a1 |
      | certificateHashData[0].issuerKeyHash  | 00000000000000000000000000000000000000000000000000000000000000b2 |
      | certificateHashData[0].serialNumber   | c3                                                               |
    When the operator requests InstallCertificate with
      | certificateType | CentralSystemRootCertificate     |
      | certificate     | the certificate of the CSMS root |
    Then the CSMS sends InstallCertificate with
      | certificateType | CentralSystemRootCertificate                                         |
      | certificate     | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
    When the operator requests GetInstalledCertificateIds with
      | certificateType | CentralSystemRootCertificate |
    Then the CSMS sends GetInstalledCertificateIds with
      | certificateType | CentralSystemRootCertificate |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_078_CSMS @OCPP1.6-security:M05
  Scenario: The charge point refuses a root certificate and reports it
    Given the station is booted
    And the station will answer InstallCertificate with
      | status | Rejected |
    When the operator requests InstallCertificate with
      | certificateType | CentralSystemRootCertificate     |
      | certificate     | the certificate of the CSMS root |
    Then the CSMS sends InstallCertificate with
      | certificateType | CentralSystemRootCertificate                                         |
      | certificate     | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
    When the station sends SecurityEventNotification as "event" with
      | type | InvalidCentralSystemCertificate |
    Then the CSMS answers "event"

  @TC_076_CSMS @OCPP1.6-security:M04.FR.07
  Scenario: It deletes the certificate that the charge point has named
    Given the station is booted
    And the station will answer GetInstalledCertificateIds with
      | status                                | Accepted                                                         |
      | certificateHashData[0].hashAlgorithm  | SHA256                                                           |
      | certificateHashData[0].issuerNameHash | 00000000000000000000000000000000000000000000000000000000000000a1 |
      | certificateHashData[0].issuerKeyHash  | 00000000000000000000000000000000000000000000000000000000000000b2 |
      | certificateHashData[0].serialNumber   | c3                                                               |
    When the operator requests GetInstalledCertificateIds with
      | certificateType | CentralSystemRootCertificate |
    Then the CSMS sends GetInstalledCertificateIds as "question" with
      | certificateType | CentralSystemRootCertificate |
    When the operator requests DeleteCertificate with
      | certificateHashData.hashAlgorithm  | the certificateHashData[0].hashAlgorithm of the answer to "question"  |
      | certificateHashData.issuerNameHash | the certificateHashData[0].issuerNameHash of the answer to "question" |
      | certificateHashData.issuerKeyHash  | the certificateHashData[0].issuerKeyHash of the answer to "question"  |
      | certificateHashData.serialNumber   | the certificateHashData[0].serialNumber of the answer to "question"   |
    Then the CSMS sends DeleteCertificate with
      | certificateHashData.hashAlgorithm  | the certificateHashData[0].hashAlgorithm of the answer to "question"  |
      | certificateHashData.issuerNameHash | the certificateHashData[0].issuerNameHash of the answer to "question" |
      | certificateHashData.issuerKeyHash  | the certificateHashData[0].issuerKeyHash of the answer to "question"  |
      | certificateHashData.serialNumber   | the certificateHashData[0].serialNumber of the answer to "question"   |

@sut-station @v2.0.1 @sockets @profile:2 @profile:3 @needs:AS-2
Feature: A station that goes over to another root of its CSMS
  Where a new root has to be signed by the old one, it replaces it: not at once, but when a connection has proved it.
  Until then the old one is the way back. A station left with neither has to be visited.

  @TC_M_30_CS @M05.FR.09 @M05.FR.12 @M05.FR.13
  Scenario: A connection by the new root stands, and the old root is gone
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate                  |
      | certificate     | the certificate of the new CSMS root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS presents the new root CSMS certificate
    And the CSMS sends Reset with
      | type | OnIdle |
    Then the station accepts the TLS handshake
    And the station sends BootNotification
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And no certificateHashDataChain of "listed" has
      | certificateHashData.serialNumber | the serialNumber of the CSMS root |
    When the CSMS sends InstallCertificate as "back" with
      | certificateType | CSMSRootCertificate                        |
      | certificate     | the certificate of the returning CSMS root |
    Then the station answers "back" with
      | status | Accepted |
    When the CSMS presents the CSMS certificate
    And the CSMS drops the connection
    Then the station accepts the TLS handshake

  @TC_M_31_CS @M05.FR.12 @M05.FR.14
  Scenario: Where the CSMS still has its old certificate, the old root is good enough, and stays
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate                  |
      | certificate     | the certificate of the new CSMS root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends Reset with
      | type | OnIdle |
    Then the station accepts the TLS handshake
    And the station sends BootNotification
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateHashData.serialNumber | the serialNumber of the CSMS root |

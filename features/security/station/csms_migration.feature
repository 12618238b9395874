@sut-station @v2.0.1 @sockets @profile:2 @profile:3 @needs:AS-2
Feature: A station that moves to another CSMS together with its root
  At the new address only the new root counts: whoever still shows the old certificate there is not the CSMS that the
  station was sent to. And the way back has to stay open, or a failed move costs a visit.

  @TC_B_50_CS @B10.FR.04 @M05.FR.13
  Scenario: The new CSMS shows a certificate of the new root, and the old root is gone
    Given the station is ready to move after 1 attempt
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate                  |
      | certificate     | the certificate of the new CSMS root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS presents the new root CSMS certificate
    And the CSMS sends Reset with
      | type | OnIdle |
    Then the station reconnects to the second address
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
    Then the station reconnects

  @TC_B_47_CS @B10.FR.07 @M05.FR.15 @M05.FR.16 @needs:C-47
  Scenario: At the new address it meets the old certificate, turns away from it, and goes back
    Given the station is ready to move after 1 attempt
    When the CSMS sends InstallCertificate as "install" with
      | certificateType | CSMSRootCertificate                  |
      | certificate     | the certificate of the new CSMS root |
    Then the station answers "install" with
      | status | Accepted |
    When the CSMS sends Reset with
      | type | OnIdle |
    Then the station reconnects to the first address
    And the station sends BootNotification
    When the CSMS sends GetInstalledCertificateIds as "list" with
      | certificateType[0] | CSMSRootCertificate |
    Then the station answers "list" as "listed" with
      | status | Accepted |
    And some certificateHashDataChain of "listed" has
      | certificateHashData.serialNumber | the serialNumber of the CSMS root |

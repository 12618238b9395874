@sut-station @v1.6 @needs:Security @needs:FirmwareManagement
Feature: A charge point that installs only what its manufacturer signed
  The signer first, then the file: a charge point that mixes this up can be taken over by whoever it downloads from.

  Images are signed with RSA PKCS#1 v1.5, which field products expect, unless a scenario says otherwise.

  @TC_080_CS @OCPP1.6-security:L01
  Scenario Outline: A good image signed with <scheme> is fetched, verified, installed and started
    Given the file server will serve "new" with
      | signed with | <scheme> |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "new"
    And the station sends BootNotification with
      | firmwareVersion | the version of "new" |
    And the statuses of "update" follow a legal order and end in Installed

    Examples:
      | scheme          |
      | RSA PKCS#1 v1.5 |
      | RSA-PSS         |
      | ECDSA           |

  @TC_081_CS @OCPP1.6-security:L01
  Scenario Outline: An image is refused when its signature is <signature>
    Given the file server will serve "bad" with
      | signature | <signature> |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "bad"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "bad" |
      | firmware.signature          | the signature of "bad"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "bad"
    And the statuses of "update" follow a legal order and end in InvalidSignature
    And the station sends SecurityEventNotification with
      | type | InvalidFirmwareSignature |
    When the operator reboots the station
    Then the station sends BootNotification with
      | firmwareVersion | the firmware |

    Examples:
      | signature        |
      | bit flipped      |
      | of another image |

  @OCPP1.6-security:L01
  Scenario Outline: The certificate of <signer> is refused before anything is fetched
    Given the file server will serve "new" with
      | signer | <signer> |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | any of InvalidCertificate, RevokedCertificate |
    And the station sends SecurityEventNotification with
      | type | InvalidFirmwareSigningCertificate |
    And the station does not download "new" for 1 s

    Examples:
      | signer            |
      | another authority |
      | an expired signer |
      | a revoked signer  |

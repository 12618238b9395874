@sut-station @v2.0.1 @L01.FR.01 @L01.FR.10 @L01.FR.20 @L01.FR.21
Feature: A station that installs only what its manufacturer signed
  Whoever can put firmware into a charger owns it. So the station trusts the signer first, then the file, and tells each
  step under the number of the request.

  Images are signed with RSA PKCS#1 v1.5, which field products expect, unless a scenario says otherwise.

  @TC_L_01_CS @L01.FR.04 @L01.FR.05 @L01.FR.12 @L01.FR.28 @L01.FR.31
  Scenario Outline: A good image signed with <scheme> is fetched, verified, installed and started
    Given the file server will serve "new" with
      | signed with | <scheme> |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.installDateTime    | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "new"
    And the station sends BootNotification with
      | chargingStation.firmwareVersion | the version of "new" |
    And the station sends SecurityEventNotification with
      | type | FirmwareUpdated |
    And the statuses of "update" follow a legal order and end in Installed

    Examples:
      | scheme          |
      | RSA PKCS#1 v1.5 |
      | RSA-PSS         |
      | ECDSA           |

  @TC_L_06_CS @L01.FR.03 @L01.FR.04 @L01.FR.12
  Scenario Outline: An image is refused when its signature is <signature>
    Given the file server will serve "bad" with
      | signature | <signature> |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "bad"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.installDateTime    | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "bad" |
      | firmware.signature          | the signature of "bad"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "bad"
    And the station sends SecurityEventNotification with
      | type | InvalidFirmwareSignature |
    And the statuses of "update" follow a legal order and end in InvalidSignature
    When the operator reboots the station
    Then the station sends BootNotification with
      | chargingStation.firmwareVersion | the firmware |

    Examples:
      | signature        |
      | bit flipped      |
      | of another image |

  @TC_L_05_CS @L01.FR.02 @L01.FR.12 @L01.FR.22
  Scenario Outline: The certificate of <signer> is refused before anything is fetched
    Given the file server will serve "new" with
      | signer | <signer> |
    When the CSMS sends UpdateFirmware as "update" with
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

  @L01.FR.02 @L01.FR.12 @L01.FR.22 @needs:RevocationCheck
  Scenario: The certificate of a revoked signer is refused before anything is fetched
    Given the file server will serve "new" with
      | signer | a revoked signer |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | any of InvalidCertificate, RevokedCertificate |
    And the station sends SecurityEventNotification with
      | type | InvalidFirmwareSigningCertificate |
    And the station does not download "new" for 1 s

  @TC_L_05_CS @L01.FR.02 @L01.FR.12 @L01.FR.22
  Scenario: Text that is no certificate is refused before anything is fetched
    Given the file server will serve "new"
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"  |
      | firmware.retrieveDateTime   | now - 2 h              |
      | firmware.signingCertificate | no certificate at all  |
      | firmware.signature          | the signature of "new" |
    Then the station answers "update" with
      | status | InvalidCertificate |
    And the station sends SecurityEventNotification with
      | type | InvalidFirmwareSigningCertificate |
    And the station does not download "new" for 1 s

  @TC_L_18_CS @L01.FR.09
  Scenario: An update without signature and certificate is not accepted
    Given the file server will serve "new"
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new" |
      | firmware.retrieveDateTime   | now - 2 h             |
      | firmware.signingCertificate | absent                |
      | firmware.signature          | absent                |
    Then the station answers "update" with
      | status | any of Rejected, InvalidCertificate |
    And the station does not download "new" for 1 s

  @TC_L_07_CS @L01.FR.30
  Scenario: A file that is not there is reported once the retries are used up
    Given the file server will serve "new" with
      | status | 404 |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
      | retries                     | 1                                |
      | retryInterval               | 1                                |
    Then the station answers "update" with
      | status | Accepted |
    And the statuses of "update" follow a legal order and end in DownloadFailed

  @L01.FR.30
  Scenario: A download that breaks off is tried again and succeeds
    Given the file server will serve "new" with
      | ends  | after 200000 bytes |
      | times | 1                  |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
      | retries                     | 2                                |
      | retryInterval               | 1                                |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "new"
    And the statuses of "update" follow a legal order and end in Installed

  @TC_L_08_CS @L01.FR.29
  Scenario Outline: A signed image that is <image> ends in a failed installation, and the old version stays
    Given the file server will serve "bad" with
      | image | <image> |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "bad"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "bad" |
      | firmware.signature          | the signature of "bad"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "bad"
    And the statuses of "update" follow a legal order and end in InstallVerificationFailed or InstallationFailed

    Examples:
      | image    |
      | broken   |
      | stubborn |

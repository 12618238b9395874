@sut-csms @v2.0.1 @L01.FR.11
Feature: A CSMS that has signed firmware installed
  The request carries the signature and the certificate to check it with. The station reports each step under the number
  of the request; every report is confirmed, however it ends.

  @TC_L_01_CSMS
  Scenario: The station fetches, verifies and installs it, and every step is confirmed
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "SignatureVerified" with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Installing" with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "InstallRebooting" with
      | status    | InstallRebooting          |
      | requestId | the requestId of "update" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "SignatureVerified"
    And the CSMS answers "Installing"
    And the CSMS answers "InstallRebooting"

  @TC_L_01_CSMS
  Scenario: With the new version running the station is taken in again
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update"
    When the station sends FirmwareStatusNotification with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | InstallRebooting          |
      | requestId | the requestId of "update" |
    And the station sends BootNotification as "boot" with
      | reason | FirmwareUpdate |
    And the station sends StatusNotification as "available" with
      | connectorStatus | Available |
    And the station sends FirmwareStatusNotification as "Installed" with
      | status    | Installed                 |
      | requestId | the requestId of "update" |
    Then the CSMS answers "boot" with
      | status | Accepted |
    And the CSMS answers "available"
    And the CSMS answers "Installed"

  @TC_L_02_CSMS @needs:C-15
  Scenario: The installation has its own hour
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.installDateTime    | now + 1 h                                                              |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.installDateTime    | present |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "SignatureVerified" with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "InstallScheduled" with
      | status    | InstallScheduled          |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Installing" with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "InstallRebooting" with
      | status    | InstallRebooting          |
      | requestId | the requestId of "update" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "SignatureVerified"
    And the CSMS answers "InstallScheduled"
    And the CSMS answers "Installing"
    And the CSMS answers "InstallRebooting"

  @TC_L_02_CSMS @needs:C-15
  Scenario: Installed at its own hour, the station is taken in again
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.installDateTime    | now + 1 h                                                              |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update"
    When the station sends FirmwareStatusNotification with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | InstallScheduled          |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | InstallRebooting          |
      | requestId | the requestId of "update" |
    And the station sends BootNotification as "boot" with
      | reason | FirmwareUpdate |
    And the station sends StatusNotification as "available" with
      | connectorStatus | Available |
    And the station sends FirmwareStatusNotification as "Installed" with
      | status    | Installed                 |
      | requestId | the requestId of "update" |
    Then the CSMS answers "boot" with
      | status | Accepted |
    And the CSMS answers "available"
    And the CSMS answers "Installed"

  @TC_L_03_CSMS @needs:C-15
  Scenario: The download has its own hour
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "DownloadScheduled" with
      | status    | DownloadScheduled         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "SignatureVerified" with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Installing" with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "InstallRebooting" with
      | status    | InstallRebooting          |
      | requestId | the requestId of "update" |
    Then the CSMS answers "DownloadScheduled"
    And the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "SignatureVerified"
    And the CSMS answers "Installing"
    And the CSMS answers "InstallRebooting"

  @TC_L_03_CSMS @needs:C-15
  Scenario: Fetched at its own hour and installed, the station is taken in again
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update"
    When the station sends FirmwareStatusNotification with
      | status    | DownloadScheduled         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification with
      | status    | InstallRebooting          |
      | requestId | the requestId of "update" |
    And the station sends BootNotification as "boot" with
      | reason | FirmwareUpdate |
    And the station sends StatusNotification as "available" with
      | connectorStatus | Available |
    And the station sends FirmwareStatusNotification as "Installed" with
      | status    | Installed                 |
      | requestId | the requestId of "update" |
    Then the CSMS answers "boot" with
      | status | Accepted |
    And the CSMS answers "available"
    And the CSMS answers "Installed"

  @TC_L_06_CSMS
  Scenario: The signature does not hold
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "InvalidSignature" with
      | status    | InvalidSignature          |
      | requestId | the requestId of "update" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "InvalidSignature"

  @TC_L_07_CSMS
  Scenario: The file cannot be fetched
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "DownloadFailed" with
      | status    | DownloadFailed            |
      | requestId | the requestId of "update" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "DownloadFailed"

  @TC_L_08_CSMS
  Scenario: The image does not pass the station's own check
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "SignatureVerified" with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Installing" with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "InstallVerificationFailed" with
      | status    | InstallVerificationFailed |
      | requestId | the requestId of "update" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "SignatureVerified"
    And the CSMS answers "Installing"
    And the CSMS answers "InstallVerificationFailed"

  @TC_L_09_CSMS
  Scenario: The installer gives up
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "SignatureVerified" with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Installing" with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "InstallationFailed" with
      | status    | InstallationFailed        |
      | requestId | the requestId of "update" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "SignatureVerified"
    And the CSMS answers "Installing"
    And the CSMS answers "InstallationFailed"

  @TC_L_04_CSMS
  Scenario: The station holds the signer's certificate for revoked
    Given the station is booted
    And the station will answer UpdateFirmware with
      | status | RevokedCertificate |
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends SecurityEventNotification as "event" with
      | type | InvalidFirmwareSigningCertificate |
    Then the CSMS answers "event"

  @TC_L_05_CSMS
  Scenario: The station holds the signer's certificate for invalid
    Given the station is booted
    And the station will answer UpdateFirmware with
      | status | InvalidCertificate |
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends SecurityEventNotification as "event" with
      | type | InvalidFirmwareSigningCertificate |
    Then the CSMS answers "event"

  @TC_L_10_CSMS
  Scenario: A second update takes the place of the first
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "one"
    When the station sends FirmwareStatusNotification as "first step" with
      | status    | Downloading            |
      | requestId | the requestId of "one" |
    And the station will answer UpdateFirmware with
      | status | AcceptedCanceled |
    And the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS answers "first step"
    And the CSMS sends UpdateFirmware as "two" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading            |
      | requestId | the requestId of "two" |
    And the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded             |
      | requestId | the requestId of "two" |
    And the station sends FirmwareStatusNotification as "SignatureVerified" with
      | status    | SignatureVerified      |
      | requestId | the requestId of "two" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "SignatureVerified"

  @TC_L_11_CSMS @L01.FR.27
  Scenario: A second update is refused, and the first goes on
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "one"
    When the station sends FirmwareStatusNotification as "first step" with
      | status    | Downloading            |
      | requestId | the requestId of "one" |
    And the station will answer UpdateFirmware with
      | status | Rejected |
    And the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS answers "first step"
    And the CSMS sends UpdateFirmware as "two" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded             |
      | requestId | the requestId of "one" |
    And the station sends FirmwareStatusNotification as "SignatureVerified" with
      | status    | SignatureVerified      |
      | requestId | the requestId of "one" |
    And the station sends FirmwareStatusNotification as "Installing" with
      | status    | Installing             |
      | requestId | the requestId of "one" |
    Then the CSMS answers "Downloaded"
    And the CSMS answers "SignatureVerified"
    And the CSMS answers "Installing"

  @TC_L_13_CSMS
  Scenario: A transaction is let finish before the station begins
    Given the station is charging
    When the operator requests UpdateFirmware with
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | like (?i)(https?\|ftps?\|sftp)://\S+                                 |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/\s]+=*\s*                                           |
    When the station sends FirmwareStatusNotification as "DownloadScheduled" with
      | status    | DownloadScheduled         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "SignatureVerified" with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends FirmwareStatusNotification as "Installing" with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    Then the CSMS answers "DownloadScheduled"
    And the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "SignatureVerified"
    And the CSMS answers "Installing"

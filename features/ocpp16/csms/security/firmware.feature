@sut-csms @v1.6 @needs:Security @needs:FirmwareManagement
Feature: A Central System that has signed firmware installed
  The request carries a signature and the certificate to check it with. The charge point reports each step under the
  number of the request, and whether the signature held.

  @TC_080_CSMS @OCPP1.6-security:L01
  Scenario: The signature holds, and the charge point is taken in again with new firmware
    Given the station is booted
    When the operator requests SignedUpdateFirmware with
      | requestId                   | 1                                                                      |
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | like (?i)(ftps?\|sftp\|https?)://.+                                  |
      | firmware.signingCertificate | like (?s)-----BEGIN CERTIFICATE-----\s.+-----END CERTIFICATE-----\s* |
      | firmware.signature          | like [A-Za-z0-9+/]+=*                                                |
    When the station sends SignedFirmwareStatusNotification with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends SignedFirmwareStatusNotification with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends SignedFirmwareStatusNotification as "verified" with
      | status    | SignatureVerified         |
      | requestId | the requestId of "update" |
    And the station sends StatusNotification with
      | status | Unavailable |
    And the station sends SignedFirmwareStatusNotification as "installing" with
      | status    | Installing                |
      | requestId | the requestId of "update" |
    And the station sends BootNotification as "boot after update"
    And the station sends SecurityEventNotification as "event" with
      | type | FirmwareUpdated |
    And the station sends SignedFirmwareStatusNotification as "installed" with
      | status    | Installed                 |
      | requestId | the requestId of "update" |
    Then the CSMS answers "verified"
    And the CSMS answers "boot after update" with
      | status | Accepted |
    And the CSMS answers "event"
    And the CSMS answers "installed"

  @TC_081_CSMS @OCPP1.6-security:L01
  Scenario: The signature does not hold, and the charge point says so
    Given the station is booted
    When the operator requests SignedUpdateFirmware with
      | requestId                   | 1                                                                      |
      | firmware.location           | https://files.example/firmware.bin                                     |
      | firmware.retrieveDateTime   | now                                                                    |
      | firmware.signingCertificate | -----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n |
      | firmware.signature          | bm90IGEgc2lnbmF0dXJl                                                   |
    Then the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location  | like (?i)(ftps?\|sftp\|https?)://.+ |
      | firmware.signature | like [A-Za-z0-9+/]+=*               |
    When the station sends SignedFirmwareStatusNotification as "downloading" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And the station sends SignedFirmwareStatusNotification as "downloaded" with
      | status    | Downloaded                |
      | requestId | the requestId of "update" |
    And the station sends SignedFirmwareStatusNotification as "invalid" with
      | status    | InvalidSignature          |
      | requestId | the requestId of "update" |
    Then the CSMS answers "downloading"
    And the CSMS answers "downloaded"
    And the CSMS answers "invalid"

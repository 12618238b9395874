@sut-csms @v1.6 @needs:FirmwareManagement
Feature: A Central System that has new firmware installed
  Fetching and installing takes long and may fail halfway. The charge point tells each step, comes back after its
  restart, and tells how it ended; everything is confirmed.

  @TC_044_1_CSMS @OCPP1.6:5.19 @OCPP1.6:4.5
  Scenario: The firmware is fetched and installed, and the charge point is taken in again
    Given the station is booted
    When the operator requests UpdateFirmware with
      | location     | https://files.example/firmware.bin |
      | retrieveDate | now                                |
    Then the CSMS sends UpdateFirmware with
      | location     | like (?i)(ftps?\|sftp\|https?)://.+ |
      | retrieveDate | present                             |
    When the station sends FirmwareStatusNotification as "downloading" with
      | status | Downloading |
    And the station sends FirmwareStatusNotification as "downloaded" with
      | status | Downloaded |
    And the station sends StatusNotification with
      | status | Unavailable |
    And the station sends FirmwareStatusNotification as "installing" with
      | status | Installing |
    And the station sends BootNotification as "boot after update"
    And the station sends StatusNotification with
      | status | Available |
    And the station sends FirmwareStatusNotification as "installed" with
      | status | Installed |
    Then the CSMS answers "downloading"
    And the CSMS answers "downloaded"
    And the CSMS answers "installing"
    And the CSMS answers "boot after update" with
      | status | Accepted |
    And the CSMS answers "installed"

  @TC_044_2_CSMS @OCPP1.6:5.19 @OCPP1.6:4.5
  Scenario: The firmware cannot be fetched
    Given the station is booted
    When the operator requests UpdateFirmware with
      | location     | https://files.example/firmware.bin |
      | retrieveDate | now                                |
    Then the CSMS sends UpdateFirmware
    When the station sends FirmwareStatusNotification as "downloading" with
      | status | Downloading |
    And the station sends FirmwareStatusNotification as "failed" with
      | status | DownloadFailed |
    Then the CSMS answers "downloading"
    And the CSMS answers "failed"

  @TC_044_3_CSMS @OCPP1.6:5.19 @OCPP1.6:4.5
  Scenario: The firmware cannot be installed, and the charge point is taken in again
    Given the station is booted
    When the operator requests UpdateFirmware with
      | location     | https://files.example/firmware.bin |
      | retrieveDate | now                                |
    Then the CSMS sends UpdateFirmware
    When the station sends FirmwareStatusNotification as "downloading" with
      | status | Downloading |
    And the station sends FirmwareStatusNotification as "downloaded" with
      | status | Downloaded |
    And the station sends StatusNotification with
      | status | Unavailable |
    And the station sends FirmwareStatusNotification as "installing" with
      | status | Installing |
    And the station sends BootNotification as "boot after update"
    And the station sends StatusNotification with
      | status | Available |
    And the station sends FirmwareStatusNotification as "failed" with
      | status | InstallationFailed |
    Then the CSMS answers "downloading"
    And the CSMS answers "downloaded"
    And the CSMS answers "installing"
    And the CSMS answers "boot after update" with
      | status | Accepted |
    And the CSMS answers "failed"

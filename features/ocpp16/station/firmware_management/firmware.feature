@sut-station @v1.6 @needs:FirmwareManagement
Feature: A charge point that replaces its firmware
  The operator only sees what the charge point tells. Each step is told once, in order, and after the restart it is the
  new version that boots, or the old one where something went wrong.

  @TC_044_1_CS @OCPP1.6:5.19 @OCPP1.6:4.5
  Scenario: New firmware is fetched, installed and started
    Given the file server will serve "new"
    When the CSMS sends UpdateFirmware as "update" with
      | location     | the location of "new" |
      | retrieveDate | now - 2 h             |
    Then the station answers "update"
    And the station downloads "new"
    And the station sends BootNotification with
      | firmwareVersion | the version of "new" |
    And the statuses of "update" follow a legal order and end in Installed

  @TC_044_2_CS @OCPP1.6:5.19 @OCPP1.6:4.5
  Scenario: The file is not there
    Given the file server will serve "new" with
      | status | 404 |
    When the CSMS sends UpdateFirmware as "update" with
      | location     | the location of "new" |
      | retrieveDate | now - 2 h             |
      | retries      | 0                     |
    Then the station answers "update"
    And the statuses of "update" follow a legal order and end in DownloadFailed
    When the operator reboots the station
    Then the station sends BootNotification with
      | firmwareVersion | the firmware |

  @TC_044_3_CS @OCPP1.6:5.19 @OCPP1.6:4.5
  Scenario: The file is no firmware for this charge point
    Given the file server will serve "bad" with
      | image | broken |
    When the CSMS sends UpdateFirmware as "update" with
      | location     | the location of "bad" |
      | retrieveDate | now - 2 h             |
    Then the station answers "update"
    And the station downloads "bad"
    And the statuses of "update" follow a legal order and end in InstallationFailed

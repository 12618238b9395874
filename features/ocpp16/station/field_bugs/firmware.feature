@sut-station @v1.6 @needs:FirmwareManagement
Feature: A charge point that tells how its update ends
  Whoever rolls out firmware must know of every charge point whether it is done. What charge points in the field get
  wrong: an end that never comes.

  @OCPP1.6:4.5 @OCPP1.6:5.19
  Scenario: Of an update that cannot be fetched it says so
    When the CSMS sends UpdateFirmware as "update" with
      | location     | http://localhost:1/firmware.bin |
      | retrieveDate | now                             |
    Then the station answers "update"
    And the station sends FirmwareStatusNotification within 5 min with
      | status | DownloadFailed |

@sut-csms @v1.6 @needs:FirmwareManagement
Feature: A Central System that says where firmware lies
  A charge point can fetch only by the protocols it knows. What else stands in the URL, such as a password, ends up in
  logs and is reported by the monitor.

  @OCPP1.6:5.19
  Scenario: It names a place that a charge point can reach
    Given the station is booted
    When the operator requests UpdateFirmware with
      | location     | https://files.example/firmware.bin |
      | retrieveDate | now                                |
    Then the CSMS sends UpdateFirmware with
      | location | like (?i)(https?\|ftps?\|sftp)://\S+ |

@sut-csms @v2.0.1
Feature: A CSMS that says where firmware lies
  A station can fetch only by the protocols it knows. What else stands in the URL, such as a password, ends up in logs
  and is reported by the monitor.

  Scenario: It names a place that a station can reach
    Given the station is booted
    When the operator requests UpdateFirmware with
      | firmware.location         | https://files.example/firmware.bin |
      | firmware.retrieveDateTime | now                                |
    Then the CSMS sends UpdateFirmware with
      | firmware.location | like (?i)(https?\|ftps?\|sftp)://\S+ |

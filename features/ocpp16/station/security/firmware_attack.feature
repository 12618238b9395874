@sut-station @v1.6 @attack @needs:Security @needs:FirmwareManagement @OCPP1.6-security:L01
Feature: A charge point that somebody wants to own through its firmware
  Whoever sits between the charge point and the file server can change the file, exchange it, send it elsewhere or
  name it strangely. None of it may end in Installed; the same file, unspoilt, does (see signed_firmware.feature).

  Images are signed with RSA PKCS#1 v1.5, which field products expect.

  Scenario Outline: A file that was changed after it was signed is not installed (<what>)
    Given the file server will serve "bad" with
      | <row> | <what> |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "bad"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
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
      | firmwareVersion | the firmware |

    Examples:
      | row         | what                       |
      | spoilt      | last block                 |
      | signature   | of another image           |
      | signed with | RSA PKCS#1 v1.5 with SHA-1 |

  Scenario: An image that was exchanged between the first fetch and the second is not installed
    Given the file server will serve "swapped" with
      | ends         | after 200000 bytes |
      | times        | 1                  |
      | second fetch | another            |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "swapped"            |
      | firmware.retrieveDateTime   | now - 2 h                            |
      | firmware.signingCertificate | the signing certificate of "swapped" |
      | firmware.signature          | the signature of "swapped"           |
      | retries                     | 2                                    |
      | retryInterval               | 1                                    |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "swapped"
    And the station sends SecurityEventNotification with
      | type | InvalidFirmwareSignature |
    And the statuses of "update" follow a legal order and end in InvalidSignature

  Scenario Outline: A redirect to <where> brings another file, which is not installed
    Given the file server will serve "elsewhere" with
      | protocol | https      |
      | redirect | <where>    |
      | spoilt   | last block |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "elsewhere"            |
      | firmware.retrieveDateTime   | now - 2 h                              |
      | firmware.signingCertificate | the signing certificate of "elsewhere" |
      | firmware.signature          | the signature of "elsewhere"           |
    Then the station answers "update" with
      | status | Accepted |
    And the statuses of "update" follow a legal order and end in DownloadFailed or InvalidSignature

    Examples:
      | where        |
      | another host |
      | http         |

  Scenario: A file name that climbs out of its folder harms nothing
    Given the file server will serve "climber" with
      | file name | ../../../../etc/passwd |
      | spoilt    | last block             |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "climber"            |
      | firmware.retrieveDateTime   | now - 2 h                            |
      | firmware.signingCertificate | the signing certificate of "climber" |
      | firmware.signature          | the signature of "climber"           |
    Then the station answers "update" with
      | status | Accepted |
    And the statuses of "update" follow a legal order and end in DownloadFailed or InvalidSignature
    When the operator reboots the station
    Then the station sends BootNotification with
      | firmwareVersion | the firmware |

  @needs:RollbackProtection
  Scenario: An older release, though well signed, is not installed where the charge point protects against it
    Given the file server will serve "old" with
      | image | old |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "old"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "old" |
      | firmware.signature          | the signature of "old"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "old"
    And the statuses of "update" follow a legal order and end in InstallVerificationFailed or InstallationFailed
    When the operator reboots the station
    Then the station sends BootNotification with
      | firmwareVersion | the firmware |

  @needs:not-RollbackProtection
  Scenario: What becomes of an older release, well signed, is told and not judged
    Given the file server will serve "old" with
      | image | old |
    When the CSMS sends SignedUpdateFirmware as "update" with
      | firmware.location           | the location of "old"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "old" |
      | firmware.signature          | the signature of "old"           |
    Then the station answers "update" with
      | status | Accepted |
    And the statuses of "update" follow a legal order and end in Installed or InstallVerificationFailed or InstallationFailed

@sut-station @v2.0.1
Feature: A station that is asked how far a transfer has come
  Whoever waits for a log or an update and hears nothing asks once more. The answer is what goes on now, not that
  nothing does.

  @TC_F_16_CS @F06.FR.04 @F06.FR.05 @F06.FR.10 @F06.FR.14 @needs:C-29.3
  Scenario: In the middle of an upload, it tells that it uploads
    Given the file server will take uploads as "log" with
      | stalls | after 0 bytes |
    When the CSMS sends GetLog as "request" with
      | logType            | DiagnosticsLog        |
      | log.remoteLocation | the location of "log" |
    Then the station answers "request" with
      | status | Accepted |
    And the station sends LogStatusNotification with
      | status | Uploading |
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | LogStatusNotification |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends LogStatusNotification as "state" with
      | status    | Uploading                  |
      | requestId | the requestId of "request" |
    And "answer" and "state" come in this order

  @TC_F_19_CS @F06.FR.04 @F06.FR.05 @F06.FR.10 @L01.FR.26 @needs:C-29.4
  Scenario: In the middle of a download, it tells that it downloads
    Given the file server will serve "new" with
      | stalls    | after 200000 bytes |
      | signature | bit flipped        |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification with
      | status | Downloading |
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | FirmwareStatusNotification |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification as "state" with
      | status    | Downloading               |
      | requestId | the requestId of "update" |
    And "answer" and "state" come in this order

  @F06.FR.04 @F06.FR.05 @F06.FR.10 @F06.FR.16 @L01.FR.25 @needs:C-29.4
  Scenario: When the update is installed, it tells that it updates nothing any more
    Given the file server will serve "new"
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the statuses of "update" follow a legal order and end in Installed
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | FirmwareStatusNotification |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification as "state" with
      | status | Idle |
    And "answer" and "state" come in this order

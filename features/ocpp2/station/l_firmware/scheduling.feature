@sut-station @v2.0.1 @L01.FR.01 @L01.FR.10 @L01.FR.20
Feature: A station that fetches and installs firmware when it was told to
  An operator plans updates for quiet hours and changes plans. The station keeps to the times it was given, lets people
  finish charging, and says what it is waiting for.

  @TC_L_02_CS @L01.FR.04 @L01.FR.16 @needs:C-15
  Scenario: The installation waits for its time
    Given the file server will serve "new"
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.installDateTime    | now + 3 s                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification as "waits" with
      | status    | InstallScheduled          |
      | requestId | the requestId of "update" |
    And the station sends BootNotification as "boot" with
      | chargingStation.firmwareVersion | the version of "new" |
    And the statuses of "update" follow a legal order and end in Installed
    And "boot" comes at least 1 s after "waits"

  @TC_L_03_CS @L01.FR.13 @needs:C-15
  Scenario: The download waits for its time
    Given the file server will serve "new"
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now + 3 s                        |
      | firmware.installDateTime    | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification with
      | status    | DownloadScheduled         |
      | requestId | the requestId of "update" |
    And the station does not download "new" for 1 s
    And the station downloads "new"
    And the statuses of "update" follow a legal order and end in Installed

  @TC_L_10_CS @L01.FR.24 @needs:C-60
  Scenario: A second request cancels the first while it downloads
    Given the file server will serve "first" with
      | stalls | after 200000 bytes |
    And the file server will serve "second" with
      | image | another |
    When the CSMS sends UpdateFirmware as "one" with
      | requestId                   | 101                                |
      | firmware.location           | the location of "first"            |
      | firmware.retrieveDateTime   | now - 2 h                          |
      | firmware.signingCertificate | the signing certificate of "first" |
      | firmware.signature          | the signature of "first"           |
    Then the station answers "one" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification with
      | status    | Downloading |
      | requestId | 101         |
    When the CSMS sends UpdateFirmware as "two" with
      | requestId                   | 102                                 |
      | firmware.location           | the location of "second"            |
      | firmware.retrieveDateTime   | now - 2 h                           |
      | firmware.signingCertificate | the signing certificate of "second" |
      | firmware.signature          | the signature of "second"           |
    Then the station answers "two" with
      | status | AcceptedCanceled |
    And the station downloads "second"
    And the station sends BootNotification with
      | chargingStation.firmwareVersion | the version of "second" |
    And the statuses of "two" follow a legal order and end in Installed

  @TC_L_11_CS @L01.FR.27 @needs:not-C-60
  Scenario: A station that cannot cancel says so and completes the first
    Given the file server will serve "first" with
      | rate | 2000000 bytes/s |
    And the file server will serve "second" with
      | image | another |
    When the CSMS sends UpdateFirmware as "one" with
      | requestId                   | 101                                |
      | firmware.location           | the location of "first"            |
      | firmware.retrieveDateTime   | now - 2 h                          |
      | firmware.signingCertificate | the signing certificate of "first" |
      | firmware.signature          | the signature of "first"           |
    Then the station answers "one" with
      | status | Accepted |
    When the CSMS sends UpdateFirmware as "two" with
      | requestId                   | 102                                 |
      | firmware.location           | the location of "second"            |
      | firmware.retrieveDateTime   | now - 2 h                           |
      | firmware.signingCertificate | the signing certificate of "second" |
      | firmware.signature          | the signature of "second"           |
    Then the station answers "two" with
      | status | Rejected |
    And the statuses of "one" follow a legal order and end in Installed

@sut-csms @v2.0.1
Feature: A CSMS that has a local controller publish firmware
  A site fetches an image once and serves it to its stations. The checksum says whether what was fetched is what was
  meant, and the local controller reports each step.

  @TC_L_17_CSMS
  Scenario: The image is fetched, checked and published
    Given the station is booted
    When the operator requests PublishFirmware with
      | location | https://files.example/firmware.bin |
      | checksum | 9e107d9d372bb6826bd81d3542a419d6   |
    Then the CSMS sends PublishFirmware as "publish" with
      | location | like (?i)(https?\|ftps?\|sftp)://\S+ |
      | checksum | like [0-9A-Fa-f]{32}                 |
    When the station sends PublishFirmwareStatusNotification as "Downloading" with
      | status    | Downloading                |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                 |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "ChecksumVerified" with
      | status    | ChecksumVerified           |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "Published" with
      | status    | Published                  |
      | requestId | the requestId of "publish" |
      | location[0] | https://site.example/firmware.bin |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "ChecksumVerified"
    And the CSMS answers "Published"

  @TC_L_19_CSMS
  Scenario: The checksum does not fit
    Given the station is booted
    When the operator requests PublishFirmware with
      | location | https://files.example/firmware.bin |
      | checksum | 9e107d9d372bb6826bd81d3542a419d6   |
    Then the CSMS sends PublishFirmware as "publish" with
      | location | like (?i)(https?\|ftps?\|sftp)://\S+ |
      | checksum | like [0-9A-Fa-f]{32}                 |
    When the station sends PublishFirmwareStatusNotification as "Downloading" with
      | status    | Downloading                |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                 |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "InvalidChecksum" with
      | status    | InvalidChecksum            |
      | requestId | the requestId of "publish" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "InvalidChecksum"

  @TC_L_20_CSMS
  Scenario: The image cannot be published
    Given the station is booted
    When the operator requests PublishFirmware with
      | location | https://files.example/firmware.bin |
      | checksum | 9e107d9d372bb6826bd81d3542a419d6   |
    Then the CSMS sends PublishFirmware as "publish" with
      | location | like (?i)(https?\|ftps?\|sftp)://\S+ |
      | checksum | like [0-9A-Fa-f]{32}                 |
    When the station sends PublishFirmwareStatusNotification as "Downloading" with
      | status    | Downloading                |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "Downloaded" with
      | status    | Downloaded                 |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "ChecksumVerified" with
      | status    | ChecksumVerified           |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "PublishFailed" with
      | status    | PublishFailed              |
      | requestId | the requestId of "publish" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "Downloaded"
    And the CSMS answers "ChecksumVerified"
    And the CSMS answers "PublishFailed"

  @TC_L_24_CSMS
  Scenario: The image cannot be fetched
    Given the station is booted
    When the operator requests PublishFirmware with
      | location | https://files.example/firmware.bin |
      | checksum | 9e107d9d372bb6826bd81d3542a419d6   |
    Then the CSMS sends PublishFirmware as "publish" with
      | location | like (?i)(https?\|ftps?\|sftp)://\S+ |
      | checksum | like [0-9A-Fa-f]{32}                 |
    When the station sends PublishFirmwareStatusNotification as "Downloading" with
      | status    | Downloading                |
      | requestId | the requestId of "publish" |
    And the station sends PublishFirmwareStatusNotification as "DownloadFailed" with
      | status    | DownloadFailed             |
      | requestId | the requestId of "publish" |
    Then the CSMS answers "Downloading"
    And the CSMS answers "DownloadFailed"

  @TC_L_21_CSMS
  Scenario: It takes published firmware back
    Given the station is booted
    And the station will answer UnpublishFirmware with
      | status | Unpublished |
    When the operator requests UnpublishFirmware with
      | checksum | 9e107d9d372bb6826bd81d3542a419d6 |
    Then the CSMS sends UnpublishFirmware with
      | checksum | 9e107d9d372bb6826bd81d3542a419d6 |

  @TC_L_22_CSMS
  Scenario: It takes back what was never published
    Given the station is booted
    And the station will answer UnpublishFirmware with
      | status | NoFirmware |
    When the operator requests UnpublishFirmware with
      | checksum | 9e107d9d372bb6826bd81d3542a419d6 |
    Then the CSMS sends UnpublishFirmware with
      | checksum | 9e107d9d372bb6826bd81d3542a419d6 |

  @TC_L_23_CSMS
  Scenario: It takes back what a station is downloading
    Given the station is booted
    And the station will answer UnpublishFirmware with
      | status | DownloadOngoing |
    When the operator requests UnpublishFirmware with
      | checksum | 9e107d9d372bb6826bd81d3542a419d6 |
    Then the CSMS sends UnpublishFirmware with
      | checksum | 9e107d9d372bb6826bd81d3542a419d6 |

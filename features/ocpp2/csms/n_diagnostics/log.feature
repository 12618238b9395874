@sut-csms @v2.0.1
Feature: A CSMS that has logs uploaded
  The station tells how far the upload is, under the number of the request; every report is confirmed.

  @TC_N_25_CSMS
  Scenario: The diagnostics are uploaded
    Given the station is booted
    When the operator requests GetLog with
      | logType            | DiagnosticsLog              |
      | log.remoteLocation | https://files.example/logs/ |
    Then the CSMS sends GetLog as "request" with
      | logType            | DiagnosticsLog                       |
      | log.remoteLocation | like (?i)(https?\|ftps?\|sftp)://\S+ |
    When the station sends LogStatusNotification as "Uploading" with
      | status    | Uploading                  |
      | requestId | the requestId of "request" |
    And the station sends LogStatusNotification as "Uploaded" with
      | status    | Uploaded                   |
      | requestId | the requestId of "request" |
    Then the CSMS answers "Uploading"
    And the CSMS answers "Uploaded"

  @TC_N_35_CSMS
  Scenario: The security log is uploaded
    Given the station is booted
    When the operator requests GetLog with
      | logType            | SecurityLog                 |
      | log.remoteLocation | https://files.example/logs/ |
    Then the CSMS sends GetLog as "request" with
      | logType            | SecurityLog                          |
      | log.remoteLocation | like (?i)(https?\|ftps?\|sftp)://\S+ |
    When the station sends LogStatusNotification as "Uploading" with
      | status    | Uploading                  |
      | requestId | the requestId of "request" |
    And the station sends LogStatusNotification as "Uploaded" with
      | status    | Uploaded                   |
      | requestId | the requestId of "request" |
    Then the CSMS answers "Uploading"
    And the CSMS answers "Uploaded"

  @TC_N_34_CSMS
  Scenario: The station has no such log
    Given the station is booted
    And the station will answer GetLog with
      | status   | Rejected |
      | filename | absent   |
    When the operator requests GetLog with
      | logType            | DiagnosticsLog              |
      | log.remoteLocation | https://files.example/logs/ |
    Then the CSMS sends GetLog as "request" with
      | logType            | DiagnosticsLog                       |
      | log.remoteLocation | like (?i)(https?\|ftps?\|sftp)://\S+ |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_N_36_CSMS
  Scenario: A second request takes the place of the first
    Given the station is booted
    When the operator requests GetLog with
      | logType            | SecurityLog                 |
      | log.remoteLocation | https://files.example/logs/ |
    Then the CSMS sends GetLog as "one"
    When the station sends LogStatusNotification as "first step" with
      | status    | Uploading              |
      | requestId | the requestId of "one" |
    And the station will answer GetLog with
      | status | AcceptedCanceled |
    And the operator requests GetLog with
      | logType            | SecurityLog                 |
      | log.remoteLocation | https://files.example/logs/ |
    Then the CSMS answers "first step"
    And the CSMS sends GetLog as "two" with
      | logType            | SecurityLog                          |
      | log.remoteLocation | like (?i)(https?\|ftps?\|sftp)://\S+ |
    When the station sends LogStatusNotification as "AcceptedCanceled" with
      | status    | AcceptedCanceled       |
      | requestId | the requestId of "one" |
    And the station sends LogStatusNotification as "Uploading" with
      | status    | Uploading              |
      | requestId | the requestId of "two" |
    And the station sends LogStatusNotification as "Uploaded" with
      | status    | Uploaded               |
      | requestId | the requestId of "two" |
    Then the CSMS answers "AcceptedCanceled"
    And the CSMS answers "Uploading"
    And the CSMS answers "Uploaded"

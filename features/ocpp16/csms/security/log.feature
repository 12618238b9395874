@sut-csms @v1.6 @needs:Security
Feature: A Central System that keeps an eye on security
  A charge point reports what looks like an attack at once, and uploads its security log when asked. Every report
  names the request it belongs to.

  @TC_079_CSMS @OCPP1.6-security:N01
  Scenario: It has the security log uploaded and hears how far that has come
    Given the station is booted
    When the operator requests GetLog with
      | logType            | SecurityLog                    |
      | requestId          | 1                              |
      | log.remoteLocation | https://files.example/security |
    Then the CSMS sends GetLog as "log request" with
      | logType            | SecurityLog                         |
      | log.remoteLocation | like (?i)(ftps?\|sftp\|https?)://.+ |
    When the station sends LogStatusNotification as "uploading" with
      | status    | Uploading                      |
      | requestId | the requestId of "log request" |
    And the station sends LogStatusNotification as "uploaded" with
      | status    | Uploaded                       |
      | requestId | the requestId of "log request" |
    Then the CSMS answers "uploading"
    And the CSMS answers "uploaded"

  @OCPP1.6-security:A04.FR.03
  Scenario: It confirms a security event
    Given the station is booted
    When the station sends SecurityEventNotification as "event" with
      | type | TamperDetectionActivated |
    Then the CSMS answers "event"

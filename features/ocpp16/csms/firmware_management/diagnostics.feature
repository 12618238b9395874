@sut-csms @v1.6 @needs:FirmwareManagement
Feature: A Central System that asks for diagnostics
  The charge point uploads a file to the place it is given, and tells how far it has come.

  @TC_045_1_CSMS @OCPP1.6:5.9 @OCPP1.6:4.4
  Scenario: The diagnostics are uploaded
    Given the station is booted
    And the station will answer GetDiagnostics with
      | fileName | diagnostics.log |
    When the operator requests GetDiagnostics with
      | location | https://files.example/diagnostics |
    Then the CSMS sends GetDiagnostics with
      | location | like (?i)(ftps?\|sftp\|https?)://.+ |
    When the station sends DiagnosticsStatusNotification as "uploading" with
      | status | Uploading |
    And the station sends DiagnosticsStatusNotification as "uploaded" with
      | status | Uploaded |
    Then the CSMS answers "uploading"
    And the CSMS answers "uploaded"

  @TC_045_2_CSMS @OCPP1.6:5.9 @OCPP1.6:4.4
  Scenario: The upload of the diagnostics fails
    Given the station is booted
    And the station will answer GetDiagnostics with
      | fileName | diagnostics.log |
    When the operator requests GetDiagnostics with
      | location | https://files.example/diagnostics |
    Then the CSMS sends GetDiagnostics
    When the station sends DiagnosticsStatusNotification as "uploading" with
      | status | Uploading |
    And the station sends DiagnosticsStatusNotification as "failed" with
      | status | UploadFailed |
    Then the CSMS answers "uploading"
    And the CSMS answers "failed"

@sut-station @v1.6 @needs:FirmwareManagement
Feature: A charge point that hands over its diagnostics
  The Central System gives the place, the charge point the file and the news of how far it is.

  @TC_045_1_CS @OCPP1.6:5.9 @OCPP1.6:4.4
  Scenario: The diagnostics are uploaded
    Given the file server will take uploads as "diagnostics"
    When the CSMS sends GetDiagnostics as "request" with
      | location | the location of "diagnostics" |
    Then the station answers "request" with
      | fileName | present |
    And the station uploads a file as "diagnostics"
    And the statuses of "request" follow a legal order and end in Uploaded

  @TC_045_2_CS @OCPP1.6:5.9 @OCPP1.6:4.4
  Scenario: The upload fails
    Given the file server will take uploads as "diagnostics" with
      | folder | missing |
    When the CSMS sends GetDiagnostics as "request" with
      | location | the location of "diagnostics" |
      | retries  | 0                             |
    Then the station answers "request"
    And the statuses of "request" follow a legal order and end in UploadFailed

@sut-station @v1.6 @needs:Security
Feature: A charge point that hands over its security log
  After an incident the log is all there is; each report names the request it belongs to.

  @TC_079_CS @OCPP1.6-security:N01
  Scenario: The security log is uploaded
    Given the file server will take uploads as "log"
    When the CSMS sends GetLog as "request" with
      | logType            | SecurityLog           |
      | log.remoteLocation | the location of "log" |
    Then the station answers "request" with
      | status | Accepted |
    And the station uploads a file as "log"
    And the statuses of "request" follow a legal order and end in Uploaded

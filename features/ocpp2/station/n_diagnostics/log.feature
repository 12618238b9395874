@sut-station @v2.0.1
Feature: A station that hands over its logs
  After an incident the log is all there is. The station uploads it where it is told to, tells how far it is, and names
  the request each time.

  @TC_N_25_CS @N01.FR.01 @N01.FR.02 @N01.FR.04 @N01.FR.07 @N01.FR.08 @N01.FR.09 @N01.FR.13 @N01.FR.21
  Scenario: The diagnostics are uploaded
    Given the file server will take uploads as "log"
    When the CSMS sends GetLog as "request" with
      | logType            | DiagnosticsLog        |
      | log.remoteLocation | the location of "log" |
    Then the station answers "request" with
      | status   | Accepted |
      | filename | present  |
    And the station uploads a file as "log"
    And the statuses of "request" follow a legal order and end in Uploaded

  @TC_N_35_CS @N01.FR.01 @N01.FR.02 @N01.FR.03 @N01.FR.07 @N01.FR.08 @N01.FR.09 @N01.FR.13 @N01.FR.21
  Scenario: The security log is uploaded
    Given the file server will take uploads as "log"
    When the CSMS sends GetLog as "request" with
      | logType            | SecurityLog           |
      | log.remoteLocation | the location of "log" |
    Then the station answers "request" with
      | status   | Accepted |
      | filename | present  |
    And the station uploads a file as "log"
    And the statuses of "request" follow a legal order and end in Uploaded

  @TC_N_26_CS @N01.FR.10
  Scenario: A place that takes no uploads is reported once the retries are used up
    Given the file server will take uploads as "log" with
      | folder | missing |
    When the CSMS sends GetLog as "request" with
      | logType            | DiagnosticsLog        |
      | log.remoteLocation | the location of "log" |
      | retries            | 3                     |
      | retryInterval      | 1                     |
    Then the station answers "request" with
      | status | Accepted |
    And the statuses of "request" follow a legal order and end in UploadFailure or BadMessage or PermissionDenied or NotSupportedOperation

  @TC_N_34_CS @N01.FR.05
  Scenario: A log of the future is not there
    Given the file server will take uploads as "log"
    When the CSMS sends GetLog as "request" with
      | logType             | DiagnosticsLog        |
      | log.remoteLocation  | the location of "log" |
      | log.oldestTimestamp | now + 1 d             |
    Then the station answers "request" with
      | status | Rejected |

  @TC_N_36_CS @N01.FR.12 @N01.FR.20 @needs:C-57
  Scenario: A second request cancels the first upload
    Given the file server will take uploads as "slow" with
      | stalls | after 0 bytes |
    And the file server will take uploads as "log"
    When the CSMS sends GetLog as "one" with
      | requestId          | 201                    |
      | logType            | SecurityLog            |
      | log.remoteLocation | the location of "slow" |
    Then the station answers "one" with
      | status | Accepted |
    And the station sends LogStatusNotification with
      | status    | Uploading |
      | requestId | 201       |
    When the CSMS sends GetLog as "two" with
      | requestId          | 202                   |
      | logType            | SecurityLog           |
      | log.remoteLocation | the location of "log" |
    Then the station answers "two" with
      | status | AcceptedCanceled |
    And the station sends LogStatusNotification with
      | status    | AcceptedCanceled |
      | requestId | 201              |
    And the station uploads a file as "log"
    And the statuses of "two" follow a legal order and end in Uploaded

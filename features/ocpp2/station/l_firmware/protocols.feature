@sut-station @v2.0.1 @sockets
Feature: A station that fetches firmware and leaves logs by the protocols it names
  FileTransferProtocols tells the operator what a station can do; what it names has to work with a real server.

  Images are signed with RSA PKCS#1 v1.5, which field products expect.

  @L01.FR.01 @L01.FR.04
  Scenario Outline: Firmware comes by <protocol>
    Given the station is able to transfer files by <protocol>
    And the file server will serve "new" with
      | protocol | <protocol> |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "new"
    And the statuses of "update" follow a legal order and end in Installed

    Examples:
      | protocol |
      | https    |
      | ftp      |
      | ftps     |
      | sftp     |

  @N01.FR.02 @N01.FR.09
  Scenario Outline: The security log leaves by <protocol>
    Given the station is able to transfer files by <protocol>
    And the file server will take uploads as "log" with
      | protocol | <protocol> |
    When the CSMS sends GetLog as "request" with
      | logType            | SecurityLog           |
      | log.remoteLocation | the location of "log" |
    Then the station answers "request" with
      | status | Accepted |
    And the station uploads a file as "log"
    And the statuses of "request" follow a legal order and end in Uploaded

    Examples:
      | protocol |
      | https    |
      | ftp      |
      | ftps     |
      | sftp     |

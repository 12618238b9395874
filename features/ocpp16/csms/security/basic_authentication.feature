@sut-csms @v1.6 @needs:Security @profile:1 @profile:2
Feature: A Central System that checks who connects
  With security profile 1 or 2 a charge point proves by a password who it is. Whoever has it is let in, and nobody
  else.

  @TC_085_CSMS @OCPP1.6-security:A00.FR.207 @OCPP1.6-security:A00.FR.324
  Scenario: With its own name and password a charge point is let in and taken into service
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6
    When the station sends BootNotification as "boot"
    And the station sends StatusNotification as "status" with
      | status | Available |
    Then the CSMS answers "boot" with
      | status | Accepted |
    And the CSMS answers "status"

  @OCPP1.6-security:A00.FR.207 @OCPP1.6-security:A00.FR.324
  Scenario: With another password it is turned away, and with its own it is let in
    When the station connects with
      | password | not the password 16 |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

  @OCPP1.6-security:A00.FR.207 @OCPP1.6-security:A00.FR.324
  Scenario: With its password under another name it is turned away, and under its own it is let in
    When the station connects with
      | user | somebody-else |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

  @OCPP1.6-security:A00.FR.207 @OCPP1.6-security:A00.FR.324
  Scenario Outline: With <what> as <row> it is turned away, and with its own it is let in
    When the station connects with
      | <row> | <cell> |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

    Examples:
      | what           | row      | cell                           |
      | nothing        | user     |                                |
      | a prefix of it | user     | the first half of the identity |
      | nothing        | password |                                |
      | a part of it   | password | the first half of the password |
      | more than it   | password | the password and more          |

  @OCPP1.6-security:A00.FR.207 @OCPP1.6-security:A00.FR.324
  Scenario: Without any credentials it is turned away, and with them it is let in
    When the station connects with
      | authorization | none |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

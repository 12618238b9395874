@sut-csms @v1.6 @needs:Security @attack @profile:1 @profile:2
Feature: A Central System under attack by who knows a charge point's name, or has a charge point of his own
  Names of charge points are no secret. Whoever guesses at passwords must not get in, and a charge point that is let in
  may speak for itself alone.

  @OCPP1.6-security:A00.FR.207 @OCPP1.6-security:A00.FR.324
  Scenario: Who guesses at the password does not get in, and does not disturb the charge point
    Given the station is booted
    When the station "guesser" connects with
      | identity | the identity |
      | user     | the identity |
      | password | a guess      |
      | tries    | 20           |
    Then the CSMS refuses the connection of the station "guesser"
    And the CSMS keeps the connection of the station for 1 s
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

  @OCPP1.6-security:A00.FR.207 @OCPP1.6-security:A00.FR.324
  Scenario: By another charge point's name and password a charge point is not let in under its own
    When the station connects with
      | user     | the second identity |
      | password | the second password |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp1.6

  @OCPP1.6:4.10
  Scenario Outline: Another charge point that <does> it does not end it
    Given the station is charging
    And the station "other" connects with
      | identity | the second identity |
      | user     | the second identity |
      | password | the second password |
    And the station "other" sends BootNotification
    When the station "other" sends <message> as "foreign" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "foreign"
    When the operator requests RemoteStopTransaction with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS sends RemoteStopTransaction with
      | transactionId | the transactionId of the answer to "start" |

    Examples:
      | does     | message         |
      | ends     | StopTransaction |
      | measures | MeterValues     |

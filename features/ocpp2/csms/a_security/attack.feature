@sut-csms @v2.0.1 @attack @profile:1 @profile:2
Feature: A CSMS under attack by who knows a station's name, or has a station of his own
  Names of stations are no secret. Whoever guesses at passwords must not get in, and a station that is let in may speak
  for itself alone.

  @A00.FR.207 @A00.FR.324
  Scenario: Who guesses at the password does not get in, and does not disturb the station
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

  @A00.FR.207 @A00.FR.324
  Scenario: By another station's name and password a station is not let in under its own
    When the station connects with
      | user     | the second identity |
      | password | the second password |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

  Scenario Outline: Another station that <does> it does not end it
    Given the station is charging
    And the station "other" connects with
      | identity | the second identity |
      | user     | the second identity |
      | password | the second password |
    And the station "other" sends BootNotification
    When the station "other" sends TransactionEvent as "foreign" with
      | eventType                     | <event>                                      |
      | triggerReason                 | <reason>                                     |
      | seqNo                         | 3                                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "start" |
    Then the CSMS answers "foreign" with any CALLERROR with
      | totalCost | absent or 0 |
    When the operator requests RequestStopTransaction with
      | transactionId | the transactionInfo.transactionId of "start" |
    Then the CSMS sends RequestStopTransaction with
      | transactionId | the transactionInfo.transactionId of "start" |

    Examples:
      | does    | event   | reason            |
      | ends    | Ended   | StopAuthorized    |
      | updates | Updated | MeterValuePeriodic |

@sut-csms @v1.6 @needs:Security
Feature: A Central System that meets the same name twice
  A stranger who knocks under a charge point's name must not cut it off. The charge point itself, when it comes back
  while the old connection still seems to stand, must not be left with two.

  OCPP does not say which of the two counts: only a product that claims so has to keep the new one.

  @OCPP1.6-security:A00.FR.207 @OCPP1.6-security:A00.FR.324 @profile:1 @profile:2
  Scenario Outline: A stranger <how> does not touch the connection that stands
    Given the station is booted
    When the station "stranger" connects with
      | identity | the identity |
      | user     | the identity |
      | <row>    | <cell>       |
    Then the CSMS refuses the connection of the station "stranger"
    And the CSMS keeps the connection of the station for 1 s
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

    Examples:
      | how                    | row           | cell                |
      | with a wrong password  | password      | not the password 16 |
      | without any credentials | authorization | none                |

  @needs:NewConnectionWins
  Scenario: When the charge point comes back the old connection is closed, and the new one serves
    Given the station is booted
    When the station "again" connects with
      | identity | the identity |
      | user     | the identity |
    Then the CSMS accepts the connection of the station "again" with ocpp1.6
    And the CSMS closes the connection of the station
    And the CSMS keeps the connection of the station "again" for 1 s
    When the station "again" sends Heartbeat as "alive"
    Then the CSMS answers "alive"

  @needs:NewConnectionWins
  Scenario: What the operator asks for goes to the connection that is left
    Given the station is booted
    When the station "again" connects with
      | identity | the identity |
      | user     | the identity |
    Then the CSMS closes the connection of the station
    When the operator requests TriggerMessage with
      | requestedMessage | Heartbeat |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | Heartbeat |

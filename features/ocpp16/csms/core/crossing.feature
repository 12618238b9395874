@sut-csms @v1.6
Feature: A Central System whose requests cross those of the charge point
  Both sides may ask at any time. Whoever waits for an answer must still give one, or both wait for ever.

  @OCPP-J1.6:4.2.3
  Scenario: A request that is answered with an error does not disturb the rest
    Given the station is booted
    And the station will answer GetConfiguration once with CALLERROR InternalError
    When the operator requests GetConfiguration
    Then the CSMS sends GetConfiguration
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

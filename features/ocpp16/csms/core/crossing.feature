@sut-csms @v1.6
Feature: A Central System whose requests cross those of the charge point
  Both sides may ask at any time. Whoever waits for an answer must still give one, or both wait for ever.

  @OCPP-J1.6:4.1.1
  Scenario: While its own request is open it answers the charge point
    Given the station is booted
    And the station will not answer GetConfiguration once
    When the operator requests GetConfiguration
    Then the CSMS sends GetConfiguration
    When the station sends Heartbeat as "heartbeat"
    And the station sends Authorize as "authorize" with
      | idTag | the valid idTag |
    Then the CSMS answers "heartbeat"
    And the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |

  @OCPP-J1.6:4.2.3
  Scenario: A request that is answered with an error does not disturb the rest
    Given the station is booted
    And the station will answer GetConfiguration once with CALLERROR InternalError
    When the operator requests GetConfiguration
    Then the CSMS sends GetConfiguration
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

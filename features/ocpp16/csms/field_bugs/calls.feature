@sut-csms @v1.6
Feature: A Central System that keeps questions and answers apart
  Both sides ask and answer on one connection. What a Central System in the field gets wrong: it asks on before it has its
  answer, keeps the station waiting for its own, answers what nobody asked, and falls over what makes no sense.

  @OCPP-J1.6:4.1.1
  Scenario: While its own request is open it answers the charge point
    Given the station is booted
    And the station will not answer GetConfiguration once
    When the operator requests GetConfiguration
    Then the CSMS sends GetConfiguration
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @OCPP-J1.6:4.1.1
  Scenario: It asks nothing more before it has its answer
    Given the station is booted
    And the station will answer GetConfiguration once after 2 s
    When the operator requests GetConfiguration
    And the operator requests ClearCache
    Then the CSMS sends GetConfiguration as "first question"
    And the CSMS sends ClearCache as "second question"
    And "second question" comes at least 2 s after "first question"

  @OCPP-J1.6:4.2.2
  Scenario: An answer to something it never asked leaves it unmoved
    Given the station is booted
    When the station sends this text
      """
      [3, "nobody-asked-for-this", {}]
      """
    Then the CSMS sends nothing for 1 s
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @OCPP-J1.6:4.2.3
  Scenario: A message with an impossible time is refused, and the next good one is served
    Given the station is booted
    When the station sends StatusNotification as "impossible"
      """
      {"timestamp": "2031-13-45T25:61:00Z", "status": "Available", "errorCode": "NoError", "connectorId": 1}
      """
    Then the CSMS answers "impossible" with any CALLERROR
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @OCPP-J1.6:4.2.3
  Scenario: A message with a value that does not exist is refused, and the next good one is served
    Given the station is booted
    When the station sends StatusNotification as "nonsense"
      """
      {"timestamp": "2026-01-01T00:00:00Z", "status": "Nonsense", "errorCode": "NoError", "connectorId": 1}
      """
    Then the CSMS answers "nonsense" with any CALLERROR
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @OCPP-J1.6:4.2.3
  Scenario: A request that it has never heard of is refused as such
    Given the station is booted
    When the station sends this text as "unheard of"
      """
      [2, "unheard-of-1", "Teleport", {}]
      """
    Then the CSMS answers "unheard of" with CALLERROR NotImplemented or NotSupported

  @OCPP-J1.6:4.1.1
  Scenario: A vendor's message of more than 10,000 characters is answered like any other
    Given the station is booted
    When the station sends DataTransfer as "long" with
      | vendorId | org.example.nobody         |
      | data     | a text of 12000 characters |
    Then the CSMS answers "long" with any CALLERROR with
      | status | present |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

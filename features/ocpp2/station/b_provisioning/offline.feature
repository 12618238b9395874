@sut-station @v2.0.1
Feature: A station that was cut off and comes back
  After a short break the CSMS only wants to hear what has changed; after a long one it can no longer trust what it
  knew, and wants everything.

  @TC_B_51_CS @B04.FR.01
  Scenario: Back after a long absence, it reports a connector to which nothing has happened
    Given the station is set to think 1 s a long absence
    When the CSMS goes offline
    And 1200 ms passes
    And the CSMS goes online
    Then the station reconnects
    And the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @TC_B_51_CS @B04.FR.01 @needs:HFS-8>1
  Scenario: Back after a long absence, it reports the connectors of every EVSE as they are now
    Given the station is set to think 1 s a long absence
    When the CSMS goes offline
    And the driver plugs in at EVSE 1
    And 1200 ms passes
    And the CSMS goes online
    Then the station reconnects
    And the station reports a connector with
      | evseId          | 2         |
      | connectorId     | 1         |
      | connectorStatus | Available |
    And the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |

  @TC_B_52_CS @B04.FR.02
  Scenario: Back after a short break, it reports the connector that has changed
    Given the station is set to think 300 s a long absence
    When the CSMS goes offline
    And the driver plugs in
    And the CSMS goes online
    Then the station reconnects
    And the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |

  @TC_B_52_CS @B04.FR.02
  Scenario: Back after a short break in which nothing happened, it reports no connector
    Given the station is set to think 300 s a long absence
    When the CSMS goes offline
    And the CSMS goes online
    Then the station reconnects
    When 1 s passes
    And the CSMS sends GetVariables as "ask"
    Then the station answers "ask" as "answer"
    And the station sends no StatusNotification between "threshold" and "answer"

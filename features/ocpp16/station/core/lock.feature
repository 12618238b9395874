@sut-station @v1.6 @needs:not-FixedCable
Feature: A charge point whose connector lock fails
  Without a lock there is no energy: the cable could be drawn under load, or stolen. A lock that does not open is
  told to whoever tried to open it.

  @TC_024_CS @OCPP1.6:4.9
  Scenario: The cable cannot be locked, and nothing is started
    When the operator jams the connector lock
    And the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StatusNotification as "preparing" with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver plugs in
    Then the station sends StatusNotification as "fault" with
      | connectorId | 1                    |
      | status      | Faulted              |
      | errorCode   | ConnectorLockFailure |
    And the station sends no StartTransaction between "preparing" and "fault"
    And the station sends no StartTransaction for 1 s
    When the driver unplugs
    And the operator frees the connector lock
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @TC_030_CS @OCPP1.6:5.18
  Scenario: A lock that does not open is told, and opens when it can again
    When the operator jams the connector lock
    And the CSMS sends UnlockConnector as "unlock" with
      | connectorId | 1 |
    Then the station answers "unlock" with
      | status | UnlockFailed |
    When the operator frees the connector lock
    And the CSMS sends UnlockConnector as "unlock again" with
      | connectorId | 1 |
    Then the station answers "unlock again" with
      | status | Unlocked |

  @TC_031_CS @OCPP1.6:5.18
  Scenario: A connector that it does not have cannot be unlocked
    When the CSMS sends UnlockConnector as "unlock" with
      | connectorId | 1000 |
    Then the station answers "unlock" with
      | status | NotSupported |

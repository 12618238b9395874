@sut-station @v2.0.1 @needs:HFS-1 @needs:AQ-18
Feature: A station that cannot lock the cable in
  Without a lock the cable could be drawn under load, or stolen. So there is no energy without it, and the operator has to
  hear of the lock: to the driver it looks as if the whole station were broken.

  @TC_G_20_CS @G05.FR.01 @G05.FR.02
  Scenario: The lock does not hold, so no energy flows, and the CSMS is told why
    When the operator jams the connector lock
    And the driver plugs in
    And the driver presents the valid idToken
    Then the station sends NotifyEvent with
      | eventData[0].component.name | ConnectorPlugRetentionLock |
      | eventData[0].variable.name  | Problem                    |
      | eventData[0].actualValue    | like (?i)true              |
    And the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    When the driver unplugs
    And the operator frees the connector lock
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorStatus | Available |

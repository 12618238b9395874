@sut-station @v2.0.1
Feature: A station that is told to take an EVSE out of service
  One EVSE may need care while the others go on. Nobody's charging is cut off for that: the change waits, and it is kept
  until somebody takes it back.

  @TC_G_03_CS @G03.FR.01 @G03.FR.02 @G03.FR.04 @G01.FR.07 @G03.FR.06
  Scenario: Taken out of service, it says that the connector of that EVSE is unavailable
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | absent      |
    Then the station answers "change" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open at one place again

  @TC_G_04_CS @G03.FR.01 @G03.FR.02 @G03.FR.04 @G01.FR.07 @G03.FR.07
  Scenario: Put back into service, it says that the connector of that EVSE is available
    Given the station is closed at one place
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Operative |
      | evse.id           | 1         |
      | evse.connectorId  | absent    |
    Then the station answers "change" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @TC_G_09_CS @G03.FR.01 @G03.FR.02 @G03.FR.03
  Scenario: Told to serve while it does, it has no objection
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Operative |
      | evse.id           | 1         |
      | evse.connectorId  | absent    |
    Then the station answers "change" with
      | status | Accepted |

  @TC_G_10_CS @G03.FR.01 @G03.FR.02 @G03.FR.03
  Scenario: Told to close while it is closed, it has no objection
    Given the station is closed at one place
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | absent      |
    Then the station answers "change" with
      | status | Accepted |
    Given the station is open at one place again

  @TC_G_11_CS @G03.FR.05 @G03.FR.04 @G01.FR.05 @G01.FR.07
  Scenario: While somebody charges, it waits until the transaction is over
    Given the station is set to stop with the authorization
    And the station is charging
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | absent      |
    Then the station answers "change" with
      | status | Scheduled |
    And the station sends no StatusNotification for 1 s with
      | connectorStatus | Unavailable |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station sends TransactionEvent with
      | eventType | Ended |
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open at one place again

  @TC_G_18_CS @G03.FR.08 @G01.FR.02
  Scenario: Out of service, it is still so after a restart
    Given the station is closed at one place
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open at one place again

  @G03.FR.06 @needs:HFS-8>1
  Scenario: While one EVSE is closed, the other one serves
    Given the station is closed at one place
    When the driver plugs in at EVSE 2
    And the driver presents the valid idToken at EVSE 2
    Then the station reports a connector with
      | evseId          | 2        |
      | connectorStatus | Occupied |
    And the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging |
    Given the station is open at one place again

@sut-station @v2.0.1
Feature: A station that is told to take a connector out of service
  A broken plug is taken out of service alone. As with the EVSE, whoever charges there may finish.

  @TC_G_07_CS @G03.FR.01 @G03.FR.02 @G03.FR.04 @G01.FR.07
  Scenario: Taken out of service, it says that that connector is unavailable
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | 1           |
    Then the station answers "change" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open at one connector again

  @TC_G_08_CS @G03.FR.01 @G03.FR.02 @G03.FR.04 @G01.FR.07
  Scenario: Put back into service, it says that that connector is available
    Given the station is closed at one connector
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Operative |
      | evse.id           | 1         |
      | evse.connectorId  | 1         |
    Then the station answers "change" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @TC_G_15_CS @G03.FR.01 @G03.FR.02 @G03.FR.03
  Scenario: Told to serve while it does, it has no objection
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Operative |
      | evse.id           | 1         |
      | evse.connectorId  | 1         |
    Then the station answers "change" with
      | status | Accepted |

  @TC_G_16_CS @G03.FR.01 @G03.FR.02 @G03.FR.03
  Scenario: Told to close while it is closed, it has no objection
    Given the station is closed at one connector
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | 1           |
    Then the station answers "change" with
      | status | Accepted |
    Given the station is open at one connector again

  @TC_G_17_CS @G03.FR.05 @G03.FR.04 @G01.FR.05 @G01.FR.07
  Scenario: While somebody charges, it waits until the transaction is over
    Given the station is set to stop with the authorization
    And the station is charging
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | 1           |
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
    Given the station is open at one connector again

  @TC_G_19_CS @G03.FR.08
  Scenario: Out of service, it is still so after a restart
    Given the station is closed at one connector
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open at one connector again

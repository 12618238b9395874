@sut-station @v2.0.1
Feature: A station that is told to go out of service as a whole
  Road works, or a fair: the whole station is closed with one word. Every connector follows, and comes back with it.

  @TC_G_05_CS @G04.FR.02 @G04.FR.03 @G04.FR.05 @G01.FR.07 @G04.FR.07
  Scenario: Taken out of service, it says that its connector is unavailable
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse              | absent      |
    Then the station answers "change" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open as a whole again

  @TC_G_06_CS @G04.FR.02 @G04.FR.03 @G04.FR.05 @G01.FR.07 @G04.FR.08
  Scenario: Put back into service, it says that its connector is available
    Given the station is closed as a whole
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Operative |
      | evse              | absent    |
    Then the station answers "change" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @TC_G_12_CS @G04.FR.02 @G04.FR.03 @G04.FR.04
  Scenario: Told to serve while it does, it has no objection
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Operative |
      | evse              | absent    |
    Then the station answers "change" with
      | status | Accepted |

  @TC_G_13_CS @G04.FR.02 @G04.FR.03 @G04.FR.04
  Scenario: Told to close while it is closed, it has no objection
    Given the station is closed as a whole
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse              | absent      |
    Then the station answers "change" with
      | status | Accepted |
    Given the station is open as a whole again

  @TC_G_14_CS @G04.FR.06 @G04.FR.05 @G01.FR.07
  Scenario: While somebody charges, it waits until the transaction is over
    Given the station is set to stop with the authorization
    And the station is charging
    When the CSMS sends ChangeAvailability as "change" with
      | operationalStatus | Inoperative |
      | evse              | absent      |
    Then the station answers "change" with
      | status | Scheduled |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station sends TransactionEvent with
      | eventType | Ended |
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open as a whole again

  @TC_G_21_CS @G04.FR.09
  Scenario: Out of service, it is still so after a restart
    Given the station is closed as a whole
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open as a whole again

  @TC_G_05_CS @TC_G_06_CS @G04.FR.01 @G04.FR.05 @G04.FR.07 @G04.FR.08 @needs:HFS-8>1
  Scenario: Every EVSE goes out of service and comes back with the station
    When the CSMS sends ChangeAvailability as "close" with
      | operationalStatus | Inoperative |
      | evse              | absent      |
    Then the station reports a connector with
      | evseId          | 1           |
      | connectorStatus | Unavailable |
    And the station reports a connector with
      | evseId          | 2           |
      | connectorStatus | Unavailable |
    When the CSMS sends ChangeAvailability as "open" with
      | operationalStatus | Operative |
      | evse              | absent    |
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorStatus | Available |
    And the station reports a connector with
      | evseId          | 2         |
      | connectorStatus | Available |

  @TC_G_14_CS @G04.FR.06 @needs:HFS-8>1
  Scenario: Closed while somebody charges, it takes no new driver at the other EVSE once that is over
    Given the station is set to stop with the authorization
    And the station is charging
    When the CSMS sends ChangeAvailability as "close" with
      | operationalStatus | Inoperative |
      | evse              | absent      |
    Then the station answers "close" with
      | status | Scheduled |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station reports a connector with
      | evseId          | 1           |
      | connectorStatus | Unavailable |
    When the CSMS sends RequestStartTransaction as "start" with
      | evseId | 2 |
    Then the station answers "start" with
      | status | Rejected |
    Given the station is open as a whole again

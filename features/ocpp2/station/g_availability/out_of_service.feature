@sut-station @v2.0.1
Feature: A station whose EVSE stays out of service until it is put back
  "Out of service" is a promise to the fitter with his hands in the cabinet. No card, no app, no restart and no power
  cut may undo it; putting it back restores what was there before, and nothing more.

  @G03.FR.06
  Scenario: Out of service, it serves no driver with a card
    Given the station is closed at one place
    When the driver plugs in
    And the driver presents the valid idToken
    Then the station sends no TransactionEvent for 1 s with
      | transactionInfo.chargingState | Charging |
    When the driver unplugs
    Given the station is open at one place again

  @G03.FR.07
  Scenario: Put back with a cable in, it says that the connector is taken
    Given the station is closed at one place
    When the driver plugs in
    And 500 ms passes
    And the CSMS sends ChangeAvailability as "open" with
      | operationalStatus | Operative |
      | evse.connectorId  | absent    |
    Then the station answers "open" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |

  @G04.FR.08 @G03.FR.08 @needs:HFS-8>1
  Scenario: The whole station put back, an EVSE that was closed for itself stays closed
    Given the station is closed at one place
    When the CSMS sends ChangeAvailability as "close all" with
      | operationalStatus | Inoperative |
      | evse              | absent      |
    Then the station answers "close all" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 2           |
      | connectorStatus | Unavailable |
    When the CSMS sends ChangeAvailability as "open all" with
      | operationalStatus | Operative |
      | evse              | absent    |
    Then the station answers "open all" with
      | status | Accepted |
    And the station reports a connector with
      | evseId          | 2         |
      | connectorStatus | Available |
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Rejected |
    Given the station is open at one place again

  @TC_G_18_CS @G03.FR.08
  Scenario: A power cut does not put it back
    Given the station is closed at one place
    When the operator switches the station off
    And 500 ms passes
    And the operator switches the station on
    Then the station sends BootNotification
    And the station reports a connector with
      | evseId          | 1           |
      | connectorId     | 1           |
      | connectorStatus | Unavailable |
    Given the station is open at one place again

  @TC_G_18_CS @G03.FR.08 @needs:HFS-8>1
  Scenario: After a restart, only the EVSE that was closed is out of service
    Given the station is closed at one place
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | evseId          | 1           |
      | connectorStatus | Unavailable |
    And the station reports a connector with
      | evseId          | 2         |
      | connectorStatus | Available |
    Given the station is open at one place again

  @TC_G_18_CS @G03.FR.08
  Scenario: After a restart it still starts nothing where it is out of service
    Given the station is closed at one place
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | evseId          | 1           |
      | connectorStatus | Unavailable |
    When the CSMS sends RequestStartTransaction as "start"
    Then the station answers "start" with
      | status | Rejected |
    Given the station is open at one place again

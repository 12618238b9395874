@sut-station @v1.6
Feature: A charge point that the Central System asks to start
  An operator helps a driver by telephone, an app starts for its user. The card named in the request is the one that
  the transaction is for, and the connector named is the only one that will do.

  @TC_010_CS @OCPP1.6:5.11 @OCPP1.6:4.8 @OCPP1.6:4.9
  Scenario: With the cable in place, it starts for the driver named
    When the driver plugs in
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                |
      | idTag       | the second idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StartTransaction with
      | connectorId | 1                |
      | idTag       | the second idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |

  @TC_010_CS @OCPP1.6:5.11 @OCPP1.6:4.1 @needs:AuthorizeRemoteTxRequests
  Scenario: Told to check first, it asks about the card before it starts
    Given the station is asking about every card
    And the station is checking cards before a remote start
    When the driver plugs in
    Then the station sends StatusNotification with
      | status | Preparing |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                |
      | idTag       | the second idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends Authorize as "authorize" with
      | idTag | the second idTag |
    And the station sends StartTransaction as "start" with
      | idTag | the second idTag |
    And "authorize" and "start" come in this order

  @TC_010_CS @OCPP1.6:5.11 @needs:AuthorizeRemoteTxRequests
  Scenario: Told not to check, it starts at once
    Given the station is starting remotely without a check
    When the driver plugs in
    Then the station sends StatusNotification as "preparing" with
      | status | Preparing |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                |
      | idTag       | the second idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StartTransaction as "start" with
      | idTag | the second idTag |
    And the station sends no Authorize between "preparing" and "start"

  @TC_011_1_CS @OCPP1.6:5.11 @OCPP1.6:4.8 @OCPP1.6:4.9
  Scenario: Asked before the cable is in place, it waits for the cable
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                |
      | idTag       | the second idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver plugs in
    Then the station sends StartTransaction with
      | connectorId | 1                |
      | idTag       | the second idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |

  @TC_011_2_CS @OCPP1.6:5.11 @OCPP1.6:4.9 @OCPP1.6:9.1.6 @OCPP1.6-errata:3.21
  Scenario: Nobody plugs in, and the connector is for the next driver again
    Given the station is waiting 2 s for the cable
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                |
      | idTag       | the second idTag |
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StatusNotification as "preparing" with
      | connectorId | 1         |
      | status      | Preparing |
    And the station sends StatusNotification as "available again" with
      | connectorId | 1         |
      | status      | Available |
    And "available again" comes at least 2 s after "preparing"
    When the driver plugs in
    Then the station sends no StartTransaction for 1 s

  @TC_026_CS @OCPP1.6:5.11
  Scenario: Where somebody charges already, it does not start for another
    Given the station is charging
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 1                |
      | idTag       | the second idTag |
    Then the station answers "remote start" with
      | status | Rejected |

  @TC_027_CS @OCPP1.6:5.11 @OCPP1.6:6.33
  Scenario: The charge point as a whole is no place to charge at
    When the driver plugs in
    Then the station sends StatusNotification with
      | status | Preparing |
    When the CSMS sends RemoteStartTransaction as "remote start" with
      | connectorId | 0                |
      | idTag       | the second idTag |
    Then the station answers "remote start" with any CALLERROR with
      | status | Rejected |
    And the station sends no StartTransaction for 1 s

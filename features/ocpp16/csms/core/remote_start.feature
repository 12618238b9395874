@sut-csms @v1.6
Feature: A Central System that starts a transaction for the driver
  A driver with an app, or on the telephone, starts through the operator. The card named in the request is the one
  that is judged afterwards, like any other.

  @TC_010_CSMS @OCPP1.6:5.11 @OCPP1.6:4.1 @OCPP1.6:4.8
  Scenario: With the cable in place, the driver named in the request may charge
    Given the station is booted
    When the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the operator requests RemoteStartTransaction with
      | idTag       | the valid idTag |
      | connectorId | 1               |
    Then the CSMS answers "preparing"
    And the CSMS sends RemoteStartTransaction as "remote start" with
      | idTag       | the valid idTag |
      | connectorId | absent or 1     |
    When the station sends Authorize as "authorize" with
      | idTag | the idTag of "remote start" |
    And the station sends StartTransaction as "start" with
      | idTag | the idTag of "remote start" |
    And the station sends StatusNotification as "charging" with
      | status | Charging |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |
    And the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    And the CSMS answers "charging"
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_011_1_CSMS @OCPP1.6:5.11 @OCPP1.6:4.1 @OCPP1.6:4.8
  Scenario: Asked before the cable is in place, the transaction begins when it is
    Given the station is booted
    When the operator requests RemoteStartTransaction with
      | idTag       | the valid idTag |
      | connectorId | 1               |
    Then the CSMS sends RemoteStartTransaction as "remote start" with
      | idTag       | the valid idTag |
      | connectorId | absent or 1     |
    When the station sends Authorize as "authorize" with
      | idTag | the idTag of "remote start" |
    And the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the station sends StartTransaction as "start" with
      | idTag | the idTag of "remote start" |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |
    And the CSMS answers "preparing"
    And the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    When the station sends StatusNotification as "charging" with
      | status | Charging |
    And the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "charging"
    And the CSMS answers "stop"

  @TC_011_2_CSMS @OCPP1.6:5.11 @OCPP1.6:4.1 @OCPP1.6:4.9
  Scenario: Asked for a driver who never plugs in, the connector is available again
    Given the station is booted
    When the operator requests RemoteStartTransaction with
      | idTag       | the valid idTag |
      | connectorId | 1               |
    Then the CSMS sends RemoteStartTransaction as "remote start" with
      | idTag | the valid idTag |
    When the station sends Authorize as "authorize" with
      | idTag | the idTag of "remote start" |
    And the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the station sends StatusNotification as "available again" with
      | status | Available |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |
    And the CSMS answers "preparing"
    And the CSMS answers "available again"

  @TC_026_CSMS @OCPP1.6:5.11
  Scenario: Refused by the charge point, it goes on serving it
    Given the station is booted
    And the station will answer RemoteStartTransaction with
      | status | Rejected |
    When the operator requests RemoteStartTransaction with
      | idTag       | the valid idTag |
      | connectorId | 1               |
    Then the CSMS sends RemoteStartTransaction with
      | idTag | the valid idTag |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

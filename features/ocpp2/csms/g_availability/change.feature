@sut-csms @v2.0.1
Feature: A CSMS that takes parts of a station out of service
  Works on one connector must not close the others. The scope of the request is in what it names and in what
  it leaves out: no EVSE is the whole station, no connector the whole EVSE.

  @TC_G_03_CSMS
  Scenario: It takes an EVSE out of service
    Given the station is booted
    When the operator requests ChangeAvailability with
      | evse.id           | 1           |
      | operationalStatus | Inoperative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | absent      |
    When the station sends StatusNotification as "unavailable" with
      | connectorStatus | Unavailable |
      | evseId          | 1           |
    Then the CSMS answers "unavailable"

  @TC_G_04_CSMS
  Scenario: It puts an EVSE back into service
    Given the station is booted
    And the station sends StatusNotification with
      | connectorStatus | Unavailable |
    When the operator requests ChangeAvailability with
      | evse.id           | 1         |
      | operationalStatus | Operative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Operative |
      | evse.id           | 1         |
      | evse.connectorId  | absent    |
    When the station sends StatusNotification as "available again" with
      | connectorStatus | Available |
      | evseId          | 1         |
    Then the CSMS answers "available again"

  @TC_G_11_CSMS @J02.FR.19
  Scenario: It takes an EVSE out of service once its driver has finished
    Given the station is charging
    And the station will answer ChangeAvailability with
      | status | Scheduled |
    When the operator requests ChangeAvailability with
      | evse.id           | 1           |
      | operationalStatus | Inoperative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | absent      |
    When the station sends TransactionEvent as "stop" with
      | eventType       | Updated                       |
      | triggerReason   | StopAuthorized                |
      | seqNo           | 3                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 4                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    And the station sends StatusNotification as "unavailable" with
      | connectorStatus | Unavailable |
      | evseId          | 1           |
    Then the CSMS answers "stop"
    And the CSMS answers "end"
    And the CSMS answers "unavailable"

  @TC_G_05_CSMS
  Scenario: It takes the whole station out of service
    Given the station is booted
    When the operator requests ChangeAvailability with
      | operationalStatus | Inoperative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Inoperative |
      | evse              | absent      |
    When the station sends StatusNotification as "unavailable" with
      | connectorStatus | Unavailable |
      | evseId          | 1           |
    And the station sends StatusNotification as "second unavailable" with
      | connectorStatus | Unavailable |
      | evseId          | 2           |
    Then the CSMS answers "unavailable"
    And the CSMS answers "second unavailable"

  @TC_G_06_CSMS
  Scenario: It puts the whole station back into service
    Given the station is booted
    And the station sends StatusNotification with
      | connectorStatus | Unavailable |
    And the station sends StatusNotification with
      | connectorStatus | Unavailable |
      | evseId          | 2           |
    When the operator requests ChangeAvailability with
      | operationalStatus | Operative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Operative |
      | evse              | absent    |
    When the station sends StatusNotification as "available again" with
      | connectorStatus | Available |
      | evseId          | 1         |
    And the station sends StatusNotification as "second available again" with
      | connectorStatus | Available |
      | evseId          | 2         |
    Then the CSMS answers "available again"
    And the CSMS answers "second available again"

  @TC_G_14_CSMS @J02.FR.19
  Scenario: It takes the whole station out of service once its driver has finished
    Given the station is charging
    And the station will answer ChangeAvailability with
      | status | Scheduled |
    When the operator requests ChangeAvailability with
      | operationalStatus | Inoperative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Inoperative |
      | evse              | absent      |
    When the station sends StatusNotification as "idle one unavailable" with
      | connectorStatus | Unavailable |
      | evseId          | 2           |
    And the station sends TransactionEvent as "stop" with
      | eventType       | Updated                       |
      | triggerReason   | StopAuthorized                |
      | seqNo           | 3                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 4                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    And the station sends StatusNotification as "unavailable" with
      | connectorStatus | Unavailable |
      | evseId          | 1           |
    Then the CSMS answers "idle one unavailable"
    And the CSMS answers "stop"
    And the CSMS answers "end"
    And the CSMS answers "unavailable"

  @TC_G_07_CSMS
  Scenario: It takes a connector out of service
    Given the station is booted
    When the operator requests ChangeAvailability with
      | evse.id           | 1           |
      | evse.connectorId  | 1           |
      | operationalStatus | Inoperative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | 1           |
    When the station sends StatusNotification as "unavailable" with
      | connectorStatus | Unavailable |
      | evseId          | 1           |
    Then the CSMS answers "unavailable"

  @TC_G_08_CSMS
  Scenario: It puts a connector back into service
    Given the station is booted
    And the station sends StatusNotification with
      | connectorStatus | Unavailable |
    When the operator requests ChangeAvailability with
      | evse.id           | 1         |
      | evse.connectorId  | 1         |
      | operationalStatus | Operative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Operative |
      | evse.id           | 1         |
      | evse.connectorId  | 1         |
    When the station sends StatusNotification as "available again" with
      | connectorStatus | Available |
      | evseId          | 1         |
    Then the CSMS answers "available again"

  @TC_G_17_CSMS @J02.FR.19
  Scenario: It takes a connector out of service once its driver has finished
    Given the station is charging
    And the station will answer ChangeAvailability with
      | status | Scheduled |
    When the operator requests ChangeAvailability with
      | evse.id           | 1           |
      | evse.connectorId  | 1           |
      | operationalStatus | Inoperative |
    Then the CSMS sends ChangeAvailability with
      | operationalStatus | Inoperative |
      | evse.id           | 1           |
      | evse.connectorId  | 1           |
    When the station sends TransactionEvent as "stop" with
      | eventType       | Updated                       |
      | triggerReason   | StopAuthorized                |
      | seqNo           | 3                             |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    And the station sends TransactionEvent as "end" with
      | eventType                     | Ended               |
      | triggerReason                 | EVCommunicationLost |
      | seqNo                         | 4                   |
      | transactionInfo.chargingState | Idle                |
      | transactionInfo.stoppedReason | EVDisconnected      |
    And the station sends StatusNotification as "unavailable" with
      | connectorStatus | Unavailable |
      | evseId          | 1           |
    Then the CSMS answers "stop"
    And the CSMS answers "end"
    And the CSMS answers "unavailable"

@sut-station @v1.6
Feature: A charge point that is reset
  A reset helps where nothing else does. It must cost no transaction, and a connector that was taken out of service
  stays so.

  @TC_013_CS @OCPP1.6:5.14 @OCPP1.6:4.2 @OCPP1.6:5.2 @OCPP1.6-errata:3.22
  Scenario: After a hard reset it boots, and the connector is still out of service
    When the CSMS sends ChangeAvailability as "take out of service" with
      | connectorId | 1           |
      | type        | Inoperative |
    Then the station answers "take out of service" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1           |
      | status      | Unavailable |
    When the CSMS sends Reset as "reset" with
      | type | Hard |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends BootNotification within 2 min
    And the station sends StatusNotification with
      | connectorId | 1           |
      | status      | Unavailable |
    And the station sends StatusNotification with
      | connectorId | 0         |
      | status      | Available |
    When the CSMS sends ChangeAvailability as "put in service" with
      | connectorId | 1         |
      | type        | Operative |
    Then the station answers "put in service" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @TC_014_CS @OCPP1.6:5.14 @OCPP1.6:5.2
  Scenario: After a soft reset the connector is still out of service
    When the CSMS sends ChangeAvailability as "take out of service" with
      | connectorId | 1           |
      | type        | Inoperative |
    Then the station answers "take out of service" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1           |
      | status      | Unavailable |
    When the CSMS sends Reset as "reset" with
      | type | Soft |
    Then the station answers "reset" with
      | status | Accepted |
    When the station is back from its restart
    And the CSMS sends ChangeAvailability as "put in service" with
      | connectorId | 1         |
      | type        | Operative |
    Then the station answers "put in service" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @TC_015_CS @OCPP1.6:5.14 @OCPP1.6:4.10 @OCPP1.6:4.2 @OCPP1.6-errata:3.36
  Scenario: A hard reset during a transaction costs the transaction, but not its end
    Given the station is charging
    When the CSMS sends Reset as "reset" with
      | type | Hard |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends BootNotification within 2 min
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | HardReset                                  |
    And the station sends StatusNotification with
      | connectorId | 1                           |
      | status      | any of Finishing, Preparing |
    And the station sends StatusNotification with
      | connectorId | 0         |
      | status      | Available |

  @TC_016_CS @OCPP1.6:5.14 @OCPP1.6:4.10 @OCPP1.6-errata:3.36
  Scenario: A soft reset during a transaction ends it first
    Given the station is charging
    When the CSMS sends Reset as "reset" with
      | type | Soft |
    Then the station answers "reset" with
      | status | Accepted |
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | SoftReset                                  |
    And the station sends StatusNotification with
      | connectorId | 1                           |
      | status      | any of Finishing, Preparing |

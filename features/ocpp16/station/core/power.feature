@sut-station @v1.6
Feature: A charge point whose power fails
  When the mains go, a transaction must not be lost: it is ended and told, before or after, or it goes on. And what was
  out of service before is out of service afterwards, however dangerous it is to forget that.

  @TC_032_1_CS @OCPP1.6:4.10 @OCPP1.6:4.2 @needs:BackupPower
  Scenario: With backup power, it ends its transaction before it goes down
    Given the station is charging
    When the operator switches the station off
    Then the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | PowerLoss                                  |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Finishing |
    When the operator switches the station on
    Then the station sends BootNotification within 2 min
    And the station sends StatusNotification with
      | connectorId | 1                           |
      | status      | any of Finishing, Preparing |
    And the station sends StatusNotification with
      | connectorId | 0         |
      | status      | Available |

  @TC_032_2_CS @OCPP1.6:4.10 @OCPP1.6:4.2 @needs:not-BackupPower @needs:not-ResumesAfterPowerLoss
  Scenario: Without backup power, it ends its transaction when the power is back
    Given the station is charging
    When the operator switches the station off
    And the operator switches the station on
    Then the station sends BootNotification within 2 min
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | PowerLoss                                  |
    And the station sends StatusNotification with
      | connectorId | 1                           |
      | status      | any of Finishing, Preparing |
    And the station sends StatusNotification with
      | connectorId | 0         |
      | status      | Available |

  @TC_032_2_CS @OCPP1.6:4.10 @OCPP1.6:4.2 @needs:not-BackupPower @needs:ResumesAfterPowerLoss
  Scenario: Where it goes on with its transaction, the driver can end it
    Given the station is charging
    When the operator switches the station off
    And the operator switches the station on
    Then the station sends BootNotification within 2 min
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |
    When the driver presents the valid idTag
    Then the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | absent or Local                            |
    And the station sends StatusNotification with
      | connectorId | 1                           |
      | status      | any of Finishing, Preparing |

  @TC_034_CS @OCPP1.6:5.2 @OCPP1.6:4.9
  Scenario: Taken out of service, it stays out of service
    Given the station is out of service
    When the operator switches the station off
    And the operator switches the station on
    Then the station sends BootNotification within 2 min
    And the station sends StatusNotification with
      | connectorId | 0           |
      | status      | Unavailable |
    And the station sends StatusNotification with
      | connectorId | 1           |
      | status      | Unavailable |
    When the CSMS sends ChangeAvailability as "back" with
      | connectorId | 0         |
      | type        | Operative |
    Then the station answers "back" with
      | status | Accepted |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

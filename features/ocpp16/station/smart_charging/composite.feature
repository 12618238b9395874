@sut-station @v1.6 @needs:SmartCharging
Feature: A charge point that says what it will draw
  A grid operator plans with what charge points will draw. Several profiles hold at the same time: of one purpose the
  one on the highest level counts, and of all purposes the lowest limit.

  @TC_056_CS @OCPP1.6:5.16.4 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: A default for coming transactions is what it will draw
    When the CSMS sends SetChargingProfile as "default"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 61, "stackLevel": 1,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"duration": 300, "startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0, "numberPhases": 3}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1   |
      | duration         | 280 |
      | chargingRateUnit | A   |
    Then the station answers "default" with
      | status | Accepted |
    And the station answers "schedule" with
      | status      | Accepted |
      | connectorId | 1        |
    And the composite schedule of "schedule" is that of "default"

  @TC_056_CS @OCPP1.6:5.16.4 @OCPP1.6:5.7 @needs:ChargingRateUnitW
  Scenario: A default for coming transactions in watts is what it will draw
    When the CSMS sends SetChargingProfile as "default"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 61, "stackLevel": 1,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"duration": 300, "startSchedule": "{now - 5 s}", "chargingRateUnit": "W",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6000.0, "numberPhases": 3}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1   |
      | duration         | 280 |
      | chargingRateUnit | W   |
    Then the station answers "default" with
      | status | Accepted |
    And the station answers "schedule" with
      | status | Accepted |
    And the composite schedule of "schedule" is that of "default"

  @TC_057_CS @OCPP1.6:5.16 @OCPP1.6:5.16.3 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: A limit for the running transaction is what it will draw
    Given the station is charging
    When the CSMS sends SetChargingProfile as "transaction"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 62, "stackLevel": 1,
        "transactionId": {the transactionId of the answer to "start"},
        "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"duration": 300, "startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0, "numberPhases": 3}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1   |
      | duration         | 280 |
      | chargingRateUnit | A   |
    Then the station answers "transaction" with
      | status | Accepted |
    And the station answers "schedule" with
      | status      | Accepted |
      | connectorId | 1        |
    And the composite schedule of "schedule" is that of "transaction"

  @TC_082_CS @OCPP1.6:5.16.3 @OCPP1.6-errata:3.8 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: A default that comes during a transaction holds for it too
    Given the station is charging
    When the CSMS sends SetChargingProfile as "default"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 61, "stackLevel": 1,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"duration": 300, "startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0, "numberPhases": 3}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1   |
      | duration         | 280 |
      | chargingRateUnit | A   |
    Then the station answers "default" with
      | status | Accepted |
    And the station answers "schedule" with
      | status      | Accepted |
      | connectorId | 1        |
    And the composite schedule of "schedule" is that of "default"

  @TC_066_CS @OCPP1.6:3.13.3 @OCPP1.6:3.13.1 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: Of three purposes, the transaction's stands for the default's, and the lowest counts
    Given the station is charging
    When the CSMS sends SetChargingProfile as "site"
      """
      {"connectorId": 0, "csChargingProfiles": {"chargingProfileId": 63, "stackLevel": 0,
        "chargingProfilePurpose": "ChargePointMaxProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"duration": 86400, "startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.0}]}}}
      """
    And the CSMS sends SetChargingProfile as "default"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 61, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "validFrom": "{now - 5 s}", "validTo": "{now + 396 s}",
        "chargingSchedule": {"duration": 300, "startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}, {"startPeriod": 60, "limit": 10.0},
            {"startPeriod": 120, "limit": 8.0}, {"startPeriod": 180, "limit": 15.0},
            {"startPeriod": 260, "limit": 8.0}]}}}
      """
    And the CSMS sends SetChargingProfile as "transaction"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 62, "stackLevel": 0,
        "transactionId": {the transactionId of the answer to "start"},
        "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Absolute",
        "validFrom": "{now - 5 s}", "validTo": "{now + 396 s}",
        "chargingSchedule": {"duration": 260, "startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.0}, {"startPeriod": 50, "limit": 11.0},
            {"startPeriod": 140, "limit": 16.0}, {"startPeriod": 200, "limit": 6.0},
            {"startPeriod": 240, "limit": 12.0}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1   |
      | duration         | 380 |
      | chargingRateUnit | A   |
    Then the station answers "schedule" with
      | status      | Accepted |
      | connectorId | 1        |
    And the composite schedule of "schedule" is that of "site", "default" and "transaction"

  @TC_072_CS @OCPP1.6:3.13.2 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: Of two levels the higher counts, and when that is over the lower
    When the CSMS sends SetChargingProfile as "lower"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 64, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "validFrom": "{now - 5 s}", "validTo": "{now + 396 s}",
        "chargingSchedule": {"duration": 400, "startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}, {"startPeriod": 100, "limit": 8.0},
            {"startPeriod": 200, "limit": 10.0}]}}}
      """
    And the CSMS sends SetChargingProfile as "higher"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 65, "stackLevel": 1,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "validFrom": "{now - 5 s}", "validTo": "{now + 396 s}",
        "chargingSchedule": {"duration": 150, "startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 7.0}, {"startPeriod": 100, "limit": 9.0}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1   |
      | duration         | 350 |
      | chargingRateUnit | A   |
    Then the station answers "schedule" with
      | status      | Accepted |
      | connectorId | 1        |
    And the composite schedule of "schedule" is that of "lower" and "higher"

  @OCPP1.6:5.16.4 @OCPP1.6:3.13.2 @OCPP1.6-errata:3.43 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: What recurs daily comes again a day later, and in between the level below counts
    When the CSMS sends SetChargingProfile as "always"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 64, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"startSchedule": "{now - 1 h}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.0}]}}}
      """
    And the CSMS sends SetChargingProfile as "daily"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 65, "stackLevel": 1,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Recurring", "recurrencyKind": "Daily",
        "chargingSchedule": {"duration": 3600, "startSchedule": "{now - 3 d}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}, {"startPeriod": 1800, "limit": 8.0}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1     |
      | duration         | 90000 |
      | chargingRateUnit | A     |
    Then the station answers "schedule" with
      | status | Accepted |
    And the composite schedule of "schedule" is that of "always" and "daily"

  @OCPP1.6:5.16 @OCPP1.6:7.8 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: What is relative counts from the beginning of the transaction
    Given the station is charging
    When the CSMS sends SetChargingProfile as "transaction"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 62, "stackLevel": 0,
        "transactionId": {the transactionId of the answer to "start"},
        "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}, {"startPeriod": 60, "limit": 9.0}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1   |
      | duration         | 120 |
      | chargingRateUnit | A   |
    Then the station answers "schedule" with
      | status | Accepted |
    And the composite schedule of "schedule" is that of "transaction"

  @OCPP1.6:3.13.1 @OCPP1.6:3.13.3 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: A default for one connector stands for that of all connectors
    When the CSMS sends SetChargingProfile as "for all"
      """
      {"connectorId": 0, "csChargingProfiles": {"chargingProfileId": 64, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"startSchedule": "{now - 1 h}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 7.0}]}}}
      """
    And the CSMS sends SetChargingProfile as "for one"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 65, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"startSchedule": "{now - 1 h}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 9.0}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1  |
      | duration         | 60 |
      | chargingRateUnit | A  |
    Then the station answers "schedule" with
      | status | Accepted |
    And the composite schedule of "schedule" is that of "for all" and "for one"

  @OCPP1.6:5.7 @needs:ChargingRateUnitA @needs:ChargingRateUnitW
  Scenario: Asked in watts, it says in watts what it was told in amperes
    When the CSMS sends SetChargingProfile as "default"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 61, "stackLevel": 1,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"startSchedule": "{now - 5 s}", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.0, "numberPhases": 1}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1  |
      | duration         | 60 |
      | chargingRateUnit | W  |
    Then the station answers "schedule" with
      | status | Accepted |
    And the composite schedule of "schedule" is that of "default"

  @OCPP1.6:3.13.4 @OCPP1.6:7.13 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: The rate below which charging is inefficient raises no limit
    When the CSMS sends SetChargingProfile as "default"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 61, "stackLevel": 1,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"startSchedule": "{now - 5 s}", "chargingRateUnit": "A", "minChargingRate": 8.1,
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}, {"startPeriod": 30, "limit": 10.0}]}}}
      """
    And the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1  |
      | duration         | 60 |
      | chargingRateUnit | A  |
    Then the station answers "schedule" with
      | status | Accepted |
    And the composite schedule of "schedule" is that of "default"

  @OCPP1.6:5.7
  Scenario: Of a connector that it does not have, it says nothing
    When the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId | 1000 |
      | duration    | 60   |
    Then the station answers "schedule" with any CALLERROR with
      | status | Rejected |

@sut-station @v1.6 @needs:SmartCharging
Feature: A charge point that keeps to the profiles it accepted
  A profile that is accepted and then not in force trips fuses. What charge points in the field get wrong: limits with
  a decimal are refused, a profile does not replace the one of its level, and the smallest limit does not win.

  @OCPP1.6:5.16 @OCPP1.6:3.13.2 @needs:ChargingRateUnitA
  Scenario: A profile of the same purpose and level replaces the one before
    When the CSMS sends SetChargingProfile as "old"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 71, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.1}]}}}
      """
    Then the station answers "old" with
      | status | Accepted |
    When the CSMS sends SetChargingProfile as "new"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 72, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.1}]}}}
      """
    Then the station answers "new" with
      | status | Accepted |
    When the CSMS sends ClearChargingProfile as "clear the old one" with
      | id | 71 |
    Then the station answers "clear the old one" with
      | status | Unknown |
    When the CSMS sends ClearChargingProfile as "clear the new one" with
      | id | 72 |
    Then the station answers "clear the new one" with
      | status | Accepted |

  @OCPP1.6:3.13.3 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: The schedule it reports keeps to the smaller of two limits
    When the CSMS sends SetChargingProfile as "site"
      """
      {"connectorId": 0, "csChargingProfiles": {"chargingProfileId": 73, "stackLevel": 0,
        "chargingProfilePurpose": "ChargePointMaxProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"startSchedule": "2025-01-01T00:00:00Z", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.0}]}}}
      """
    Then the station answers "site" with
      | status | Accepted |
    When the CSMS sends SetChargingProfile as "transaction"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 74, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
        "chargingSchedule": {"startSchedule": "2025-01-01T00:00:00Z", "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 12.0}]}}}
      """
    Then the station answers "transaction" with
      | status | Accepted |
    When the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1  |
      | duration         | 60 |
      | chargingRateUnit | A  |
    Then the station answers "schedule" with
      | status                                           | Accepted  |
      | chargingSchedule.chargingSchedulePeriod[0].limit | at most 8 |
    When the CSMS sends ClearChargingProfile as "clear" with
      | id | absent |
    Then the station answers "clear" with
      | status | Accepted |

  @OCPP1.6:5.16 @OCPP1.6-errata:3.37 @needs:ChargingRateUnitA
  Scenario: An accepted profile survives a restart
    When the CSMS sends SetChargingProfile as "set"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 75, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.1}]}}}
      """
    Then the station answers "set" with
      | status | Accepted |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends StatusNotification with
      | connectorId | 1 |
    When the CSMS sends ClearChargingProfile as "clear" with
      | id | 75 |
    Then the station answers "clear" with
      | status | Accepted |

  @OCPP1.6:5.16.3
  Scenario: Outside of a transaction it takes no profile for a transaction
    When the CSMS sends SetChargingProfile as "set"
      """
      {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 76, "stackLevel": 0,
        "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.1}]}}}
      """
    Then the station answers "set" with
      | status | Rejected |

@sut-station @v1.6 @needs:SmartCharging
Feature: A charge point that is given and relieved of charging profiles
  A profile for a transaction is for that one: it must not end up on the next driver's. And a profile that was taken
  back must not go on limiting anybody.

  @TC_058_1_CS @OCPP1.6:3.13.1 @OCPP1.6:5.16
  Scenario: With nobody charging, it takes no profile for a transaction
    When the CSMS sends SetChargingProfile as "transaction" with
      | connectorId                               | 1         |
      | csChargingProfiles.chargingProfilePurpose | TxProfile |
      | csChargingProfiles.transactionId          | 1         |
    Then the station answers "transaction" with CALLERROR PropertyConstraintViolation with
      | status | Rejected |

  @TC_058_2_CS @OCPP1.6:5.16
  Scenario: A profile for a transaction that it does not know it does not take
    Given the station is charging
    When the CSMS sends SetChargingProfile as "transaction" with
      | connectorId                               | 1          |
      | csChargingProfiles.chargingProfilePurpose | TxProfile  |
      | csChargingProfiles.transactionId          | 2147483600 |
    Then the station answers "transaction" with
      | status | Rejected |

  @OCPP1.6:3.13.1 @OCPP1.6:5.16
  Scenario: A limit for the whole it does not take at one connector
    When the CSMS sends SetChargingProfile as "site" with
      | connectorId                               | 1                     |
      | csChargingProfiles.chargingProfilePurpose | ChargePointMaxProfile |
    Then the station answers "site" with any CALLERROR with
      | status | Rejected |

  @TC_059_CS @OCPP1.6:5.11 @OCPP1.6:5.16.2 @OCPP1.6:5.7 @needs:ChargingRateUnitA
  Scenario: A remote start with a profile keeps to it
    When the driver plugs in
    And the CSMS sends RemoteStartTransaction as "remote start"
      """
      {"connectorId": 1, "idTag": "{the valid idTag}", "chargingProfile": {"chargingProfileId": 62, "stackLevel": 0,
        "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}, {"startPeriod": 60, "limit": 9.0}]}}}
      """
    Then the station answers "remote start" with
      | status | Accepted |
    And the station sends StartTransaction with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |
    When the CSMS sends GetCompositeSchedule as "schedule" with
      | connectorId      | 1   |
      | duration         | 120 |
      | chargingRateUnit | A   |
    Then the station answers "schedule" with
      | status | Accepted |
    And the composite schedule of "schedule" is that of "remote start"

  @TC_060_CS @OCPP1.6:5.11 @OCPP1.6:5.16.2
  Scenario: A remote start with a profile that is for no transaction is refused
    When the driver plugs in
    And the CSMS sends RemoteStartTransaction as "remote start"
      """
      {"connectorId": 1, "idTag": "{the valid idTag}", "chargingProfile": {"chargingProfileId": 62, "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}]}}}
      """
    Then the station answers "remote start" with CALLERROR PropertyConstraintViolation with
      | status | Rejected |
    And the station sends no StartTransaction for 1 s

  @TC_067_CS @OCPP1.6:5.5 @OCPP1.6:5.7 @OCPP1.6-errata:3.25 @needs:ChargingRateUnitA
  Scenario: Taken back by its number, by its purpose and level, or with all others, a profile counts no more
    Given the station is limited by three profiles
    When the CSMS sends ClearChargingProfile as "by number" with
      | id | 64 |
    And the CSMS sends GetCompositeSchedule as "without the first" with
      | connectorId      | 1   |
      | duration         | 350 |
      | chargingRateUnit | A   |
    And the CSMS sends ClearChargingProfile as "by purpose and level" with
      | id                     | absent           |
      | chargingProfilePurpose | TxDefaultProfile |
      | stackLevel             | 0                |
    And the CSMS sends GetCompositeSchedule as "without the second" with
      | connectorId      | 1   |
      | duration         | 350 |
      | chargingRateUnit | A   |
    Then the station answers "by number" with
      | status | Accepted |
    And the composite schedule of "without the first" is that of "lower" and "site"
    And the station answers "by purpose and level" with
      | status | Accepted |
    And the composite schedule of "without the second" is that of "site"
    When the CSMS sends ClearChargingProfile as "all" with
      | id | absent |
    And the CSMS sends ClearChargingProfile as "all again" with
      | id | absent |
    Then the station answers "all" with
      | status | Accepted |
    And the station answers "all again" with
      | status | Unknown |

  @OCPP1.6:5.5
  Scenario: A profile that it does not have cannot be taken back
    When the CSMS sends ClearChargingProfile as "clear" with
      | id | 123456 |
    Then the station answers "clear" with
      | status | Unknown |

  @OCPP1.6:3.13.1 @OCPP1.6:5.5
  Scenario: A profile for a transaction goes with its transaction
    Given the station is charging
    When the CSMS sends SetChargingProfile as "transaction" with
      | connectorId                               | 1                                          |
      | csChargingProfiles.chargingProfileId      | 62                                         |
      | csChargingProfiles.chargingProfilePurpose | TxProfile                                  |
      | csChargingProfiles.transactionId          | the transactionId of the answer to "start" |
    Then the station answers "transaction" with
      | status | Accepted |
    When the driver presents the valid idTag
    Then the station sends StopTransaction
    When the CSMS sends ClearChargingProfile as "clear" with
      | id | 62 |
    Then the station answers "clear" with
      | status | Unknown |

  @OCPP1.6:3.13 @OCPP1.6:5.16.3 @needs:ChargingRateUnitA
  Scenario: What it lets the car draw is what the profile allows
    Given the station is reading the current
    And the station is metering every second
    And the station is charging
    When the CSMS sends SetChargingProfile as "transaction" with
      | connectorId                                                               | 1                                          |
      | csChargingProfiles.chargingProfilePurpose                                 | TxProfile                                  |
      | csChargingProfiles.transactionId                                          | the transactionId of the answer to "start" |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0                                          |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit       | 7                                          |
    Then the station answers "transaction" with
      | status | Accepted |
    And the station sends MeterValues within 30 s with
      | connectorId                             | 1                     |
      | meterValue[0].sampledValue[0].measurand | Current.Import        |
      | meterValue[0].sampledValue[0].value     | like [0-7](\.[0-9]+)? |

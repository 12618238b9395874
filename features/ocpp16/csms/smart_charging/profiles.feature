@sut-csms @v1.6 @needs:SmartCharging
Feature: A Central System that limits how much is drawn
  A profile holds for a charge point, for every coming transaction, or for one that runs. A profile for one
  transaction must name it, or it could end up on the next driver's.

  @TC_056_CSMS @OCPP1.6:5.16.4 @OCPP1.6:3.13
  Scenario: A default for coming transactions lasts from one moment to another
    Given the station is booted
    When the operator requests SetChargingProfile with
      | connectorId                                                               | 1                |
      | csChargingProfiles.chargingProfileId                                      | 1                |
      | csChargingProfiles.stackLevel                                             | 0                |
      | csChargingProfiles.chargingProfilePurpose                                 | TxDefaultProfile |
      | csChargingProfiles.chargingProfileKind                                    | Absolute         |
      | csChargingProfiles.validFrom                                              | now              |
      | csChargingProfiles.validTo                                                | now + 1 h        |
      | csChargingProfiles.chargingSchedule.startSchedule                         | now              |
      | csChargingProfiles.chargingSchedule.duration                              | 300              |
      | csChargingProfiles.chargingSchedule.chargingRateUnit                      | A                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit       | 6                |
    Then the CSMS sends SetChargingProfile with
      | connectorId                                                               | 1                |
      | csChargingProfiles.stackLevel                                             | 0                |
      | csChargingProfiles.chargingProfilePurpose                                 | TxDefaultProfile |
      | csChargingProfiles.chargingProfileKind                                    | Absolute         |
      | csChargingProfiles.transactionId                                          | absent           |
      | csChargingProfiles.validFrom                                              | present          |
      | csChargingProfiles.validTo                                                | present          |
      | csChargingProfiles.chargingSchedule.startSchedule                         | present          |
      | csChargingProfiles.chargingSchedule.duration                              | 300              |
      | csChargingProfiles.chargingSchedule.chargingRateUnit                      | A                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit       | 6                |

  @TC_057_CSMS @OCPP1.6:5.16 @OCPP1.6:5.16.3
  Scenario: A limit for the running transaction names it
    Given the station is charging
    When the operator requests SetChargingProfile with
      | connectorId                                                               | 1                                          |
      | csChargingProfiles.chargingProfileId                                      | 1                                          |
      | csChargingProfiles.transactionId                                          | the transactionId of the answer to "start" |
      | csChargingProfiles.stackLevel                                             | 0                                          |
      | csChargingProfiles.chargingProfilePurpose                                 | TxProfile                                  |
      | csChargingProfiles.chargingProfileKind                                    | Relative                                   |
      | csChargingProfiles.chargingSchedule.chargingRateUnit                      | A                                          |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0                                          |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit       | 6                                          |
    Then the CSMS sends SetChargingProfile with
      | connectorId                                                               | 1                                          |
      | csChargingProfiles.chargingProfilePurpose                                 | TxProfile                                  |
      | csChargingProfiles.transactionId                                          | the transactionId of the answer to "start" |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0                                          |
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_059_CSMS @OCPP1.6:5.11 @OCPP1.6:5.16.2
  Scenario: A limit that comes with a remote start names no transaction yet
    Given the station is booted
    When the operator requests RemoteStartTransaction with
      | idTag                                                                  | the valid idTag |
      | connectorId                                                            | 1               |
      | chargingProfile.chargingProfileId                                      | 1               |
      | chargingProfile.stackLevel                                             | 0               |
      | chargingProfile.chargingProfilePurpose                                 | TxProfile       |
      | chargingProfile.chargingProfileKind                                    | Relative        |
      | chargingProfile.chargingSchedule.chargingRateUnit                      | A               |
      | chargingProfile.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0               |
      | chargingProfile.chargingSchedule.chargingSchedulePeriod[0].limit       | 6               |
    Then the CSMS sends RemoteStartTransaction as "remote start" with
      | idTag                                                                  | the valid idTag |
      | connectorId                                                            | 1               |
      | chargingProfile.chargingProfilePurpose                                 | TxProfile       |
      | chargingProfile.chargingProfileKind                                    | Relative        |
      | chargingProfile.transactionId                                          | absent          |
      | chargingProfile.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0               |
    When the station sends Authorize as "authorize" with
      | idTag | the idTag of "remote start" |
    And the station sends StatusNotification as "preparing" with
      | status | Preparing |
    And the station sends StartTransaction as "start" with
      | idTag | the idTag of "remote start" |
    And the station sends StatusNotification as "charging" with
      | status | Charging |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |
    And the CSMS answers "preparing"
    And the CSMS answers "start" with
      | idTagInfo.status | Accepted |
      | transactionId    | present  |
    And the CSMS answers "charging"
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @TC_066_CSMS @OCPP1.6:5.7
  Scenario: It asks what all profiles together allow
    Given the station is booted
    When the operator requests GetCompositeSchedule with
      | connectorId      | 1   |
      | duration         | 300 |
      | chargingRateUnit | A   |
    Then the CSMS sends GetCompositeSchedule with
      | connectorId      | 1   |
      | duration         | 300 |
      | chargingRateUnit | A   |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_067_CSMS @OCPP1.6:5.5 @OCPP1.6:5.16.4
  Scenario: It clears profiles by number, by level, and all that remain
    Given the station is booted
    When the operator requests SetChargingProfile with
      | connectorId                                                               | 1                |
      | csChargingProfiles.chargingProfileId                                      | 1                |
      | csChargingProfiles.stackLevel                                             | 0                |
      | csChargingProfiles.chargingProfilePurpose                                 | TxDefaultProfile |
      | csChargingProfiles.chargingProfileKind                                    | Relative         |
      | csChargingProfiles.chargingSchedule.chargingRateUnit                      | A                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit       | 6                |
    Then the CSMS sends SetChargingProfile as "first" with
      | connectorId                               | 1                |
      | csChargingProfiles.chargingProfilePurpose | TxDefaultProfile |
      | csChargingProfiles.stackLevel             | 0                |
    When the operator requests SetChargingProfile with
      | connectorId                                                               | 1                |
      | csChargingProfiles.chargingProfileId                                      | 2                |
      | csChargingProfiles.stackLevel                                             | 1                |
      | csChargingProfiles.chargingProfilePurpose                                 | TxDefaultProfile |
      | csChargingProfiles.chargingProfileKind                                    | Relative         |
      | csChargingProfiles.chargingSchedule.chargingRateUnit                      | A                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit       | 8                |
    Then the CSMS sends SetChargingProfile as "second" with
      | csChargingProfiles.chargingProfileId | none of the csChargingProfiles.chargingProfileId of "first" |
      | csChargingProfiles.stackLevel        | 1                                                           |
    When the operator requests SetChargingProfile with
      | connectorId                                                               | 1                |
      | csChargingProfiles.chargingProfileId                                      | 3                |
      | csChargingProfiles.stackLevel                                             | 2                |
      | csChargingProfiles.chargingProfilePurpose                                 | TxDefaultProfile |
      | csChargingProfiles.chargingProfileKind                                    | Relative         |
      | csChargingProfiles.chargingSchedule.chargingRateUnit                      | A                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].startPeriod | 0                |
      | csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit       | 10               |
    Then the CSMS sends SetChargingProfile as "third" with
      | csChargingProfiles.stackLevel | 2 |
    When the operator requests ClearChargingProfile with
      | id | the csChargingProfiles.chargingProfileId of "first" |
    Then the CSMS sends ClearChargingProfile with
      | id                     | the csChargingProfiles.chargingProfileId of "first" |
      | connectorId            | absent                                              |
      | chargingProfilePurpose | absent                                              |
      | stackLevel             | absent                                              |
    When the operator requests ClearChargingProfile with
      | connectorId            | 1                |
      | chargingProfilePurpose | TxDefaultProfile |
      | stackLevel             | 1                |
    Then the CSMS sends ClearChargingProfile with
      | id                     | absent           |
      | connectorId            | 1                |
      | chargingProfilePurpose | TxDefaultProfile |
      | stackLevel             | 1                |
    When the operator requests ClearChargingProfile
    Then the CSMS sends ClearChargingProfile with
      | id                     | absent |
      | connectorId            | absent |
      | chargingProfilePurpose | absent |
      | stackLevel             | absent |

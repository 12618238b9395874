@sut-station @v1.6 @needs:SmartCharging
Feature: A charge point that has the settings of its charging profiles
  What a charge point cannot hold, it cannot keep to: how many profiles, levels and periods there may be, and in which
  unit, has to be known before the first is sent.

  @OCPP1.6:5.8 @OCPP1.6:9.4
  Scenario Outline: It has <key>, of the type and with the access that everybody relies on
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | <key> |
    Then the station answers "get" with
      | configurationKey[0].key      | <key>      |
      | configurationKey[0].readonly | <readonly> |
      | configurationKey[0].value    | <value>    |
      | unknownKey[0]                | absent     |

    Examples:
      | key                                     | readonly | value                     |
      | ChargeProfileMaxStackLevel              | true     | like \d+                  |
      | ChargingScheduleAllowedChargingRateUnit | true     | like .*(Current\|Power).* |
      | ChargingScheduleMaxPeriods              | true     | like \d+                  |
      | MaxChargingProfilesInstalled            | true     | like \d+                  |

  @OCPP1.6:5.3 @OCPP1.6:9.4
  Scenario Outline: It lets nobody write <key>
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | <key>   |
      | value | <value> |
    Then the station answers "set" with
      | status | Rejected |

    Examples:
      | key                                     | value |
      | ChargeProfileMaxStackLevel              | 1     |
      | ChargingScheduleAllowedChargingRateUnit | Power |
      | ChargingScheduleMaxPeriods              | 1     |
      | MaxChargingProfilesInstalled            | 1     |

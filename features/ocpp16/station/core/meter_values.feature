@sut-station @v1.6
Feature: A charge point that reads its meter while it charges
  The driver watches the readings, the grid is planned by them, and the bill rests on them: they have to come as often
  as was asked, and to hold what was asked.

  @TC_070_CS @OCPP1.6:4.7 @OCPP1.6:9.1.19
  Scenario: It tells its readings as often as it was asked
    Given the station is reading the energy alone
    And the station is metering every 2 s
    And the station is charging
    Then the station sends MeterValues every 2 s, 3 times as "readings"
    And "readings" has
      | connectorId   | 1                                          |
      | transactionId | the transactionId of the answer to "start" |
    And each meterValue[0].sampledValue of "readings" has
      | measurand | absent or Energy.Active.Import.Register |
      | context   | absent or Sample.Periodic               |

  @TC_070_CS @OCPP1.6:4.7 @OCPP1.6:9.1.17
  Scenario: It tells the quantities that it was asked for
    Given the station is reading energy and power
    And the station is metering every second
    And the station is charging
    Then the station sends MeterValues as "reading" with
      | connectorId   | 1                                          |
      | transactionId | the transactionId of the answer to "start" |
    And some meterValue[0].sampledValue of "reading" has
      | measurand | absent or Energy.Active.Import.Register |
      | context   | absent or Sample.Periodic               |
    And some meterValue[0].sampledValue of "reading" has
      | measurand | Power.Active.Import       |
      | context   | absent or Sample.Periodic |

  @TC_071_CS @OCPP1.6:4.7 @OCPP1.6:9.1.5
  Scenario: It tells its readings when the clock says so
    Given the station is metering by the clock every 2 s
    And the station is charging
    Then the station sends MeterValues 3 times as "readings" within 10 s with
      | connectorId   | 1                                          |
      | transactionId | the transactionId of the answer to "start" |
    And the gaps of "readings" fall on every 2 s of the clock
    And each meterValue[0].sampledValue of "readings" has
      | measurand | absent or Energy.Active.Import.Register |
      | context   | Sample.Clock                            |

  @OCPP1.6:4.10 @OCPP1.6:9.1.27 @OCPP1.6:7.32
  Scenario: Asked for readings with the end, it tells those of the beginning and of the end
    Given the station is keeping the energy for the end
    And the station is charging
    When the driver presents the valid idTag
    Then the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    And some transactionData of "stop" has
      | sampledValue[0].context   | Transaction.Begin                       |
      | sampledValue[0].measurand | absent or Energy.Active.Import.Register |
    And some transactionData of "stop" has
      | sampledValue[0].context   | Transaction.End                         |
      | sampledValue[0].measurand | absent or Energy.Active.Import.Register |

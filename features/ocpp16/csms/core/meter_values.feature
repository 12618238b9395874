@sut-csms @v1.6
Feature: A Central System that takes in meter values
  A reading that is not confirmed is sent again and again and holds up all that comes after it. So the Central System
  confirms each, whatever it thinks of its contents.

  @OCPP1.6:4.7
  Scenario: Readings of a running transaction are confirmed
    Given the station is charging
    When the station sends MeterValues as "one reading" with
      | transactionId | the transactionId of the answer to "start" |
    And the station sends MeterValues as "several readings" with
      """
      {"connectorId": 1, "transactionId": {the transactionId of the answer to "start"}, "meterValue": [
        {"timestamp": "2026-01-01T00:00:00Z", "sampledValue": [
          {"value": "1200"},
          {"value": "16.1", "context": "Sample.Clock", "measurand": "Current.Import", "phase": "L1", "unit": "A"},
          {"value": "54.5", "measurand": "SoC", "location": "EV", "unit": "Percent"}]},
        {"timestamp": "2026-01-01T00:01:00+01:00", "sampledValue": [
          {"value": "21.5", "measurand": "Temperature", "unit": "Celcius"}]}]}
      """
    Then the CSMS answers "one reading"
    And the CSMS answers "several readings"
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"

  @OCPP1.6:4.7
  Scenario: Readings of the main meter, outside of any transaction, are confirmed
    Given the station is booted
    When the station sends MeterValues as "main meter" with
      | connectorId                           | 0            |
      | transactionId                         | absent       |
      | meterValue[0].sampledValue[0].context | Sample.Clock |
    Then the CSMS answers "main meter"

  @OCPP1.6:4.7
  Scenario: Readings that make no sense are confirmed all the same
    Given the station is booted
    When the station sends MeterValues as "stray" with
      | transactionId                       | 2147483647 |
      | meterValue[0].timestamp             | now - 30 d |
      | meterValue[0].sampledValue[0].value | -1         |
    Then the CSMS answers "stray"

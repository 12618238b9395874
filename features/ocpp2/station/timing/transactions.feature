@sut-station @v2.0.1
Feature: The time-outs around a transaction
  A driver who walks away, a CSMS that cannot take a message in, an outage: each has a clock of its own, which the CSMS
  sets.

  @E03.FR.05 @needs:C-09.2 @needs:C-10.2 @needs:C-30
  Scenario: No cable comes, and what was authorised is given up in time
    Given the station is set to start when the driver is authorized
    And the station is set to stop with the authorization
    And the station is set to wait 2 s for the cable
    When the driver presents the valid idToken
    Then the station sends TransactionEvent as "authorised" within 5 s
    And the station sends TransactionEvent as "given up" within 5 s with
      | triggerReason | EVConnectTimeout |
    And "given up" comes at least 2 s after "authorised"
    And "given up" comes at most 2 s after "authorised"

  @E13.FR.02 @E13.FR.03
  Scenario: What was not taken in is sent again after pauses that grow
    Given the station is set to try three times, a second apart
    And the station is set to sample nothing on the way
    And the station is charging
    And the CSMS will answer TransactionEvent with CALLERROR InternalError
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent 3 times as "tries" within 15 s with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    And the gaps of "tries" grow by 1 s from 1 s on

  @OCPP2.0.1-appendices:MinimumStatusDuration @needs:C-04
  Scenario: A state that lasts a moment is not worth a message
    Given the station is set to report no state that lasts less than 2 s
    When the driver plugs in
    And the driver unplugs
    Then the station sends no StatusNotification for 3 s
    When the driver plugs in
    Then the station reports a connector within 3 s with
      | connectorStatus | Occupied |

  @E04.FR.01 @E04.FR.03
  Scenario: Back after an outage, it tells what has happened, and that it was offline then
    Given the station is charging
    When the CSMS goes offline
    And the driver lets the EV pause charging
    And 1 s passes
    And the driver lets the EV resume charging
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent as "pause" within 10 s with
      | offline                       | true                            |
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    And the station sends TransactionEvent as "resumption" within 10 s with
      | offline                       | true     |
      | transactionInfo.chargingState | Charging |
    And "pause" and "resumption" come in this order

  @E04.FR.01 @OCPP-J2.0.1:4.1.1
  Scenario: Back after an outage, it tells the next thing only when the last was answered
    Given the station is charging
    And the CSMS will answer TransactionEvent after 1.5 s
    When the CSMS goes offline
    And the driver lets the EV pause charging
    And 500 ms passes
    And the driver lets the EV resume charging
    And 500 ms passes
    And the driver lets the EV pause charging
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent 3 times as "told" within 10 s with
      | offline | true |
    And the gaps of "told" are at least 1.5 s

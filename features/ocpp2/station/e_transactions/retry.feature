@sut-station @v2.0.1
Feature: A station whose events are not taken in
  A CSMS may stumble over one event. The station tries again, each time a little later, but not for ever: one bad event
  must not block all that come after it.

  @TC_E_50_CS @E13.FR.02 @E13.FR.03 @E13.FR.04
  Scenario: An event that is refused is sent as often as it was told, then given up for the next one
    Given the station is set to try three times, a second apart
    And the station is set to sample nothing on the way
    And the station is charging
    And the CSMS will answer TransactionEvent with CALLERROR InternalError
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent as "first" with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    And the station sends TransactionEvent as "second" with
      | seqNo | the seqNo of "first" |
    And the station sends TransactionEvent as "third" with
      | seqNo | the seqNo of "first" |
    And "second" comes at least 1 s after the answer to "first"
    And "third" comes at least 2 s after the answer to "second"
    And the station sends no TransactionEvent for 4 s
    When the driver lets the EV resume charging
    Then the station sends TransactionEvent with
      | transactionInfo.chargingState | Charging |

  @TC_E_51_CS @E13.FR.02 @E13.FR.03
  Scenario: An event that is taken in at the second attempt is not sent again
    Given the station is set to try three times, a second apart
    And the station is set to sample nothing on the way
    And the station is charging
    And the CSMS will answer TransactionEvent once with CALLERROR InternalError
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent as "first" with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    And the station sends TransactionEvent as "second" with
      | seqNo                         | the seqNo of "first"                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And "second" comes at least 1 s after the answer to "first"
    And the station sends no TransactionEvent for 3 s

  @TC_E_41_CS @E13.FR.02 @E13.FR.04 @long
  Scenario: An event that stays unanswered is sent as often as it was told, and then given up
    Given the station is set to try twice, a second apart
    And the station is set to sample nothing on the way
    And the station is charging
    And the CSMS will not answer TransactionEvent
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent as "first" with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    And the station sends TransactionEvent as "second" within 2 min with
      | seqNo | the seqNo of "first" |
    And "second" comes at least 1 s after "first"
    And the station sends no TransactionEvent for 2 min

  @TC_E_42_CS @E13.FR.02 @E13.FR.03 @long
  Scenario: An event that is answered at the second attempt is not sent again
    Given the station is set to try three times, a second apart
    And the station is set to sample nothing on the way
    And the station is charging
    And the CSMS will not answer TransactionEvent once
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent as "first" with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    And the station sends TransactionEvent as "second" within 2 min with
      | seqNo                         | the seqNo of "first"                            |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And "second" comes at least 1 s after "first"
    And the station sends no TransactionEvent for 2 min

@sut-csms @v2.0.1
Feature: A CSMS that keeps the books of a transaction
  Events come late, twice and out of order when a station was offline. What a CSMS in the field gets wrong: it takes a
  late event of an ended transaction for a running one, or leaves what it does not know without an answer.

  @E01.FR.07 @E04.FR.02
  Scenario: A late event of a transaction that has ended is answered, and starts nothing anew
    Given the station is charging
    When the station sends TransactionEvent as "end" with
      | eventType                     | Ended          |
      | triggerReason                 | EVDeparted     |
      | seqNo                         | 4              |
      | transactionInfo.chargingState | Idle           |
      | transactionInfo.stoppedReason | EVDisconnected |
    Then the CSMS answers "end"
    When the station sends TransactionEvent as "late" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 3                    |
      | offline                       | true                 |
      | timestamp                     | now - 5 min          |
      | transactionInfo.chargingState | SuspendedEV          |
    And 2 s passes
    And the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "late"
    And the CSMS answers "heartbeat"
    And the CSMS sends nothing between "late" and "heartbeat"

  @E04.FR.02
  Scenario: An event of a transaction whose beginning it never heard of is answered
    Given the station is booted
    When the station sends TransactionEvent as "middle" with
      | eventType                     | Updated              |
      | triggerReason                 | ChargingStateChanged |
      | seqNo                         | 7                    |
      | transactionInfo.transactionId | harness-field-bugs-7 |
      | transactionInfo.chargingState | Charging             |
    Then the CSMS answers "middle"

  @E11.FR.07
  Scenario: An event that is told a second time is answered a second time
    Given the station is booted
    When the station sends TransactionEvent as "first"
    Then the CSMS answers "first"
    When the station sends TransactionEvent as "again" with
      | offline | true |
    Then the CSMS answers "again"
    And the CSMS sends nothing for 1 s

  @B01.FR.02
  Scenario: What it says is well formed from the first boot to the last heartbeat
    Given the station is connected
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | status      | Accepted                |
      | currentTime | like .+(Z\|[+-]\d\d:\d\d) |
      | interval    | at least 0              |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat" with
      | currentTime | present |
    When the station sends Authorize as "authorize" with
      | idToken.idToken | the group idToken             |
      | idToken.type    | the type of the group idToken |
    Then the CSMS answers "authorize" with
      | idTokenInfo.status | Accepted |
    When the operator requests GetVariables
    Then the CSMS sends GetVariables
    When the operator requests ClearCache
    Then the CSMS sends ClearCache

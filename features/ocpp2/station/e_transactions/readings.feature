@sut-station @v2.0.1
Feature: A station that reads the meter however a transaction begins and ends
  The bill rests on the first reading and the last. Whether a card, an app, a pulled cable or nobody at all stood at the
  end, and whether the CSMS was there to hear it, they must not be missing.

  @F01.FR.14 @F02.FR.02 @needs:C-09.2 @needs:not-AQ-2 @needs:C-36|C-39
  Scenario: Begun by the CSMS, a transaction begins with a reading
    Given the station is set to start only when the driver is authorized
    And the station is set to begin with a reading
    And the station is occupied
    When the CSMS sends RequestStartTransaction as "start"
    Then the station sends TransactionEvent as "begun" with
      | eventType                     | Started                      |
      | transactionInfo.remoteStartId | the remoteStartId of "start" |
    And each meterValue[0].sampledValue of "begun" has
      | context   | Transaction.Begin                       |
      | measurand | absent or Energy.Active.Import.Register |

  @F01.FR.15 @F02.FR.03 @needs:not-AQ-2 @needs:C-36|C-39
  Scenario: Begun by the CSMS, a transaction is told what the meter says on the way
    Given the station is set to sample every second
    And the station is occupied
    When the CSMS sends RequestStartTransaction
    Then the station sends TransactionEvent as "sample" with
      | eventType     | Updated            |
      | triggerReason | MeterValuePeriodic |
    And some meterValue[0].sampledValue of "sample" has
      | measurand | absent or Energy.Active.Import.Register |
      | value     | present                                 |
    Given the station is set to sample nothing on the way

  @F03.FR.04 @needs:C-10.2
  Scenario: Ended by the CSMS, a transaction ends with a reading
    Given the station is set to sum up with its samples
    And the station is set to stop with the authorization
    And the station is charging
    When the CSMS sends RequestStopTransaction with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station sends TransactionEvent as "ended" with
      | eventType | Ended |
    And some meterValue[*].sampledValue of "ended" has
      | context   | Transaction.End                         |
      | measurand | absent or Energy.Active.Import.Register |

  @E09.FR.04 @E09.FR.05 @needs:C-10.2 @needs:C-06.2
  Scenario: Ended by pulling the cable out of the EV, a transaction ends with a reading
    Given the station is set to sum up with its samples
    And the station is set to stop with the authorization
    And the station is set to end the authorization when unplugged
    And the station is suspended
    When the driver unplugs at the EV
    Then the station sends TransactionEvent as "ended" with
      | eventType | Ended                            |
      | seqNo     | none of the seqNo of "suspended" |
    And some meterValue[*].sampledValue of "ended" has
      | context   | Transaction.End                         |
      | measurand | absent or Energy.Active.Import.Register |

  @E08.FR.08 @E08.FR.09 @needs:C-01 @needs:C-10.2 @needs:C-30
  Scenario: Ended while nobody listened, a transaction ends with a reading
    Given the station is set to sum up with its samples
    And the station is set to stop with the authorization
    And the station is charging
    When the CSMS goes offline
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent as "ended" with
      | eventType | Ended                           |
      | offline   | true                            |
      | seqNo     | none of the seqNo of "charging" |
    And some meterValue[*].sampledValue of "ended" has
      | context   | Transaction.End                         |
      | measurand | absent or Energy.Active.Import.Register |

  @E04.FR.05 @needs:C-01 @needs:C-09.1 @needs:C-30
  Scenario: Begun while nobody listened, a transaction begins with a reading
    Given the station is set to serve strangers while offline
    And the station is set to start when the cable is in
    And the station is set to begin with a reading
    When the CSMS goes offline
    And the driver plugs in
    And the driver presents the valid idToken
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent as "begun" with
      | eventType | Started |
      | offline   | true    |
    And each meterValue[0].sampledValue of "begun" has
      | context   | Transaction.Begin                       |
      | measurand | absent or Energy.Active.Import.Register |

  @E04.FR.04 @E04.FR.06 @E12.FR.03 @needs:C-01 @needs:C-30
  Scenario: Begun while nobody listened, a transaction is told afterwards what the meter said on the way
    Given the station is set to serve strangers while offline
    And the station is set to sample every second
    When the CSMS goes offline
    And the driver plugs in
    And the driver presents the valid idToken
    And 2500 ms passes
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent as "begun" with
      | eventType | Started |
      | offline   | true    |
    And the station sends TransactionEvent as "sample" with
      | triggerReason | MeterValuePeriodic           |
      | offline       | true                         |
      | seqNo         | none of the seqNo of "begun" |
    And some meterValue[0].sampledValue of "sample" has
      | measurand | absent or Energy.Active.Import.Register |
      | value     | present                                 |
    Given the station is set to sample nothing on the way

  @E12.FR.07 @needs:C-01 @needs:C-30
  Scenario: Begun and ended while nobody listened, a transaction ends with a reading
    Given the station is set to serve strangers while offline
    And the station is set to sum up with its samples
    When the CSMS goes offline
    And the driver plugs in
    And the driver presents the valid idToken
    And 1 s passes
    And the driver presents the valid idToken
    And the driver unplugs
    And the CSMS goes online
    Then the station reconnects
    And the station sends TransactionEvent as "ended" with
      | eventType | Ended |
      | offline   | true  |
    And some meterValue[*].sampledValue of "ended" has
      | context   | Transaction.End                         |
      | measurand | absent or Energy.Active.Import.Register |

@sut-station @v2.0.1
Feature: A station that keeps the books of a transaction
  Bills are made from these messages. What stations in the field get wrong: numbers that skip, events that are lost
  or told twice, meters that run backwards, and all of that worst when the connection was gone.

  @E01.FR.07 @E06.FR.11 @E06.FR.14
  Scenario: A visit is told from beginning to end, with the register read when it is over
    When the driver plugs in
    And the driver presents the valid idToken
    Then the station sends TransactionEvent as "started" with
      | eventType | Started |
    When 5 s passes
    And the driver presents the valid idToken
    And the driver unplugs
    Then the station sends TransactionEvent as "ended" with
      | eventType                     | Ended                                          |
      | seqNo                         | none of the seqNo of "started"                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "started" |
    And some meterValue[0].sampledValue of "ended" has
      | context | Transaction.End |

  @E04.FR.01 @E04.FR.02 @E04.FR.03
  Scenario: What happened while nobody could hear it is told afterwards, oldest first
    Given the station is charging
    When the CSMS goes offline
    And 1 s passes
    And the driver lets the EV pause charging
    And 2 s passes
    And the driver unplugs
    And the CSMS goes online
    Then the station sends TransactionEvent as "paused" within 30 s with
      | eventType                     | Updated                                         |
      | offline                       | true                                            |
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station sends TransactionEvent as "left" with
      | offline                       | true                                            |
      | transactionInfo.chargingState | any of Idle, EVConnected                        |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And "paused" and "left" come in this order

  @E04.FR.01 @E04.FR.02
  Scenario: What it could not tell survives a restart
    Given the station is charging
    When the CSMS goes offline
    And 1 s passes
    And the driver lets the EV pause charging
    And 1 s passes
    And the operator reboots the station
    And the CSMS goes online
    Then the station sends BootNotification within 30 s
    And the station sends TransactionEvent with
      | offline                       | true                                            |
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected                 |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |

  @E13.FR.02 @E13.FR.03
  Scenario: An event that the CSMS fails to take in is sent again after a pause, and no sooner
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name    | OCPPCommCtrlr          |
      | setVariableData[0].variable.name     | MessageAttemptInterval |
      | setVariableData[0].variable.instance | TransactionEvent       |
      | setVariableData[0].attributeValue    | 2                      |
      | setVariableData[1].component.name    | OCPPCommCtrlr          |
      | setVariableData[1].variable.name     | MessageAttempts        |
      | setVariableData[1].variable.instance | TransactionEvent       |
      | setVariableData[1].attributeValue    | 3                      |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Accepted |
      | setVariableResult[1].attributeStatus | Accepted |
    Given the station is charging
    And the CSMS will answer TransactionEvent once with CALLERROR InternalError
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent as "first try" with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    And the station sends TransactionEvent as "second try" within 10 s with
      | seqNo                         | the seqNo of "first try"                         |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "first try" |
    And "second try" comes at least 2 s after the answer to "first try"

  @E13.FR.02 @E13.FR.04
  Scenario: An event that the CSMS never takes in is given up after as many attempts as it was told
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name    | OCPPCommCtrlr          |
      | setVariableData[0].variable.name     | MessageAttemptInterval |
      | setVariableData[0].variable.instance | TransactionEvent       |
      | setVariableData[0].attributeValue    | 1                      |
      | setVariableData[1].component.name    | OCPPCommCtrlr          |
      | setVariableData[1].variable.name     | MessageAttempts        |
      | setVariableData[1].variable.instance | TransactionEvent       |
      | setVariableData[1].attributeValue    | 2                      |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Accepted |
      | setVariableResult[1].attributeStatus | Accepted |
    Given the station is charging
    And the CSMS will answer TransactionEvent with CALLERROR InternalError
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent as "first try" with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    And the station sends TransactionEvent with
      | seqNo | the seqNo of "first try" |
    And the station sends no TransactionEvent for 5 s

@sut-station @v2.0.1
Feature: A station that breaks in the middle of a transaction
  A driver comes back to a car that is not full. Whoever answers the telephone then has to see in the transaction itself
  that a fault came in between.

  @E02.FR.17 @G01.FR.01
  Scenario: It tells the fault with the transaction and with the connector
    Given the station is charging
    When the operator causes a fault
    Then the station sends TransactionEvent with
      | triggerReason                 | AbnormalCondition                               |
      | transactionInfo.transactionId | the transactionInfo.transactionId of "charging" |
    And the station reports a connector with
      | evseId          | 1       |
      | connectorId     | 1       |
      | connectorStatus | Faulted |
    When the driver unplugs
    And the operator clears the fault
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorStatus | Available |

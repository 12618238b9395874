@sut-station @v2.0.1
Feature: A station that is asked how a transaction stands
  A CSMS that has missed events asks before it closes its books: does the transaction still go on, and is there anything
  left to be told about it?

  @TC_E_28_CS @E14.FR.01
  Scenario: Of a transaction it never had it knows nothing
    When the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | 5f1b0c1e-no-such-transaction |
    Then the station answers "ask" with
      | ongoingIndicator | false |
      | messagesInQueue  | false |

  @TC_E_30_CS @E14.FR.02 @E14.FR.05
  Scenario: A transaction that goes on, and of which all has been told
    Given the station is charging
    When 500 ms passes
    And the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | true  |
      | messagesInQueue  | false |

  @TC_E_32_CS @E14.FR.03 @E14.FR.05
  Scenario: A transaction that is over, and of which all has been told
    Given the station is set to stop with the authorization
    And the station is charging
    When the driver presents the valid idToken
    Then the station sends TransactionEvent with
      | eventType | Ended |
    When the driver unplugs
    And 500 ms passes
    And the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | false |
      | messagesInQueue  | false |

  @TC_E_34_CS @E14.FR.06 @E14.FR.08
  Scenario: Asked about no transaction in particular, it has nothing left to tell
    When the CSMS sends GetTransactionStatus as "ask"
      """
      {}
      """
    Then the station answers "ask" with
      | ongoingIndicator | absent |
      | messagesInQueue  | false  |

  @TC_E_29_CS @E14.FR.02 @E14.FR.04
  Scenario: A transaction that goes on, and of which something has not been taken in yet
    Given the station is charging
    And the CSMS will answer TransactionEvent once after 10 s
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    When the driver lets the EV resume charging
    And the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | true |
      | messagesInQueue  | true |

  @TC_E_31_CS @E14.FR.03 @E14.FR.04
  Scenario: A transaction that is over, and of which something has not been taken in yet
    Given the station is set to stop with the authorization
    And the station is charging
    And the CSMS will answer TransactionEvent once after 10 s
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    When the driver presents the valid idToken
    And the CSMS sends GetTransactionStatus as "ask" with
      | transactionId | the transactionInfo.transactionId of "charging" |
    Then the station answers "ask" with
      | ongoingIndicator | false |
      | messagesInQueue  | true  |

  @TC_E_33_CS @E14.FR.06 @E14.FR.07
  Scenario: Asked about no transaction in particular, it has something left to tell
    Given the station is charging
    And the CSMS will answer TransactionEvent once after 10 s
    When the driver lets the EV pause charging
    Then the station sends TransactionEvent with
      | transactionInfo.chargingState | any of SuspendedEV, EVConnected |
    When the driver lets the EV resume charging
    And the CSMS sends GetTransactionStatus as "ask"
      """
      {}
      """
    Then the station answers "ask" with
      | ongoingIndicator | absent |
      | messagesInQueue  | true   |

@sut-station @v1.6
Feature: A charge point that keeps the books of a transaction
  Bills are made from these messages. What charge points in the field get wrong: transactions that begin twice or end
  under a number nobody gave, meters that run backwards, and all of that worst when the connection was gone.

  @OCPP1.6:4.8 @OCPP1.6:4.10 @OCPP1.6:4.7
  Scenario: A visit is told from beginning to end under the number that it was given
    Given the station is metering every second
    When the driver plugs in
    And the driver presents the valid idTag
    Then the station sends StartTransaction as "start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends MeterValues with
      | connectorId                           | 1                                          |
      | transactionId                         | the transactionId of the answer to "start" |
      | meterValue[0].sampledValue[0].context | absent or Sample.Periodic                  |
    When 5 s passes
    And the driver presents the valid idTag
    And the driver unplugs
    Then the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @OCPP1.6:4.10 @OCPP1.6:7.35 @OCPP1.6-errata:4.25
  Scenario: What it read first and last it tells with the end
    Given the station is keeping the energy for the end
    And the station is charging
    When 3 s passes
    And the driver presents the valid idTag
    Then the station sends StopTransaction as "stop" with
      | transactionId   | the transactionId of the answer to "start" |
      | transactionData | present                                    |

  @OCPP1.6:3.7 @OCPP1.6:4.10
  Scenario: What ended while nobody could hear it is told afterwards, under the number that it was given
    Given the station is charging
    When the CSMS goes offline
    And 1 s passes
    And the driver presents the valid idTag
    And the driver unplugs
    And 2 s passes
    And the CSMS goes online
    Then the station sends StopTransaction within 30 s with
      | transactionId | the transactionId of the answer to "start" |

  @OCPP1.6:3.7 @OCPP1.6:4.8 @OCPP1.6:4.10
  Scenario: A whole visit that nobody could hear of is told afterwards, the beginning first
    Given the station is ready to charge offline
    When the CSMS goes offline
    And the driver plugs in
    And the driver presents the valid idTag
    And 5 s passes
    And the driver presents the valid idTag
    And the driver unplugs
    And the CSMS goes online
    Then the station sends StartTransaction as "begun offline" within 30 s with
      | idTag | the valid idTag |
    And the station sends StopTransaction as "ended offline" with
      | transactionId | the transactionId of the answer to "begun offline" |

  @OCPP1.6:3.7
  Scenario: What it could not tell survives a restart
    Given the station is charging
    When the CSMS goes offline
    And 1 s passes
    And the driver presents the valid idTag
    And the driver unplugs
    And the operator reboots the station
    And the CSMS goes online
    Then the station sends BootNotification within 30 s
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |

  @OCPP1.6:3.7.1
  Scenario: A transaction message that the Central System fails to take in is sent again after a pause
    When the CSMS sends ChangeConfiguration as "attempts" with
      | key   | TransactionMessageAttempts |
      | value | 3                          |
    And the CSMS sends ChangeConfiguration as "interval" with
      | key   | TransactionMessageRetryInterval |
      | value | 2                               |
    Then the station answers "attempts" with
      | status | Accepted |
    And the station answers "interval" with
      | status | Accepted |
    Given the CSMS will answer StartTransaction once with CALLERROR InternalError
    When the driver plugs in
    And the driver presents the valid idTag
    Then the station sends StartTransaction as "first try"
    And the station sends StartTransaction as "second try" within 10 s with
      | timestamp  | the timestamp of "first try"  |
      | meterStart | the meterStart of "first try" |
    And "second try" comes at least 2 s after the answer to "first try"

  @OCPP1.6:3.7.1
  Scenario: A transaction message that is never taken in is sent after ever longer pauses, and then given up
    When the CSMS sends ChangeConfiguration as "attempts" with
      | key   | TransactionMessageAttempts |
      | value | 3                          |
    And the CSMS sends ChangeConfiguration as "interval" with
      | key   | TransactionMessageRetryInterval |
      | value | 2                               |
    Then the station answers "attempts" with
      | status | Accepted |
    And the station answers "interval" with
      | status | Accepted |
    Given the CSMS will answer StartTransaction with CALLERROR InternalError
    When the driver plugs in
    And the driver presents the valid idTag
    Then the station sends StartTransaction as "first try"
    And the station sends StartTransaction as "second try" within 10 s
    And the station sends StartTransaction as "third try" within 15 s
    And "third try" comes at least 4 s after the answer to "second try"
    And the station sends no StartTransaction for 8 s

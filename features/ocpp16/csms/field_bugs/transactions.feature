@sut-csms @v1.6
Feature: A Central System that keeps the books of a transaction
  Messages come late and twice when a charge point was offline. What a Central System in the field gets wrong: it makes
  two transactions of one, gives a number twice, or leaves what it does not know without an answer.

  @OCPP1.6:4.8
  Scenario: The same start, told again after a lost connection, is the same transaction
    Given the station is booted
    When the station sends StartTransaction as "first" with
      | idTag | the valid idTag |
    Then the CSMS answers "first" with
      | idTagInfo.status | Accepted |
    When the station drops the connection
    And the station connects
    And the station sends StartTransaction as "again" with
      | idTag      | the valid idTag           |
      | timestamp  | the timestamp of "first"  |
      | meterStart | the meterStart of "first" |
    Then the CSMS answers "again" with
      | idTagInfo.status | Accepted                                   |
      | transactionId    | the transactionId of the answer to "first" |

  @OCPP1.6:4.8
  Scenario: The next transaction gets another number
    Given the station is charging
    When the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    Then the CSMS answers "stop"
    When the station sends StartTransaction as "next" with
      | idTag      | the valid idTag |
      | meterStart | 5000            |
      | timestamp  | now + 10 s      |
    Then the CSMS answers "next" with
      | transactionId | none of the transactionId of the answer to "start" |

  @OCPP1.6:4.8
  Scenario: Two charge points that start at the same moment are both served
    Given the station is booted
    And the station "other" connects with
      | identity | the second identity |
      | user     | the second identity |
      | password | the second password |
    And the station "other" sends BootNotification
    When the station sends StartTransaction as "here" with
      | idTag | the valid idTag |
    And the station "other" sends StartTransaction as "there" with
      | idTag | the second idTag |
    Then the CSMS answers "here" with
      | idTagInfo.status | Accepted |
    And the CSMS answers "there" with
      | idTagInfo.status | Accepted |

  @OCPP1.6:4.10
  Scenario: A stop of a transaction it does not know is confirmed
    Given the station is booted
    When the station sends StopTransaction as "stop" with
      | transactionId | 987654 |
    Then the CSMS answers "stop"

  @OCPP1.6:4.5 @needs:FirmwareManagement
  Scenario: What it is told of an update it confirms
    Given the station is booted
    When the station sends FirmwareStatusNotification as "firmware" with
      | status | Idle |
    Then the CSMS answers "firmware"

  @OCPP1.6:4.2 @OCPP1.6:4.6 @OCPP1.6:4.1
  Scenario: What it says is well formed from the first boot to the last heartbeat
    Given the station is connected
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | status      | Accepted   |
      | currentTime | present    |
      | interval    | at least 0 |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat" with
      | currentTime | present |
    When the station sends Authorize as "authorize" with
      | idTag | the group idTag |
    Then the CSMS answers "authorize" with
      | idTagInfo.status | Accepted |
    When the operator requests GetConfiguration
    Then the CSMS sends GetConfiguration
    When the operator requests ClearCache
    Then the CSMS sends ClearCache

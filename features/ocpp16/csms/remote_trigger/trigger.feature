@sut-csms @v1.6 @needs:RemoteTrigger
Feature: A Central System that asks to be told
  An operator in doubt of what he last heard has the charge point say it again, now.

  @TC_054_CSMS @OCPP1.6:5.17 @OCPP1.6:4.7
  Scenario: It asks for the meter values of one connector
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | MeterValues |
      | connectorId      | 1           |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | MeterValues |
      | connectorId      | 1           |
    When the station sends MeterValues as "meter values" with
      | transactionId                         | absent  |
      | meterValue[0].sampledValue[0].context | Trigger |
    Then the CSMS answers "meter values"

  @TC_054_CSMS @OCPP1.6:5.17 @OCPP1.6:4.9
  Scenario: It asks for the status of one connector
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | StatusNotification |
      | connectorId      | 1                  |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | StatusNotification |
      | connectorId      | 1                  |
    When the station sends StatusNotification as "status" with
      | status | Available |
    Then the CSMS answers "status"

  @TC_054_CSMS @OCPP1.6:5.17
  Scenario: It asks for a heartbeat of the charge point as a whole
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | Heartbeat |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | Heartbeat |
    When the station sends Heartbeat as "requested"
    Then the CSMS answers "requested"

  @TC_054_CSMS @OCPP1.6:5.17 @needs:FirmwareManagement
  Scenario Outline: It asks how a transfer stands
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | <message> |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | <message> |
    When the station sends <message> as "requested"
    Then the CSMS answers "requested"

    Examples:
      | message                       |
      | DiagnosticsStatusNotification |
      | FirmwareStatusNotification    |

  @OCPP1.6:5.17 @OCPP1.6:4.2
  Scenario: It asks for a boot notification and accepts the charge point again
    Given the station is booted
    When the operator requests TriggerMessage with
      | requestedMessage | BootNotification |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | BootNotification |
    When the station sends BootNotification as "requested"
    Then the CSMS answers "requested" with
      | status | Accepted |

  @TC_054_CSMS @OCPP1.6:5.17 @needs:FirmwareManagement
  Scenario: Told that the message is not implemented, it goes on serving the charge point
    Given the station is booted
    And the station will answer TriggerMessage with
      | status | NotImplemented |
    When the operator requests TriggerMessage with
      | requestedMessage | FirmwareStatusNotification |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | FirmwareStatusNotification |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_055_CSMS @OCPP1.6:5.17
  Scenario: Refused for a connector that is not there, it goes on serving the charge point
    Given the station is booted
    And the station will answer TriggerMessage with
      | status | Rejected |
    When the operator requests TriggerMessage with
      | requestedMessage | MeterValues |
      | connectorId      | 99          |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | MeterValues |
      | connectorId      | present     |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

@sut-station @v1.6 @needs:RemoteTrigger
Feature: A charge point that is asked to send a message now
  Where the Central System doubts what it knows last, it has the message sent again. The answer comes first: it says
  whether the message will come.

  @TC_054_CS @OCPP1.6:5.17 @OCPP1.6-errata:3.46
  Scenario: It sends the readings of the connector asked about
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | MeterValues |
      | connectorId      | 1           |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends MeterValues as "readings" with
      | connectorId | 1 |
    And "answer" and "readings" come in this order

  @TC_054_CS @OCPP1.6:5.17
  Scenario: It sends a heartbeat
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | Heartbeat |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends Heartbeat as "heartbeat"
    And "answer" and "heartbeat" come in this order

  @TC_054_CS @OCPP1.6:5.17
  Scenario: It sends the status of the connector asked about
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | StatusNotification |
      | connectorId      | 1                  |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends StatusNotification as "status" with
      | connectorId | 1         |
      | status      | Available |
    And "answer" and "status" come in this order

  @TC_054_CS @OCPP1.6:5.17 @OCPP1.6:4.4 @needs:FirmwareManagement
  Scenario: With no diagnostics to upload, it says that it is idle
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | DiagnosticsStatusNotification |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends DiagnosticsStatusNotification as "diagnostics" with
      | status | Idle |
    And "answer" and "diagnostics" come in this order

  @TC_054_CS @OCPP1.6:5.17 @OCPP1.6:4.5 @needs:FirmwareManagement
  Scenario: With no firmware to install, it says that it is idle
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | FirmwareStatusNotification |
    Then the station answers "trigger" as "answer" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification as "firmware" with
      | status | Idle |
    And "answer" and "firmware" come in this order

  @TC_055_CS @OCPP1.6:5.17
  Scenario: Of a connector that it does not have, it sends nothing
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | MeterValues |
      | connectorId      | 1000        |
    Then the station answers "trigger" with any CALLERROR with
      | status | Rejected |
    And the station sends no MeterValues for 1 s

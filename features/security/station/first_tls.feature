@sut-station @v2.0.1 @sockets @profile:1
Feature: A station that goes over from plain WebSockets to TLS
  Whoever listens on the line has the password. From the first connection by TLS on there is no way back to a line
  that can be listened to, however much somebody in between would like one.

  @TC_A_19_CS @last @A05.FR.04 @A05.FR.05 @A05.FR.06
  Scenario: With the root of its CSMS it goes over to TLS after a reset, and is not tempted back
    Given the station is set to try each way once
    When the CSMS sends SetNetworkProfile with
      | configurationSlot              | the spare slot        |
      | connectionData.ocppCsmsUrl     | the secure address    |
      | connectionData.ocppInterface   | the network interface |
      | connectionData.securityProfile | 2                     |
    And the CSMS sends SetVariables as "order" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the new slot order           |
    Then the station answers "order" with
      | setVariableResult[0].attributeStatus | any of Accepted, RebootRequired |
    When the CSMS offers
      | scheme | wss |
    And the CSMS sends Reset with
      | type | OnIdle |
    Then the station accepts the TLS handshake
    And the station sends BootNotification
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | SecurityCtrlr                |
      | getVariableData[0].variable.name  | SecurityProfile              |
      | getVariableData[1].component.name | OCPPCommCtrlr                |
      | getVariableData[1].variable.name  | NetworkConfigurationPriority |
    Then the station answers "get" with
      | getVariableResult[0].attributeValue | 2              |
      | getVariableResult[1].attributeValue | the spare slot |
    When the CSMS offers
      | scheme | ws |
    And the CSMS drops the connection
    And 3 s passes
    And the CSMS offers
      | scheme | wss |
    Then the station accepts the TLS handshake

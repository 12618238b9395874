@sut-station @v2.0.1 @sockets @profile:2
Feature: A station that goes over to security profile 3
  From password to certificate: once a connection with its own certificate stands, the weaker way in is closed.

  @TC_A_19_CS @last @A05.FR.04 @A05.FR.05 @A05.FR.06
  Scenario: With a certificate of its own it goes over after a reset, and says so
    Given the station is equipped with a certificate of its own
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot        |
      | connectionData.ocppCsmsUrl     | the address           |
      | connectionData.ocppInterface   | the network interface |
      | connectionData.securityProfile | 3                     |
    Then the station answers "profile" with
      | status | Accepted |
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the new slot order           |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | any of Accepted, RebootRequired |
    When the CSMS offers
      | client certificate | required |
    And the CSMS goes by no password
    And the CSMS sends Reset with
      | type | OnIdle |
    Then the station accepts the TLS handshake
    And the TLS session has
      | peer.commonName | the serial |
    And the station sends BootNotification
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | SecurityCtrlr                |
      | getVariableData[0].variable.name  | SecurityProfile              |
      | getVariableData[1].component.name | OCPPCommCtrlr                |
      | getVariableData[1].variable.name  | NetworkConfigurationPriority |
    Then the station answers "get" with
      | getVariableResult[0].attributeValue | 3              |
      | getVariableResult[1].attributeValue | the spare slot |

  @A05.FR.05 @A05.FR.06 @B10.FR.03 @B10.FR.04
  Scenario: Where the higher profile opens no door it comes back by the lower one, which is still there
    Given the station is equipped with a certificate of its own
    And the station is set to try each way once
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot        |
      | connectionData.ocppCsmsUrl     | the second address    |
      | connectionData.ocppInterface   | the network interface |
      | connectionData.securityProfile | 3                     |
    And the CSMS sends SetVariables as "order" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the new slot order           |
    Then the station answers "order" with
      | setVariableResult[0].attributeStatus | any of Accepted, RebootRequired |
    When the CSMS turns new connections away at the second address
    And the CSMS sends Reset with
      | type | OnIdle |
    Then the station tries to connect to the second address 1 times as "higher" within 20 s
    And the station reconnects to the first address
    And the station sends BootNotification
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | SecurityCtrlr   |
      | getVariableData[0].variable.name  | SecurityProfile |
    Then the station answers "get" with
      | getVariableResult[0].attributeValue | 2 |

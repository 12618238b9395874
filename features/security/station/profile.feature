@sut-station @v2.0.1 @sockets @profile:2
Feature: A station that goes over to security profile 3
  From password to certificate: once a connection with its own certificate stands, the weaker way in is closed.

  @TC_A_19_CS @A05.FR.04 @A05.FR.05 @A05.FR.06
  Scenario: With a certificate of its own it goes over after a reset, and says so
    Given the station is equipped with a certificate of its own
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | 2           |
      | connectionData.ocppCsmsUrl     | the address |
      | connectionData.securityProfile | 3           |
    Then the station answers "profile" with
      | status | Accepted |
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | 2,1                          |
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
      | getVariableData[0].component.name | SecurityCtrlr   |
      | getVariableData[0].variable.name  | SecurityProfile |
    Then the station answers "get" with
      | getVariableResult[0].attributeValue | 3 |

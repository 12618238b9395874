@sut-station @v2.0.1
Feature: A station that changes its security profile
  Security may go up, with the certificates that it takes, and never down: whoever could lower it could listen in.

  @TC_A_22_CS @B09.FR.04 @profile:2 @profile:3
  Scenario Outline: A network profile of security profile <lower> it refuses
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot            |
      | connectionData.ocppCsmsUrl     | ws://csms.example:80/ocpp |
      | connectionData.ocppInterface   | the network interface     |
      | connectionData.securityProfile | <lower>                   |
    Then the station answers "profile" with
      | status | Rejected |
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | SecurityCtrlr   |
      | getVariableData[0].variable.name  | SecurityProfile |
    Then the station answers "get" with
      | getVariableResult[0].attributeValue | the security profile |

    Examples:
      | lower |
      | 0     |
      | 1     |

  @TC_A_20_CS @A05.FR.02 @profile:1 @needs:AQ-1 @needs:C-61
  Scenario: Without a CSMS root it does not go over to security profile 2
    Given the station is without trusted roots
    And the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot              |
      | connectionData.ocppCsmsUrl     | wss://csms.example:443/ocpp |
      | connectionData.ocppInterface   | the network interface       |
      | connectionData.securityProfile | 2                           |
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the new slot order           |
    Then the station answers "profile" with
      | status | any of Accepted, Rejected |
    And the station answers "set" with
      | setVariableResult[0].attributeStatus | Rejected |

  @TC_A_21_CS @A05.FR.03 @profile:2 @needs:AQ-3
  Scenario: Without a certificate of its own it does not go over to security profile 3
    Given the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot              |
      | connectionData.ocppCsmsUrl     | wss://csms.example:443/ocpp |
      | connectionData.ocppInterface   | the network interface       |
      | connectionData.securityProfile | 3                           |
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the new slot order           |
    Then the station answers "profile" with
      | status | Accepted |
    And the station answers "set" with
      | setVariableResult[0].attributeStatus | Rejected |

  @A05.FR.08 @profile:3 @needs:SecurityDowngrade
  Scenario: Where that is allowed it takes a network profile of security profile 2, and a place for it
    Given the station is allowed to go back in security
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot              |
      | connectionData.ocppCsmsUrl     | wss://csms.example:443/ocpp |
      | connectionData.ocppInterface   | the network interface       |
      | connectionData.securityProfile | 2                           |
    And the CSMS sends SetVariables as "order" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the new slot order           |
    Then the station answers "profile" with
      | status | Accepted |
    And the station answers "order" with
      | setVariableResult[0].attributeStatus | any of Accepted, RebootRequired |
    When the CSMS sends SetVariables as "back" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the active slot              |
    Then the station answers "back" with
      | setVariableResult[0].attributeStatus | any of Accepted, RebootRequired |

  @A05.FR.10 @profile:3 @needs:SecurityDowngrade
  Scenario: Where that is no longer allowed, a network profile of security profile 2 gets no place any more
    Given the station is allowed to go back in security
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot              |
      | connectionData.ocppCsmsUrl     | wss://csms.example:443/ocpp |
      | connectionData.ocppInterface   | the network interface       |
      | connectionData.securityProfile | 2                           |
    Then the station answers "profile" with
      | status | Accepted |
    When the station is no longer allowed to go back in security
    And the CSMS sends SetVariables as "order" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the new slot order           |
    Then the station answers "order" with
      | setVariableResult[0].attributeStatus | Rejected |

  @A05.FR.09 @B09.FR.31 @profile:2 @profile:3 @needs:SecurityDowngrade
  Scenario: Back to security profile 1 it does not go, whatever is allowed
    Given the station is allowed to go back in security
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot            |
      | connectionData.ocppCsmsUrl     | ws://csms.example:80/ocpp |
      | connectionData.ocppInterface   | the network interface     |
      | connectionData.securityProfile | 1                         |
    Then the station answers "profile" with
      | status | Rejected |

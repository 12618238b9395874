@sut-csms @v2.0.1 @sockets @profile:2
Feature: A CSMS that has a station go over to security profile 3
  From password to certificate: once the station has come with its certificate, its password alone is good for nothing.

  @TC_A_19_CSMS @last @A05.FR.07
  Scenario: Once the station has come with its certificate, it may not come with less
    Given the station is booted
    When the operator requests SetNetworkProfile with
      | configurationSlot              | 2 |
      | connectionData.securityProfile | 3 |
    Then the CSMS sends SetNetworkProfile as "profile" with
      | connectionData.ocppTransport   | JSON |
      | connectionData.securityProfile | 3    |
    When the operator requests SetVariables with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | 2                            |
    Then the CSMS sends SetVariables with
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | like (.*,)? ?2 ?(,.*)?       |
    When the operator requests Reset with
      | type | OnIdle |
    Then the CSMS sends Reset
    When the station closes the connection
    And the station connects with
      | certificate   | the station certificate |
      | authorization | none                    |
    Then the CSMS accepts the connection with ocpp2.0.1
    When the station connects
    Then the CSMS turns the connection away
    When the station connects with
      | certificate   | the station certificate |
      | authorization | none                    |
    Then the CSMS accepts the connection with ocpp2.0.1

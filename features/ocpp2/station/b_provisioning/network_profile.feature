@sut-station @v2.0.1
Feature: A station that is given the way to another CSMS
  A wrong connection profile can cost an operator the station: it has to be refused before it is stored.

  @TC_B_43_CS @B09.FR.02 @B09.FR.05
  Scenario: It refuses a profile for a slot it does not have
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot | 999 |
    Then the station answers "profile" with
      | status | Rejected |

  @TC_B_43_CS @B10.FR.02
  Scenario: It refuses to try slots in which no profile is stored
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | 999                          |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Rejected |

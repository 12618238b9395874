@sut-station @v2.0.1 @profile:1 @profile:2
Feature: A station whose password is changed
  A new password counts from the moment the station says it took it, and it outlives a restart: a station that
  forgets stands before a closed door for good.

  @TC_A_01_CS @A00.FR.202 @A00.FR.203 @A00.FR.204 @A00.FR.205 @A00.FR.301 @A00.FR.302 @A00.FR.303 @A00.FR.304 @B01.FR.01
  Scenario: It comes with its own name and password, and boots
    When the operator reboots the station
    Then the station reconnects
    And the station sends BootNotification
    And the station reports a connector with
      | connectorStatus | Available |

  @TC_A_09_CS @A01.FR.01 @B01.FR.01
  Scenario: It takes the new password, and comes back with it after a restart
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | SecurityCtrlr              |
      | setVariableData[0].variable.name  | BasicAuthPassword          |
      | setVariableData[0].attributeValue | a-new-password-of-26-signs |
    And the CSMS goes by the password "a-new-password-of-26-signs"
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | any of Accepted, RebootRequired |
    When the operator reboots the station
    Then the station reconnects
    And the station sends BootNotification
    When the CSMS sends SetVariables as "back" with
      | setVariableData[0].component.name | SecurityCtrlr     |
      | setVariableData[0].variable.name  | BasicAuthPassword |
      | setVariableData[0].attributeValue | the password      |
    And the CSMS goes by the password "the password"
    Then the station answers "back" with
      | setVariableResult[0].attributeStatus | any of Accepted, RebootRequired |
    When the operator reboots the station
    Then the station reconnects

  @TC_A_10_CS @A00.FR.205 @A00.FR.304 @A01.FR.01
  Scenario Outline: A password that is too <wrong> it refuses, and goes on with the old one
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | SecurityCtrlr     |
      | setVariableData[0].variable.name  | BasicAuthPassword |
      | setVariableData[0].attributeValue | <password>        |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Rejected |
    When the CSMS drops the connection
    Then the station reconnects

    Examples:
      | wrong | password                |
      | short | fifteen-letters         |
      | long  | a text of 65 characters |

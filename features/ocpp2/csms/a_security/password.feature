@sut-csms @v2.0.1 @profile:1 @profile:2
Feature: A CSMS that gives a station a new password
  The new password counts from the moment the station has taken it, and not before: else one of the two would stand
  before a closed door.

  @TC_A_09_CSMS @A01.FR.02 @A01.FR.03
  Scenario: Once the station has taken it, the old one is no longer good
    Given the station is booted
    When the operator requests SetVariables with
      | setVariableData[0].component.name | SecurityCtrlr         |
      | setVariableData[0].variable.name  | BasicAuthPassword     |
      | setVariableData[0].attributeValue | a-password-that-is-new |
    Then the CSMS sends SetVariables as "new" with
      | setVariableData[0].component.name | SecurityCtrlr     |
      | setVariableData[0].variable.name  | BasicAuthPassword |
    When the station drops the connection
    And the station connects
    Then the CSMS refuses the connection
    When the station connects with
      | password | the setVariableData[0].attributeValue of "new" |
    Then the CSMS accepts the connection with ocpp2.0.1

  @TC_A_10_CSMS @A01.FR.02 @A01.FR.04
  Scenario: When the station did not take it, the old one is still good
    Given the station is booted
    And the station will answer SetVariables with
      | setVariableResult[0].attributeStatus | Rejected          |
      | setVariableResult[0].component.name  | SecurityCtrlr     |
      | setVariableResult[0].variable.name   | BasicAuthPassword |
    When the operator requests SetVariables with
      | setVariableData[0].component.name | SecurityCtrlr         |
      | setVariableData[0].variable.name  | BasicAuthPassword     |
      | setVariableData[0].attributeValue | a-password-that-is-new |
    Then the CSMS sends SetVariables with
      | setVariableData[0].component.name | SecurityCtrlr     |
      | setVariableData[0].variable.name  | BasicAuthPassword |
    When the station drops the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

@sut-station @v2.0.1
Feature: A station that is given the way to another CSMS
  A wrong connection profile can cost an operator the station: it has to be refused before it is stored.

  @TC_B_43_CS @B09.FR.02 @B09.FR.05
  Scenario: It refuses a profile for a slot it does not have
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot | 999 |
    Then the station answers "profile" with
      | status | Rejected |

  @B10.FR.02
  Scenario: It refuses to try slots in which no profile is stored
    When the CSMS sends SetVariables as "set" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | 999                          |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Rejected |

  @TC_B_45_CS @B09.FR.01 @B10.FR.01 @B10.FR.04 @B10.FR.10
  Scenario: Sent to another CSMS, it goes there after the next restart and registers anew
    Given the station is connected by its usual profile
    When the CSMS sends SetNetworkProfile as "profile" with
      | configurationSlot              | the spare slot        |
      | connectionData.ocppCsmsUrl     | the second address    |
      | connectionData.ocppInterface   | the network interface |
      | connectionData.securityProfile | the security profile  |
    Then the station answers "profile" with
      | status | Accepted |
    When the CSMS sends SetVariables as "order" with
      | setVariableData[0].component.name | OCPPCommCtrlr                |
      | setVariableData[0].variable.name  | NetworkConfigurationPriority |
      | setVariableData[0].attributeValue | the new slot order           |
    Then the station answers "order" with
      | setVariableResult[0].attributeStatus | any of Accepted, RebootRequired |
    When the CSMS sends Reset as "reset" with
      | type | OnIdle |
    Then the station answers "reset" with
      | status | Accepted |
    And the station reconnects to the second address
    And the station sends BootNotification

  @TC_B_46_CS @B10.FR.03 @B10.FR.04 @B10.FR.10
  Scenario: Nobody answers at the new address, and after the attempts it was given it goes back to the old one
    Given the station is ready to move after 2 attempts
    And the CSMS turns new connections away at the second address
    When the CSMS sends Reset as "reset" with
      | type | OnIdle |
    Then the station answers "reset" with
      | status | Accepted |
    And the station tries to connect to the second address 2 times as "knocks" within 30 s
    And the station reconnects to the first address
    And the station sends BootNotification

  @TC_B_49_CS @B10.FR.03 @B10.FR.07 @B10.FR.09 @needs:C-47
  Scenario: Nobody answers anywhere, and it goes on knocking where it was let in last, with pauses
    Given the station is ready to move after 1 attempt
    And the CSMS turns new connections away
    When the CSMS sends Reset as "reset" with
      | type | OnIdle |
    Then the station answers "reset" with
      | status | Accepted |
    And the station tries to connect to the second address 1 times as "new" within 30 s
    And the station tries to connect to the first address 1 times as "old" within 30 s
    When the CSMS lets new connections in
    Then the station reconnects to the first address after at least 1 s

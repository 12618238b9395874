@sut-station @v2.0.1
Feature: A station whose connection and registration are not smooth
  What stations in the field get wrong around the first contact: they talk too early, knock too often or never
  again, and come back from a lost connection with the CSMS none the wiser.

  @B02.FR.02 @B02.FR.04 @B02.FR.08
  Scenario: Put off for a while, it says nothing of a cable until it has been let in
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 3       |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock"
    When the driver plugs in
    Then the station sends BootNotification as "second knock"
    And the station sends nothing between "first knock" and "second knock"
    And "second knock" comes at least 3 s after the answer to "first knock"
    And the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |

  @B03.FR.02 @B03.FR.06
  Scenario: Turned away, it says nothing of a cable until it has been let in
    Given the CSMS will answer BootNotification once with
      | status   | Rejected |
      | interval | 3        |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock"
    When the driver plugs in
    Then the station sends BootNotification as "second knock"
    And the station sends nothing between "first knock" and "second knock"
    And the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |

  @B02.FR.07
  Scenario: Put off without being told for how long, it does not flood the CSMS
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 0       |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends nothing for 2 s

  @B01.FR.05 @B01.FR.08
  Scenario: A fault from before it was let in is reported afterwards
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 3       |
    When the operator reboots the station
    Then the station sends BootNotification
    When the operator causes a fault
    Then the station sends BootNotification
    And the station reports a connector with
      | evseId          | 1       |
      | connectorId     | 1       |
      | connectorStatus | Faulted |

  @B04.FR.02
  Scenario: Back after a lost connection it tells which connector has changed meanwhile
    When the CSMS goes offline
    And 1 s passes
    And the operator causes a fault
    And the CSMS goes online
    Then the station reconnects
    And the station reports a connector with
      | evseId          | 1       |
      | connectorId     | 1       |
      | connectorStatus | Faulted |

  @OCPP-J2.0.1:5.4
  Scenario: While nobody answers it does not hammer on the door
    When the CSMS goes offline
    And 10 s passes
    And the CSMS goes online
    Then the station reconnects

  @G02.FR.01 @B01.FR.04
  Scenario: It gives a sign of life as often as it was told to
    Given the CSMS will answer BootNotification once with
      | interval | 2 |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends Heartbeat within 10 s
    And the station sends Heartbeat every 2 s, 2 times
    When the CSMS sends SetVariables as "as before" with
      | setVariableData[0].component.name | OCPPCommCtrlr     |
      | setVariableData[0].variable.name  | HeartbeatInterval |
      | setVariableData[0].attributeValue | 300               |
    Then the station answers "as before" with
      | setVariableResult[0].attributeStatus | any of Accepted, UnknownVariable |

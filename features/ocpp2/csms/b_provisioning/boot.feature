@sut-csms @v2.0.1
Feature: A CSMS that lets a station in
  A station may say nothing of substance before the CSMS has accepted it, so the answer to a boot decides
  whether anything can be charged at all.

  @TC_B_01_CSMS @B01.FR.02
  Scenario: It accepts a station it knows and takes note of its connectors
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | status | Accepted |
    When the station sends StatusNotification as "first connector"
    And the station sends NotifyEvent as "second connector" with
      | eventData[0].actualValue       | Available |
      | eventData[0].component.evse.id | 2         |
    Then the CSMS answers "first connector"
    And the CSMS answers "second connector"

  @B01.FR.02
  Scenario Outline: It accepts a known station whatever made it boot
    When the station connects
    And the station sends BootNotification as "boot" with
      | reason | <reason> |
    Then the CSMS answers "boot" with
      | status | Accepted |

    Examples:
      | reason         |
      | Watchdog       |
      | FirmwareUpdate |
      | Unknown        |

@sut-station @v2.0.1
Feature: A station that asks to be let in
  Until a CSMS accepts it, a station may only knock, and no sooner than it was told to.

  @TC_B_01_CS @B01.FR.01 @B01.FR.03 @B01.FR.05
  Scenario: After a reboot it introduces itself and reports every connector
    When the operator reboots the station
    Then the station sends BootNotification as "boot" with
      | reason                     | none of RemoteReset, ScheduledReset |
      | chargingStation.model      | present                             |
      | chargingStation.vendorName | present                             |
    And the station sends StatusNotification with
      | connectorStatus | Available |

  @TC_B_03_CS @B03.FR.02 @B03.FR.06
  Scenario: Turned away, it waits out the interval in silence before it knocks again
    Given the CSMS will answer BootNotification once with
      | status   | Rejected |
      | interval | 2        |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock"
    And the station sends BootNotification as "second knock" within 10 s
    And "second knock" comes at least 2 s after the answer to "first knock"
    And the station sends nothing between "first knock" and "second knock"

@sut-station @v2.0.1
Feature: How long a station that has been put off waits
  The CSMS says when a station that it has put off may ask again. Where it does not say, or says nonsense, the station
  chooses a time that harms nobody.

  @B03.FR.06
  Scenario: Turned away, it knocks again at the interval that it was given
    Given the CSMS will answer BootNotification with
      | status   | Rejected |
      | interval | 2        |
    When the operator reboots the station
    Then the station sends BootNotification 3 times as "knocks" within 20 s
    And the gaps of "knocks" are at least 2 s

  @B02.FR.07 @B03.FR.05
  Scenario Outline: Put off with an interval that is none, it does not flood the CSMS
    Given the CSMS will answer BootNotification once with
      | status   | Pending    |
      | interval | <interval> |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends no BootNotification for 2 s

    Examples:
      | interval   |
      | 0          |
      | -1         |
      | 2147483647 |

  @B01.FR.04
  Scenario Outline: Let in with an interval that is none, it does not flood the CSMS
    Given the CSMS will answer BootNotification once with
      | interval | <interval> |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station reports a connector with
      | connectorStatus | Available |
    And the station sends no Heartbeat for 2 s

    Examples:
      | interval   |
      | 0          |
      | -1         |
      | 2147483647 |

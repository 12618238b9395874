@sut-station @v1.6
Feature: How long a charge point that has been put off waits
  The Central System says when a charge point that it has put off may ask again. Where it does not say, or says
  nonsense, the charge point chooses a time that harms nobody.

  @OCPP1.6:4.2
  Scenario: Turned away, it knocks again at the interval that it was given
    Given the CSMS will answer BootNotification with
      | status   | Rejected |
      | interval | 2        |
    When the operator reboots the station
    Then the station sends BootNotification 3 times as "knocks" within 20 s
    And the gaps of "knocks" are at least 2 s

  @OCPP1.6:4.2
  Scenario Outline: Put off with an interval that is none, it does not flood the Central System
    Given the CSMS will answer BootNotification once with
      | status   | Rejected   |
      | interval | <interval> |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends no BootNotification for 2 s

    Examples:
      | interval   |
      | 0          |
      | -1         |
      | 2147483647 |

  @OCPP1.6:4.2
  Scenario Outline: Let in with an interval that is none, it does not flood the Central System
    Given the CSMS will answer BootNotification once with
      | interval | <interval> |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends StatusNotification
    And the station sends no Heartbeat for 2 s

    Examples:
      | interval   |
      | 0          |
      | -1         |
      | 2147483647 |

  @OCPP1.6:4.2
  Scenario Outline: Told another time, it uses that one from then on
    Given the CSMS will answer BootNotification once with
      | currentTime | <told> |
    When the operator reboots the station
    Then the station sends BootNotification as "boot"
    And the station sends StatusNotification with
      | connectorId | 1 |
    When the driver plugs in
    And the driver presents the valid idTag
    Then the station sends StartTransaction with
      | timestamp | within 30 min of the currentTime of the answer to "boot" |

    Examples:
      | told                      |
      | 2031-05-06T07:08:09Z      |
      | 2021-05-06T07:08:09.123Z  |
      | 2032-02-29T23:00:00+02:00 |
      | 2026-10-25T01:30:00Z      |
      | 2027-03-28T00:59:59Z      |

  @OCPP1.6:4.2
  Scenario: Told a second that hardly any clock has, it goes on all the same
    Given the CSMS will answer BootNotification once with
      | currentTime | 2016-12-31T23:59:60Z |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |
    And the station sends no BootNotification for 1 s

@sut-csms @v2.0.1
Feature: How fast a CSMS answers, and how it keeps a connection
  A station that waits for an answer sends nothing else. So a CSMS has to answer soon, with a time that is right, and
  has to keep a connection on which nothing happens for a while.

  @G02.FR.03
  Scenario: It answers a sign of life soon
    Given the station is booted
    When the station sends Heartbeat
    And the station sends StatusNotification
    And the station sends Heartbeat as "beat"
    Then the CSMS answers "beat" in time

  @B01.FR.02
  Scenario: It lets the station in soon, with an interval that makes sense
    Given the station connects
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" in time with
      | status   | Accepted   |
      | interval | at least 0 |

  @OCPP-J2.0.1:5.3
  Scenario: It answers a ping at once
    Given the station is booted
    When the station pings
    Then the CSMS answers the ping

  @OCPP-J2.0.1:5.3
  Scenario: A connection on which nothing happens stands, and works afterwards
    Given the station is booted
    Then the CSMS keeps the connection for 4 s
    When the station sends Heartbeat as "beat"
    Then the CSMS answers "beat" in time

  @OCPP-J2.0.1:5.3 @long
  Scenario: A connection on which only pings go by stands for minutes
    Given the station is allowed to be quiet for five minutes
    Then the CSMS keeps the connection for 4 min
    When the station pings
    Then the CSMS answers the ping
    And the CSMS keeps the connection for 30 s
    When the station sends Heartbeat as "beat"
    Then the CSMS answers "beat" in time

  @G02.FR.03
  Scenario: The time it tells with a sign of life is right
    Given the station is booted
    When the station sends Heartbeat as "beat"
    Then the CSMS answers "beat" with
      | currentTime | now within 2 s |

  @B01.FR.02
  Scenario: The time it tells when it lets the station in is right
    Given the station connects
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | currentTime | now within 2 s |

  @OCPP-J2.0.1:4.1.1 @long
  Scenario: An answer that comes minutes late does no harm
    Given the station is booted
    And the station will answer TriggerMessage once after 2 min
    When the operator requests TriggerMessage with
      | requestedMessage | Heartbeat |
    Then the CSMS sends TriggerMessage
    When 3 min passes
    And the operator requests TriggerMessage with
      | requestedMessage | Heartbeat |
    Then the CSMS sends TriggerMessage
    When the station sends Heartbeat as "beat"
    Then the CSMS answers "beat" in time

  @G02.FR.03 @C01.FR.07 @load:100
  Scenario: While it serves a hundred others, it answers each in time
    Given the station is booted
    And the CSMS is serving 100 other stations
    When the station sends Heartbeat as "ours"
    And the station "load station 1" sends Heartbeat as "first"
    And the station "load station 50" sends StatusNotification as "middle" with
      | connectorStatus | Available |
    And the station "load station 100" sends Authorize as "last" with
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS answers "ours"
    And the CSMS answers "first"
    And the CSMS answers "middle"
    And the CSMS answers "last" in time with
      | idTokenInfo.status | Accepted |
    And the CSMS keeps the connection of the station "load station 77" for 2 s

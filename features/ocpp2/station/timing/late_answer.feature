@sut-station @v2.0.1
Feature: An answer that comes too late
  Whoever has given a question up has gone on. An answer that comes then answers nothing any more, and what it says may
  long be wrong.

  @OCPP-J2.0.1:4.1.1 @B01.FR.06 @long
  Scenario: What it is told in answer to a question that it has given up, it does not believe
    Given the station is set to take the time from signs of life
    And the CSMS will answer BootNotification once with
      | currentTime | 2031-05-06T07:08:09Z |
    And the CSMS will answer Heartbeat with
      | currentTime | 2031-05-06T07:08:09Z |
    And the CSMS will answer Heartbeat once after 3 min with
      | currentTime | 2041-05-06T07:08:09Z |
    When the operator reboots the station
    Then the station sends BootNotification
    Given the station is set to give a sign of life every 2 s
    Then the station sends Heartbeat
    Given the station is set to give no sign of life for hours
    When 4 min passes
    And the driver plugs in
    Then the station reports a connector with
      | timestamp | like 2031-.* |

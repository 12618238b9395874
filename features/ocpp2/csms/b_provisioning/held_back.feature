@sut-csms @v2.0.1
Feature: A CSMS that holds a station back
  A CSMS may look at a station before it lets it in, or turn it away for now. Until then it serves nothing
  but the knocking and what it asked for itself, so that nobody charges at a station it does not know.

  @TC_B_02_CSMS @TC_B_31_CSMS @needs:C-44|not-AQ-16 @B01.FR.02 @B02.FR.06
  Scenario: It keeps a pending station on the line, has it knock again, and lets it in
    Given the station is connected
    When the operator holds the next boot back as Pending
    And the station sends BootNotification as "first knock"
    Then the CSMS answers "first knock" with
      | status   | Pending    |
      | interval | at least 0 |
    When the operator requests TriggerMessage with
      | requestedMessage | BootNotification |
    Then the CSMS sends TriggerMessage with
      | requestedMessage | BootNotification |
    When the station sends BootNotification as "second knock" with
      | reason | Triggered |
    Then the CSMS answers "second knock" with
      | status | Accepted |
    When the station sends StatusNotification as "available"
    Then the CSMS answers "available"

  @TC_B_30_CSMS @needs:C-44|not-AQ-16 @B01.FR.10 @B02.FR.09
  Scenario: It serves a pending station nothing but its knocking
    Given the station is connected
    When the operator holds the next boot back as Pending
    And the station sends BootNotification as "knock"
    Then the CSMS answers "knock" with
      | status | Pending |
    When the station sends StatusNotification as "too early"
    And the station sends NotifyEvent as "too early as well"
    Then the CSMS answers "too early" with CALLERROR SecurityError
    And the CSMS answers "too early as well" with CALLERROR SecurityError

  @B01.FR.10 @B03.FR.03 @B03.FR.07
  Scenario: It serves a rejected station nothing but its knocking, and asks nothing of it
    Given the station is connected
    When the operator holds the next boot back as Rejected
    And the station sends BootNotification as "knock"
    Then the CSMS answers "knock" with
      | status | Rejected |
    When the station sends StatusNotification as "too early"
    Then the CSMS answers "too early" with CALLERROR SecurityError
    And the CSMS sends nothing for 2 s

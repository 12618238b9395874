@sut-csms @v2.0.1
Feature: A CSMS that hears of a cable that could not be locked
  An unlocked cable under load is a hazard; the station does not charge, and tells the CSMS why.

  @TC_G_20_CSMS @G05.FR.03 @N07.FR.03
  Scenario: It takes the report of a lock that failed
    Given the station is booted
    When the station sends NotifyEvent as "lock failed" with
      | eventData[0].component.name | ConnectorPlugRetentionLock |
      | eventData[0].variable.name  | Problem                    |
      | eventData[0].actualValue    | true                       |
    Then the CSMS answers "lock failed"

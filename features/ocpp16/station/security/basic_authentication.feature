@sut-station @v1.6 @needs:Security @profile:1 @profile:2
Feature: A charge point that proves who it is by its password
  The name it logs in with is the identity it connects under, and the password is that of AuthorizationKey: with
  anything else our Central System does not let it in.

  @TC_085_CS @OCPP1.6-security:A00.FR.203 @OCPP1.6-security:A00.FR.204
  Scenario: After a restart it logs in with its name and password, and reports itself
    When the operator reboots the station
    Then the station reconnects within 2 min
    And the station sends BootNotification within 2 min
    And the station sends StatusNotification with
      | connectorId | 0         |
      | status      | Available |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

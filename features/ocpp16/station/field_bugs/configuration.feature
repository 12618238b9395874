@sut-station @v1.6
Feature: A charge point that keeps its secret
  Whoever may read settings may not thereby learn the password: with it, anybody could pretend to be the charge point.

  @OCPP1.6-security:A05 @needs:Security
  Scenario: It gives nobody its password to read
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | AuthorizationKey |
    Then the station answers "get" with
      | configurationKey[0].value | absent |

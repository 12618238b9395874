@sut-csms @v1.6 @needs:Security @profile:1 @profile:2
Feature: A Central System that gives a charge point a new password
  The new password counts from the moment the charge point has taken it, and not before: else one of the two would
  stand before a closed door.

  @OCPP1.6-security:A01.FR.02 @OCPP1.6-security:A01.FR.04
  Scenario Outline: When the charge point did not take it, the old one is still good
    Given the station is booted
    And the station will answer ChangeConfiguration with
      | status | <status> |
    When the operator requests ChangeConfiguration with
      | key   | AuthorizationKey                 |
      | value | 636f727265637420686f727365203136 |
    Then the CSMS sends ChangeConfiguration with
      | key   | AuthorizationKey             |
      | value | like ([0-9A-Fa-f]{2}){16,20} |
    When the station drops the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp1.6

    Examples:
      | status       |
      | Rejected     |
      | NotSupported |

  @OCPP1.6-security:A00.FR.205 @OCPP1.6-security:A01.FR.03
  Scenario: A new password is octets, and no text: it reads them as they are
    Given the station is booted
    When the operator requests ChangeConfiguration with
      | key   | AuthorizationKey                 |
      | value | E4F6FC3A80FF617ADF3AC39601FE7F41 |
    Then the CSMS sends ChangeConfiguration with
      | key   | AuthorizationKey                          |
      | value | like (?i)E4F6FC3A80FF617ADF3AC39601FE7F41 |
    When the station drops the connection
    And the station connects with
      | password | hex E4F6FC3A80FF617ADF3AC39601FE7F41 |
    Then the CSMS accepts the connection with ocpp1.6
    When the operator requests ChangeConfiguration with
      | key   | AuthorizationKey            |
      | value | the password in hexadecimal |
    Then the CSMS sends ChangeConfiguration with
      | key | AuthorizationKey |
    When the station drops the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp1.6

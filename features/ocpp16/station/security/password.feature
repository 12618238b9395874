@sut-station @v1.6 @needs:Security
Feature: A charge point whose password and security profile are changed
  A new password counts from the moment the charge point says it took it, and it outlives a restart. Security may go
  up, and never down.

  @TC_085_CS @OCPP1.6-security:A00.FR.202 @profile:1 @profile:2
  Scenario: It comes with its own name and password, and boots
    When the operator reboots the station
    Then the station reconnects
    And the station sends BootNotification
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Available |

  @TC_073_CS @OCPP1.6-security:A01.FR.01 @profile:1 @profile:2
  Scenario: It takes the new password, comes back with it, and still has it after a restart
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | AuthorizationKey                 |
      | value | 61206e65772070617373776f72642031 |
    And the CSMS goes by the password "a new password 1"
    Then the station answers "set" with
      | status | Accepted |
    And the station reconnects
    When the operator reboots the station
    Then the station reconnects
    And the station sends BootNotification
    When the CSMS sends ChangeConfiguration as "back" with
      | key   | AuthorizationKey            |
      | value | the password in hexadecimal |
    And the CSMS goes by the password "the password"
    Then the station answers "back" with
      | status | Accepted |
    And the station reconnects

  @OCPP1.6-security:A00.FR.204 @OCPP1.6-security:A00.FR.205 @OCPP1.6-security:A01.FR.01 @profile:1 @profile:2
  Scenario: A password is octets, and no text: it sends them as they are
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | AuthorizationKey                 |
      | value | E4F6FC3A80FF617ADF3AC39601FE7F41 |
    And the CSMS goes by the password "hex E4F6FC3A80FF617ADF3AC39601FE7F41"
    Then the station answers "set" with
      | status | Accepted |
    And the station reconnects
    When the CSMS sends ChangeConfiguration as "back" with
      | key   | AuthorizationKey            |
      | value | the password in hexadecimal |
    And the CSMS goes by the password "the password"
    Then the station answers "back" with
      | status | Accepted |
    And the station reconnects

  @OCPP1.6-security:A00.FR.205
  Scenario Outline: A password that is <wrong> it refuses, and goes on with the old one
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | AuthorizationKey |
      | value | <password>       |
    Then the station answers "set" with
      | status | Rejected |
    When the CSMS drops the connection
    Then the station reconnects

    Examples:
      | wrong          | password                                   |
      | too short      | 666966746565646e206c6574746572             |
      | too long       | 7477656e74792d6f6e65206c657474657273206f6e |
      | no hexadecimal | this text has no hexadecimals :)           |

  @TC_084_CS @OCPP1.6-security:A05.FR.01 @profile:2
  Scenario: A lower security profile it refuses
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile |
      | value | 1               |
    Then the station answers "set" with
      | status | Rejected |
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | SecurityProfile |
    Then the station answers "get" with
      | configurationKey[0].value | 2 |

  @TC_084_CS @OCPP1.6-security:A05.FR.01 @profile:2 @profile:3
  Scenario: The security profile that it has already it refuses as well
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile      |
      | value | the security profile |
    Then the station answers "set" with
      | status | Rejected |
    And the station keeps the connection for 1 s

  @OCPP1.6-security:A05.FR.02 @profile:0 @needs:NoAuthorizationKey
  Scenario: Without a password it does not go over to security profile 1
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile |
      | value | 1               |
    Then the station answers "set" with
      | status | Rejected |
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | SecurityProfile |
    Then the station answers "get" with
      | configurationKey[0].value | 0 |

  @OCPP1.6-security:A00.FR.005 @profile:2 @profile:3 @needs:SecurityDowngrade
  Scenario: Back to security profile 1 it does not go, whatever is allowed
    Given the station is allowed to go back in security
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | SecurityProfile |
      | value | 1               |
    Then the station answers "set" with
      | status | Rejected |

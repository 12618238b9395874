@sut-csms @v2.0.1 @profile:1 @profile:2
Feature: A CSMS that knows a station by name and password
  Whoever gets in under a station's name can read its commands and fake its transactions. So everything but that
  name with its own password is turned away before the upgrade, and what is right is let in right after.

  @TC_A_01_CSMS @A00.FR.204 @A00.FR.207 @A00.FR.324 @B01.FR.02
  Scenario: With its own name and password a station is let in, and booted
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot" with
      | status | Accepted |

  @TC_A_02_CSMS @A00.FR.204 @A00.FR.207 @A00.FR.324
  Scenario Outline: With <what> as user it is turned away
    When the station connects with
      | user | <user> |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

    Examples:
      | what             | user                           |
      | another name     | somebody-else                  |
      | a prefix of it   | the first half of the identity |
      | nothing          |                                |

  @TC_A_03_CSMS @A00.FR.204 @A00.FR.207 @A00.FR.324
  Scenario Outline: With <what> as password it is turned away
    When the station connects with
      | password | <password> |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

    Examples:
      | what             | password                       |
      | another text     | not the password 16            |
      | nothing          |                                |
      | a part of it     | the first half of the password |
      | more than it     | the password and more          |

  @A00.FR.207 @A00.FR.324
  Scenario: Without any credentials it is turned away
    When the station connects with
      | authorization | none |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

  @A00.FR.207 @A00.FR.324
  Scenario: With the credentials of another station it is turned away
    When the station connects with
      | user     | OTHER-STATION       |
      | password | another horse 16 ch |
    Then the CSMS refuses the connection
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1

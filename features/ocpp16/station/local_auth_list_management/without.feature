@sut-station @v1.6 @needs:not-LocalAuthListManagement
Feature: A charge point that keeps no list of cards
  A Central System that sends its lists to every charge point must hear from those that cannot keep one.

  @TC_042_1_CS @OCPP1.6:5.10
  Scenario: Asked for the version of its list, it says that there is none
    When the CSMS sends GetLocalListVersion as "version"
    Then the station answers "version" with CALLERROR NotSupported or NotImplemented with
      | listVersion | -1 |

  @TC_043_1_CS @OCPP1.6:5.15
  Scenario: Sent a list, it says that it keeps none
    When the CSMS sends SendLocalList as "list" with
      | listVersion | 2    |
      | updateType  | Full |
    Then the station answers "list" with CALLERROR NotSupported or NotImplemented with
      | status | NotSupported |

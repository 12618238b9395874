@sut-station @v2.0.1 @needs:HFS-1
Feature: A station that is told to free a cable with which nobody charges
  The charging is over, or never began, and the plug is stuck all the same: then there is nobody to protect.

  @TC_F_06_CS @F05.FR.01 @F05.FR.04
  Scenario: With a cable in and nobody authorized, it unlocks
    Given the station is occupied
    When the CSMS sends UnlockConnector as "unlock"
    Then the station answers "unlock" with
      | status | Unlocked |

  @F05.FR.03
  Scenario: An EVSE that it does not have has no connector to unlock
    When the CSMS sends UnlockConnector as "unlock" with
      | evseId | 999 |
    Then the station answers "unlock" with
      | status | UnknownConnector |

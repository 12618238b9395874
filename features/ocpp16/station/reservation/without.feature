@sut-station @v1.6 @needs:not-Reservation
Feature: A charge point that cannot be reserved
  A driver who was promised a place must find it: what cannot be kept must be refused.

  @TC_048_4_CS @OCPP1.6:5.13
  Scenario: It refuses to keep a connector for somebody
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId | 1            |
      | expiryDate  | now + 10 min |
    Then the station answers "reserve" with CALLERROR NotSupported or NotImplemented with
      | status | Rejected |

  @TC_050_4_CS @OCPP1.6:5.13
  Scenario: It refuses to keep any connector for somebody
    When the CSMS sends ReserveNow as "reserve" with
      | connectorId | 0            |
      | expiryDate  | now + 10 min |
    Then the station answers "reserve" with CALLERROR NotSupported or NotImplemented with
      | status | Rejected |

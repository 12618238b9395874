@sut-csms @v2.0.1
Feature: A CSMS that meets what is no part of OCPP
  Vendors add messages and members of their own. A CSMS must say so where it does not know a vendor's
  message, and must not stumble over a member it does not know.

  @TC_P_02_CSMS @P02.FR.06 @P02.FR.07
  Scenario: It does not pretend to know a vendor it does not know
    Given the station is booted
    When the station sends DataTransfer as "foreign" with
      | vendorId  | org.example.nobody |
      | messageId | Nothing            |
    Then the CSMS answers "foreign" with
      | status | any of UnknownVendorId, UnknownMessageId, Rejected |

  @TC_P_03_CSMS @J02.FR.19
  Scenario: It serves a station that adds members of its own
    Given the station is booted
    When the station sends StatusNotification as "status" with
      | customData.vendorId | org.example.nobody |
      | customData.note     | "five"             |
    And the station sends TransactionEvent as "start" with
      | customData.vendorId                 | org.example.nobody |
      | transactionInfo.customData.vendorId | org.example.nobody |
    Then the CSMS answers "status"
    And the CSMS answers "start"

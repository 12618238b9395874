@sut-csms @v2.0.1
Feature: A CSMS that meets what is no part of OCPP
  Vendors add messages and members of their own. A CSMS must say so where it does not know a vendor's
  message, and must not stumble over a member it does not know.

  @TC_P_02_CSMS
  Scenario: It does not pretend to have done what a foreign vendor's message asks for
    Given the station is booted
    When the station sends DataTransfer as "foreign" with
      | vendorId  | org.example.nobody |
      | messageId | Nothing            |
    Then the CSMS answers "foreign" with
      | status | any of UnknownVendorId, UnknownMessageId, Rejected |

  @P02.FR.06
  Scenario: It says that it is the vendor it does not know, whatever the message
    Given the station is booted
    When the station sends DataTransfer as "foreign" with
      | vendorId | org.example.nobody |
    Then the CSMS answers "foreign" with
      | status | UnknownVendorId |

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

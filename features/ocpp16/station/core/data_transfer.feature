@sut-station @v1.6
Feature: A charge point that is told something in a vendor's own language
  Vendors extend OCPP with messages of their own. Whoever does not know the vendor says so instead of guessing.

  @TC_062_CS
  Scenario: It does not pretend to have done what a foreign vendor's message asks for
    When the CSMS sends DataTransfer as "vendor message" with
      | vendorId  | org.example.nobody-knows-this-vendor |
      | messageId | Greeting                             |
      | data      | hello                                |
    Then the station answers "vendor message" with
      | status | any of Rejected, UnknownMessageId, UnknownVendorId |

  @OCPP1.6:5.6
  Scenario: It says that it is the vendor it does not know, whatever the message
    When the CSMS sends DataTransfer as "vendor message" with
      | vendorId | org.example.nobody-knows-this-vendor |
    Then the station answers "vendor message" with
      | status | UnknownVendorId |
      | data   | absent          |

@sut-station @v1.6
Feature: A charge point that is told something in a vendor's own language
  Vendors extend OCPP with messages of their own. Whoever does not know the vendor says so instead of guessing.

  @TC_062_CS @OCPP1.6:4.3
  Scenario: A vendor it does not know is refused
    When the CSMS sends DataTransfer as "vendor message" with
      | vendorId  | org.example.nobody-knows-this-vendor |
      | messageId | Greeting                             |
      | data      | hello                                |
    Then the station answers "vendor message" with
      | status | any of Rejected, UnknownMessageId, UnknownVendorId |

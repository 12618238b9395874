@sut-csms @v1.6
Feature: A Central System that is told something in a vendor's own language
  Vendors extend OCPP with messages of their own. Whoever does not know the vendor says so instead of guessing.

  @TC_064_CSMS
  Scenario: It does not pretend to have done what a foreign vendor's message asks for
    Given the station is booted
    When the station sends DataTransfer as "vendor message" with
      | vendorId  | org.example.nobody-knows-this-vendor |
      | messageId | Greeting                             |
      | data      | hello                                |
    Then the CSMS answers "vendor message" with
      | status | any of Rejected, UnknownMessageId, UnknownVendorId |
      | data   | absent                                             |

  @OCPP1.6:4.3
  Scenario: It says that it is the vendor it does not know, whatever the message
    Given the station is booted
    When the station sends DataTransfer as "vendor message" with
      | vendorId | org.example.nobody-knows-this-vendor |
    Then the CSMS answers "vendor message" with
      | status | UnknownVendorId |
      | data   | absent          |

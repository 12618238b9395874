@sut-station @v2.0.1
Feature: A station that meets what is no part of OCPP
  Vendors add messages and members of their own. A station must say so where it does not know a vendor's
  message, and must not stumble over a member it does not know.

  @TC_P_01_CS
  Scenario: It does not pretend to have done what a foreign vendor's message asks for
    When the CSMS sends DataTransfer as "foreign" with
      | vendorId  | org.example.nobody |
      | messageId | Nothing            |
    Then the station answers "foreign" with
      | status | any of UnknownVendorId, UnknownMessageId, Rejected |

  @P01.FR.05
  Scenario: It says that it is the vendor it does not know, whatever the message
    When the CSMS sends DataTransfer as "foreign" with
      | vendorId | org.example.nobody |
    Then the station answers "foreign" with
      | status | UnknownVendorId |

  @TC_P_03_CS @B05.FR.10 @B06.FR.11
  Scenario: It takes and gives a setting though the requests have members of a vendor
    When the CSMS sends SetVariables as "set" with
      | customData.vendorId                    | org.example.nobody |
      | customData.note                        | "five"             |
      | setVariableData[0].customData.vendorId | org.example.nobody |
      | setVariableData[0].component.name      | OCPPCommCtrlr      |
      | setVariableData[0].variable.name       | OfflineThreshold   |
      | setVariableData[0].attributeValue      | 200                |
    Then the station answers "set" with
      | setVariableResult[0].attributeStatus | Accepted |
    When the CSMS sends GetVariables as "get" with
      | customData.vendorId               | org.example.nobody |
      | getVariableData[0].component.name | OCPPCommCtrlr      |
      | getVariableData[0].variable.name  | OfflineThreshold   |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | Accepted         |
      | getVariableResult[0].attributeType   | Actual           |
      | getVariableResult[0].attributeValue  | 200              |

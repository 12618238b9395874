@sut-csms @v2.0.1
Feature: A CSMS that asks for, and clears, what a station knows of a customer
  Privacy laws give customers the right to see and to erase what is kept about them. The CSMS names one
  customer by one reference, says what it wants, and confirms every part of the report.

  @TC_N_27_CSMS @N09.FR.01 @N09.FR.04
  Scenario: It asks for what is known of an idToken and takes every part of the report
    Given the station is booted
    When the operator requests CustomerInformation with
      | report          | true                          |
      | clear           | false                         |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends CustomerInformation as "request" with
      | report          | true                          |
      | clear           | false                         |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends NotifyCustomerInformation as "first part" with
      | requestId | the requestId of "request" |
      | data      | known to the station       |
      | tbc       | true                       |
      | seqNo     | 0                          |
    And the station sends NotifyCustomerInformation as "last part" with
      | requestId | the requestId of "request" |
      | data      | and nothing more           |
      | tbc       | false                      |
      | seqNo     | 1                          |
    Then the CSMS answers "first part"
    And the CSMS answers "last part"

  @TC_N_28_CSMS @N09.FR.01 @N09.FR.04
  Scenario: It hears that nothing is known of an idToken
    Given the station is booted
    When the operator requests CustomerInformation with
      | report          | true                          |
      | clear           | false                         |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends CustomerInformation as "request" with
      | report          | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends NotifyCustomerInformation as "nothing known" with
      | requestId | the requestId of "request" |
      | data      | no data found              |
      | seqNo     | 0                          |
    Then the CSMS answers "nothing known"

  @TC_N_29_CSMS @N09.FR.01 @N09.FR.04
  Scenario: It goes on with a station that turns the request down
    Given the station is booted
    And the station will answer CustomerInformation with
      | status | Rejected |
    When the operator requests CustomerInformation with
      | report          | true                          |
      | clear           | false                         |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends CustomerInformation with
      | report          | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends Heartbeat as "heartbeat"
    Then the CSMS answers "heartbeat"

  @TC_N_30_CSMS @N10.FR.08
  Scenario: It asks for a report and has the data cleared
    Given the station is booted
    When the operator requests CustomerInformation with
      | report          | true                          |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends CustomerInformation as "request" with
      | report          | true                          |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends NotifyCustomerInformation as "report" with
      | requestId | the requestId of "request" |
      | data      | known until now            |
      | seqNo     | 0                          |
    Then the CSMS answers "report"

  @TC_N_31_CSMS @N10.FR.08
  Scenario: It has data cleared and hears that there was none
    Given the station is booted
    When the operator requests CustomerInformation with
      | report          | true                          |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends CustomerInformation as "request" with
      | report          | true                          |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends NotifyCustomerInformation as "nothing known" with
      | requestId | the requestId of "request" |
      | data      | no data found              |
      | seqNo     | 0                          |
    Then the CSMS answers "nothing known"

  @TC_N_32_CSMS @N10.FR.08
  Scenario: It has data cleared without a report
    Given the station is booted
    When the operator requests CustomerInformation with
      | report          | false                         |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the CSMS sends CustomerInformation as "request" with
      | report          | false                         |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    When the station sends NotifyCustomerInformation as "cleared" with
      | requestId | the requestId of "request" |
      | data      | cleared                    |
      | seqNo     | 0                          |
    Then the CSMS answers "cleared"

  @TC_N_62_CSMS @N10.FR.08 @needs:C-14
  Scenario: It names the customer by a customerIdentifier and by nothing else
    Given the station is booted
    When the operator requests CustomerInformation with
      | report             | true               |
      | clear              | true               |
      | customerIdentifier | OpenChargeAlliance |
    Then the CSMS sends CustomerInformation as "request" with
      | report              | true               |
      | clear               | true               |
      | customerIdentifier  | OpenChargeAlliance |
      | idToken             | absent             |
      | customerCertificate | absent             |
    When the station sends NotifyCustomerInformation as "report" with
      | requestId | the requestId of "request" |
      | data      | known until now            |
      | seqNo     | 0                          |
    Then the CSMS answers "report"

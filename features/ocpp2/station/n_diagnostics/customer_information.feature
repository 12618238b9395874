@sut-station @v2.0.1
Feature: A station that shows, and forgets, what it knows of a customer
  Privacy laws give customers the right to see and to erase what is kept about them. A station reports all it
  knows of the customer it was asked about, or that it knows nothing, and keeps nothing that it was told to clear.

  @TC_N_27_CS @N09.FR.02 @N09.FR.05 @needs:C-49
  Scenario: It reports what it knows of a driver who has charged here
    Given the station is set to trust its cache
    And the station is idle after charging
    When the CSMS sends CustomerInformation as "request" with
      | report          | true                          |
      | clear           | false                         |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the station answers "request" with
      | status | Accepted |
    And the station sends every part of NotifyCustomerInformation as "report" with
      | requestId | the requestId of "request" |
      | data      | like (?s).+                |

  @TC_N_28_CS @N09.FR.02 @N09.FR.06 @needs:C-49
  Scenario: It says that it knows nothing of a driver it has forgotten
    Given the station is set to trust its cache
    And the station is made to forget a driver
    When the CSMS sends CustomerInformation as "request" with
      | report          | true                          |
      | clear           | false                         |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the station answers "request" with
      | status | Accepted |
    And the station sends NotifyCustomerInformation with
      | requestId | the requestId of "request" |
      | data      | ""                         |
      | tbc       | absent or false            |
    And the station sends no NotifyCustomerInformation for 1 s

  @TC_N_30_CS @N10.FR.01 @N10.FR.03 @N09.FR.06 @needs:C-49
  Scenario: It reports what it knows of a driver for the last time, and then knows nothing
    Given the station is set to trust its cache
    And the station is idle after charging
    When the CSMS sends CustomerInformation as "clear" with
      | report          | true                          |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the station answers "clear" with
      | status | Accepted |
    And the station sends every part of NotifyCustomerInformation as "report" with
      | requestId | the requestId of "clear" |
      | data      | like (?s).+              |
    When the CSMS sends CustomerInformation as "again" with
      | report          | true                          |
      | clear           | false                         |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the station answers "again" with
      | status | Accepted |
    And the station sends NotifyCustomerInformation with
      | requestId | the requestId of "again" |
      | data      | ""                       |
      | tbc       | absent or false          |

  @TC_N_30_CS @N10.FR.03 @C01.FR.02 @needs:C-49
  Scenario: A driver that it has reported for the last time has to be asked about anew
    Given the station is set to trust its cache
    And the station is idle after charging
    When the CSMS sends CustomerInformation with
      | report          | true                          |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the station sends every part of NotifyCustomerInformation as "report"
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_N_31_CS @N10.FR.01 @N10.FR.04 @needs:C-49
  Scenario: Told to clear what it does not have, it says so in one message
    Given the station is set to trust its cache
    And the station is made to forget a driver
    When the CSMS sends CustomerInformation as "request" with
      | report          | true                          |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the station answers "request" with
      | status | Accepted |
    And the station sends NotifyCustomerInformation with
      | requestId | the requestId of "request" |
      | tbc       | absent or false            |
    And the station sends no NotifyCustomerInformation for 1 s

  @TC_N_32_CS @N10.FR.01 @N10.FR.06 @needs:C-49
  Scenario: Told to clear without a report, it says in one message that it is done
    Given the station is set to trust its cache
    And the station is idle after charging
    When the CSMS sends CustomerInformation as "request" with
      | report          | false                         |
      | clear           | true                          |
      | idToken.idToken | the valid idToken             |
      | idToken.type    | the type of the valid idToken |
    Then the station answers "request" with
      | status | Accepted |
    And the station sends NotifyCustomerInformation with
      | requestId | the requestId of "request" |
      | tbc       | absent or false            |
    And the station sends no NotifyCustomerInformation for 1 s
    When the driver presents the valid idToken
    Then the station sends Authorize with
      | idToken.idToken | the valid idToken |

  @TC_N_62_CS @N10.FR.01 @N10.FR.03 @N09.FR.06 @needs:C-14
  Scenario: A customer known by an identifier is reported for the last time, and then nothing is known
    When the CSMS sends CustomerInformation as "clear" with
      | report             | true         |
      | clear              | true         |
      | idToken            | absent       |
      | customerIdentifier | the customer |
    Then the station answers "clear" with
      | status | Accepted |
    And the station sends every part of NotifyCustomerInformation as "report" with
      | requestId | the requestId of "clear" |
      | data      | like (?s).+              |
    When the CSMS sends CustomerInformation as "again" with
      | report             | true         |
      | clear              | false        |
      | idToken            | absent       |
      | customerIdentifier | the customer |
    Then the station answers "again" with
      | status | Accepted |
    And the station sends NotifyCustomerInformation with
      | requestId | the requestId of "again" |
      | data      | ""                       |
      | tbc       | absent or false          |

  @N09.FR.09
  Scenario: Not told which customer is meant, it takes the request for invalid
    When the CSMS sends CustomerInformation as "nobody" with
      | report             | true   |
      | clear              | false  |
      | idToken            | absent |
      | customerIdentifier | absent |
    Then the station answers "nobody" with
      | status | Invalid |

  @N09.FR.09
  Scenario: Told two ways which customer is meant, it takes the request for invalid
    When the CSMS sends CustomerInformation as "both" with
      | report             | true                          |
      | clear              | false                         |
      | idToken.idToken    | the valid idToken             |
      | idToken.type       | the type of the valid idToken |
      | customerIdentifier | a customer                    |
    Then the station answers "both" with
      | status | Invalid |

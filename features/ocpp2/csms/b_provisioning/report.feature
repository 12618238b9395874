@sut-csms @v2.0.1
Feature: A CSMS that has a station describe itself
  Only from a report does a CSMS learn which components and variables a station has. A report may come in
  many parts, and each has to be taken.

  @TC_B_12_CSMS @needs:C-17
  Scenario: It asks what can be configured and takes every part of the report
    Given the station is booted
    When the operator requests GetBaseReport with
      | reportBase | ConfigurationInventory |
    Then the CSMS sends GetBaseReport as "request" with
      | reportBase | ConfigurationInventory |
      | requestId  | at least 0             |
    When the station sends NotifyReport as "part 1" with
      | requestId | the requestId of "request" |
      | tbc       | true                       |
    And the station sends NotifyReport as "part 2" with
      | requestId | the requestId of "request" |
      | seqNo     | 1                          |
    Then the CSMS answers "part 1"
    And the CSMS answers "part 2"

  @TC_B_13_CSMS @needs:C-50.2
  Scenario: It asks for all there is and takes every part of the report
    Given the station is booted
    When the operator requests GetBaseReport with
      | reportBase | FullInventory |
    Then the CSMS sends GetBaseReport as "request" with
      | reportBase | FullInventory |
      | requestId  | at least 0    |
    When the station sends NotifyReport as "part 1" with
      | requestId | the requestId of "request" |
      | tbc       | true                       |
    And the station sends NotifyReport as "part 2" with
      | requestId | the requestId of "request" |
      | seqNo     | 1                          |
    Then the CSMS answers "part 1"
    And the CSMS answers "part 2"

  @TC_B_14_CSMS @needs:C-56
  Scenario: It asks for a summary and takes every part of the report
    Given the station is booted
    When the operator requests GetBaseReport with
      | reportBase | SummaryInventory |
    Then the CSMS sends GetBaseReport as "request" with
      | reportBase | SummaryInventory |
      | requestId  | at least 0       |
    When the station sends NotifyReport as "part 1" with
      | requestId | the requestId of "request" |
      | tbc       | true                       |
    And the station sends NotifyReport as "part 2" with
      | requestId | the requestId of "request" |
      | seqNo     | 1                          |
    Then the CSMS answers "part 1"
    And the CSMS answers "part 2"

  @TC_B_18_CSMS @needs:DM-0
  Scenario: It asks for chosen components and lives with a report that is empty
    Given the station is booted
    And the station will answer GetReport with
      | status | EmptyResultSet |
    When the operator requests GetReport with
      | componentCriteria[0]                   | Problem           |
      | componentVariable[0].component.name    | EVSE              |
      | componentVariable[0].component.evse.id | 1                 |
      | componentVariable[0].variable.name     | AvailabilityState |
    Then the CSMS sends GetReport as "request" with
      | requestId            | at least 0 |
      | componentCriteria[0] | Problem    |
    And some componentVariable of "request" has
      | component.name    | EVSE              |
      | component.evse.id | 1                 |
      | variable.name     | AvailabilityState |
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

@sut-station @v1.6
Feature: A charge point that works without its Central System
  Connections fail, drivers still want to charge. What happens meanwhile is kept and told afterwards, in the order in
  which it happened: otherwise energy is given that nobody pays for.

  @TC_036_CS @OCPP1.6:3.7 @OCPP1.6:4.7
  Scenario: Back again, it goes on reporting the transaction that never stopped
    Given the station is metering every second
    And the station is charging
    When the CSMS goes offline
    And 500 ms passes
    And the CSMS goes online
    Then the station reconnects
    And the station sends MeterValues with
      | connectorId   | 1                                          |
      | transactionId | the transactionId of the answer to "start" |

  @TC_036_CS @OCPP1.6:3.7 @OCPP1.6:4.7
  Scenario: Readings taken while it was cut off are delivered before the end of their transaction
    Given the station is metering every second
    And the station is charging
    When the CSMS goes offline
    And 2.5 s passes
    And the driver presents the valid idTag
    And the CSMS goes online
    Then the station reconnects
    And the station sends MeterValues with
      | connectorId   | 1                                          |
      | transactionId | the transactionId of the answer to "start" |
    And the station sends MeterValues as "second reading" with
      | connectorId   | 1                                          |
      | transactionId | the transactionId of the answer to "start" |
    And the station sends StopTransaction as "stop" with
      | transactionId | the transactionId of the answer to "start" |
    And "second reading" and "stop" come in this order

  @TC_037_1_CS @OCPP1.6:3.5 @OCPP1.6:3.7 @OCPP1.6:4.8 @OCPP1.6:4.9 @needs:OfflineAuthorization
  Scenario: Cut off, it charges for a driver whom it knows, and tells later
    Given the station is ready to charge offline
    When the CSMS goes offline
    And 500 ms passes
    And the driver plugs in
    And the driver presents the valid idTag
    And the CSMS goes online
    Then the station reconnects
    And the station sends StartTransaction with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |

  @TC_037_1_CS @OCPP1.6:3.5.2 @OCPP1.6:3.7 @OCPP1.6:4.8 @needs:LocalAuthListManagement
  Scenario: Cut off, it charges for a driver on its list, and tells later
    Given the station is ready to charge offline by its list
    When the CSMS goes offline
    And 500 ms passes
    And the driver plugs in
    And the driver presents the valid idTag
    And the CSMS goes online
    Then the station reconnects
    And the station sends StartTransaction with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1        |
      | status      | Charging |

  @TC_037_2_CS @OCPP1.6:3.5.4 @OCPP1.6:9.1.24 @OCPP1.6-errata:3.17 @needs:OfflineAuthorization
  Scenario: The card turns out invalid, and it gives no more energy
    Given the station is pausing for an invalid card
    And the station is ready to charge offline
    And the CSMS will answer StartTransaction once with
      | idTagInfo.status | Invalid |
    When the CSMS goes offline
    And 500 ms passes
    And the driver plugs in
    And the driver presents the valid idTag
    And the CSMS goes online
    Then the station reconnects
    And the station sends StartTransaction with
      | idTag | the valid idTag |
    And the station sends StatusNotification with
      | connectorId | 1             |
      | status      | SuspendedEVSE |
    And the station sends no StopTransaction for 1 s

  @TC_037_3_CS @OCPP1.6:3.5.4 @OCPP1.6:9.1.24 @OCPP1.6:4.10 @OCPP1.6-errata:3.17 @needs:OfflineAuthorization
  Scenario: The card turns out invalid, and it stops the transaction
    Given the station is stopping for an invalid card
    And the station is ready to charge offline
    And the CSMS will answer StartTransaction once with
      | idTagInfo.status | Invalid |
    When the CSMS goes offline
    And 500 ms passes
    And the driver plugs in
    And the driver presents the valid idTag
    And the CSMS goes online
    Then the station reconnects
    And the station sends StartTransaction as "late start" with
      | idTag | the valid idTag |
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "late start" |
      | reason        | DeAuthorized                                    |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Finishing |

  @TC_038_CS @OCPP1.6:3.7 @OCPP1.6:4.10 @OCPP1.6:4.9
  Scenario: A transaction that the driver stopped meanwhile is told later
    Given the station is charging
    When the CSMS goes offline
    And 500 ms passes
    And the driver presents the valid idTag
    And the CSMS goes online
    Then the station reconnects
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "start" |
      | reason        | absent or Local                            |
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Finishing |

  @TC_039_CS @OCPP1.6:3.7 @OCPP1.6:4.8 @OCPP1.6:4.10 @needs:OfflineAuthorization
  Scenario: A transaction that began and ended meanwhile is told as a whole
    Given the station is ready to charge offline
    When the CSMS goes offline
    And 500 ms passes
    And the driver plugs in
    And the driver presents the valid idTag
    And 500 ms passes
    And the driver presents the valid idTag
    And the driver unplugs
    And the CSMS goes online
    Then the station reconnects
    And the station sends StartTransaction as "late start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    And the station sends StopTransaction with
      | transactionId | the transactionId of the answer to "late start" |
      | reason        | absent or Local                                 |

  @OCPP1.6:3.5.4 @OCPP1.6:9.1.1
  Scenario: Cut off, it charges for nobody whom it has no reason to trust
    Given the station is turning strangers away offline
    When the CSMS goes offline
    And 500 ms passes
    And the driver plugs in
    And the driver presents the invalid idTag
    And the CSMS goes online
    Then the station reconnects
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    And the station sends no StartTransaction for 1 s

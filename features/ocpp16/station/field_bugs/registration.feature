@sut-station @v1.6
Feature: A charge point whose connection and registration are not smooth
  What charge points in the field get wrong around the first contact: they talk too early, knock too often or never
  again, and come back from a lost connection with the Central System none the wiser.

  @OCPP1.6:4.2
  Scenario: It says who made it
    When the operator reboots the station
    Then the station sends BootNotification with
      | chargePointVendor | like .+ |
      | chargePointModel  | like .+ |

  @OCPP1.6:4.2
  Scenario: Put off for a while, it says nothing until it has been let in, and then tells the state of its connectors
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 3       |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock"
    When the driver plugs in
    Then the station sends BootNotification as "second knock"
    And the station sends nothing between "first knock" and "second knock"
    And "second knock" comes at least 3 s after the answer to "first knock"
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |

  @OCPP1.6:4.2
  Scenario: Turned away, it says nothing until it has been let in, and then tells the state of its connectors
    Given the CSMS will answer BootNotification once with
      | status   | Rejected |
      | interval | 3        |
    When the operator reboots the station
    Then the station sends BootNotification as "first knock"
    When the driver plugs in
    Then the station sends BootNotification as "second knock"
    And the station sends nothing between "first knock" and "second knock"
    And "second knock" comes at least 3 s after the answer to "first knock"
    And the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |

  @OCPP1.6:4.2
  Scenario: Put off without being told for how long, it does not flood the Central System
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 0       |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends nothing for 2 s

  @OCPP1.6:4.2 @OCPP1.6:4.9
  Scenario: A fault from before it was let in is reported afterwards
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 3       |
    When the operator reboots the station
    Then the station sends BootNotification
    When the operator causes a fault
    Then the station sends BootNotification
    And the station sends StatusNotification with
      | connectorId | 1       |
      | status      | Faulted |

  @OCPP1.6:4.2 @OCPP1.6:5.11
  Scenario: Put off, it starts no charging for the Central System
    Given the CSMS will answer BootNotification once with
      | status   | Pending |
      | interval | 3       |
    When the operator reboots the station
    Then the station sends BootNotification
    When the CSMS sends RemoteStartTransaction as "start" with
      | connectorId | 1               |
      | idTag       | the valid idTag |
    Then the station answers "start" with
      | status | Rejected |

  @OCPP1.6:4.2
  Scenario: Turned away, it answers nothing that the Central System asks
    Given the CSMS will answer BootNotification once with
      | status   | Rejected |
      | interval | 3        |
    When the operator reboots the station
    Then the station sends BootNotification
    When the CSMS sends GetConfiguration with
      | key[0] | HeartbeatInterval |
    Then the station sends nothing for 1 s

  @OCPP1.6:4.2 @OCPP1.6:4.6
  Scenario: It gives a sign of life as often as it was told to
    Given the CSMS will answer BootNotification once with
      | interval | 2 |
    When the operator reboots the station
    Then the station sends BootNotification
    And the station sends Heartbeat within 10 s
    And the station sends Heartbeat every 2 s, 2 times
    When the CSMS sends ChangeConfiguration as "as before" with
      | key   | HeartbeatInterval |
      | value | 300               |
    Then the station answers "as before" with
      | status | any of Accepted, RebootRequired |

  @OCPP1.6:4.9
  Scenario: Back after a lost connection it tells which connector has changed meanwhile
    When the CSMS goes offline
    And 1 s passes
    And the operator causes a fault
    And the CSMS goes online
    Then the station reconnects
    And the station sends StatusNotification with
      | connectorId | 1       |
      | status      | Faulted |

  @OCPP-J1.6:5.4
  Scenario: While nobody answers it does not hammer on the door
    When the CSMS goes offline
    And 10 s passes
    And the CSMS goes online
    Then the station reconnects

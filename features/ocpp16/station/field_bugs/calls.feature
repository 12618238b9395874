@sut-station @v1.6
Feature: A charge point that keeps questions and answers apart
  Both sides ask and answer on one connection. What charge points in the field get wrong: they ask on before they have
  their answer, keep the Central System waiting for its own, answer what nobody asked, and fall over nonsense.

  @OCPP-J1.6:4.1.1
  Scenario: While it waits for its own answer it serves the Central System
    Given the CSMS will answer StatusNotification once after 2 s
    When the driver plugs in
    Then the station sends StatusNotification with
      | connectorId | 1         |
      | status      | Preparing |
    When the driver presents the valid idTag
    And the CSMS sends GetConfiguration as "get" with
      | key[0] | HeartbeatInterval |
    Then the station answers "get" within 1 s with
      | configurationKey[0].key | HeartbeatInterval |
    And the station sends StartTransaction within 10 s with
      | connectorId | 1               |
      | idTag       | the valid idTag |

  @OCPP-J1.6:4.2.2
  Scenario: An answer to something it never asked leaves it unmoved
    When the CSMS sends this text
      """
      [3, "nobody-asked-for-this", {}]
      """
    Then the station sends nothing for 1 s
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | HeartbeatInterval |
    Then the station answers "get" with
      | configurationKey[0].key | HeartbeatInterval |

  @OCPP-J1.6:4.2.3 @needs:Reservation
  Scenario: A request with an impossible time is refused, and the next good one is served
    When the CSMS sends ReserveNow as "impossible"
      """
      {"connectorId": 1, "expiryDate": "2031-13-45T25:61:00Z", "idTag": "{the valid idTag}", "reservationId": 1}
      """
    Then the station answers "impossible" with any CALLERROR
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | HeartbeatInterval |
    Then the station answers "get" with
      | configurationKey[0].key | HeartbeatInterval |

  @OCPP-J1.6:4.2.3
  Scenario: A request with a value that does not exist is refused, and the next good one is served
    When the CSMS sends ChangeAvailability as "nonsense"
      """
      {"connectorId": 1, "type": "Nonsense"}
      """
    Then the station answers "nonsense" with any CALLERROR
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | HeartbeatInterval |
    Then the station answers "get" with
      | configurationKey[0].key | HeartbeatInterval |

  @OCPP-J1.6:4.2.3
  Scenario: A request that it has never heard of is refused as such
    When the CSMS sends this text as "unheard of"
      """
      [2, "unheard-of-1", "Teleport", {}]
      """
    Then the station answers "unheard of" with CALLERROR NotImplemented or NotSupported

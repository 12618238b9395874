@sut-station @v2.0.1
Feature: A station that keeps questions and answers apart
  Both sides ask and answer on one connection. What stations in the field get wrong: they ask on before they have
  their answer, keep the CSMS waiting for its own, answer what nobody asked, and fall over what makes no sense.

  @OCPP-J2.0.1:4.1.1
  Scenario: It asks nothing more before it has its answer, and answers meanwhile
    Given the CSMS will answer StatusNotification once after 2 s
    And the CSMS will answer NotifyEvent once after 2 s
    When the driver plugs in
    Then the station reports a connector as "occupied" with
      | connectorStatus | Occupied |
    When the driver presents the valid idToken
    And the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" within 1 s with
      | getVariableResult[0].attributeStatus | Accepted |
    And the station sends TransactionEvent as "started" within 10 s
    And "started" comes at least 2 s after "occupied"

  @OCPP-J2.0.1:4.2.2
  Scenario: An answer to something it never asked leaves it unmoved
    When the CSMS sends this text
      """
      [3, "nobody-asked-for-this", {}]
      """
    Then the station sends nothing for 1 s
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | Accepted |

  @OCPP-J2.0.1:4.2.3
  Scenario: A request with an impossible time is refused, and the next good one is served
    When the CSMS sends SendLocalList as "impossible"
      """
      {"versionNumber": 7, "updateType": "Full", "localAuthorizationList": [
        {"idToken": {"idToken": "{the valid idToken}", "type": "ISO14443"},
         "idTokenInfo": {"status": "Accepted", "cacheExpiryDateTime": "2031-13-45T25:61:00Z"}}]}
      """
    Then the station answers "impossible" with any CALLERROR
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | Accepted |

  @OCPP-J2.0.1:4.2.3
  Scenario: A request with a value that does not exist is refused, and the next good one is served
    When the CSMS sends TriggerMessage as "nonsense"
      """
      {"requestedMessage": "Nonsense"}
      """
    Then the station answers "nonsense" with any CALLERROR
    When the CSMS sends GetVariables as "get" with
      | getVariableData[0].component.name | OCPPCommCtrlr    |
      | getVariableData[0].variable.name  | OfflineThreshold |
    Then the station answers "get" with
      | getVariableResult[0].attributeStatus | Accepted |

  @OCPP-J2.0.1:4.2.3
  Scenario: A request that it has never heard of is refused as such
    When the CSMS sends this text as "unheard of"
      """
      [2, "unheard-of-1", "Teleport", {}]
      """
    Then the station answers "unheard of" with CALLERROR NotImplemented or NotSupported

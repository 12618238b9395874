@sut-csms @v2.0.1
Feature: A CSMS that moves a station to another address
  A wrong network profile can cut a station off for good, so every member of it must be what the operator gave.

  @TC_B_42_CSMS
  Scenario: It hands over the profile its operator gives, for the slot the operator names
    Given the station is booted
    When the operator requests SetNetworkProfile with
      | configurationSlot              | 2                         |
      | connectionData.ocppVersion     | OCPP20                    |
      | connectionData.ocppTransport   | JSON                      |
      | connectionData.ocppCsmsUrl     | wss://csms.example/second |
      | connectionData.messageTimeout  | 40                        |
      | connectionData.securityProfile | 2                         |
      | connectionData.ocppInterface   | Wired1                    |
    Then the CSMS sends SetNetworkProfile with
      | configurationSlot              | 2                         |
      | connectionData.ocppVersion     | OCPP20                    |
      | connectionData.ocppTransport   | JSON                      |
      | connectionData.ocppCsmsUrl     | wss://csms.example/second |
      | connectionData.messageTimeout  | 40                        |
      | connectionData.securityProfile | 2                         |
      | connectionData.ocppInterface   | Wired1                    |

  @TC_B_44_CSMS
  Scenario: It goes on serving a station that could not store the profile
    Given the station is booted
    And the station will answer SetNetworkProfile with
      | status | Failed |
    When the operator requests SetNetworkProfile with
      | configurationSlot              | 2                         |
      | connectionData.ocppVersion     | OCPP20                    |
      | connectionData.ocppTransport   | JSON                      |
      | connectionData.ocppCsmsUrl     | wss://csms.example/second |
      | connectionData.messageTimeout  | 40                        |
      | connectionData.securityProfile | 2                         |
      | connectionData.ocppInterface   | Wired0                    |
    Then the CSMS sends SetNetworkProfile with
      | configurationSlot | 2 |
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

@sut-station @v2.0.1 @profile:3
Feature: A station that gets itself a new certificate
  The private key never leaves the station. It asks for a certificate with its own name and a key that is strong
  enough, and uses what comes back only if it is what it asked for, from those it may get it from.

  @TC_A_11_CS @A02.FR.02 @A02.FR.03 @A02.FR.06 @A02.FR.08 @A00.FR.503 @A00.FR.509 @A00.FR.511 @F06.FR.04 @F06.FR.05
  Scenario: Told to, it makes a request, takes the certificate and comes back with it
    Given the CSMS sends GetVariables as "operator" with
      | getVariableData[0].component.name | SecurityCtrlr    |
      | getVariableData[0].variable.name  | OrganizationName |
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | SignChargingStationCertificate |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends SignCertificate as "request" with
      | certificateType | absent or ChargingStationCertificate |
    And the csr of "request" has
      | commonName   | the serial                                                        |
      | organisation | the getVariableResult[0].attributeValue of the answer to "operator" |
      | strength     | at least 112                                                      |
      | signature    | valid                                                             |
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate for "request" |
      | certificateType  | ChargingStationCertificate    |
    Then the station answers "signed" with
      | status | Accepted |
    And the station reconnects

  @TC_A_14_CS @A02.FR.06 @A02.FR.07 @A03.FR.06 @A03.FR.07
  Scenario Outline: A certificate that is <fault> it refuses, and reports
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | SignChargingStationCertificate |
    Then the station sends SignCertificate as "request" with
      | certificateType | absent or ChargingStationCertificate |
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the <fault> certificate for "request" |
      | certificateType  | ChargingStationCertificate            |
    Then the station answers "signed" with
      | status | Rejected |
    And the station sends SecurityEventNotification with
      | type | InvalidChargingStationCertificate |

    Examples:
      | fault          |
      | expired        |
      | not yet valid  |
      | unknown CA     |
      | other          |
      | wrong usage    |
      | no CA flag     |
      | chain incomplete |
      | SHA-1          |

  @A02.FR.06 @A02.FR.07
  Scenario: A certificate for a key that is not its own it refuses, and reports
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | SignChargingStationCertificate |
    Then the station sends SignCertificate as "request" with
      | csr | like (?s)-----BEGIN CERTIFICATE REQUEST-----.* |
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the certificate of the station RSA certificate |
      | certificateType  | ChargingStationCertificate                     |
    Then the station answers "signed" with
      | status | Rejected |
    And the station sends SecurityEventNotification with
      | type | InvalidChargingStationCertificate |

  @TC_A_15_CS
  Scenario: Turned down, it has asked all the same
    Given the CSMS will answer SignCertificate with
      | status | Rejected |
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | SignChargingStationCertificate |
    Then the station answers "trigger" with
      | status | Accepted |
    And the station sends SignCertificate

  @A02.FR.07 @A02.FR.20 @needs:AS-3
  Scenario: Having refused a bad certificate, it does not ask again by itself
    Given the station is set to ask for a certificate anew after 1 s
    When the CSMS sends TriggerMessage with
      | requestedMessage | SignChargingStationCertificate |
    Then the station sends SignCertificate as "request"
    When the CSMS sends CertificateSigned as "signed" with
      | certificateChain | the expired certificate for "request" |
      | certificateType  | ChargingStationCertificate            |
    Then the station answers "signed" with
      | status | Rejected |
    And the station sends no SignCertificate for 3 s

  @TC_A_23_CS @A02.FR.17 @A02.FR.18 @needs:AS-3
  Scenario: Where the certificate does not come it asks again, later each time
    Given the station is set to ask for a certificate anew after 1 s
    When the CSMS sends TriggerMessage as "trigger" with
      | requestedMessage | SignChargingStationCertificate |
    Then the station sends SignCertificate 3 times as "requests" within 8 s
    And the gaps of "requests" grow by a factor of 2 from 1 s on

  @A02.FR.17 @A02.FR.19 @needs:AS-3
  Scenario: Where the certificate does not come at all it asks no more
    Given the station is set to ask for a certificate anew once, after 1 s
    When the CSMS sends TriggerMessage with
      | requestedMessage | SignChargingStationCertificate |
    Then the station sends SignCertificate as "first"
    And the station sends SignCertificate as "second" within 3 s
    And "second" comes at least 1 s after the answer to "first"
    When 3 s passes
    Then the station sends no SignCertificate for 5 s

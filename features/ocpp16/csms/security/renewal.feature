@sut-csms @v1.6 @needs:Security
Feature: A Central System that has charge points' certificates made
  It starts a renewal, has the request signed and hands over the chain, and bears that a charge point refuses it.

  @TC_074_CSMS @OCPP1.6-security:A02.FR.11
  Scenario: It starts the renewal and hands over a chain for the charge point's own key
    Given the station is booted
    When the operator requests ExtendedTriggerMessage with
      | requestedMessage | SignChargePointCertificate |
    Then the CSMS sends ExtendedTriggerMessage with
      | requestedMessage | SignChargePointCertificate |
    When the station sends SignCertificate as "request" with
      | csr | the signing request of the station certificate |
    Then the CSMS answers "request" with
      | status | Accepted |
    And the CSMS sends CertificateSigned as "signed"
    And the certificate chain of "signed" has
      | commonName | the serial                                |
      | publicKey  | the public key of the station certificate |

  @TC_077_CSMS @OCPP1.6-security:A02.FR.11
  Scenario: It bears that the charge point refuses the certificate and reports it
    Given the station is booted
    And the station will answer CertificateSigned with
      | status | Rejected |
    When the station sends SignCertificate as "request" with
      | csr | the signing request of the station certificate |
    Then the CSMS answers "request" with
      | status | Accepted |
    And the CSMS sends CertificateSigned
    When the station sends SecurityEventNotification as "event" with
      | type | InvalidChargePointCertificate |
    Then the CSMS answers "event"

  @TC_073_CSMS @profile:1 @profile:2 @OCPP1.6-security:A01.FR.02 @OCPP1.6-security:A01.FR.03
  Scenario: Once the charge point has taken a new password, the old one is no longer good
    Given the station is booted
    When the operator requests ChangeConfiguration with
      | key   | AuthorizationKey                 |
      | value | 61206e65772070617373776f72642031 |
    Then the CSMS sends ChangeConfiguration with
      | key | AuthorizationKey |
    When the station drops the connection
    And the station connects
    Then the CSMS refuses the connection
    When the station connects with
      | password | a new password 1 |
    Then the CSMS accepts the connection with ocpp1.6
    When the operator requests ChangeConfiguration with
      | key   | AuthorizationKey            |
      | value | the password in hexadecimal |
    Then the CSMS sends ChangeConfiguration with
      | key | AuthorizationKey |
    When the station drops the connection
    And the station connects
    Then the CSMS accepts the connection with ocpp1.6

  @OCPP1.6-security:A00.FR.511 @OCPP1.6-security:A00.FR.503 @attack
  Scenario Outline: A request <what> gets no certificate
    Given the station is booted
    When the station sends SignCertificate with
      | csr | the signing request of the <which> station certificate |
    Then the CSMS sends no CertificateSigned for 2 s
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

    Examples:
      | what                           | which    |
      | in another charge point's name | other    |
      | for a weak RSA key             | weak RSA |
      | for a weak EC key              | weak EC  |

  Scenario: What is no request it does not have signed
    Given the station is booted
    When the station sends SignCertificate with
      | csr | no request at all |
    Then the CSMS sends no CertificateSigned for 2 s
    When the station sends Heartbeat as "alive"
    Then the CSMS answers "alive"

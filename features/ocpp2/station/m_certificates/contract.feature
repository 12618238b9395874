@sut-station @v2.0.1 @needs:ISO_15118_Support
Feature: A station through which a car gets its contract certificate
  The car's request is for others to understand: the station passes it on, says which kind it is, and only a car that
  has its contract certificate charges by it.

  @TC_M_26_CS @M01.FR.01 @C07.FR.01 @C07.FR.02
  Scenario: A car without a contract certificate gets one, and charges by it
    Given the station is trusting the plug-and-charge roots
    And the CSMS will answer Authorize with
      | idTokenInfo.status | Accepted |
      | certificateStatus  | Accepted |
    When the driver plugs in an EV that asks for its first contract certificate
    Then the station sends Get15118EVCertificate with
      | action | Install |
    And the station sends Authorize with
      | idToken.type | eMAID |

  @TC_M_28_CS @M02.FR.01 @C07.FR.01 @C07.FR.02
  Scenario: A car whose contract certificate runs out gets a new one, and charges by it
    Given the station is trusting the plug-and-charge roots
    And the CSMS will answer Authorize with
      | idTokenInfo.status | Accepted |
      | certificateStatus  | Accepted |
    When the driver plugs in an EV that asks for a new contract certificate
    Then the station sends Get15118EVCertificate with
      | action | Update |
    And the station sends Authorize with
      | idToken.type | eMAID |

  @TC_M_27_CS @M01.FR.01
  Scenario: A car that gets no contract certificate is not authorized
    Given the station is trusting the plug-and-charge roots
    And the CSMS will answer Get15118EVCertificate with
      | status      | Failed |
      | exiResponse | ""     |
    When the driver plugs in an EV that asks for its first contract certificate
    Then the station sends Get15118EVCertificate with
      | action | Install |
    And the station sends no Authorize for 2 s with
      | idToken.type | eMAID |

  @TC_M_29_CS @M02.FR.01
  Scenario: A car that gets no new contract certificate is not authorized
    Given the station is trusting the plug-and-charge roots
    And the CSMS will answer Get15118EVCertificate with
      | status      | Failed |
      | exiResponse | ""     |
    When the driver plugs in an EV that asks for a new contract certificate
    Then the station sends Get15118EVCertificate with
      | action | Update |
    And the station sends no Authorize for 2 s with
      | idToken.type | eMAID |

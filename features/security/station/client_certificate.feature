@sut-station @v2.0.1 @sockets @profile:3
Feature: A station that has a certificate of its own

  @TC_A_07_CS @A00.FR.401 @A00.FR.402 @A00.FR.415 @A00.FR.416
  Scenario: It shows a certificate with its serial number
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | version         | any of TLSv1.2, TLSv1.3 |
      | peer.commonName | the serial              |
      | peer.strength   | at least 112            |

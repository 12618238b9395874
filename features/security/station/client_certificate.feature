@sut-station @v2.0.1 @sockets @profile:3
Feature: A station that has a certificate of its own

  @TC_A_07_CS @A00.FR.401 @A00.FR.402 @A00.FR.415 @A00.FR.416 @A00.FR.422
  Scenario: It shows a certificate with its serial number
    When the CSMS drops the connection
    Then the station accepts the TLS handshake
    And the TLS session has
      | version         | any of TLSv1.2, TLSv1.3 |
      | offeredSuites   | like (?=.*ECDHE-ECDSA-AES128-GCM-SHA256)(?=.*ECDHE-ECDSA-AES256-GCM-SHA384).*\|(?=(.* )?AES128-GCM-SHA256( \|$))(?=(.* )?AES256-GCM-SHA384( \|$)).* |
      | peer.commonName | the serial              |
      | peer.strength   | at least 112            |

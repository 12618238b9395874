@sut-station @v2.0.1 @L01.FR.01 @L01.FR.06 @L01.FR.10 @L01.FR.20
Feature: A station that updates while somebody charges
  Nobody's charging is cut off for an update. What a station cannot do beside a transaction waits for its end, and
  AllowNewSessionsPendingFirmwareUpdate says whether others may begin in the meantime.

  @TC_L_12_CS @needs:C-20 @needs:not-C-43 @needs:not-AQ-7 @needs:HFS-8>1 @L01.FR.13
  Scenario: It fetches nothing while somebody charges, and lets others begin
    Given the station is charging
    And the file server will serve "new"
    And the CSMS sends SetVariables as "allow" with
      | setVariableData[0].component.name | ChargingStation                       |
      | setVariableData[0].variable.name  | AllowNewSessionsPendingFirmwareUpdate |
      | setVariableData[0].attributeValue | true                                  |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station sends FirmwareStatusNotification with
      | status | DownloadScheduled |
    When the driver plugs in at EVSE 2
    And the driver presents the second idToken at EVSE 2
    Then the station sends TransactionEvent with
      | idToken.idToken | the second idToken |
    When the driver presents the valid idToken
    And the driver unplugs
    And the driver presents the second idToken at EVSE 2
    And the driver unplugs at EVSE 2
    Then the station downloads "new"
    And the statuses of "update" follow a legal order and end in Installed

  @TC_L_13_CS @needs:C-20 @needs:not-C-43 @needs:not-AQ-7 @needs:HFS-8>1 @L01.FR.07 @L01.FR.13
  Scenario: It fetches nothing while somebody charges, and keeps the free EVSE for itself
    Given the station is charging
    And the file server will serve "new"
    And the CSMS sends SetVariables as "forbid" with
      | setVariableData[0].component.name | ChargingStation                       |
      | setVariableData[0].variable.name  | AllowNewSessionsPendingFirmwareUpdate |
      | setVariableData[0].attributeValue | false                                 |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station reports a connector with
      | connectorStatus | Unavailable |
      | evseId          | 2           |
    And the station does not download "new" for 1 s
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station downloads "new"
    And the statuses of "update" follow a legal order and end in Installed

  @TC_L_14_CS @needs:C-20 @needs:not-C-43 @needs:AQ-7 @needs:HFS-8>1
  Scenario: It fetches at once, installs when all have finished, and lets others begin
    Given the station is charging
    And the file server will serve "new"
    And the CSMS sends SetVariables as "allow" with
      | setVariableData[0].component.name | ChargingStation                       |
      | setVariableData[0].variable.name  | AllowNewSessionsPendingFirmwareUpdate |
      | setVariableData[0].attributeValue | true                                  |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "new"
    When the driver plugs in at EVSE 2
    And the driver presents the second idToken at EVSE 2
    Then the station sends TransactionEvent with
      | idToken.idToken | the second idToken |
    When the driver presents the valid idToken
    And the driver unplugs
    And the driver presents the second idToken at EVSE 2
    And the driver unplugs at EVSE 2
    Then the statuses of "update" follow a legal order and end in Installed

  @TC_L_15_CS @needs:not-C-43 @needs:AQ-7 @needs:HFS-8>1 @L01.FR.07 @L01.FR.33
  Scenario: It fetches at once, installs when all have finished, and keeps the free EVSE for itself
    Given the station is charging
    And the file server will serve "new"
    And the CSMS sends SetVariables as "forbid" with
      | setVariableData[0].component.name | ChargingStation                       |
      | setVariableData[0].variable.name  | AllowNewSessionsPendingFirmwareUpdate |
      | setVariableData[0].attributeValue | false                                 |
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "new"
    And the station reports a connector with
      | connectorStatus | Unavailable |
      | evseId          | 2           |
    When the driver presents the valid idToken
    And the driver unplugs
    Then the statuses of "update" follow a legal order and end in Installed

  @TC_L_16_CS @needs:C-43 @L01.FR.33
  Scenario: It installs beside a transaction, and starts the new version when that has ended
    Given the station is charging
    And the file server will serve "new"
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station answers "update" with
      | status | Accepted |
    And the station downloads "new"
    And the station sends FirmwareStatusNotification with
      | status | Installing |
    And the station sends no BootNotification for 2 s
    When the driver presents the valid idToken
    And the driver unplugs
    Then the station sends BootNotification with
      | chargingStation.firmwareVersion | the version of "new" |
    And the statuses of "update" follow a legal order and end in Installed

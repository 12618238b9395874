@sut-station @v2.0.1
Feature: A station that says whether a connector is free
  Drivers look at a map before they set out. A place that is shown free must be free, and one that is out of service must
  be shown so, also after the station was switched off and on.

  @TC_G_01_CS @G01.FR.01 @G01.FR.03
  Scenario: A driver plugs in, and it says that the connector is taken
    When the driver plugs in
    Then the station reports a connector with
      | evseId          | 1        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |

  @TC_G_02_CS @G01.FR.01 @G01.FR.04
  Scenario: The driver unplugs, and it says that the connector is free
    Given the station is occupied
    When the driver unplugs
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

  @G01.FR.01 @G01.FR.03 @needs:HFS-8>1
  Scenario: It says so of the EVSE where it happened
    When the driver plugs in at EVSE 2
    Then the station reports a connector with
      | evseId          | 2        |
      | connectorId     | 1        |
      | connectorStatus | Occupied |

  @G01.FR.01
  Scenario: A connector breaks and is mended, and it says both
    When the operator causes a fault
    Then the station reports a connector with
      | evseId          | 1       |
      | connectorId     | 1       |
      | connectorStatus | Faulted |
    When the operator clears the fault
    Then the station reports a connector with
      | evseId          | 1         |
      | connectorId     | 1         |
      | connectorStatus | Available |

@sut-station @v1.6 @needs:LocalAuthListManagement
Feature: A charge point that has the settings of its list of cards
  How many cards go into the list, and into one message, has to be known before the first is sent.

  @OCPP1.6:5.8 @OCPP1.6:9.2
  Scenario Outline: It has <key>, of the type and with the access that everybody relies on
    When the CSMS sends GetConfiguration as "get" with
      | key[0] | <key> |
    Then the station answers "get" with
      | configurationKey[0].key      | <key>      |
      | configurationKey[0].readonly | <readonly> |
      | configurationKey[0].value    | <value>    |
      | unknownKey[0]                | absent     |

    Examples:
      | key                    | readonly | value                                        |
      | LocalAuthListEnabled   | false    | any of true, false, True, False, TRUE, FALSE |
      | LocalAuthListMaxLength | true     | like \d+                                     |
      | SendLocalListMaxLength | true     | like \d+                                     |

  @OCPP1.6:5.3 @OCPP1.6:9.2
  Scenario Outline: It lets nobody write <key>
    When the CSMS sends ChangeConfiguration as "set" with
      | key   | <key>   |
      | value | <value> |
    Then the station answers "set" with
      | status | Rejected |

    Examples:
      | key                    | value |
      | LocalAuthListMaxLength | 1     |
      | SendLocalListMaxLength | 1     |

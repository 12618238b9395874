"""What a station may send in OCPP 2.0.1, as data for `check.Grammar`.

A member reads `name!:type`; `!` marks it required and `[1-4]` an array of so many. Types: `s20` text
of at most 20 characters, `i` integer, `n` number, `b` boolean, `time`, `any`, or a name of `TYPES`.
"""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "Authorize":
        "idToken!:IdTokenType certificate:s5500 iso15118CertificateHashData:OCSPRequestDataType[1-4]",
    "BootNotification": "chargingStation!:ChargingStationType reason!:BootReasonEnumType",
    "ClearedChargingLimit": "chargingLimitSource!:ChargingLimitSourceEnumType evseId:i",
    "DataTransfer": "messageId:s50 data:any vendorId!:s255",
    "FirmwareStatusNotification": "status!:FirmwareStatusEnumType requestId:i",
    "Get15118EVCertificate": "iso15118SchemaVersion!:s50 action!:CertificateActionEnumType exiRequest!:s5600",
    "GetCertificateStatus": "ocspRequestData!:OCSPRequestDataType",
    "Heartbeat": "",
    "LogStatusNotification": "status!:UploadLogStatusEnumType requestId:i",
    "MeterValues": "evseId!:i meterValue!:MeterValueType[1-]",
    "NotifyChargingLimit":
        "chargingSchedule:ChargingScheduleType[1-] evseId:i chargingLimit!:ChargingLimitType",
    "NotifyCustomerInformation": "data!:s512 tbc:b seqNo!:i generatedAt!:time requestId!:i",
    "NotifyDisplayMessages": "messageInfo:MessageInfoType[1-] requestId!:i tbc:b",
    "NotifyEVChargingNeeds": "maxScheduleTuples:i chargingNeeds!:ChargingNeedsType evseId!:i",
    "NotifyEVChargingSchedule": "timeBase!:time chargingSchedule!:ChargingScheduleType evseId!:i",
    "NotifyEvent": "generatedAt!:time tbc:b seqNo!:i eventData!:EventDataType[1-]",
    "NotifyMonitoringReport": "monitor:MonitoringDataType[1-] requestId!:i tbc:b seqNo!:i generatedAt!:time",
    "NotifyReport": "requestId!:i generatedAt!:time reportData:ReportDataType[1-] tbc:b seqNo!:i",
    "PublishFirmwareStatusNotification":
        "status!:PublishFirmwareStatusEnumType location:s512[1-] requestId:i",
    "ReportChargingProfiles":
        "requestId!:i chargingLimitSource!:ChargingLimitSourceEnumType chargingProfile!:ChargingProfileType[1-] "
        "tbc:b evseId!:i",
    "ReservationStatusUpdate": "reservationId!:i reservationUpdateStatus!:ReservationUpdateStatusEnumType",
    "SecurityEventNotification": "type!:s50 timestamp!:time techInfo:s255",
    "SignCertificate": "csr!:s5500 certificateType:CertificateSigningUseEnumType",
    "StatusNotification": "timestamp!:time connectorStatus!:ConnectorStatusEnumType evseId!:i connectorId!:i",
    "TransactionEvent":
        "eventType!:TransactionEventEnumType meterValue:MeterValueType[1-] timestamp!:time "
        "triggerReason!:TriggerReasonEnumType seqNo!:i offline:b numberOfPhasesUsed:i cableMaxCurrent:i "
        "reservationId:i transactionInfo!:TransactionType evse:EVSEType idToken:IdTokenType",
}

TYPES: dict[str, str] = {
    "ACChargingParametersType": "energyAmount!:i evMinCurrent!:i evMaxCurrent!:i evMaxVoltage!:i",
    "AdditionalInfoType": "additionalIdToken!:s36 type!:s50",
    "AttributeEnumType": "= Actual|Target|MinSet|MaxSet",
    "BootReasonEnumType":
        "= ApplicationReset|FirmwareUpdate|LocalReset|PowerUp|RemoteReset|ScheduledReset|Triggered|Unknown|"
        "Watchdog",
    "CertificateActionEnumType": "= Install|Update",
    "CertificateSigningUseEnumType": "= ChargingStationCertificate|V2GCertificate",
    "ChargingLimitSourceEnumType": "= EMS|Other|SO|CSO",
    "ChargingLimitType": "chargingLimitSource!:ChargingLimitSourceEnumType isGridCritical:b",
    "ChargingNeedsType":
        "acChargingParameters:ACChargingParametersType dcChargingParameters:DCChargingParametersType "
        "requestedEnergyTransfer!:EnergyTransferModeEnumType departureTime:time",
    "ChargingProfileKindEnumType": "= Absolute|Recurring|Relative",
    "ChargingProfilePurposeEnumType":
        "= ChargingStationExternalConstraints|ChargingStationMaxProfile|TxDefaultProfile|TxProfile",
    "ChargingProfileType":
        "id!:i stackLevel!:i chargingProfilePurpose!:ChargingProfilePurposeEnumType "
        "chargingProfileKind!:ChargingProfileKindEnumType recurrencyKind:RecurrencyKindEnumType validFrom:time "
        "validTo:time chargingSchedule!:ChargingScheduleType[1-3] transactionId:s36",
    "ChargingRateUnitEnumType": "= W|A",
    "ChargingSchedulePeriodType": "startPeriod!:i limit!:n numberPhases:i phaseToUse:i",
    "ChargingScheduleType":
        "id!:i startSchedule:time duration:i chargingRateUnit!:ChargingRateUnitEnumType "
        "chargingSchedulePeriod!:ChargingSchedulePeriodType[1-1024] minChargingRate:n salesTariff:SalesTariffType",
    "ChargingStateEnumType": "= Charging|EVConnected|SuspendedEV|SuspendedEVSE|Idle",
    "ChargingStationType": "serialNumber:s25 model!:s20 modem:ModemType vendorName!:s50 firmwareVersion:s50",
    "ComponentType": "evse:EVSEType name!:s50 instance:s50",
    "ConnectorStatusEnumType": "= Available|Occupied|Reserved|Unavailable|Faulted",
    "ConsumptionCostType": "startValue!:n cost!:CostType[1-3]",
    "CostKindEnumType": "= CarbonDioxideEmission|RelativePricePercentage|RenewableGenerationPercentage",
    "CostType": "costKind!:CostKindEnumType amount!:i amountMultiplier:i",
    "DCChargingParametersType":
        "evMaxCurrent!:i evMaxVoltage!:i energyAmount:i evMaxPower:i stateOfCharge:i evEnergyCapacity:i fullSoC:i "
        "bulkSoC:i",
    "DataEnumType": "= string|decimal|integer|dateTime|boolean|OptionList|SequenceList|MemberList",
    "EVSEType": "id!:i connectorId:i",
    "EnergyTransferModeEnumType": "= DC|AC_single_phase|AC_two_phase|AC_three_phase",
    "EventDataType":
        "eventId!:i timestamp!:time trigger!:EventTriggerEnumType cause:i actualValue!:s2500 techCode:s50 "
        "techInfo:s500 cleared:b transactionId:s36 component!:ComponentType variableMonitoringId:i "
        "eventNotificationType!:EventNotificationEnumType variable!:VariableType",
    "EventNotificationEnumType":
        "= HardWiredNotification|HardWiredMonitor|PreconfiguredMonitor|CustomMonitor",
    "EventTriggerEnumType": "= Alerting|Delta|Periodic",
    "FirmwareStatusEnumType":
        "= Downloaded|DownloadFailed|Downloading|DownloadScheduled|DownloadPaused|Idle|InstallationFailed|"
        "Installing|Installed|InstallRebooting|InstallScheduled|InstallVerificationFailed|InvalidSignature|"
        "SignatureVerified",
    "HashAlgorithmEnumType": "= SHA256|SHA384|SHA512",
    "IdTokenEnumType": "= Central|eMAID|ISO14443|ISO15693|KeyCode|Local|MacAddress|NoAuthorization",
    "IdTokenType": "additionalInfo:AdditionalInfoType[1-] idToken!:s36 type!:IdTokenEnumType",
    "LocationEnumType": "= Body|Cable|EV|Inlet|Outlet",
    "MeasurandEnumType":
        "= Current.Export|Current.Import|Current.Offered|Energy.Active.Export.Register|"
        "Energy.Active.Import.Register|Energy.Reactive.Export.Register|Energy.Reactive.Import.Register|"
        "Energy.Active.Export.Interval|Energy.Active.Import.Interval|Energy.Active.Net|"
        "Energy.Reactive.Export.Interval|Energy.Reactive.Import.Interval|Energy.Reactive.Net|Energy.Apparent.Net|"
        "Energy.Apparent.Import|Energy.Apparent.Export|Frequency|Power.Active.Export|Power.Active.Import|"
        "Power.Factor|Power.Offered|Power.Reactive.Export|Power.Reactive.Import|SoC|Voltage",
    "MessageContentType": "format!:MessageFormatEnumType language:s8 content!:s512",
    "MessageFormatEnumType": "= ASCII|HTML|URI|UTF8",
    "MessageInfoType":
        "display:ComponentType id!:i priority!:MessagePriorityEnumType state:MessageStateEnumType "
        "startDateTime:time endDateTime:time transactionId:s36 message!:MessageContentType",
    "MessagePriorityEnumType": "= AlwaysFront|InFront|NormalCycle",
    "MessageStateEnumType": "= Charging|Faulted|Idle|Unavailable",
    "MeterValueType": "sampledValue!:SampledValueType[1-] timestamp!:time",
    "ModemType": "iccid:s20 imsi:s20",
    "MonitorEnumType": "= UpperThreshold|LowerThreshold|Delta|Periodic|PeriodicClockAligned",
    "MonitoringDataType":
        "component!:ComponentType variable!:VariableType variableMonitoring!:VariableMonitoringType[1-]",
    "MutabilityEnumType": "= ReadOnly|WriteOnly|ReadWrite",
    "OCSPRequestDataType":
        "hashAlgorithm!:HashAlgorithmEnumType issuerNameHash!:s128 issuerKeyHash!:s128 serialNumber!:s40 "
        "responderURL!:s512",
    "PhaseEnumType": "= L1|L2|L3|N|L1-N|L2-N|L3-N|L1-L2|L2-L3|L3-L1",
    "PublishFirmwareStatusEnumType":
        "= Idle|DownloadScheduled|Downloading|Downloaded|Published|DownloadFailed|DownloadPaused|InvalidChecksum|"
        "ChecksumVerified|PublishFailed",
    "ReadingContextEnumType":
        "= Interruption.Begin|Interruption.End|Other|Sample.Clock|Sample.Periodic|Transaction.Begin|"
        "Transaction.End|Trigger",
    "ReasonEnumType":
        "= DeAuthorized|EmergencyStop|EnergyLimitReached|EVDisconnected|GroundFault|ImmediateReset|Local|"
        "LocalOutOfCredit|MasterPass|Other|OvercurrentFault|PowerLoss|PowerQuality|Reboot|Remote|SOCLimitReached|"
        "StoppedByEV|TimeLimitReached|Timeout",
    "RecurrencyKindEnumType": "= Daily|Weekly",
    "RelativeTimeIntervalType": "start!:i duration:i",
    "ReportDataType":
        "component!:ComponentType variable!:VariableType variableAttribute!:VariableAttributeType[1-4] "
        "variableCharacteristics:VariableCharacteristicsType",
    "ReservationUpdateStatusEnumType": "= Expired|Removed",
    "SalesTariffEntryType":
        "relativeTimeInterval!:RelativeTimeIntervalType ePriceLevel:i consumptionCost:ConsumptionCostType[1-3]",
    "SalesTariffType":
        "id!:i salesTariffDescription:s32 numEPriceLevels:i salesTariffEntry!:SalesTariffEntryType[1-1024]",
    "SampledValueType":
        "value!:n context:ReadingContextEnumType measurand:MeasurandEnumType phase:PhaseEnumType "
        "location:LocationEnumType signedMeterValue:SignedMeterValueType unitOfMeasure:UnitOfMeasureType",
    "SignedMeterValueType": "signedMeterData!:s2500 signingMethod!:s50 encodingMethod!:s50 publicKey!:s2500",
    "TransactionEventEnumType": "= Ended|Started|Updated",
    "TransactionType":
        "transactionId!:s36 chargingState:ChargingStateEnumType timeSpentCharging:i stoppedReason:ReasonEnumType "
        "remoteStartId:i",
    "TriggerReasonEnumType":
        "= Authorized|CablePluggedIn|ChargingRateChanged|ChargingStateChanged|Deauthorized|EnergyLimitReached|"
        "EVCommunicationLost|EVConnectTimeout|MeterValueClock|MeterValuePeriodic|TimeLimitReached|Trigger|"
        "UnlockCommand|StopAuthorized|EVDeparted|EVDetected|RemoteStop|RemoteStart|AbnormalCondition|"
        "SignedDataReceived|ResetCommand",
    "UnitOfMeasureType": "unit:s20 multiplier:i",
    "UploadLogStatusEnumType":
        "= BadMessage|Idle|NotSupportedOperation|PermissionDenied|Uploaded|UploadFailure|Uploading|"
        "AcceptedCanceled",
    "VariableAttributeType":
        "type:AttributeEnumType value:s2500 mutability:MutabilityEnumType persistent:b constant:b",
    "VariableCharacteristicsType":
        "unit:s16 dataType!:DataEnumType minLimit:n maxLimit:n valuesList:s1000 supportsMonitoring!:b",
    "VariableMonitoringType": "id!:i transaction!:b value!:n type!:MonitorEnumType severity!:i",
    "VariableType": "name!:s50 instance:s50",
}

"""What a station may send in OCPP 1.6 and its security whitepaper, as data for `check.Grammar`.

The unit is accepted as Celcius and as Celsius (OCPP-J 1.6 errata 2.1).

A member reads `name!:type`; `!` marks it required and `[1-4]` an array of so many. Types: `s20` text
of at most 20 characters, `i` integer, `n` number, `b` boolean, `time`, `any`, or a name of `TYPES`.
"""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "Authorize": "idTag!:s20",
    "BootNotification":
        "chargePointVendor!:s20 chargePointModel!:s20 chargePointSerialNumber:s25 chargeBoxSerialNumber:s25 "
        "firmwareVersion:s50 iccid:s20 imsi:s20 meterType:s25 meterSerialNumber:s25",
    "DataTransfer": "vendorId!:s255 messageId:s50 data:s",
    "DiagnosticsStatusNotification": "status!:DiagnosticsStatus",
    "FirmwareStatusNotification": "status!:FirmwareStatus",
    "Heartbeat": "",
    "LogStatusNotification": "status!:UploadLogStatusEnumType requestId:i",
    "MeterValues": "connectorId!:i transactionId:i meterValue!:MeterValue[1-]",
    "SecurityEventNotification": "type!:s50 timestamp!:time techInfo:s255",
    "SignCertificate": "csr!:s5500",
    "SignedFirmwareStatusNotification": "status!:FirmwareStatusEnumType requestId:i",
    "StartTransaction": "connectorId!:i idTag!:s20 meterStart!:i reservationId:i timestamp!:time",
    "StatusNotification":
        "connectorId!:i errorCode!:ErrorCode info:s50 status!:ChargePointStatus timestamp:time vendorId:s255 "
        "vendorErrorCode:s50",
    "StopTransaction":
        "idTag:s20 meterStop!:i timestamp!:time transactionId!:i reason:Reason "
        "transactionData:TransactionData[0-]",
}

TYPES: dict[str, str] = {
    "Context":
        "= Interruption.Begin|Interruption.End|Sample.Clock|Sample.Periodic|Transaction.Begin|Transaction.End|"
        "Trigger|Other",
    "ErrorCode":
        "= ConnectorLockFailure|EVCommunicationError|GroundFailure|HighTemperature|InternalError|"
        "LocalListConflict|NoError|OtherError|OverCurrentFailure|PowerMeterFailure|PowerSwitchFailure|"
        "ReaderFailure|ResetFailure|UnderVoltage|OverVoltage|WeakSignal",
    "FirmwareStatusEnumType":
        "= Downloaded|DownloadFailed|Downloading|DownloadScheduled|DownloadPaused|Idle|InstallationFailed|"
        "Installing|Installed|InstallRebooting|InstallScheduled|InstallVerificationFailed|InvalidSignature|"
        "SignatureVerified",
    "Format": "= Raw|SignedData",
    "Location": "= Cable|EV|Inlet|Outlet|Body",
    "Measurand":
        "= Energy.Active.Export.Register|Energy.Active.Import.Register|Energy.Reactive.Export.Register|"
        "Energy.Reactive.Import.Register|Energy.Active.Export.Interval|Energy.Active.Import.Interval|"
        "Energy.Reactive.Export.Interval|Energy.Reactive.Import.Interval|Power.Active.Export|Power.Active.Import|"
        "Power.Offered|Power.Reactive.Export|Power.Reactive.Import|Power.Factor|Current.Import|Current.Export|"
        "Current.Offered|Voltage|Frequency|Temperature|SoC|RPM",
    "MeterValue": "timestamp!:time sampledValue!:SampledValue[1-]",
    "Phase": "= L1|L2|L3|N|L1-N|L2-N|L3-N|L1-L2|L2-L3|L3-L1",
    "Reason":
        "= EmergencyStop|EVDisconnected|HardReset|Local|Other|PowerLoss|Reboot|Remote|SoftReset|UnlockCommand|"
        "DeAuthorized",
    "SampledValue":
        "value!:s context:Context format:Format measurand:Measurand phase:Phase location:Location unit:Unit",
    "DiagnosticsStatus": "= Idle|Uploaded|UploadFailed|Uploading",
    "FirmwareStatus": "= Downloaded|DownloadFailed|Downloading|Idle|InstallationFailed|Installing|Installed",
    "ChargePointStatus":
        "= Available|Preparing|Charging|SuspendedEVSE|SuspendedEV|Finishing|Reserved|Unavailable|Faulted",
    "TransactionData": "timestamp!:time sampledValue!:SampledValue[0-]",
    "Unit": "= Wh|kWh|varh|kvarh|W|kW|VA|kVA|var|kvar|A|V|K|Celcius|Celsius|Fahrenheit|Percent",
    "UploadLogStatusEnumType":
        "= BadMessage|Idle|NotSupportedOperation|PermissionDenied|Uploaded|UploadFailure|Uploading",
}

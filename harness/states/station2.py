"""States of a 2.x station under test: brought about by people and by our CSMS."""

from __future__ import annotations

from harness.states.state import TWO, Line, State, do, see


def _set(name: str, *settings: tuple[str, str, str]) -> tuple[Line, ...]:
    """Variables (component, variable, value) set by one SetVariables, each of them taken."""
    data = [
        row
        for number, (component, variable, value) in enumerate(settings)
        for row in (
            (f"setVariableData[{number}].component.name", component),
            (f"setVariableData[{number}].variable.name", variable),
            (f"setVariableData[{number}].attributeValue", value),
        )
    ]
    taken = [(f"setVariableResult[{number}].attributeStatus", "Accepted") for number in range(len(settings))]
    return (
        do(f'the CSMS sends SetVariables as "{name}" with', *data),
        see(f'the station answers "{name}" with', *taken),
    )


def _registered(status: str, interval: str) -> tuple[Line, ...]:
    """A reboot whose first BootNotification is turned down; the next one will be accepted."""
    return (
        do("the CSMS will answer BootNotification once with", ("status", status), ("interval", interval)),
        do("the operator reboots the station"),
        see('the station sends BootNotification as "boot"'),
    )


_HASHES = ("hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber")


def _asking_anew(name: str, times: str) -> State:
    return State(name, "station", TWO, _set(
        "signing", ("SecurityCtrlr", "CertSigningWaitMinimum", "1"), ("SecurityCtrlr", "CertSigningRepeatTimes", times)
    ))


STATES = (
    State("booted", "station", TWO),
    # The interval is long enough to ask a few things before the station knocks again by itself.
    State("pending", "station", TWO, _registered("Pending", "10")),
    State("rejected", "station", TWO, _registered("Rejected", "2")),
    State(
        "set to think 300 s a long absence",
        "station",
        TWO,
        _set("threshold", ("OCPPCommCtrlr", "OfflineThreshold", "300")),
    ),
    State(
        "set to think 1 s a long absence",
        "station",
        TWO,
        _set("threshold", ("OCPPCommCtrlr", "OfflineThreshold", "1")),
    ),
    _asking_anew("set to ask for a certificate anew after 1 s", "2"),
    # By 2.2.9 it asks twice more, for it doubles the time once; by the appendices once.
    _asking_anew("set to ask for a certificate anew once, after 1 s", "1"),
    State(
        "equipped with a certificate of its own",
        "station",
        TWO,
        (
            do(
                'the CSMS sends TriggerMessage as "trigger" with',
                ("requestedMessage", "SignChargingStationCertificate"),
            ),
            see('the station sends SignCertificate as "request"'),
            do(
                'the CSMS sends CertificateSigned as "signed" with',
                ("certificateChain", 'the certificate for "request"'),
                ("certificateType", "ChargingStationCertificate"),
            ),
            see('the station answers "signed" with', ("status", "Accepted")),
            see("the station reconnects"),
        ),
    ),
    State(
        "without trusted roots",
        "station",
        TWO,
        (
            *(
                do(
                    'the CSMS sends DeleteCertificate with',
                    *((f"certificateHashData.{fact}", f"the {fact} of the {root}") for fact in _HASHES),
                )
                for root in ("CSMS root", "CSMS RSA root")
            ),
            do(
                'the CSMS sends GetInstalledCertificateIds as "left" with',
                ("certificateType[0]", "CSMSRootCertificate"),
            ),
            see('the station answers "left" with', ("status", "NotFound")),
        ),
    ),
    # Ours go; those that a product has besides make the scenario inconclusive.
    State(
        "without MO roots",
        "station",
        TWO,
        (
            do(
                'the CSMS sends DeleteCertificate with',
                *((f"certificateHashData.{fact}", f"the {fact} of the MO root") for fact in _HASHES),
            ),
            do(
                'the CSMS sends GetInstalledCertificateIds as "left" with',
                ("certificateType[0]", "MORootCertificate"),
            ),
            see('the station answers "left" with', ("certificateHashDataChain", "absent")),
        ),
    ),
    State(
        "set to trust its cache",
        "station",
        TWO,
        _set("cache", ("AuthCacheCtrlr", "Enabled", "true"), ("AuthCtrlr", "LocalPreAuthorize", "true")),
    ),
    State(
        "set to ask in spite of its cache",
        "station",
        TWO,
        _set("cache", ("AuthCacheCtrlr", "Enabled", "true"), ("AuthCtrlr", "LocalPreAuthorize", "false")),
    ),
    State(
        "set to trust its cache in everything",
        "station",
        TWO,
        _set("post authorize", ("AuthCacheCtrlr", "DisablePostAuthorize", "true")),
        after="set to trust its cache",
    ),
    State("set to keep no cache", "station", TWO, _set("cache", ("AuthCacheCtrlr", "Enabled", "false"))),
    State("set to cache for 1 s", "station", TWO, _set("life time", ("AuthCacheCtrlr", "LifeTime", "1"))),
    State(
        "without any token in its cache",
        "station",
        TWO,
        (do('the CSMS sends ClearCache as "clear"'), see('the station answers "clear" with', ("status", "Accepted"))),
    ),
    # Cleared by CustomerInformation; the one message that says so has come.
    State(
        "made to forget a driver",
        "station",
        TWO,
        (
            do(
                'the CSMS sends CustomerInformation as "forget" with',
                ("report", "false"),
                ("clear", "true"),
                ("idToken.idToken", "the valid idToken"),
                ("idToken.type", "the type of the valid idToken"),
            ),
            see('the station answers "forget" with', ("status", "Accepted")),
            see(
                'the station sends NotifyCustomerInformation as "forgotten" with',
                ("requestId", 'the requestId of "forget"'),
            ),
        ),
    ),
    State(
        "set to stop for an invalid token",
        "station",
        TWO,
        _set("invalid", ("AuthCtrlr", "LocalAuthorizeOffline", "true"), ("TxCtrlr", "StopTxOnInvalidId", "true")),
    ),
    State(
        "set to suspend for an invalid token",
        "station",
        TWO,
        _set("invalid", ("AuthCtrlr", "LocalAuthorizeOffline", "true"), ("TxCtrlr", "StopTxOnInvalidId", "false")),
    ),
    *(
        State(
            f"set to give an invalid token {energy}",
            "station",
            TWO,
            _set("energy", ("TxCtrlr", "MaxEnergyOnInvalidId", watt_hours)),
        )
        for energy, watt_hours in (("no end of energy", "10000"), ("a little energy", "2"))
    ),
    # A station that knows no such amount gives none.
    State(
        "set to give an invalid token no energy",
        "station",
        TWO,
        (
            do(
                'the CSMS sends SetVariables as "energy" with',
                ("setVariableData[0].component.name", "TxCtrlr"),
                ("setVariableData[0].variable.name", "MaxEnergyOnInvalidId"),
                ("setVariableData[0].attributeValue", "0"),
            ),
            see(
                'the station answers "energy" with',
                ("setVariableResult[0].attributeStatus", "any of Accepted, UnknownVariable"),
            ),
        ),
    ),
    State(
        "set to serve strangers while offline",
        "station",
        TWO,
        _set("strangers", ("AuthCtrlr", "OfflineTxForUnknownIdEnabled", "true")),
    ),
    State(
        "set to turn strangers away while offline",
        "station",
        TWO,
        _set("strangers", ("AuthCtrlr", "OfflineTxForUnknownIdEnabled", "false")),
    ),
    State(
        "set to the master pass",
        "station",
        TWO,
        _set("master", ("AuthCtrlr", "MasterPassGroupId", "the group of the master pass idToken")),
    ),
    # Plugged in, and the station has said all it has to say of that.
    State(
        "occupied",
        "station",
        TWO,
        (
            do("the driver plugs in"),
            see('the station reports a connector as "occupied" with', ("connectorStatus", "Occupied")),
            do("500 ms passes"),
        ),
        after="booted",
    ),
    # The valid idToken has had its transaction, so that its status is in the Authorization Cache.
    State(
        "idle after charging",
        "station",
        TWO,
        (
            do("the driver presents the valid idToken"),
            see('the station sends TransactionEvent as "stop" with', ("triggerReason", "StopAuthorized")),
            do("the driver unplugs"),
            see('the station reports a connector as "free" with', ("connectorStatus", "Available")),
        ),
        after="charging",
    ),
    # A token that belongs to a group started it.
    State(
        "charging for a group",
        "station",
        TWO,
        (
            do("the driver plugs in"),
            do("the driver presents the group idToken"),
            see(
                'the station sends TransactionEvent as "charging" with',
                ("transactionInfo.chargingState", "Charging"),
            ),
        ),
        after="booted",
    ),
    State(
        "charging at two places",
        "station",
        TWO,
        (
            do("the driver plugs in at EVSE 2"),
            do("the driver presents the second idToken at EVSE 2"),
            see(
                'the station sends TransactionEvent as "charging at EVSE 2" with',
                ("transactionInfo.chargingState", "Charging"),
                ("transactionInfo.transactionId", 'none of the transactionInfo.transactionId of "charging"'),
            ),
        ),
        after="charging",
    ),
    State(
        "charging",
        "station",
        TWO,
        (
            do("the driver plugs in"),
            do("the driver presents the valid idToken"),
            see(
                'the station sends TransactionEvent as "charging" with',
                ("transactionInfo.chargingState", "Charging"),
            ),
        ),
        after="booted",
    ),
    # What Plug & Charge rests on.
    State(
        "trusting the plug-and-charge roots",
        "station",
        TWO,
        tuple(
            line
            for use, root in (("V2GRootCertificate", "V2G"), ("MORootCertificate", "MO"))
            for line in (
                do(
                    f'the CSMS sends InstallCertificate as "{root}" with',
                    ("certificateType", use),
                    ("certificate", f"the certificate of the {root} root"),
                ),
                see(f'the station answers "{root}" with', ("status", "Accepted")),
            )
        ),
        after="booted",
    ),
    # It has made a key for its V2G certificate and waits for the chain.
    State(
        "asking for a plug-and-charge certificate",
        "station",
        TWO,
        (
            do('the CSMS sends TriggerMessage as "trigger" with', ("requestedMessage", "SignV2GCertificate")),
            see('the station answers "trigger" with', ("status", "Accepted")),
            see('the station sends SignCertificate as "request" with', ("certificateType", "V2GCertificate")),
        ),
        after="trusting the plug-and-charge roots",
    ),
)

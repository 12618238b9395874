"""States of a 1.6 station under test: brought about by people and by our Central System.

A configuration key that stands as it should is good enough, so a read-only key with the right value does;
of keys that a charge point need not have, only those it has are set.
"""

from __future__ import annotations

from harness.states.state import ONE, Line, State, do, see

_ANY_STATUS = ("status", "any of Accepted, Rejected, NotSupported")


def _if_it_has(key: str, value: str) -> tuple[Line, ...]:
    """Set an optional key."""
    return (
        do(f'the CSMS sends ChangeConfiguration as "set {key}" with', ("key", key), ("value", value)),
        see(f'the station answers "set {key}" with', _ANY_STATUS),
    )


def settled(key: str, value: str) -> tuple[Line, ...]:
    """Set a key and read it back."""
    return (
        *_if_it_has(key, value),
        do(f'the CSMS sends GetConfiguration as "get {key}" with', ("key[0]", key)),
        see(f'the station answers "get {key}" with', ("configurationKey[0].value", f"like (?i){value}")),
    )


def _configured(name: str, *lines: tuple[Line, ...]) -> State:
    return State(name, "station", ONE, sum(lines, ()), after="booted")


def _start(token: str) -> tuple[Line, ...]:
    return (
        do("the driver plugs in"),
        do(f"the driver presents the {token} idTag"),
        see('the station sends StartTransaction as "start" with', ("idTag", f"the {token} idTag")),
        see('the station sends StatusNotification as "charging" with', ("status", "Charging")),
    )


def _reserved(token: str, *rows: tuple[str, str]) -> tuple[Line, ...]:
    """Connector 1 kept under number 77."""
    return (
        do(
            'the CSMS sends ReserveNow as "reservation" with',
            ("connectorId", "1"),
            ("idTag", f"the {token} idTag"),
            ("reservationId", "77"),
            ("expiryDate", "now + 10 min"),
            *rows,
        ),
        see('the station answers "reservation" with', ("status", "Accepted")),
        see("the station sends StatusNotification with", ("connectorId", "1"), ("status", "Reserved")),
    )


def _out_of_service(number: str, *seen: str) -> tuple[Line, ...]:
    """A connector, or all (0), made inoperative; `seen` tell so."""
    return (
        do(
            f'the CSMS sends ChangeAvailability as "out of service {number}" with',
            ("connectorId", number),
            ("type", "Inoperative"),
        ),
        see(f'the station answers "out of service {number}" with', ("status", "Accepted")),
        *(
            see("the station sends StatusNotification with", ("connectorId", told), ("status", "Unavailable"))
            for told in seen
        ),
    )


_PROFILE = "csChargingProfiles."
_SCHEDULE = _PROFILE + "chargingSchedule."


def _limited(name: str, number: str, place: str, purpose: str, level: str, *periods: str) -> tuple[Line, ...]:
    """A profile that began 5 s ago, in A; `periods` like ``60: 8`` (start in s, limit)."""
    listed: list[tuple[str, str]] = []
    for index, (start, limit) in enumerate(period.split(": ") for period in periods):
        entry = f"{_SCHEDULE}chargingSchedulePeriod[{index}]."
        listed += [(entry + "startPeriod", start), (entry + "limit", limit)]
    return (
        do(
            f'the CSMS sends SetChargingProfile as "{name}" with',
            ("connectorId", place),
            (_PROFILE + "chargingProfileId", number),
            (_PROFILE + "stackLevel", level),
            (_PROFILE + "chargingProfilePurpose", purpose),
            (_PROFILE + "chargingProfileKind", "Absolute"),
            (_SCHEDULE + "startSchedule", "now - 5 s"),
            (_SCHEDULE + "duration", "400"),
            *listed,
        ),
        see(f'the station answers "{name}" with', ("status", "Accepted")),
    )


_STOP_AND_LEAVE = (
    do("the driver presents the valid idTag"),
    see('the station sends StopTransaction as "earlier stop"'),
    do("the driver unplugs"),
    see("the station sends StatusNotification with", ("connectorId", "1"), ("status", "Available")),
)
_KNOWN_CARD = (*_if_it_has("AuthorizationCacheEnabled", "true"), *_start("valid"), *_STOP_AND_LEAVE)

STATES = (
    State(
        "set to ask for a certificate anew after 1 s",
        "station",
        ONE,
        (*settled("CertSigningWaitMinimum", "1"), *settled("CertSigningRepeatTimes", "2")),
    ),
    State(
        "set to ask for a certificate anew once, after 1 s",
        "station",
        ONE,
        (*settled("CertSigningWaitMinimum", "1"), *settled("CertSigningRepeatTimes", "1")),
    ),
    State(
        "equipped with a certificate of its own",
        "station",
        ONE,
        (
            do(
                'the CSMS sends ExtendedTriggerMessage as "trigger" with',
                ("requestedMessage", "SignChargePointCertificate"),
            ),
            see('the station sends SignCertificate as "request"'),
            do(
                'the CSMS sends CertificateSigned as "signed" with',
                ("certificateChain", 'the certificate for "request"'),
            ),
            see('the station answers "signed" with', ("status", "Accepted")),
            see("the station reconnects"),
        ),
    ),
    State(
        "without trusted roots",
        "station",
        ONE,
        (
            do(
                'the CSMS sends GetInstalledCertificateIds as "roots" with',
                ("certificateType", "CentralSystemRootCertificate"),
            ),
            see('the station answers "roots" with', ("certificateHashData", "absent")),
        ),
    ),
    State("booted", "station", ONE),
    State(
        "charging",
        "station",
        ONE,
        (
            do("the driver plugs in"),
            do("the driver presents the valid idTag"),
            see('the station sends StartTransaction as "start" with', ("idTag", "the valid idTag")),
            see('the station sends StatusNotification as "charging" with', ("status", "Charging")),
        ),
        after="booted",
    ),
    State("charging for a member of a group", "station", ONE, _start("group"), after="booted"),
    State("familiar with the valid card", "station", ONE, _KNOWN_CARD, after="booted"),
    State(
        "back from its restart",
        "station",
        ONE,
        (
            see("the station sends BootNotification within 2 min"),
            see("the station sends StatusNotification with", ("connectorId", "0")),
            see("the station sends StatusNotification with", ("connectorId", "1")),
        ),
    ),
    # Cards
    _configured("asking about every card", settled("LocalPreAuthorize", "false")),
    _configured("trusting the cards it knows", settled("LocalPreAuthorize", "true")),
    _configured("checking cards before a remote start", settled("AuthorizeRemoteTxRequests", "true")),
    _configured("starting remotely without a check", settled("AuthorizeRemoteTxRequests", "false")),
    _configured("waiting 2 s for the cable", settled("ConnectionTimeOut", "2")),
    # Lists
    _configured("keeping a list", settled("LocalAuthListEnabled", "true")),
    _configured("keeping no list", settled("LocalAuthListEnabled", "false")),
    _configured(
        "having the valid card on its list",
        _if_it_has("AuthorizationCacheEnabled", "false"),
        settled("LocalAuthListEnabled", "true"),
        (do('the CSMS sends SendLocalList as "list"'), see('the station answers "list" with', ("status", "Accepted"))),
    ),
    # Reservation and availability
    State("reserved for the valid card", "station", ONE, _reserved("valid"), after="booted"),
    State(
        "reserved for a group",
        "station",
        ONE,
        _reserved("group", ("parentIdTag", "the group of the group idTag")),
        after="booted",
    ),
    State("out of service at connector 1", "station", ONE, _out_of_service("1", "1"), after="booted"),
    State("out of service", "station", ONE, _out_of_service("0", "0", "1"), after="booted"),
    State("having one connector left", "station", ONE, _out_of_service("2", "2"), after="booted"),
    # Limits: of a default on two levels, and of the whole charge point.
    State(
        "limited by three profiles",
        "station",
        ONE,
        (
            *_limited("higher", "64", "1", "TxDefaultProfile", "1", "0: 6", "60: 8", "200: 10"),
            *_limited("lower", "65", "1", "TxDefaultProfile", "0", "0: 7", "100: 9"),
            *_limited("site", "63", "0", "ChargePointMaxProfile", "0", "0: 11", "200: 12"),
        ),
        after="booted",
    ),
    # Offline
    _configured(
        "ready to charge offline",
        settled("LocalAuthorizeOffline", "true"),
        _if_it_has("AllowOfflineTxForUnknownId", "true"),
        _KNOWN_CARD,
    ),
    _configured(
        "ready to charge offline by its list",
        settled("LocalAuthorizeOffline", "true"),
        settled("LocalAuthListEnabled", "true"),
        (do('the CSMS sends SendLocalList as "list"'), see('the station answers "list" with', ("status", "Accepted"))),
    ),
    _configured("turning strangers away offline", _if_it_has("AllowOfflineTxForUnknownId", "false")),
    _configured("stopping for an invalid card", settled("StopTransactionOnInvalidId", "true")),
    _configured(
        "pausing for an invalid card",
        settled("StopTransactionOnInvalidId", "false"),
        _if_it_has("MaxEnergyOnInvalidId", "0"),
    ),
    # Meters
    _configured("metering every second", settled("MeterValueSampleInterval", "1")),
    _configured("metering every 2 s", settled("MeterValueSampleInterval", "2")),
    _configured("metering every minute", settled("MeterValueSampleInterval", "60")),
    _configured("reading the energy alone", settled("MeterValuesSampledData", "Energy.Active.Import.Register")),
    _configured(
        "reading energy and power",
        settled("MeterValuesSampledData", "Energy.Active.Import.Register,Power.Active.Import"),
    ),
    _configured(
        "metering by the clock every 2 s",
        settled("MeterValueSampleInterval", "0"),
        settled("MeterValuesAlignedData", "Energy.Active.Import.Register"),
        settled("ClockAlignedDataInterval", "2"),
    ),
    _configured("reading the current", settled("MeterValuesSampledData", "Current.Import")),
    _configured("keeping the energy for the end", settled("StopTxnSampledData", "Energy.Active.Import.Register")),
    # The cable taken out at the car
    _configured(
        "stopping and unlocking when unplugged",
        _if_it_has("MinimumStatusDuration", "0"),
        settled("StopTransactionOnEVSideDisconnect", "true"),
        settled("UnlockConnectorOnEVSideDisconnect", "true"),
    ),
    _configured(
        "stopping and staying locked when unplugged",
        _if_it_has("MinimumStatusDuration", "0"),
        settled("StopTransactionOnEVSideDisconnect", "true"),
        settled("UnlockConnectorOnEVSideDisconnect", "false"),
    ),
    _configured(
        "going on when unplugged",
        _if_it_has("MinimumStatusDuration", "0"),
        settled("StopTransactionOnEVSideDisconnect", "false"),
        settled("UnlockConnectorOnEVSideDisconnect", "false"),
    ),
)

"""The practice opponents, set up from a SUT file: same identity, password and tokens as a scenario uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from harness.reference import csms, station16, station201
from harness.reference.behaviour import behaviour_of
from harness.reference.certificates import Own
from harness.reference.config import StationConfig
from harness.reference.csms import CsmsConfig
from harness.rpc.dialect import Role, Version
from harness.rpc.link import MILLISECOND, SECOND, Endpoint
from harness.security.settings import TlsSchedule, TlsSettings, TlsSwitch
from harness.setting import Certificates, Setting
from harness.sut import Sut
from harness.transfer.signing import Chain

_TOO_UNKNOWN = "Unknown"
_PLUG_AND_CHARGE = frozenset({"ISO 15118 Support", "ISO-1.1"})
_FIXED_CABLE = frozenset({"FixedCable", "HFS-2"})
_NULL_SUITES = ("ECDHE-ECDSA-NULL-SHA", "NULL-SHA256")
_OPTIONAL_PROFILES = frozenset(station16.PROFILES) - {"Core"}


def dressed(settings: TlsSettings, role: Role, version: Version, misbehaviour: str) -> TlsSettings:
    """A practice opponent's TLS, as its misbehaviour spoils it."""
    behaviour = behaviour_of(role, version, misbehaviour)
    if getattr(behaviour, "accepts_old_tls", False):
        settings = replace(settings, minimum="TLSv1.1", security_level=0)
    if getattr(behaviour, "speaks_null_suites", False):
        settings = replace(settings, suites=(*settings.suites, *_NULL_SUITES), security_level=0)
    if getattr(behaviour, "ignores_revocation", False):
        settings = replace(settings, revocations=())
    if role == "csms" and getattr(behaviour, "accepts_any_certificate", False):
        settings = replace(settings, client_certificate=False)
    return settings


def clock_error(sut: Sut, misbehaviour: str) -> int:
    """How much later than ours, in ns, the clock of the practice opponent is."""
    return int(behaviour_of(sut.role, sut.versions[0], misbehaviour).clock_error) * SECOND


def station(
    setting: Setting, url: str, misbehaviour: str = "", tls: TlsSettings | TlsSchedule | TlsSwitch | None = None,
    signing: Chain | None = None, ahead: int = 0,
) -> Endpoint:
    """The practice station for the version in play, as the SUT file describes it, aimed at `url`; its clock is `ahead`
    ns of the carrier's."""
    described = _with_papers(_with_features(_plain(setting, url), setting.features), setting)
    config = _with_files(replace(described, tls=tls, clock_offset=ahead), signing)
    version: Version = setting.dialect.version
    if version == "1.6":
        return station16.build(config, behaviour_of("station", version, misbehaviour))
    return station201.build(config, behaviour_of("station", version, misbehaviour))


def _plain(setting: Setting, url: str) -> StationConfig:
    """Who the station is and where it goes; everything takes it as little time as can be."""
    texts = setting.facts.texts
    return StationConfig(
        url=url,
        identity=setting.identity,
        password=None if "NoAuthorizationKey" in setting.features else setting.password,
        evses=len(setting.connectors),
        connectors=max(setting.connectors.values()),
        vendor=str(texts["vendor"]),
        model=str(texts["model"]),
        serial=str(texts["serial"]),
        firmware_version=str(texts["firmware"]),
        customers=(str(texts["customer"]),) if "customer" in texts else (),
        reconnect_backoff=200 * MILLISECOND,
        boot_duration=50 * MILLISECOND,
        fetch_timeout=2 * SECOND,
        bay_sensor=True,
    )


def _with_features(config: StationConfig, features: frozenset[str]) -> StationConfig:
    """What the station can do is what the SUT file declares."""
    return replace(
        config,
        falls_back="C-47" in features,
        user_interface="C-07" in features,
        has_downgrade_switch="SecurityDowngrade" in features,
        checks_new_roots=not features.isdisjoint(("AS-2", "AdditionalRootCertificateCheck")),
        plug_and_charge=not features.isdisjoint(_PLUG_AND_CHARGE),
        cancels_firmware="C-60" in features,
        downloads_in_transaction=not features.isdisjoint(("AQ-7", "C-43")),
        installs_in_transaction="C-43" in features,
        rollback_protection="RollbackProtection" in features,
        fixed_cable=not features.isdisjoint(_FIXED_CABLE),
        backup_power="BackupPower" in features,
        resumes_transactions="ResumesAfterPowerLoss" in features,
        resets_evse="C-13" in features,
        reports_summary="C-56" in features,
        unsupported_profiles=frozenset(_OPTIONAL_PROFILES - features),
    )


def _with_papers(config: StationConfig, setting: Setting) -> StationConfig:
    """The roots it comes with, and in profile 3 a certificate of its own."""
    known = setting.certificates
    if known is None:
        return config
    own = known.credential("station certificate") if setting.security_profile == 3 else None
    return replace(
        config,
        certificates=_delivered(known, "NoCentralSystemRoot" not in setting.features),
        operator_root=known.root("station root"),
        client=Own(own.chain, own.key) if own else None,
        hash_algorithm=known.fact("hashAlgorithm", "CSMS root"),
    )


def _with_files(config: StationConfig, signing: Chain | None) -> StationConfig:
    """Whether it moves files, and whose firmware it trusts."""
    if signing is None:
        return config
    return replace(
        config, file_transfer=True, firmware_root=signing.root, firmware_revocations=signing.revocations)


def _delivered(known: Certificates, trusting: bool) -> tuple[tuple[str, str], ...]:
    """The roots that a practice station comes with; those of its CSMS only if it is `trusting`."""
    names = ("CSMS root", "CSMS RSA root") if trusting else ()
    csms = tuple(("CSMSRootCertificate", known.root(name)) for name in names)
    return (*csms, ("ManufacturerRootCertificate", known.root("manufacturer root")))


def _signer(known: Certificates | None) -> Callable[[str, str], str | None]:
    """The CA that the practice CSMS turns to; none where the run has no certificates."""

    def sign(request: str, _identity: str) -> str | None:
        return None if known is None else known.signed(request, "station certificate")

    return sign


def _responder(known: Certificates | None) -> Callable[[Mapping[str, Any]], str | None]:
    """The OCSP responder that the practice CSMS turns to, for the one V2G certificate of the run."""

    def ask(request: Mapping[str, Any]) -> str | None:
        name = "V2G charging station certificate"
        asked = str(request["ocspRequestData"]["serialNumber"]).lower()
        if known is None or asked != known.fact("serialNumber", name):
            return None
        return known.fact("OCSP response", name)

    return ask


def management(setting: Setting, misbehaviour: str = "", ahead: int = 0) -> Endpoint:
    """The practice CSMS for the version in play; it knows every token of the SUT file but the unknown one. Its clock
    is `ahead` ns of the carrier's."""
    version = setting.dialect.version
    tokens = tuple(
        csms.Token(token.id, None if version == "1.6" else token.type, token.status, token.group)
        for name, token in setting.facts.tokens.items()
        if token.status != _TOO_UNKNOWN and not (version == "1.6" and name in ("invalid", "unknown"))
    )
    config = CsmsConfig(
        stations=dict([(setting.identity, setting.password), *([setting.second] if setting.second else []),
                       *setting.load.values()]),
        versions=(version,),
        heartbeat_interval=setting.facts.heartbeat_interval,
        tokens=tokens,
        vendors={"HarnessVendor": frozenset()},
        serials={setting.identity: str(setting.facts.texts["serial"])} if setting.security_profile == 3 else {},
        subjects={setting.identity: str(setting.facts.texts["serial"])},
        signer=_signer(setting.certificates),
        ocsp=_responder(setting.certificates),
        contract=lambda request: "RVhJ" if request.get("exiRequest") else None,
    )
    behaviour = behaviour_of("csms", version, misbehaviour)
    return csms.build(config, replace(behaviour, clock_skew=behaviour.clock_skew + ahead // SECOND))

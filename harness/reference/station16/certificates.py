"""Certificates and security profiles of the practice station (OCPP 1.6 security whitepaper A02, A05, M03 to M05)."""

from __future__ import annotations

from collections.abc import Mapping

from harness.reference import certificates
from harness.reference.certificates import Store
from harness.reference.config import StationConfig
from harness.reference.station16 import lifecycle, rpc
from harness.reference.station16.model import Answer, Payload, Station
from harness.reference.station16.rpc import Handler, Reply
from harness.rpc.link import SECOND, Close

ROOT = "CentralSystemRootCertificate"
_USES = {"CSMSRootCertificate": ROOT}
_PAUSE = SECOND // 10


def store(config: StationConfig) -> Store:
    """What the station was delivered with, in the words of 1.6."""
    delivered = [(_USES.get(use, use), pem) for use, pem in config.certificates]
    return Store(delivered, config.client, hashes=config.hash_algorithm)


def install(station: Station, payload: Payload) -> Reply:
    """M05.FR.02, .03, .06, .09 to .11."""
    pem, use, held = payload["certificate"], payload["certificateType"], station.memory.certificates
    if (use, pem) in held.roots:
        return Reply({"status": "Accepted"})
    sound = certificates.installable(pem, station.wall)
    checked = use == ROOT and station.config.checks_new_roots
    replaced = certificates.replaces(held, pem, use) if checked else ()
    if station.behaviour.installs_any_certificate:
        sound, replaced = certificates.can_be_named(pem), replaced or ()
    if not sound or replaced is None or len(held.roots) >= station.config.certificate_entries:
        return Reply({"status": "Rejected"})
    held.roots.append((use, pem))
    held.fallback = replaced or held.fallback
    return Reply({"status": "Accepted"})


def listed(station: Station, payload: Payload) -> Reply:
    """M03.FR.02 to .04."""
    held = station.memory.certificates
    found = [certificates.hash_data(pem, hashes=held.hashes) for pem in held.trusted(payload["certificateType"])]
    return Reply({"status": "Accepted", "certificateHashData": found} if found else {"status": "NotFound"})


def delete(station: Station, payload: Payload) -> Reply:
    """M04.FR.02 to .06."""
    return Reply({"status": certificates.delete(station.memory.certificates, payload["certificateHashData"])})


def sign(station: Station) -> None:
    """A02.FR.02, .03: a new key pair, and a request for it."""
    station.timers.cancel("signing")
    station.memory.certificates.keys.clear()
    _request(station, 1)


def _request(station: Station, time: int) -> None:
    """The `time`-th request (from 1) since the trigger, for a key of its own (A02.FR.17 leaves that open)."""
    held, config = station.memory.certificates, station.config
    key = certificates.make_key(held, config.serial, station.behaviour.makes_weak_keys)
    held.keys.append(key)
    csr = certificates.request(key, config.serial, station.setting("CpoName"))
    rpc.call(station, "SignCertificate", {"csr": csr}, lambda answer: _answered(station, answer, time))


def _answered(station: Station, answer: Answer, time: int) -> None:
    """A02.FR.17 to .19: where no certificate comes it asks again, after twice the time, and at last no more."""
    wait, accepted = station.number("CertSigningWaitMinimum"), (answer.payload or {}).get("status") == "Accepted"
    if accepted and wait and time <= station.number("CertSigningRepeatTimes"):
        pause = wait if station.behaviour.steady_signing_requests else wait << (time - 1)
        station.timers.set("signing", station.after(pause), lambda: _request(station, time + 1))


def signed(station: Station, payload: Payload) -> Reply:
    """A02.FR.06, .07, .08."""
    held, config = station.memory.certificates, station.config
    station.timers.cancel("signing")
    chain = payload["certificateChain"]
    own = certificates.owned(held, chain, (config.operator_root,), config.serial, station.wall)
    if own is None and station.behaviour.takes_any_signed_certificate and held.keys:
        own = certificates.Own(chain, held.keys[-1])
    if own is None:
        return Reply({"status": "Rejected"}, lambda: _report(station))
    held.keys.clear()
    held.tried = None if station.behaviour.renews_in_vain else own
    return Reply({"status": "Accepted"}, lambda: come_back(station))


def _report(station: Station) -> None:
    payload = {"type": "InvalidChargePointCertificate", "timestamp": station.timestamp()}
    rpc.call(station, "SecurityEventNotification", payload)


def come_back(station: Station) -> None:
    """Hang up in a moment, and dial again with what is new."""
    station.timers.set("renewed", station.now.monotonic + _PAUSE, lambda: _hang_up(station))


def _hang_up(station: Station) -> None:
    if station.link is not None:
        station.commands.append(Close(station.link, 1000, "new credentials"))
        station.failures = 0
        lifecycle.disconnected(station)


def may_change(station: Station, value: str) -> bool:
    """A05.FR.01 to .04, .10: up only with password and certificates, down from 3 to 2 at most and only if the key says
    so."""
    wanted, held, current = int(value), station.memory.certificates, station.memory.security_profile
    if wanted < current or wanted == current > 1:
        return station.behaviour.takes_security_downgrade or _may_lower(station, current, wanted)
    rooted = wanted < 2 or bool(held.trusted("CentralSystemRootCertificate"))
    keyed = wanted not in (1, 2) or station.memory.password is not None
    return keyed and rooted and (wanted < 3 or held.current is not None)


def _may_lower(station: Station, current: int, wanted: int) -> bool:
    """A05.FR.01, .10."""
    behaviour, switch = station.behaviour, "AllowSecurityProfileDowngrade"
    allowed = switch in station.keys and station.setting(switch).lower() == "true"
    if behaviour.ignores_downgrade_switch or not allowed or wanted == current:
        return False
    return (current, wanted) == (3, 2) or behaviour.downgrades_to_any


CERTIFICATE_HANDLERS: Mapping[str, Handler] = {
    "CertificateSigned": signed,
    "DeleteCertificate": delete,
    "GetInstalledCertificateIds": listed,
    "InstallCertificate": install,
}

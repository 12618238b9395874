"""Security profiles of network connection profiles: which may be gone over to, and what the connection wears (A05)."""

from __future__ import annotations

from harness.reference.config import inbuilt_profile
from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload
from harness.reference.suspicion import dressed


def profile_of(core: Core, connection: Payload | None) -> int:
    """The security profile of a slot; None is the connection that the station was delivered with."""
    return inbuilt_profile(core.config) if connection is None else int(connection["securityProfile"])


def lowers(core: Core, wanted: int) -> bool:
    """Whether going over to that security profile would be a way down that is not open: from 3 to 2 it may be
    (A05.FR.08, .09, .10; B09.FR.04, .31)."""
    current, behaviour = core.memory.security_profile, core.behaviour
    if wanted >= current or behaviour.takes_security_downgrade:
        return False
    allowed = core.config.has_downgrade_switch and core.model.truth("SecurityCtrlr", "AllowSecurityProfileDowngrade")
    if behaviour.ignores_downgrade_switch or not allowed:
        return True
    return (current, wanted) != (3, 2) and not behaviour.downgrades_to_any


def permitted(core: Core, connection: Payload | None) -> bool:
    """A05.FR.02, .03, .10: no way down, and no way up without the certificates for it."""
    wanted, behaviour, store = profile_of(core, connection), core.behaviour, core.memory.certificates
    if wanted < core.memory.security_profile:
        return not lowers(core, wanted)
    if wanted <= core.memory.security_profile or behaviour.upgrades_without_certificates:
        return True
    rooted = wanted < 2 or bool(store.trusted("CSMSRootCertificate"))
    return rooted and (wanted < 3 or store.current is not None)


def worn(core: Core, level: int) -> object | None:
    """The shell's TLS settings with what is installed by now: trusted roots, and from profile 3 on the certificate."""
    store = core.memory.certificates
    if level < 2:
        return None
    own = store.current if level >= 3 else None
    return dressed(core.config.tls, own, store.anchors(_migrating(core)))


def _migrating(core: Core) -> bool:
    """Another network connection profile is being tried than the one that stood last."""
    return core.network.slot != core.memory.good_slot


def connected(core: Core, slot: int) -> None:
    """A05.FR.06: a connection of a higher profile stands, so the lower ones go; A02.FR.10: so does the old key."""
    memory = core.memory
    level = profile_of(core, memory.profiles.get(slot))
    if memory.certificates.settle(core.behaviour.keeps_both_certificates):
        _tell_discarded(core)
    memory.certificates.falls_back = memory.certificates.falls_back and slot == memory.good_slot
    memory.certificates.proved(core.behaviour.keeps_replaced_root)
    changed(core, level)


def changed(core: Core, level: int) -> None:
    """The security profile is another one from now on; where it is a higher one the lower ones go."""
    memory = core.memory
    if level <= memory.security_profile:
        memory.security_profile = level
        return
    memory.security_profile = level
    if core.behaviour.keeps_lower_profiles:
        return
    kept = [number for number, profile in memory.profiles.items() if profile_of(core, profile) >= level]
    memory.profiles = {number: memory.profiles[number] for number in kept}
    priority = core.model.text("OCPPCommCtrlr", "NetworkConfigurationPriority").split(",")
    left = [entry for entry in priority if entry.strip().isdigit() and int(entry) in kept]
    core.model.write("OCPPCommCtrlr", "NetworkConfigurationPriority", "", ",".join(left))


def failed(core: Core, failures: int, slots: int) -> None:
    """A02.FR.28: where the new certificate opens no door of all `slots`, the station shows the old one: from then on,
    if it goes back to the last good slot (B10.FR.07), or in turns, if it begins anew (B10.FR.08)."""
    attempts = max(1, core.model.integer("OCPPCommCtrlr", "NetworkProfileConnectionAttempts"))
    rounds = failures // (attempts * slots)
    goes_back = rounds > 0 if core.config.falls_back else rounds % 2 == 1
    core.memory.certificates.turn_back(goes_back and not core.behaviour.no_certificate_fallback)


def _tell_discarded(core: Core) -> None:
    """A02.FR.29."""
    if core.behaviour.silent_about_certificates:
        return
    payload = {"type": "DiscardedRenewedClientCertificate", "timestamp": core.timestamp()}
    core.exchange.call("SecurityEventNotification", payload, keep=True)


def distrusted(core: Core) -> bool:
    """M05.FR.14: what the new root does not vouch for is tried with the old one; False where that was tried too.

    At another CSMS the new one alone counts (M05.FR.15), and the old one again on the way back (M05.FR.16)."""
    store = core.memory.certificates
    if not store.fallback or core.behaviour.no_root_fallback:
        return False
    if _migrating(core):
        store.falls_back = True
        return False
    store.falls_back = not store.falls_back
    return store.falls_back

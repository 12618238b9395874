"""Power, connection, registration, heartbeat and restart (OCPP 1.6 4.2, 4.6, 5.14; OCPP-J 1.6 3, 5, 6.2)."""

from __future__ import annotations

import base64
from urllib.parse import quote

from harness.reference.station16 import clock, metering, reservations, rpc, status, transactions
from harness.reference.station16.model import Answer, Payload, Station
from harness.reference.suspicion import credulous, dressed, security_event
from harness.rpc.link import SECOND, Close, Connect, Dial, Drop, Ping

_CLOCK_TOLERANCE = 1 * SECOND
_LONGEST_BACKOFF = 32
# Seconds that backup power lasts.
_BACKUP = 0.5
# No CSMS lives before 2000 or after 2100; a clock set to such a time would break every timestamp.
_EARLIEST, _LATEST = 946_684_800 * SECOND, 4_102_444_800 * SECOND


# ---- power --------------------------------------------------------------------------------------


def power_on(station: Station) -> None:
    if station.timers.at("mains") is not None:
        _off(station)
    if station.powered:
        return
    station.powered = True
    station.registration = None
    station.offset = station.config.clock_offset if not station.links else station.offset
    for connector in station.connectors.values():
        if station.config.resumes_transactions:
            metering.schedule(station, connector)
        else:
            transactions.stop(station, connector, "PowerLoss")
    for reservation in list(station.memory.reservations.values()):
        reservations.arm(station, reservation)
    metering.align(station)
    dial(station)


def power_off(station: Station) -> None:
    """The mains go without warning: nothing more is said, and no connection is closed properly.

    With backup power there is time to stop the transactions and to tell so (TC_032_1_CS)."""
    if not station.powered:
        station.timers.clear()
        return
    if station.config.backup_power:
        for connector in station.connectors.values():
            transactions.stop(station, connector, "PowerLoss")
        station.timers.set("mains", station.after(_BACKUP), lambda: _off(station))
        return
    _off(station)


def _off(station: Station) -> None:
    if station.link is not None or station.dialling is not None:
        station.commands.append(Drop(station.link or station.dialling or 0))
    _darken(station)


def _darken(station: Station) -> None:
    """Lose everything that is not in persistent memory."""
    station.powered = False
    station.link = station.dialling = None
    rpc.lost(station)
    station.timers.clear()
    station.notified.clear()
    station.retry_at = None
    station.failures = 0
    station.rebooting = False
    station.boot_not_before = None
    station.firmware_status = station.diagnostics_status = "Idle"
    station.update = station.upload = None
    for connector in station.connectors.values():
        connector.authorised = None
        connector.authorising = False
    memory, behaviour = station.memory, station.behaviour
    if behaviour.forgets_availability:
        memory.operative = dict.fromkeys(memory.operative, True)
    if behaviour.forgets_messages:
        memory.messages.clear()
    if behaviour.forgets_profiles:
        memory.profiles = []
    if behaviour.forgets_configuration:
        memory.configuration = {name: key.default for name, key in station.keys.items()}


def restart(station: Station, reason: str) -> None:
    """Stop the transactions, give their messages a moment to be delivered, then boot anew."""
    if not station.powered:
        return
    station.rebooting = True
    if station.behaviour.stops_before_reset:
        for connector in station.connectors.values():
            transactions.stop(station, connector, reason)
    station.timers.set("reboot", station.after(10), lambda: _go_down(station))


def continue_restart(station: Station) -> None:
    """Go down as soon as nothing is left to be said; called after every event."""
    said = not station.open and not station.calls and not station.memory.messages
    if station.rebooting and (said or not station.online):
        _go_down(station)


def _go_down(station: Station) -> None:
    if station.link is not None:
        station.commands.append(Close(station.link, 1001, "restart"))
    elif station.dialling is not None:
        station.commands.append(Drop(station.dialling))
    _darken(station)
    due = station.now.monotonic + station.config.boot_duration
    station.timers.set("boot", due, lambda: power_on(station))


# ---- connection ---------------------------------------------------------------------------------


def dial(station: Station) -> None:
    """Open a connection: URL with the identity, subprotocol, Basic credentials (OCPP-J 1.6 3.1, 6.2.1)."""
    station.links += 1
    station.dialling = station.links
    identity = station.config.identity
    shown = quote(identity, safe="") if station.behaviour.encodes_identity else identity
    offered = station.behaviour.offers_subprotocol
    station.commands.append(
        Connect(
            station.links,
            Dial(
                f"{_base(station)}/{shown}",
                (offered,) if offered is not None else (),
                _authorization(station),
                tls=_tls(station),
            ),
        )
    )


def _base(station: Station) -> str:
    """The URL that it was given, by TLS where its security profile has gone up since."""
    url = station.config.url.rstrip("/")
    return "wss:" + url.partition(":")[2] if station.memory.security_profile >= 2 else url


def _tls(station: Station) -> object | None:
    """The shell's settings with what is installed by now."""
    held = station.memory.certificates
    if station.memory.security_profile < 2:
        return None
    own = held.current if station.memory.security_profile >= 3 else None
    given = dressed(station.config.tls, own, held.anchors(use="CentralSystemRootCertificate"))
    return credulous(given) if station.behaviour.accepts_any_certificate else given


def _authorization(station: Station) -> str | None:
    password = station.memory.password
    if password is None or station.memory.security_profile >= 3:
        return None
    if station.behaviour.hex_password_verbatim:
        password = password.hex().upper().encode()
    if station.behaviour.password_as_text:
        password = password.decode("latin-1").encode()
    return "Basic " + base64.b64encode(station.config.identity.encode() + b":" + password).decode()


def opened(station: Station, link: int, subprotocol: str | None) -> None:
    if link != station.dialling:
        return
    station.dialling = None
    station.link = link
    station.memory.former_profile = None
    station.memory.certificates.proved(station.behaviour.keeps_replaced_root)
    discards = station.memory.certificates.settle(station.behaviour.keeps_both_certificates)
    if discards and not station.behaviour.silent_about_certificates:
        station.suspected.setdefault("DiscardedRenewedClientCertificate", station.timestamp())
    if subprotocol != station.behaviour.offers_subprotocol and not station.behaviour.accepts_any_subprotocol:
        station.commands.append(Close(link, 1002, "subprotocol"))
        disconnected(station)
        return
    ping_later(station)
    if station.registration == "Accepted":
        station.failures = 0
        _back_online(station)
    else:
        _boot_when_due(station)


def _tell_suspicions(station: Station) -> None:
    """What was wrong with the Central System is told once a good connection stands."""
    told, station.suspected = station.suspected, {}
    for event, timestamp in told.items():
        rpc.call(station, "SecurityEventNotification", {"type": event, "timestamp": timestamp})


def _back_online(station: Station) -> None:
    _tell_suspicions(station)
    if station.behaviour.boots_after_reconnect:
        boot(station)
    if station.behaviour.status_after_reconnect:
        status.notify(station)
    beat_later(station)


def refused(station: Station, link: int, reason: str = "") -> None:
    if link == station.dialling:
        event = security_event("1.6", reason)
        if event == "InvalidCentralSystemCertificate" and _old_root(station):
            event = None
        if event is not None and not station.behaviour.silent_about_certificates:
            station.suspected.setdefault(event, station.timestamp())
        _fall_back(station)
        station.dialling = None
        disconnected(station)


def _old_root(station: Station) -> bool:
    """M05.FR.13: what the new root does not vouch for is tried with the old one; False where that was tried too."""
    held = station.memory.certificates
    held.falls_back = bool(held.fallback) and not held.falls_back and not station.behaviour.no_root_fallback
    return held.falls_back


def _fall_back(station: Station) -> None:
    """Security whitepaper A02.FR.28: its certificates in turns; A05.FR.08: the security profile before."""
    memory, behaviour = station.memory, station.behaviour
    held = memory.certificates
    held.turn_back(not held.turned_back and not behaviour.no_certificate_fallback)
    if memory.former_profile is not None and not behaviour.no_profile_fallback:
        memory.security_profile, memory.former_profile = memory.former_profile, None
        memory.configuration["SecurityProfile"] = str(memory.security_profile)


def closed(station: Station, link: int) -> None:
    if link in (station.link, station.dialling):
        station.dialling = None
        disconnected(station)


def disconnected(station: Station) -> None:
    """Cancel what the connection carried and try again after a growing pause (OCPP-J 1.6 errata 3.3)."""
    station.link = None
    rpc.lost(station)
    station.retry_at = None
    for name in ("ping", "pong", "heartbeat", "boot retry"):
        station.timers.cancel(name)
    if not station.powered or not station.behaviour.reconnects:
        return
    wait = station.config.reconnect_backoff
    if station.behaviour.backs_off:
        wait *= min(2**station.failures, _LONGEST_BACKOFF)
    station.failures = min(station.failures + 1, _LONGEST_BACKOFF)
    station.timers.set("dial", station.now.monotonic + wait, lambda: dial(station))


def ping_later(station: Station) -> None:
    station.timers.cancel("ping")
    interval = station.number("WebSocketPingInterval")
    if interval and station.link is not None:
        station.timers.set("ping", station.after(interval), lambda: _ping(station))


def _ping(station: Station) -> None:
    if station.link is None:
        return
    link = station.link
    station.commands.append(Ping(link, b"ref"))
    if station.behaviour.notices_missing_pong and station.timers.at("pong") is None:
        due = station.now.monotonic + station.config.call_timeout
        station.timers.set("pong", due, lambda: _no_pong(station, link))
    ping_later(station)


def _no_pong(station: Station, link: int) -> None:
    if link == station.link:
        station.commands.append(Drop(link))
        disconnected(station)


# ---- registration -------------------------------------------------------------------------------


def boot_payload(station: Station) -> Payload:
    config, behaviour = station.config, station.behaviour
    serial = config.serial.ljust(33, "0") if behaviour.overlong_serial else config.serial
    payload: Payload = {
        "chargePointVendor": "" if behaviour.empty_vendor else config.vendor,
        "chargePointModel": config.model,
        "chargePointSerialNumber": serial,
        "firmwareVersion": station.memory.firmware_version,
    }
    if config.iccid is not None:
        payload["iccid"] = config.iccid
    if config.imsi is not None:
        payload["imsi"] = config.imsi
    return payload


def boot(station: Station) -> None:
    station.timers.cancel("boot retry")
    if not any(item.action == "BootNotification" for item in station.calls):
        rpc.call(station, "BootNotification", boot_payload(station), lambda a: _booted(station, a), free=True)


def _boot_when_due(station: Station) -> None:
    """A lost connection does not shorten the interval that the CSMS gave."""
    due = station.boot_not_before
    if due is None or due <= station.now.monotonic:
        boot(station)
    else:
        station.timers.set("boot retry", due, lambda: boot(station))


def _booted(station: Station, answer: Answer) -> None:
    if answer.kind == "lost":
        return
    registration = answer.payload.get("status")
    interval = answer.payload.get("interval")
    seconds = interval if type(interval) is int and interval > 0 else 0
    if not answer.accepted or registration not in ("Accepted", "Pending", "Rejected"):
        _retry(station, 0)
        return
    set_clock(station, answer.payload.get("currentTime"))
    was = station.registration
    station.registration = registration
    if registration != "Accepted":
        if registration == "Pending" and station.behaviour.talks_while_pending:
            for number in range(len(station.connectors) + 1):
                status.send(station, number, free=True)
        _retry(station, seconds)
    elif was != "Accepted":
        _accepted(station, seconds)


def _retry(station: Station, seconds: int) -> None:
    behaviour = station.behaviour
    wait = float(seconds or station.config.boot_retry_interval)
    if not behaviour.honours_boot_interval:
        wait = 1.0
    elif behaviour.floods_on_zero_interval and not seconds:
        wait = 0.1
    station.boot_not_before = station.after(wait)
    if behaviour.retries_boot:
        station.timers.set("boot retry", station.boot_not_before, lambda: boot(station))


def _accepted(station: Station, seconds: int) -> None:
    station.memory.accepted_once = True
    station.boot_not_before = None
    station.failures = 0
    if seconds:
        station.memory.configuration["HeartbeatInterval"] = str(seconds)
    beat_later(station)
    metering.align(station)
    _tell_suspicions(station)
    if station.behaviour.status_after_boot:
        for number in range(len(station.connectors) + 1):
            _first_status(station, number)
    station.restarted(station)


def _first_status(station: Station, number: int) -> None:
    if not station.behaviour.loses_events_before_registration:
        status.send(station, number)
        return
    station.notified[number] = status.current(station, number)
    status.report(station, number, ("Available", "NoError", ""))


def set_clock(station: Station, current_time: object) -> None:
    """Take the CSMS's time where ours is off by more than a second (1.6 4.2, 4.6)."""
    given = clock.parse(current_time)
    if given is None or station.behaviour.ignores_current_time:
        return
    if not _EARLIEST <= given <= _LATEST:
        return
    if abs(given - station.wall) > _CLOCK_TOLERANCE:
        jump, station.offset = given - station.wall, given - station.now.wall
        beats = station.timers.at("heartbeat")
        if station.behaviour.beats_by_the_clock and beats is not None:
            station.timers.set("heartbeat", beats - jump, lambda: _beat(station))
        metering.align(station)
        for reservation in station.memory.reservations.values():
            reservations.arm(station, reservation)


def beat_later(station: Station) -> None:
    """Arrange the next Heartbeat, HeartbeatInterval from now."""
    station.timers.cancel("heartbeat")
    interval = station.number("HeartbeatInterval") * station.behaviour.heartbeat_factor
    if interval and station.behaviour.heartbeats:
        station.timers.set("heartbeat", station.after(interval), lambda: _beat(station))


def _beat(station: Station) -> None:
    if station.online and not any(item.action == "Heartbeat" for item in station.calls):
        heartbeat(station)
    beat_later(station)


def heartbeat(station: Station, free: bool = False) -> None:
    def answered(answer: Answer) -> None:
        if not station.behaviour.ignores_heartbeat_time:
            set_clock(station, answer.payload.get("currentTime"))

    rpc.call(station, "Heartbeat", {}, answered, free=free)

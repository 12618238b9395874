"""Power, connection and back-off: when the station dials, whom, and with which credentials."""

from __future__ import annotations

import base64
import random
from urllib.parse import quote

from harness.reference.station201 import upgrade
from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload
from harness.reference.suspicion import credulous, security_event
from harness.rpc.link import SECOND, Close, Closed, Connect, Dial, Drop, Opened, Ping, Refused

SUBPROTOCOLS = {"2.0.1": "ocpp2.0.1", "2.1": "ocpp2.1"}


class Network:
    """The way to the CSMS. `link` is the connection in use or being opened, None between attempts."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.powered = False
        self.link: int | None = None
        self.standing = False
        self.offline_since: int | None = None
        self.slot = 1
        self._accepted_slot = 0  # the slot of the last connection, 0 since a boot
        self._links = 0
        self._failures = 0  # attempts since the last success
        self._suspected: set[str] = set()
        self._random = random.Random(core.config.identity)

    @property
    def online(self) -> bool:
        """Connected and accepted: requests of any kind may be sent and will be heard."""
        return self.standing and self.core.registration.accepted

    @property
    def message_timeout(self) -> int:
        """How long an answer may take, ns. The variable of that name cannot be written (TC_B_39_CS)."""
        return self.core.config.call_timeout

    def _duration(self, name: str, configured: int) -> int:
        value = self.core.model.stored("OCPPCommCtrlr", name)
        return configured if value is None else int(value) * SECOND

    # ---- power

    def power_on(self) -> None:
        if self.powered:
            return
        self.powered = True
        self.core.memory.boots += 1
        self._failures = self._accepted_slot = 0
        self.core.sessions.resume_after_power()
        self.connect()

    def power_off(self) -> None:
        """The plug is pulled: no close frame, and only `Memory` remains."""
        if not self.powered:
            return
        if self.link is not None:
            self.core.commands.append(Drop(self.link))
        self.core.memory.boot_reason = "PowerUp"
        self._down()

    def reboot(self, reason: str) -> None:
        """Restart: leave the CSMS politely, forget what is volatile, come back after `boot_duration`."""
        if self.link is not None:
            self.core.commands.append(Close(self.link, 1000 if self.standing else 1001))
        self.core.memory.boot_reason = reason
        self._down()
        self.core.after("power", self.core.config.boot_duration, self.power_on)

    def _down(self) -> None:
        memory, behaviour = self.core.memory, self.core.behaviour
        self.powered = self.standing = False
        self.link = self.offline_since = None
        self.core.exchange.lost()
        self.core.exchange.reset()
        self.core.timers.alarms.clear()
        self.core.registration.reset()
        self.core.reset.clear()
        self.core.availability.announced.clear()
        self.core.availability.confirmed.clear()
        self.core.sessions.power_lost()
        self.core.firmware.down()
        self.core.logs.down()
        if behaviour.forgets_queue_on_reboot:
            memory.queue.clear()
        if behaviour.forgets_availability:
            memory.inoperative.clear()
        if behaviour.forgets_variables:
            memory.variables.clear()

    # ---- dialling

    def connect(self) -> None:
        self.core.timers.cancel("connect")
        if not self.powered or self.link is not None:
            return
        self._links += 1
        self.link = self._links
        self.core.commands.append(Connect(self.link, self._dial(self._profile())))

    def reconnect(self) -> None:
        """Hang up and dial again at once, as after a change of password (A01)."""
        if self.link is not None:
            self.core.commands.append(Close(self.link, 1000))
            self._hang_up()
        self._failures = 0
        self.connect()

    def _profile(self) -> Payload | None:
        """The network connection profile whose turn it is (B10.FR.03); None is what the station was built with."""
        attempts = max(1, self.core.model.integer("OCPPCommCtrlr", "NetworkProfileConnectionAttempts"))
        slots = self._slots()
        turn = self._failures // (1 if self.core.behaviour.tries_once_per_slot else attempts)
        if self.core.behaviour.stays_with_first_slot:
            self.slot = 1
        elif self.core.config.falls_back and turn >= len(slots):
            self.slot = self.core.memory.good_slot
        else:
            self.slot = slots[turn % len(slots)]
        self.core.model.show("OCPPCommCtrlr", "ActiveNetworkProfile", str(self.slot))
        return self.core.memory.profiles.get(self.slot)

    def _slots(self) -> list[int]:
        priority = self.core.model.text("OCPPCommCtrlr", "NetworkConfigurationPriority")
        return [int(slot) for slot in priority.split(",") if slot.strip().isdigit()] or [1]

    def _dial(self, profile: Payload | None) -> Dial:
        config, behaviour = self.core.config, self.core.behaviour
        base = config.url if profile is None else str(profile["ocppCsmsUrl"])
        identity = config.identity if behaviour.identity_verbatim else quote(config.identity, safe="")
        level = upgrade.profile_of(self.core, profile)
        if behaviour.upgrades_before_connecting:
            upgrade.changed(self.core, level)
        protocol = behaviour.wrong_subprotocol or SUBPROTOCOLS[self.core.version]
        return Dial(
            url=base.rstrip("/") + "/" + identity,
            subprotocols=() if behaviour.no_subprotocol else (protocol,),
            authorization=self._authorization() if level < 3 else None,
            tls=self._tls(level),
        )

    def _tls(self, profile: int) -> object | None:
        """An endpoint does not verify certificates itself, the shell does, as these settings say."""
        given = upgrade.worn(self.core, profile)
        return credulous(given) if self.core.behaviour.accepts_any_certificate else given

    def _suspect(self, reason: str) -> None:
        """A00.FR.310, .413, .316, .320: what was wrong with the CSMS is told once a good connection stands."""
        event = security_event(self.core.version, reason)
        if event == "InvalidCsmsCertificate" and upgrade.distrusted(self.core):
            return
        if event is None or self.core.behaviour.silent_about_certificates or event in self._suspected:
            return
        self._suspected.add(event)
        payload = {"type": event, "timestamp": self.core.timestamp()}
        self.core.exchange.call("SecurityEventNotification", payload, keep=True)

    def _authorization(self) -> str | None:
        password = self.core.memory.password
        if password is None or self.core.behaviour.no_password:
            return None
        if self.core.behaviour.password_as_hex:
            password = password.hex().encode()
        return "Basic " + base64.b64encode(self.core.config.identity.encode() + b":" + password).decode()

    def _back_off(self) -> int:
        """ns until the next attempt (OCPP-J 2.0.1 section 5.4): doubled up to RetryBackOffRepeatTimes times."""
        if self.core.behaviour.reconnects_at_once:
            return SECOND // 10
        model = self.core.model
        minimum = self._duration("RetryBackOffWaitMinimum", self.core.config.reconnect_backoff)
        repeat = model.integer("OCPPCommCtrlr", "RetryBackOffRepeatTimes")
        spread = model.integer("OCPPCommCtrlr", "RetryBackOffRandomRange") * SECOND
        spread = 0 if self.core.behaviour.no_random_back_off else spread
        doubled = minimum << min(max(self._failures - 1, 0), repeat)
        return doubled + (self._random.randrange(spread) if spread else 0)

    def _again(self) -> None:
        self._failures += 1
        if self.powered and not self.core.behaviour.never_reconnects:
            self.core.after("connect", self._back_off(), self.connect)

    def _hang_up(self) -> None:
        """Forget the connection; the station is offline from this moment."""
        if self.standing:
            self.offline_since = self.core.now.monotonic
        self.link = None
        self.standing = False
        for timer in ("ping", "pong"):
            self.core.timers.cancel(timer)
        self.core.exchange.lost()
        self.core.availability.lost()

    # ---- what the shell reports

    def opened(self, event: Opened) -> None:
        if event.link != self.link or not self.powered:
            return
        wanted = SUBPROTOCOLS[self.core.version]
        if event.subprotocol != wanted and not self._tolerates_subprotocol():
            self.core.commands.append(Close(event.link, 1002, "subprotocol"))
            self._hang_up()
            self._again()
            return
        self._failures = self._failures if self.core.behaviour.keeps_back_off else 0
        self._suspected.clear()
        self.standing = True
        upgrade.connected(self.core, self.slot)
        self.core.exchange.opened(event.link)
        if self._accepted_slot not in (0, self.slot):
            self.core.registration.reset()  # B10.FR.10: another CSMS has to accept the station anew
        self._accepted_slot = self.core.memory.good_slot = self.slot
        self.core.registration.connected()
        self.keep_alive()

    def keep_alive(self) -> None:
        """Ping every WebSocketPingInterval, and give the connection up where no pong comes (OCPP-J 5.3)."""
        self.core.timers.cancel("ping")
        interval = self.core.model.integer("OCPPCommCtrlr", "WebSocketPingInterval") * SECOND
        if self.standing and interval > 0:
            self.core.after("ping", interval, self._ping)

    def _ping(self) -> None:
        if self.link is not None and self.standing:
            self.core.commands.append(Ping(self.link))
            if "pong" not in self.core.timers.alarms:  # the oldest ping decides, not the newest
                self.core.after("pong", self.message_timeout, self._deaf)
            self.keep_alive()

    def _deaf(self) -> None:
        if self.link is not None and not self.core.behaviour.ignores_missing_pong:
            self.core.commands.append(Drop(self.link))
            self._hang_up()
            self._again()

    def ponged(self) -> None:
        self.core.timers.cancel("pong")

    def _tolerates_subprotocol(self) -> bool:
        behaviour = self.core.behaviour
        return behaviour.accepts_missing_subprotocol or behaviour.no_subprotocol or bool(behaviour.wrong_subprotocol)

    def refused(self, event: Refused) -> None:
        if event.link == self.link:
            self._suspect(event.reason)
            self._hang_up()
            self._again()
            upgrade.failed(self.core, self._failures, len(self._slots()))

    def closed(self, event: Closed) -> None:
        if event.link == self.link:
            self._hang_up()
            self._again()

"""BootNotification, its three answers, and the heartbeat (use cases B01, B02, B03, G02)."""

from __future__ import annotations

from harness.reference.station201 import clock
from harness.reference.station201.core import Core
from harness.reference.station201.exchange import Gate
from harness.reference.station201.memory import Payload
from harness.rpc.link import SECOND

ALLOWED_WHILE_PENDING = frozenset(
    {"GetVariables", "SetVariables", "GetBaseReport", "GetReport", "TriggerMessage"}
)  # B02.FR.01; RequestStart/StopTransaction are answered with Rejected, B02.FR.05
REJECTED_WHILE_PENDING = frozenset({"RequestStartTransaction", "RequestStopTransaction"})
_JITTER = SECOND // 2


class Registration:
    """Whether the CSMS has accepted this station since its last boot. `status` is "" before the first answer."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.status = ""
        self._asking = False
        self._not_before = 0

    @property
    def accepted(self) -> bool:
        return self.status == "Accepted"

    def reset(self) -> None:
        self.status = ""
        self._asking = False
        self._not_before = 0

    def permits(self, gate: Gate) -> bool:
        """B01.FR.08, B02.FR.02, B03.FR.02: what may be sent before Accepted."""
        behaviour = self.core.behaviour
        if gate == "boot" or self.accepted:
            return True
        if self.status == "Pending":
            return gate == "triggered" or behaviour.talks_while_pending
        return self.status == "Rejected" and behaviour.talks_while_rejected

    # ---- booting

    def connected(self) -> None:
        """A connection stands: knock, or go on where the station was."""
        if self.accepted and not self.core.behaviour.boots_after_every_reconnect:
            self._back_online()
        elif self._not_before > self.core.now.monotonic:
            self.core.timers.set("boot", self._not_before, self.knock)
        else:
            self.knock()

    def knock(self, reason: str | None = None) -> None:
        """Send BootNotification, unless one is under way; without a connection the next one does it."""
        if self._asking or not self.core.network.standing:
            return
        self.core.timers.cancel("boot")
        self._asking = True
        self.core.exchange.call(
            "BootNotification", self._request(reason), self._answered, self._failed, gate="boot"
        )

    def _request(self, reason: str | None) -> Payload:
        config, behaviour = self.core.config, self.core.behaviour
        station: Payload = {
            "model": config.model,
            "vendorName": config.vendor,
            "serialNumber": config.serial + "-" * 26 if behaviour.overlong_serial_number else config.serial,
            "firmwareVersion": self.core.memory.firmware_version or config.firmware_version,
        }
        modem = {key: value for key, value in (("iccid", config.iccid), ("imsi", config.imsi)) if value}
        if modem:
            station["modem"] = modem
        reason = behaviour.wrong_boot_reason or reason or self.core.memory.boot_reason
        return {"chargingStation": station, "reason": reason}

    def _answered(self, answer: Payload) -> None:
        self._asking = False
        behaviour, before = self.core.behaviour, self.status
        status = answer.get("status")
        if status not in ("Accepted", "Pending", "Rejected"):
            self._failed("FormatViolation")
            return
        self.set_clock(answer.get("currentTime"))
        self.status = status
        interval = answer.get("interval")
        seconds = interval if isinstance(interval, int) and interval > 0 else 0
        if status == "Accepted":
            if seconds and not behaviour.ignores_heartbeat_interval:
                self.core.model.write("OCPPCommCtrlr", "HeartbeatInterval", "", str(seconds))
            self._accepted(already=before == "Accepted")
            return
        if behaviour.boots_once_only:
            return
        delay = (seconds or self.core.config.boot_retry_interval) * SECOND
        if behaviour.ignores_boot_interval:
            delay = SECOND
        elif behaviour.floods_on_interval_zero and not seconds:
            delay = SECOND // 100
        self._later(delay)
        self.core.availability.announce()

    def _later(self, delay: int) -> None:
        self._not_before = self.core.now.monotonic + delay
        self.core.after("boot", delay, self.knock)

    def _failed(self, code: str) -> None:
        """No usable answer: wait a while of the station's own choosing, then knock again (B01, error handling)."""
        self._asking = False
        if code != "lost":
            self._later(self.core.config.boot_retry_interval * SECOND)

    def _accepted(self, *, already: bool) -> None:
        memory, exchange = self.core.memory, self.core.exchange
        if already:
            self._back_online()
            return
        self.core.network.offline_since = None
        if not self.core.behaviour.no_status_after_boot:
            self.core.availability.announce(everything=True)
        event = "StartupOfTheDevice" if memory.boot_reason == "PowerUp" else "ResetOrReboot"
        exchange.call("SecurityEventNotification", {"type": event, "timestamp": self.core.timestamp()}, keep=True)
        self.core.firmware.booted()
        self.heard()
        self.core.sessions.resume()

    def _back_online(self) -> None:
        self.core.availability.back_online()
        self.heartbeat()
        self.core.sessions.resume()

    # ---- heartbeat and clock

    def heard(self) -> None:
        """Something was exchanged: the heartbeat may wait a full interval again (G02)."""
        interval = self.core.model.integer("OCPPCommCtrlr", "HeartbeatInterval")
        if self.accepted and interval > 0 and not self.core.behaviour.no_heartbeat:
            wait = round(interval * SECOND * self.core.behaviour.heartbeat_factor)
            self.core.after("heartbeat", wait, self.heartbeat)

    def heartbeat(self, gate: Gate = "normal") -> None:
        if not self.core.network.standing or (gate == "normal" and self.core.behaviour.no_heartbeat):
            return
        self.core.exchange.drop("Heartbeat")
        self.core.exchange.call("Heartbeat", {}, self._beaten, gate=gate)
        self.heard()

    def _beaten(self, answer: Payload) -> None:
        """G02.FR.06."""
        if not self.core.behaviour.ignores_heartbeat_time:
            self.set_clock(answer.get("currentTime"))

    def set_clock(self, text: object) -> None:
        """B01.FR.06: take the CSMS's time when TimeSource says so and it is a date-time at all."""
        moment = clock.parse(text)
        if moment is None or self.core.behaviour.ignores_current_time:
            return
        jump = moment - self.core.wall  # less than the jitter of a network is no reason to step back in time
        if abs(jump) >= _JITTER and "Heartbeat" in self.core.model.text("ClockCtrlr", "TimeSource"):
            self.core.memory.offset = moment - self.core.now.wall
            if self.core.behaviour.beats_by_the_clock and "heartbeat" in self.core.timers.alarms:
                due, _ = self.core.timers.alarms["heartbeat"]
                self.core.timers.set("heartbeat", due - jump, self.heartbeat)

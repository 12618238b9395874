"""An endpoint around the reference that carries out one sabotage and is otherwise transparent.

It counts what the reference sends; in the clean run it does nothing else, so that the same number means the same frame
in both (`numbering`). A CALL it keeps
back gets the answer of the clean run at once, so that the reference goes on as if nothing had happened
and only the line in question can notice.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from harness.addresses import diverted
from harness.oracle.match import mismatches, passed_at
from harness.proof.mutant import (
    Cling,
    Cut,
    Divert,
    Gate,
    Inject,
    Knock,
    MutePongs,
    Pings,
    Retime,
    RetimeAttempts,
    Sabotage,
    Selector,
    Spoil,
    Stay,
)
from harness.rpc.frame import Call, Error, Frame, Json, Result, encode
from harness.rpc.link import (
    Admission,
    Close,
    Closed,
    Command,
    Connect,
    Drop,
    Endpoint,
    Handshake,
    Instant,
    LinkEvent,
    Mute,
    Opened,
    Ping,
    Received,
    Refused,
    Transmit,
    Woken,
)

Answers = Mapping[Selector, Result | Error | None]
"""The answers that CALLs got in the clean run; None for a CALL that got none."""


_NO_SUCH = Result("", None)
_EXTRA = 1_000_000
"""Links from here on are the saboteur's own."""


def read(text: str | bytes) -> list[Json] | None:
    """A frame of the reference's or ours as a list; None for anything else."""
    try:
        frame = json.loads(text)
    except ValueError:
        return None
    return frame if isinstance(frame, list) and len(frame) >= 3 and isinstance(frame[1], str) else None


class Saboteur:
    """`inner` with one `sabotage`."""

    def __init__(self, inner: Endpoint, sabotage: Sabotage, answers: Answers) -> None:
        self._inner = inner
        self._sabotage = sabotage
        self._answers = answers
        self.counted: list[tuple[str, Selector]] = []
        """Every frame of the reference that has left it so far: its messageId, and how it was counted."""
        self._counts: Counter[tuple[int, str]] = Counter()
        self._asked: dict[tuple[int, str], str] = {}
        self._kept_ids: set[str] = set()
        self._later: list[tuple[int, Transmit | Connect | Ping]] = []
        self._waiting_for: list[tuple[Selector, Transmit]] = []
        self._attempts = 0
        self._pinged = 0
        self._dialled = 0
        self._link = 0
        self._open: set[int] = set()
        self._pending_cut = isinstance(sabotage, Cut)
        self._injected = 0
        self._pending_injection = isinstance(sabotage, Inject) and sabotage.behind is None

    # ---- Endpoint ------------------------------------------------------------------------------------

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        self._attempts += 1
        honest = self._inner.admit(handshake, now)
        gate = self._sabotage
        if not isinstance(gate, Gate) or gate.attempt != self._attempts:
            return honest
        if gate.status != 101:
            return Admission(status=gate.status)
        offered = handshake.subprotocols[0] if handshake.subprotocols else None
        return Admission(subprotocol=offered if gate.subprotocol == "offered" else gate.subprotocol or None)

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        if getattr(event, "link", 0) >= _EXTRA:
            return self._due(now)
        if isinstance(event, Opened):
            self._link = event.link
            self._open.add(event.link)
        if isinstance(event, Received):
            kept = self._incoming(event)
            if kept:
                return self._due(now)
        if isinstance(event, Woken):
            due = self._inner.wake_at()
            if due is None or due > now.monotonic:
                return self._due(now)
        if isinstance(event, Refused) and event.reason.startswith("TLS"):
            self._dialled -= 1  # attempts are counted by their HTTP requests
        if isinstance(event, Closed):
            self._open.discard(event.link)
            self._later = [(at, held) for at, held in self._later if held.link != event.link]
        commands = self._outgoing(self._inner.handle(event, now), now)
        if isinstance(event, Opened) and isinstance(self._sabotage, MutePongs):
            commands.append(Mute(event.link))
        return [*commands, *self._due(now)]

    def wake_at(self) -> int | None:
        times = [at for at, _ in self._later]
        inner = self._inner.wake_at()
        if inner is not None:
            times.append(inner)
        if self._pending_injection and isinstance(self._sabotage, Inject):
            times.append(self._sabotage.at)
        if self._pending_cut and isinstance(self._sabotage, Cut):
            times.append(self._sabotage.at)
        return min(times, default=None)

    # ---- passing through -----------------------------------------------------------------------------

    def _incoming(self, event: Received) -> bool:
        """Note what is asked of the reference; True for an answer to what it never (knowingly) sent."""
        frame = read(event.data)
        if frame is None:
            return False
        if frame[0] == 2:
            self._asked[event.link, frame[1]] = str(frame[2])
        return frame[0] in (3, 4) and frame[1] in self._kept_ids

    def _outgoing(self, commands: Sequence[Command], now: Instant) -> list[Command]:
        passed: list[Command] = []
        queue = list(commands)
        while queue:
            command = queue.pop(0)
            if isinstance(command, Transmit):
                sent, more = self._transmit(command, now)
                passed += sent
                queue += more
            elif not self._suppressed(command, now) and not self._postponed(command, now):
                passed.append(self._diverted(command))
        return passed

    def _suppressed(self, command: Command, now: Instant) -> bool:
        sabotage = self._sabotage
        if isinstance(sabotage, Pings) and isinstance(command, Ping):
            return self._unpunctual(sabotage, command, now)
        if isinstance(sabotage, Cling) and isinstance(command, Close | Drop):
            return now.monotonic >= sabotage.since
        if isinstance(sabotage, Cut) and isinstance(command, Connect):
            return not sabotage.back and now.monotonic >= sabotage.at
        if not isinstance(sabotage, Stay) or not isinstance(command, Connect):
            return False
        return self._dialled + 1 >= sabotage.attempt

    def _unpunctual(self, sabotage: Pings, command: Ping, now: Instant) -> bool:
        """Whether a ping does not leave now; it may leave later."""
        self._pinged += 1
        index = self._pinged - sabotage.first
        if sabotage.again:
            if not index:
                self._later.append((now.monotonic + sabotage.again, command))
            return False
        if index < 0 or (sabotage.delays and (index >= len(sabotage.delays) or not sabotage.delays[index])):
            return False
        if sabotage.delays:
            self._later.append((now.monotonic + sabotage.delays[index], command))
        return True

    def _postponed(self, command: Command, now: Instant) -> bool:
        if not isinstance(command, Connect):
            return False
        self._dialled += 1
        sabotage = self._sabotage
        if isinstance(sabotage, Knock) and sabotage.attempt == self._dialled:
            self._later.append((now.monotonic + sabotage.delay, Connect(command.link + _EXTRA, command.dial)))
        if not isinstance(sabotage, RetimeAttempts):
            return False
        index = self._dialled - sabotage.first
        if not 0 <= index < len(sabotage.delays) or not sabotage.delays[index]:
            return False
        self._later.append((now.monotonic + sabotage.delays[index], command))
        return True

    def _diverted(self, command: Command) -> Command:
        sabotage = self._sabotage
        if not isinstance(command, Connect) or not isinstance(sabotage, Divert) or sabotage.attempt != self._dialled:
            return command
        return replace(command, dial=replace(command.dial, url=diverted(command.dial.url)))

    def _transmit(self, command: Transmit, now: Instant) -> tuple[list[Command], list[Command]]:
        """What goes out for this frame, and what the reference says next because its CALL was answered for it."""
        frame = read(command.data)
        if frame is None:
            return [command], []
        selector = self._count(command.link, frame)
        sabotage = self._sabotage
        if isinstance(sabotage, Spoil) and self._meant(sabotage, selector, frame, now):
            return self._spoil(sabotage, command, frame, selector, now)
        if isinstance(sabotage, Retime) and selector in sabotage.targets:
            delay = sabotage.delays[sabotage.targets.index(selector)]
            if delay:
                self._later.append((now.monotonic + delay, command))
                return [], self._pacify(command.link, frame, selector, now)
        sent: list[Command] = [command]
        if isinstance(sabotage, Inject) and sabotage.behind == selector:
            self._later.append((now.monotonic + sabotage.delay, self._injection(sabotage)))
        for waited, held in list(self._waiting_for):
            if waited == selector:
                self._waiting_for.remove((waited, held))
                sent.append(Transmit(command.link, held.data))  # a restart may lie between the two
        return sent, []

    def _count(self, link: int, frame: list[Json]) -> Selector:
        kind = int(frame[0])
        action = str(frame[2]) if kind == 2 else self._asked.get((link, frame[1]), "")
        self._counts[kind, action] += 1
        selector = Selector(kind, action, self._counts[kind, action])
        self.counted.append((str(frame[1]), selector))
        return selector

    def _meant(self, spoil: Spoil, selector: Selector, frame: list[Json], now: Instant) -> bool:
        if selector in spoil.targets:
            return True
        first = min(spoil.targets, key=lambda target: target.occurrence)
        same = (selector.kind, selector.action) == (first.kind, first.action)
        if not spoil.onwards or not same or selector.occurrence < first.occurrence:
            return False
        payload = frame[3] if frame[0] == 2 else frame[2]
        return not mismatches(payload, passed_at(spoil.rows, now.wall))

    # ---- spoiling ------------------------------------------------------------------------------------

    def _spoil(
        self, spoil: Spoil, command: Transmit, frame: list[Json], selector: Selector, now: Instant
    ) -> tuple[list[Command], list[Command]]:
        link = command.link
        if spoil.cut:
            return [Drop(link)], []
        if spoil.edit is not None:
            payload = frame[3] if frame[0] == 2 else frame[2]
            spoil.edit(payload)
            return [Transmit(link, json.dumps(frame, separators=(",", ":")))], []
        if spoil.error:
            return [self._frame(link, Error(frame[1], spoil.error, "sabotage"))], []
        if spoil.result is not None:
            return [self._frame(link, Result(frame[1], copy.deepcopy(spoil.result)))], []
        if spoil.foreign_id:
            return [Transmit(link, json.dumps([frame[0], f"x{frame[1]}"[:36], *frame[2:]]))], []
        if spoil.elsewhere:
            return [replace(command, link=min(self._open - {link}, default=link))], []
        if spoil.hold:
            self._later.append((now.monotonic + spoil.hold, command))
        elif spoil.after is not None:
            self._waiting_for.append((spoil.after, command))
        return [], self._pacify(link, frame, selector, now)

    def _pacify(self, link: int, frame: list[Json], selector: Selector, now: Instant) -> list[Command]:
        """Answer a CALL that is kept back, as it was answered in the clean run."""
        if frame[0] != 2:
            return []
        answer = self._answers.get(selector, _NO_SUCH)
        if answer is _NO_SUCH:  # never seen in the clean run: answered like the last of its action
            alike = [known for known, given in self._answers.items() if given and known.action == selector.action]
            answer = self._answers[alike[-1]] if alike else Result(frame[1], {})
        if answer is None:
            return []
        self._kept_ids.add(frame[1])
        return list(self._inner.handle(Received(link, encode(replace(answer, id=frame[1]))), now))

    def _frame(self, link: int, frame: Frame) -> Transmit:
        return Transmit(link, encode(frame))

    # ---- injecting -----------------------------------------------------------------------------------

    def _injection(self, inject: Inject) -> Transmit:
        self._injected += 1
        call = Call(f"sabotage-{self._injected}", inject.action, copy.deepcopy(inject.payload))
        self._kept_ids.add(call.id)
        return self._frame(self._link, call)

    def _due(self, now: Instant) -> list[Command]:
        commands: list[Command] = []
        sabotage = self._sabotage
        if self._pending_injection and isinstance(sabotage, Inject) and sabotage.at <= now.monotonic:
            self._pending_injection = False
            commands.append(self._injection(sabotage))
        if self._pending_cut and isinstance(sabotage, Cut) and sabotage.at <= now.monotonic:
            self._pending_cut = False
            commands += [Drop(link) for link in sorted(self._open)]
        for entry in [entry for entry in self._later if entry[0] <= now.monotonic]:
            self._later.remove(entry)
            commands.append(entry[1])
        return commands

"""The passive monitor over a recorded exchange: both sides judged, findings by line, memory bounded."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from harness.journal import Direction, Event, Text
from harness.oracle.findings import Finding, Rule, Watcher
from harness.oracle.monitor import Limits, Lookout, watchers
from harness.oracle.recent import FEW, Recent
from harness.oracle.rules_field import ToldTwice
from harness.oracle.rules_rpc import Answers, Form, Ids, OneOpenCall
from harness.oracle.rules_station import Clock, TransactionEvents
from harness.oracle.transcript import Correlator
from harness.recorded.lines import Entry
from harness.recorded.sides import Sides, version_of
from harness.rpc.dialect import DIALECTS, Role, Version
from harness.rpc.frame import Call, Decoded, Error, Result, decode
from harness.rpc.link import Instant

SHOWN = 50
"""Findings of one rule that are kept in full; the rest is counted."""
CONTEXT = 24
"""Messages before a finding that are kept to show it."""
STATIONS = 250
"""So many stations of one log are kept apart; where there are more, the oldest are met anew."""
TRANSACTIONS = 100
"""So many transactions of each are remembered."""
BY_CONNECTION = (Form, Ids, OneOpenCall, Answers, ToldTwice)
"""Rules that tell connections apart by themselves."""
_SAMPLE = 5_000
_ROLES: tuple[Role, Role] = ("station", "csms")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. `connection` is a pattern whose first group names the connection of a line."""

    version: Version | None = None
    station: re.Pattern[str] | None = None
    csms: re.Pattern[str] | None = None
    connection: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding; `lines` are line numbers of the log, the offending one last; `events` lead up to it."""

    finding: Finding
    lines: tuple[int, ...]
    events: tuple[Event, ...] = ()


@dataclass
class Outcome:
    """What a log told. `counts` are findings per side and rule, `found` those kept in full."""

    version: Version | None = None
    because: str = ""
    lines: int = 0
    frames: Counter[Role] = field(default_factory=Counter)
    bad: int = 0
    bad_lines: list[tuple[int, str]] = field(default_factory=list)
    undecided: int = 0
    before: int = 0
    untimed: int = 0
    counts: Counter[tuple[Role, Rule]] = field(default_factory=Counter)
    found: dict[tuple[Role, Rule], list[Found]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


class _Side:
    """The watchers of one side. Seen from here this side is `IN`, as the product is in a run.

    Rules about a station's own state (its registration, clock, transactions, meters) get watchers for each station."""

    def __init__(self, role: Role, version: Version, timed: bool, zoned: bool) -> None:
        self.role = role
        self._dialect = DIALECTS[version]
        self._left_out = (*(() if timed else (OneOpenCall,)), *(() if zoned else (Clock,)))
        self._correlator = Correlator(self._dialect)
        self._common = [watcher for watcher in self._made() if isinstance(watcher, BY_CONNECTION)]
        self._of_station: Recent[int, Lookout] = Recent(STATIONS)

    def _made(self) -> list[Watcher]:
        made = watchers(self._dialect, self.role, Limits())
        return [watcher for watcher in made if not isinstance(watcher, self._left_out)]

    def _lookout(self, station: int) -> Lookout:
        found = self._of_station.get(station)
        if found is None:
            own = [watcher for watcher in self._made() if not isinstance(watcher, BY_CONNECTION)]
            events = TransactionEvents(self._dialect, TRANSACTIONS)
            own = [events if isinstance(watcher, TransactionEvents) else watcher for watcher in own]
            found = self._of_station[station] = Lookout((*self._common, *own), self._dialect)
        return found

    def see(self, event: Event, sender: Role, decoded: Decoded, station: int) -> Iterable[Finding]:
        # Not by `replace`, which costs as much as a rule.
        body = Text(Direction.IN if sender == self.role else Direction.OUT, decoded.text)
        message = self._correlator.take(Event(event.number, event.at, event.link, body), body, decoded)
        return self._lookout(station).see(message)

    def notice(self, event: Event, station: int) -> Iterator[Finding]:
        for watcher in self._lookout(station).watching:
            yield from watcher.notice(event)

    def finish(self, now: int) -> Iterator[Finding]:
        of_stations = (watcher for lookout in self._of_station.values() for watcher in lookout.watching)
        for watcher in dict.fromkeys((*self._common, *of_stations)):
            yield from watcher.finish(now)


def find_version(entries: Iterable[Entry]) -> tuple[Version, str] | None:
    """The version that the first frames give away; 2.1 only where a message of 2.1 alone is among them."""
    best: tuple[Version, str] | None = None
    frames = 0
    for entry in entries:
        found = version_of(entry)
        if found is not None and (found[0] == "2.1" or found[1].startswith("subprotocol")):
            return found
        best = best or found
        frames += bool(entry.frame)
        if frames >= _SAMPLE:
            break
    return best


class _Reading:
    """One pass over the entries."""

    def __init__(self, version: Version, options: Options, timed: bool, zoned: bool, outcome: Outcome) -> None:
        self._dialect = DIALECTS[version]
        self._options = options
        self._sides = Sides(version, options.station, options.csms)
        self._judges = [_Side(role, version, timed, zoned) for role in _ROLES]
        self._recent: deque[Event] = deque(maxlen=CONTEXT)
        self._links: Recent[str, int] = Recent(FEW)
        self._calling: Recent[tuple[int, Role], None] = Recent(FEW)
        self._lost: Recent[str, None] = Recent(FEW)
        self._named = 0
        self._last = 0
        self._role_of_in: Role | None = None
        self._outcome = outcome

    def take(self, entry: Entry) -> None:
        out = self._outcome
        out.lines = entry.number
        if entry.bad:
            out.bad += 1
            self._lost[entry.lost] = None
            if len(out.bad_lines) < SHOWN:
                out.bad_lines.append((entry.number, entry.bad))
        elif entry.frame:
            self._frame(entry)
        elif entry.body is not None:
            self._notice(entry)

    def _event(self, entry: Entry, body: object) -> Event:
        wall = entry.wall if entry.wall is not None else self._last
        at = entry.monotonic if entry.monotonic is not None else wall
        self._last = max(self._last, at)
        return Event(entry.number, Instant(at, wall), entry.link, body)  # type: ignore[arg-type]

    def _frame(self, entry: Entry) -> None:
        out = self._outcome
        link = self._link(entry)
        entry = entry if link == entry.link else replace(entry, link=link)
        decoded = decode(entry.frame, self._dialect)
        sender = self._sides.sender(entry, decoded)
        out.untimed += entry.wall is None
        if sender is None:
            answer = isinstance(decoded.frame, Result | Error)
            out.before, out.undecided = out.before + answer, out.undecided + (not answer)
            return
        if entry.direction is Direction.IN:
            self._role_of_in = sender
        out.frames[sender] += 1
        if self._early(entry.link, sender, decoded.frame):
            out.before += 1
            return
        shown = Direction.IN if sender == "station" else Direction.OUT
        event = self._event(entry, Text(shown, entry.frame))
        self._recent.append(event)
        for judge in self._judges:
            for finding in judge.see(event, sender, decoded, _station(entry)):
                self._keep(judge.role, finding)

    def _early(self, link: int, sender: Role, frame: object) -> bool:
        """An answer to what was asked before the log begins (nobody has asked anything in it yet), or in a bad line."""
        if isinstance(frame, Call):
            self._calling[link, sender] = None
        if not isinstance(frame, Result | Error):
            return False
        asker: Role = "csms" if sender == "station" else "station"
        return (link, asker) not in self._calling or frame.id in self._lost

    def _notice(self, entry: Entry) -> None:
        """Other entries of our own journals: connections begin and end; only the side that was the SUT is judged."""
        event = self._event(entry, entry.body)
        for judge in self._judges:
            if self._role_of_in in (None, judge.role):
                for finding in judge.notice(event, _station(entry)):
                    self._keep(judge.role, finding)

    def _link(self, entry: Entry) -> int:
        """The connection of a line, by its own number or by the name that the option's pattern finds in it."""
        pattern = self._options.connection
        match = pattern.search(entry.prefix) if pattern is not None else None
        if match is None:
            return entry.link
        name = match.group(1) if match.re.groups else match.group()
        if name not in self._links:
            self._named += 1
            self._links[name] = self._named
        return self._links[name]

    def _keep(self, role: Role, finding: Finding) -> None:
        out, key = self._outcome, (role, finding.rule)
        out.counts[key] += 1
        kept = out.found.setdefault(key, [])
        if len(kept) < SHOWN:
            events = tuple(e for e in self._recent if e.link == finding.link) if not kept else ()
            kept.append(Found(finding, finding.events, events))

    def finish(self) -> None:
        for judge in self._judges:
            for finding in judge.finish(self._last):
                self._keep(judge.role, finding)


def _station(entry: Entry) -> int:
    """What keeps stations apart: the connection. A journal of ours is about one product, however often it connects."""
    return 0 if entry.body is not None else entry.link


def check(first: Iterable[Entry], entries: Iterable[Entry], options: Options) -> Outcome:
    """Judge `entries`; `first` are the same entries once more, of which only the beginning is read.

    Without a time in the lines, rules that need one are left out and named. Never raises on what is in a line."""
    sample = []
    frames = 0
    for entry in first:
        if entry.frame or entry.body is not None:
            sample.append(entry)
            frames += bool(entry.frame)
        if frames >= _SAMPLE:
            break
    found = (options.version, "as the option says") if options.version else find_version(sample)
    timed = frames > 0 and all(entry.wall is not None for entry in sample if entry.frame)
    zoned = timed and all(entry.zoned for entry in sample if entry.frame)
    del sample
    outcome = Outcome(*(found or (None, "")))
    if found is None:
        outcome.lines = sum(1 for _ in entries)
        return outcome
    left = [] if timed else ["one open CALL, early retries, missing answers (not every line has a time)"]
    left += [] if zoned else ["clocks (the times of the lines name no zone)"]
    outcome.left_out = tuple(left)
    reading = _Reading(found[0], options, timed, zoned, outcome)
    for entry in entries:
        reading.take(entry)
    reading.finish()
    return outcome

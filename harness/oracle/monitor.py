"""The monitor: rules that watch every scenario, whatever it is about, and never stop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.journal import Direction, Text
from harness.oracle.findings import Finding, Rule, See, Severity, Watcher
from harness.oracle.rules_field import BackOff, Refused16, ToldTwice
from harness.oracle.rules_handshake import Handshakes
from harness.oracle.rules_ids16 import SharedIds16
from harness.oracle.rules_rpc import Answers, Form, Ids, OneOpenCall
from harness.oracle.rules_station import Clock, Meters16, Readiness, Registers, TransactionEvents
from harness.oracle.rules_times16 import Times16
from harness.oracle.rules_url import Urls
from harness.oracle.transcript import Message, Transcript
from harness.rpc.dialect import Dialect
from harness.rpc.frame import Frame
from harness.rpc.link import SECOND


@dataclass(frozen=True, slots=True)
class Limits:
    """From the SUT file, in ns: its message time-out, our patience for answers, the clock skew allowed."""

    message_timeout: int = 30 * SECOND
    answer: int = 30 * SECOND
    skew: int = 60 * SECOND


def watchers(dialect: Dialect, sut: str, limits: Limits) -> tuple[Watcher, ...]:
    """The rules that apply to a `sut` ("station" or "csms") of that version."""
    common: tuple[Watcher, ...] = (
        Handshakes(),
        Form(dialect, sut),
        Ids(dialect),
        OneOpenCall(dialect, limits.message_timeout),
        Answers(dialect, limits.answer),
        Clock(dialect, limits.skew),
    )
    if sut == "csms":
        return (*common, Urls(), *((SharedIds16(),) if dialect.version == "1.6" else ()))
    of_version: tuple[Watcher, ...] = (TransactionEvents(dialect),)
    if dialect.version == "1.6":
        of_version = (Refused16(), Meters16(), Times16(limits.skew))
    return (*common, Readiness(), Registers(), *of_version, ToldTwice(dialect), BackOff())


def all_rules() -> tuple[Rule, ...]:
    """Every rule of the monitor, each once, for documentation and for the proof of the rules."""
    kinds = (
        Handshakes, Form, Ids, OneOpenCall, Answers, Clock, Readiness, Registers, Meters16, Times16, TransactionEvents,
        ToldTwice, BackOff, Urls, SharedIds16,
    )  # fmt: skip
    found = {rule.id: rule for kind in kinds for rule in kind.rules}
    return tuple(found.values())


class Lookout:
    """Some watchers, and who of them is to see what: looked up by direction, kind of frame and action.

    Nobody may show a watcher a message but through here: it counts on seeing only what it asked for."""

    def __init__(self, watching: Sequence[Watcher], dialect: Dialect) -> None:
        self.watching = tuple(watching)
        self._known = dialect.actions
        self._wishes = [wish for watcher in self.watching for wish in watcher.wishes()]
        self._seeing: dict[tuple[Direction, type[Frame | None], str], tuple[See, ...]] = {}

    def see(self, message: Message) -> list[Finding]:
        """Show them a message; what they find."""
        action = message.action if message.action in self._known else ""
        kind = message.direction, type(message.frame), action
        seeing = self._seeing.get(kind)
        if seeing is None:
            seeing = self._seeing[kind] = tuple(wish.see for wish in self._wishes if wish.means(*kind))
        found: list[Finding] = []
        for see in seeing:
            if news := see(message):
                found.extend(news)
        return found


class Monitor:
    """Reads a transcript as it grows; every finding names the entries it rests on."""

    def __init__(self, transcript: Transcript, sut: str, limits: Limits) -> None:
        self._transcript = transcript
        self._watchers = watchers(transcript.dialect, sut, limits)
        self._lookout = Lookout(self._watchers, transcript.dialect)
        self._read = 0
        self._taken = 0
        self.findings: list[Finding] = []

    def review(self) -> list[Finding]:
        """Take in what is new; returns the new findings."""
        messages = self._transcript.messages()
        before = len(self.findings)
        journal = self._transcript.journal
        for event in journal.from_(self._read):
            if isinstance(event.body, Text):
                at = self._taken - self._transcript.forgotten
                if at == len(messages):
                    break
                self.findings += self._lookout.see(messages[at])
                self._taken += 1
            else:
                for watcher in self._watchers:
                    self.findings += watcher.notice(event)
            self._read += 1
        if journal.retain is not None:
            self._transcript.forget(journal.retain)
        return self.findings[before:]

    def finish(self, now: int) -> list[Finding]:
        """The scenario is over at monotonic `now`: everything found."""
        self.review()
        for watcher in self._watchers:
            self.findings += watcher.finish(now)
        return self.findings


def breaches(findings: list[Finding]) -> list[Finding]:
    """Those that fail the system under test."""
    return [finding for finding in findings if finding.rule.severity is Severity.SHALL]

"""One way to spoil the reference, as a value: which frame, and what becomes of it.

A mutant is derived from one ``Then`` line (`derive`), carried out by the `Saboteur`, and must be caught by
that very line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from harness.oracle.match import Row
from harness.proof.edits import Edit
from harness.rpc.frame import Json
from harness.security.settings import Wear


class Outcome(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    ELSEWHERE = "elsewhere"
    BROKEN = "broken"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Selector:
    """The `occurrence`-th (from 1) frame of that `kind` (2 CALL, 3 CALLRESULT, 4 CALLERROR) and action that the
    SUT sends; for answers the action is that of the CALL they answer."""

    kind: int
    action: str
    occurrence: int

    def __str__(self) -> str:
        word = {2: "CALL", 3: "answer to", 4: "CALLERROR to"}.get(self.kind, "frame")
        return f"{word} {self.action} #{self.occurrence}"


@dataclass(frozen=True, slots=True)
class Spoil:
    """What happens to the frames chosen by `targets` (any of them) and, from there on, to later frames of the
    same kind and action that meet `rows` (`onwards`).

    Exactly one of the following is set. `edit` changes the payload in place; `drop` loses the frame;
    `hold` (ns) sends it that much later; `error` answers with that CALLERROR; `result` answers with that
    payload instead of a CALLERROR; `foreign_id` answers under another id; `elsewhere` uses another open
    connection; `cut` ends the connection instead;
    `after` sends it only once the frame of that selector has gone.
    """

    targets: tuple[Selector, ...]
    rows: tuple[Row, ...] = ()
    onwards: bool = False
    edit: Edit | None = None
    drop: bool = False
    hold: int = 0
    error: str = ""
    result: Json = None
    foreign_id: bool = False
    elsewhere: bool = False
    cut: bool = False
    after: Selector | None = None


@dataclass(frozen=True, slots=True)
class Inject:
    """A CALL the SUT never meant to send, at monotonic `at` (virtual) or `delay` ns after the frame `behind`.

    Its answer is kept from the SUT."""

    action: str
    payload: Json
    at: int = 0
    behind: Selector | None = None
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """The CSMS's answer to the `attempt`-th handshake (from 1) is replaced: another status, or another
    subprotocol ("" for none, "offered" for the station's first)."""

    attempt: int
    status: int = 101
    subprotocol: str = "offered"


@dataclass(frozen=True, slots=True)
class Cling:
    """The SUT's own closing of connections is suppressed from monotonic `since` on."""

    since: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """The SUT ends TCP on all its connections at monotonic `at`; a station comes `back`, or stays away."""

    at: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """The station's new connections are suppressed from the `attempt`-th (from 1) on, and no earlier one."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Retime:
    """The frames of these selectors come later by these ns, one for one."""

    targets: tuple[Selector, ...]
    delays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RetimeAttempts:
    """The station's connection attempts from the `first` (from 1) on start later by these ns, one for one."""

    first: int
    delays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pings:
    """The SUT's pings from the `first` (from 1) on: later by these ns, one for one, or not at all (no delays).

    `again`: all as they are, and that many ns after the `first` one more."""

    first: int
    delays: tuple[int, ...] = ()
    again: int = 0


@dataclass(frozen=True, slots=True)
class MutePongs:
    """The SUT answers no pings."""


@dataclass(frozen=True, slots=True)
class Knock:
    """One connection attempt more, `delay` ns after the `attempt`-th (from 1); the SUT never hears of it."""

    attempt: int
    delay: int


@dataclass(frozen=True, slots=True)
class Divert:
    """The `attempt`-th connection attempt (from 1) goes to the other address of our CSMS."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Unseen:
    """The station's transfers never happen, and end well for it: it gets `content`. `empties`: an empty file is
    uploaded instead of what it has."""

    content: bytes = b""
    empties: bool = False


@dataclass(frozen=True, slots=True)
class FetchToo:
    """The station fetches `url` at monotonic `at` as well."""

    url: str
    at: int


FileSabotage = Unseen | FetchToo
Sabotage = (
    Spoil | Inject | Gate | Cling | Cut | Stay | Retime | RetimeAttempts | Pings | MutePongs | Knock | Divert | Wear
    | FileSabotage
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """`kind` names the class of spoiling ("omit", "row status other value", ...), `line` the line to be killed at.

    `unprovable`: it is as good if the line says that it could not find out (`Inconclusive`)."""

    kind: str
    line: int
    text: str
    sabotage: Sabotage
    what: str = ""
    unprovable: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and what became of it. `where` is the line that failed, `why` what the failure says.

    `long`: whether the line failed so late that patience may have run out; `hurried`: what a first try came to, with
    less patience, where that did not count."""

    mutant: Mutant
    outcome: Outcome
    where: int = 0
    why: str = ""
    reason: str = ""
    long: bool = False
    hurried: str = ""


FINE = (Outcome.KILLED, Outcome.EQUIVALENT)
"""What may become of a mutant."""


@dataclass(frozen=True, slots=True)
class LineProof:
    """Everything tried at one ``Then`` line."""

    line: int
    text: str
    trials: tuple[Trial, ...] = field(default=())

    @property
    def proven(self) -> bool:
        """Killed at least once, and nothing left over without a reason."""
        killed = any(trial.outcome is Outcome.KILLED for trial in self.trials)
        return killed and all(trial.outcome in FINE for trial in self.trials)


@dataclass(frozen=True, slots=True)
class StoryProof:
    """What was proven of one scenario. `problem` says why nothing could be: it failed on the clean reference,
    has a line without mutants, hangs ... `interrupted`: stopped by hand before it could be judged.
    `hurried`: why the clean reference failed at a first try, with less patience, where that did not count."""

    id: str
    title: str
    file: str
    lines: tuple[LineProof, ...] = ()
    problem: str = ""
    clean_seconds: float = 0.0
    mutant_seconds: float = 0.0
    interrupted: bool = False
    hurried: str = ""

    @property
    def proven(self) -> bool:
        return not self.problem and all(line.proven for line in self.lines)

    @property
    def trials(self) -> tuple[Trial, ...]:
        return tuple(trial for line in self.lines for trial in line.trials)

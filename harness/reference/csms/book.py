"""What the CSMS remembers: stations, transactions, and who may charge."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from harness.reference.csms.behaviour import Behaviour
from harness.reference.csms.config import CsmsConfig, Token
from harness.rpc.frame import Json
from harness.rpc.link import SECOND, Instant


@dataclass(slots=True)
class Order:
    """A CALL of ours that waits for its turn, or (with `deadline`, monotonic ns) for its answer."""

    action: str
    payload: Json
    id: str = ""
    deadline: int = 0


@dataclass(slots=True)
class Station:
    """One station across its connections."""

    identity: str
    version: str = ""
    link: int | None = None
    boots: int = 0
    held_back: str | None = None
    """The status of the next boot, where an operator holds the station back."""
    status: str | None = None
    """The latest answer to BootNotification; None before the first, when it may well be in service."""
    triggered: list[str] = field(default_factory=list)
    """Actions that a station not yet accepted may send, because we asked for them (B02.FR.09)."""
    waiting: deque[Order] = field(default_factory=deque)
    open: dict[str, Order] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    """ItemsPerMessage by its instance, as the station reported it."""
    certificate: Json = None
    """certificateHashData of an installed certificate, as the station reported it."""
    slots: dict[str, int] = field(default_factory=dict)
    """The security profile of each network connection profile that it took, by configurationSlot."""
    deaf: bool = False
    heard: int = 0
    """Monotonic ns of the latest sign of life on the connection."""


@dataclass(slots=True)
class Transaction:
    id: str
    station: str
    evse: int | None = None
    token: str | None = None
    ended: bool = False
    unplugged: bool = False
    """The EV went away, and to the misbehaving CSMS the transaction with it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The authorization of an idToken; `token` is None where we do not know it."""

    status: str
    token: Token | None = None


class Refusal(Exception):
    """A handler's decision to answer with CALLERROR `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Silence(Exception):
    """A handler's decision not to answer at all: only a faulty CSMS takes it."""


class Book:
    """All that the handlers read and write."""

    def __init__(self, config: CsmsConfig, behaviour: Behaviour) -> None:
        self.config = config
        self.behaviour = behaviour
        self.passwords = dict(config.stations)
        self.promised: set[str] = set()
        """Stations that have taken a network profile of security profile 3, and go over to it."""
        self.risen: set[str] = set()
        """Stations that have come with it, and may not come with less any more (A05.FR.07)."""
        self.stations: dict[str, Station] = {}
        self.transactions: dict[tuple[str, str], Transaction] = {}
        self.starts: dict[tuple[Json, ...], int] = {}
        self._tokens = {token.id_token.casefold(): token for token in config.tokens}
        self._numbers: dict[str, int] = {}
        self._epoch: int | None = None

    def station(self, identity: str) -> Station:
        return self.stations.setdefault(identity, Station(identity))

    def number(self, series: str) -> int:
        """The next number of a series: 1, 2, 3 ..."""
        self._numbers[series] = self._numbers.get(series, 0) + 1
        return self._numbers[series]

    def epoch(self, now: Instant) -> int:
        """Seconds at which this CSMS first acted: sets its ids apart from those before a restart."""
        if self._epoch is None:
            self._epoch = now.wall // SECOND
        return self._epoch

    def message_id(self, now: Instant) -> str:
        number = 1 if self.behaviour.repeats_message_ids else self.number("message")
        return f"csms-{self.epoch(now):x}-{number}"

    def transaction_number(self, station: str, now: Instant) -> int:
        """A transactionId for OCPP 1.6, never used before and within 31 bits."""
        if self.behaviour.repeats_transaction_ids:
            return 1
        series = f"transaction of {station}" if self.behaviour.counts_transactions_per_station else "transaction"
        return (self.epoch(now) & 0x3FFF_FFFF) + self.number(series)

    def clock(self, now: Instant) -> str:
        """currentTime."""
        return stamp(now.wall + self.behaviour.clock_skew * SECOND, self.behaviour.time_suffix)

    def active(self, station: str) -> list[Transaction]:
        return [t for t in self.transactions.values() if t.station == station and not t.ended]

    def judge(self, id_token: str, kind: str | None, now: Instant) -> Judgement:
        """The status of an idToken by itself; `kind` is its type, None in OCPP 1.6."""
        token = self._tokens.get(id_token.casefold())
        if token and kind and token.type and token.type != kind:
            token = None
        if self.behaviour.accepts_every_token or kind == "NoAuthorization":
            return Judgement("Accepted", token)
        if token is None:
            return Judgement("Unknown")
        if token.status == "Accepted" and token.expires is not None and token.expires <= now.wall:
            return Judgement("Expired", token)
        return Judgement(token.status, token)

    def start(self, judgement: Judgement, transaction: Transaction) -> Judgement:
        """The judgement where the token begins `transaction`: ConcurrentTx if it is busy in another."""
        token = judgement.token
        if token is None or judgement.status != "Accepted" or token.concurrent or self.behaviour.ignores_concurrent:
            return judgement
        if token.group is not None and token.group == self.config.master_pass_group:
            return judgement
        name = token.id_token.casefold()
        busy = any(t is not transaction and not t.ended and t.token == name for t in self.transactions.values())
        return Judgement("ConcurrentTx", token) if busy else judgement


def stamp(wall: int, suffix: str = "Z") -> str:
    """RFC 3339 in UTC with milliseconds; `wall` in ns since the Unix epoch."""
    milliseconds = wall // 1_000_000
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}{suffix}"

"""What a scenario needs to know of the run it is in: roles, names, limits. Taken from the SUT file once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from harness.attack import Limits
from harness.facts import Facts
from harness.rpc.dialect import Dialect, Role
from harness.rpc.link import SECOND
from harness.security.settings import Credential, TlsSettings


@dataclass(frozen=True, slots=True)
class Times:
    """Limits in ns. `answer`: patience for a message; `action`: for a person; `boot`, `reconnect`: for the
    station; `tolerance`: added to every deadline and limit; `message_timeout`: the SUT's own;
    `uncertainty`: of the harness's own stamps, 0 in virtual time."""

    answer: int = 30 * SECOND
    action: int = 120 * SECOND
    boot: int = 60 * SECOND
    reconnect: int = 60 * SECOND
    tolerance: int = SECOND // 2
    message_timeout: int = 30 * SECOND
    uncertainty: int = 0


class Certificates(Protocol):
    """Where the certificates of a run come from, by their names in scenarios."""

    def judging(self, role: Role) -> TlsSettings:
        """How our side makes TLS in that role."""
        ...

    def credential(self, name: str) -> Credential:
        """Raises PkiError where there is none of that name."""
        ...

    def root(self, name: str) -> str:
        """A root certificate in PEM. Raises PkiError."""
        ...

    def fact(self, word: str, name: str) -> str:
        """What `harness.security.papers.FACTS` tell of a certificate or root. Raises PkiError."""
        ...

    def named_by(self, word: str, chain: str) -> str:
        """A member of the certificateHashData of the leaf of a chain (PEM). Raises PkiError."""
        ...

    def signed(self, request: str, name: str) -> str:
        """The chain (PEM) for a CSR (PEM), made like the certificate of that name. Raises PkiError."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """One scenario's surroundings. `sut` is the role judged; `url` where a CSMS listens, without identity;
    `features` the ids that the SUT file declares; `second` identity and password of another station that a CSMS
    knows, `load` those of many more, by what scenarios call them; `attack` what a scenario tagged @attack may do."""

    sut: Role
    dialect: Dialect
    facts: Facts
    identity: str
    password: bytes | None = None
    url: str = ""
    times: Times = field(default_factory=Times)
    connectors: Mapping[int, int] = field(default_factory=lambda: {1: 1})
    features: frozenset[str] = frozenset()

    security_profile: int = 1
    second: tuple[str, bytes | None] | None = None
    load: Mapping[str, tuple[str, bytes | None]] = field(default_factory=dict)
    attack: Limits = field(default_factory=Limits)
    tls: TlsSettings | None = None
    certificates: Certificates | None = None

    @property
    def ours(self) -> Role:
        """The role we play."""
        return "csms" if self.sut == "station" else "station"

    def side(self, role: str) -> str:
        """"we" or "SUT", for messages."""
        return "SUT" if role == self.sut else "we"

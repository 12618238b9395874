"""What `certs/*.toml` declares: authorities, certificates, and what may be wrong with a certificate. Pure values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from harness import reading
from harness.security.errors import PkiError


@dataclass(frozen=True, slots=True)
class AuthorityPlan:
    """A CA to be made. `issuer` "" is a root; `responder`: the OCSP URL that it names; `like`: the authority whose
    name and key it has; `valid`: days from now."""

    name: str
    key: str = "ec256"
    issuer: str = ""
    organisation: str = "{organisation}"
    path_length: int | None = None
    ca: bool = True
    responder: str = ""
    like: str = ""
    valid: tuple[int, int] = (-1, 3650)

    @property
    def sound(self) -> bool:
        """Whether it is meant to be valid when it is made."""
        return self.valid[0] <= 0 < self.valid[1]


@dataclass(frozen=True, slots=True)
class Inserted:
    """Authorities put between the issuer and the certificate, and whether they say that they are CAs."""

    count: int
    ca: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A certificate to be made. `valid`: days from now; `chain`: "full" (without root) or "leaf"; `responder`: the
    OCSP URL that it names."""

    name: str
    issuer: str
    key: str = "ec256"
    common_name: str = ""
    organisation: str = "{organisation}"
    hosts: str | tuple[str, ...] = ()
    usage: tuple[str, ...] = ()
    valid: tuple[int, int] = (-1, 365)
    digest: str = "sha256"
    self_signed: bool = False
    revoked: bool = False
    chain: str = "full"
    inserted: Inserted | None = None
    responder: str = ""


@dataclass(frozen=True)
class Hierarchy:
    """Everything one file declares."""

    authorities: Mapping[str, AuthorityPlan]
    certificates: Mapping[str, Plan]
    twins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def plan(self, name: str) -> Plan:
        """The certificate of that name, with or without a twin's before it ("expired CSMS certificate").

        Raises PkiError."""
        if name in self.certificates:
            return self.certificates[name]
        for twin in sorted(self.twins, key=len, reverse=True):
            base = self.certificates.get(name.removeprefix(f"{twin} "))
            if base is not None:
                return replace(base, name=name, **self.twins[twin])
        known = ", ".join(sorted(self.certificates))
        raise PkiError(f"no certificate is called {name!r}. Known: {known}; before each may stand: "
                       + ", ".join(sorted(self.twins)))

    @cached_property
    def revoked(self) -> tuple[Plan, ...]:
        """Every certificate and twin that is declared revoked."""
        return tuple(plan for plan in map(self.plan, self.names) if plan.revoked)

    @property
    def names(self) -> tuple[str, ...]:
        """Every certificate with every twin."""
        return tuple(
            name for base in self.certificates for name in (base, *(f"{twin} {base}" for twin in self.twins))
        )


def load(file: Path) -> Hierarchy:
    """The hierarchy that a file declares. Raises PkiError, which names the table and key, and OSError."""
    try:
        text = reading.content(file).decode("utf-8")
    except UnicodeDecodeError as error:
        raise PkiError(f"{file} is not UTF-8, as TOML demands") from error
    return _hierarchy(file, text)


@lru_cache(maxsize=4)
def _hierarchy(file: Path, text: str) -> Hierarchy:
    """What `text` declares, once for all scenarios; `file` is for those who are told of a fault."""
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PkiError(f"{file.name}: {error}") from error
    for kind in ("authorities", "certificates", "twins"):
        section = tables.get(kind, {})
        if not isinstance(section, dict) or not all(isinstance(table, dict) for table in section.values()):
            raise PkiError(f"{file.name}: {kind}: write a table for each, [{kind}.NAME]")
    authorities = {
        name: _made(file, f"authorities.{name}", AuthorityPlan, {"name": name} | table)
        for name, table in tables.get("authorities", {}).items()
    }
    certificates = {
        name: _made(file, f"certificates.{name}", Plan, {"name": name} | _plain(table))
        for name, table in tables.get("certificates", {}).items()
    }
    twins = {name: _plain(table) for name, table in tables.get("twins", {}).items()}
    for name, table in twins.items():
        _made(file, f"twins.{name}", Plan, {"name": name, "issuer": "", **table})
    _check_issuers(file, authorities, certificates, twins)
    if not authorities:
        raise PkiError(f"{file.name}: it declares no authorities; certs/default.toml shows how")
    return Hierarchy(authorities, certificates, twins)


def _plain(table: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    inserted = values.get("inserted")
    if isinstance(inserted, dict):
        values["inserted"] = Inserted(**inserted)
    return values


def _made(file: Path, where: str, kind: Any, values: Mapping[str, Any]) -> Any:
    known = {entry.name for entry in fields(kind)}
    strange = sorted(set(values) - known)
    if strange:
        raise PkiError(f"{file.name}: [{where}] knows no {', '.join(strange)}; keys are {', '.join(sorted(known))}")
    try:
        return kind(**values)
    except TypeError as error:
        raise PkiError(f"{file.name}: [{where}]: {error}") from error


def _check_issuers(
    file: Path,
    authorities: Mapping[str, AuthorityPlan],
    certificates: Mapping[str, Plan],
    twins: Mapping[str, Mapping[str, Any]],
) -> None:
    plans: dict[str, AuthorityPlan | Plan] = {**authorities, **certificates}
    named = [(name, plan.issuer) for name, plan in plans.items() if plan.issuer]
    named += [(name, str(table["issuer"])) for name, table in twins.items() if "issuer" in table]
    for name, issuer in named:
        if issuer not in authorities:
            raise PkiError(f"{file.name}: {name!r} is issued by {issuer!r}, which [authorities] does not have")

"""From the SUT file's bindings to drivers, and from an intent's name to the one who carries it out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from harness.carrier import Hosted
from harness.drivers.command import CommandDriver
from harness.drivers.http import HttpDriver, from_binding, from_preset
from harness.drivers.manual import Console, Manual, Opening
from harness.drivers.operator import Board, Operator
from harness.drivers.outcome import CannotDo, Driver, DriverFault, Outcome, Surroundings
from harness.drivers.reference import Reference
from harness.intents import INTENTS, Intent
from harness.sut import AnyBinding, Command, Http, Named, Preset, Sut, Token
from harness.sut.driver_rules import ENTRY_POINTS, covers, intents_of

Factory = Callable[[Mapping[str, object], Surroundings], Driver]
"""What the entry point of a third party's driver must be: options of the binding, surroundings -> driver."""


@dataclass(frozen=True, slots=True)
class Unbound:
    """Nobody is bound; the scenario stays inconclusive, never a silent no-op."""

    reason: str

    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        del intent, parameters, deadline
        return CannotDo(self.reason)


@dataclass(frozen=True, slots=True)
class Drivers:
    """Who carries out what. Keys: the intent's name, or for `send` ("send", action) and ("send", "default")."""

    sut: Sut
    by_intent: Mapping[tuple[str, str], Driver]

    def perform(self, name: str, parameters: Mapping[str, object]) -> Outcome:
        """Have the intent `name` carried out within the SUT file's `timing.action`.

        Raises KeyError for a name that is no intent, DriverFault where a driver raises."""
        intent = INTENTS[name]
        completed = complete(self.sut, intent, parameters)
        driver = self._driver(name, str(completed.get("action", "")))
        try:
            return driver.perform(intent, completed, self.sut.timing.action)
        except Exception as error:
            raise DriverFault(f'the driver of "{name}", {type(driver).__name__}, raised {error!r}') from error

    def ask(self, name: str, parameters: Mapping[str, object]) -> str:
        """As `perform`; "" when it was done, else the reason why it was not."""
        outcome = self.perform(name, parameters)
        return outcome.reason if isinstance(outcome, CannotDo) else ""

    def _driver(self, name: str, action: str) -> Driver:
        if name in self.sut.drivers.intents_unavailable:
            return Unbound(f'the SUT file lists "{name}" under intents_unavailable')
        found = self.by_intent.get((name, action)) or self.by_intent.get((name, "default"))
        what = f'"{name}"' if name != "send" else f'"send" of {action}'
        return found or Unbound(f"no driver bound for {what}, bind it under [drivers] in {self.sut.file}")


def complete(sut: Sut, intent: Intent, parameters: Mapping[str, object]) -> dict[str, object]:
    """The parameters with the intent's defaults; a token, by name or by id, with its type and group."""
    completed: dict[str, object] = {**dict(intent.defaults), **parameters}
    if intent.sut == "csms":
        completed.setdefault("station", sut.connection.identity)
    if intent.name == "send":
        completed.setdefault("payload", {})
    wanted = completed.get("token")
    if isinstance(wanted, str):
        token = sut.tokens.named(wanted) or _by_id(sut, wanted)
        parts = {"type": token.type, "group": token.group or ""} if token else {"type": "ISO14443", "group": ""}
        completed = {**parts, **completed, "token": token.id if token else wanted}
    return completed


def _by_id(sut: Sut, id: str) -> Token | None:
    tokens = (sut.tokens.named(name) for name in type(sut.tokens).model_fields)
    return next((token for token in tokens if token and token.id.casefold() == id.casefold()), None)


def build_drivers(
    sut: Sut,
    hosted: Hosted | None = None,
    version: str | None = None,
    clock: Callable[[], int] = time.monotonic_ns,
    terminal: Opening | None = None,
    board: Board | None = None,
) -> Drivers:
    """The drivers of a SUT file; `hosted` is the practice opponent for "reference", where one runs.

    A person is asked at the terminal, and on `board` where there is one. `version` is the one in play (default:
    the file's first). Raises DriverFault for a broken plugin."""
    surroundings = Surroundings(
        sut.connection.identity, version or sut.versions[0], sut.file.parent, sut.drivers.hosts
    )
    built: dict[tuple[str, str], Driver] = {}
    for key, binding in _bindings(sut).items():
        if covers(binding, key[0]):
            built[key] = _build(binding, key[0], surroundings, Reference(hosted, clock), _person(terminal, board))
    return Drivers(sut, built)


def _person(terminal: Opening | None, board: Board | None) -> Driver:
    opening = terminal or Console.open
    return Operator(board, opening) if board is not None else Manual(opening)


def _bindings(sut: Sut) -> dict[tuple[str, str], AnyBinding]:
    table = sut.drivers
    bindings: dict[tuple[str, str], AnyBinding] = {}
    if table.default is not None:
        bindings = {(name, "default"): table.default for name in intents_of(sut.role)}
    bindings |= {(name, "default"): binding for name, binding in table.intents.items()}
    return bindings | {("send", action): binding for action, binding in table.send.items()}


def _build(
    binding: AnyBinding, intent: str, surroundings: Surroundings, reference: Driver, person: Driver
) -> Driver:
    match binding:
        case Http():
            return HttpDriver(from_binding(binding), surroundings)
        case Preset():
            return HttpDriver(from_preset(binding, intent), surroundings)
        case Command():
            return CommandDriver(binding.command, surroundings, binding.timeout)
        case Named(driver="manual"):
            return person
        case Named(driver="reference"):
            return reference
        case Named():
            return _plugin(binding, surroundings)


def _plugin(binding: Named, surroundings: Surroundings) -> Driver:
    found = tuple(entry_points(group=ENTRY_POINTS, name=binding.driver))
    if not found:
        raise DriverFault(f'there is no driver "{binding.driver}": no installed package offers it ({ENTRY_POINTS})')
    where = f'the driver plugin "{binding.driver}" ({_origin(found[0])})'
    try:
        factory: Factory = found[0].load()
        driver = factory(binding.options, surroundings)
    except Exception as error:
        raise DriverFault(f"{where} cannot be loaded: {error!r}") from error
    if not callable(getattr(driver, "perform", None)):
        raise DriverFault(f"{where} gave {driver!r:.80}, which has no perform(intent, parameters, deadline)")
    return driver


def _origin(point: EntryPoint) -> str:
    package = point.dist.name if point.dist else "an unknown package"
    return f"{point.value}, of {package}"

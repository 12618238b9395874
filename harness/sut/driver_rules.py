"""Rules for [drivers]: every intent has somebody, every request goes where it may."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

from harness.intents import INTENTS
from harness.rpc.dialect import DIALECTS, Role
from harness.sut.binding import AnyBinding, Auth, Command, Http, Named, Preset
from harness.sut.endpoint_rules import Broken, is_loopback, split_url
from harness.sut.model import Tables
from harness.sut.presets import PRESETS
from harness.sut.problem import nearest
from harness.sut.template import PLACEHOLDERS, unknown

ENTRY_POINTS = "ocpp_harness.drivers"
BUILT_IN = ("manual", "reference")


def intents_of(role: Role) -> tuple[str, ...]:
    """The intents that a SUT of this role may be asked for."""
    return tuple(name for name, intent in INTENTS.items() if intent.sut == role)


def covers(binding: AnyBinding | None, intent: str) -> bool:
    """Whether `binding` can carry out `intent`; a preset knows only some."""
    if isinstance(binding, Preset):
        return intent in PRESETS[binding.preset].requests
    return binding is not None


def drivers(tables: Tables, folder: Path) -> Iterator[Broken]:
    """Names, bindings and hosts."""
    yield from _names(tables)
    yield from _unbound(tables)
    for at, intent, binding in _bindings(tables):
        yield from _binding(at, intent, binding, tables, folder)


def _bindings(tables: Tables) -> Iterator[tuple[tuple[str | int, ...], str, AnyBinding]]:
    """Where, for which intent ("" for the default), and what is bound."""
    if tables.drivers.default is not None:
        yield ("drivers", "default"), "", tables.drivers.default
    for intent, binding in tables.drivers.intents.items():
        yield ("drivers", intent), intent, binding
    for action, binding in tables.drivers.send.items():
        yield ("drivers", "send", action), "send", binding


def _names(tables: Tables) -> Iterator[Broken]:
    role, table = tables.sut.role, tables.drivers
    mine = intents_of(role)
    named = [(("drivers", name), name) for name in (*table.intents, *(["send"] if table.send else []))]
    listed = [(("drivers", "intents_unavailable", i), name) for i, name in enumerate(table.intents_unavailable)]
    bound = {name for _, name in named}
    for at, name in (*named, *listed):
        if name not in INTENTS:
            others = () if at[1] == "intents_unavailable" else ("default", "hosts", "intents_unavailable")
            yield at, f'there is no intent "{name}"', nearest(name, (*mine, *others))
        elif name not in mine:
            yield at, f'"{name}" is an intent for a {INTENTS[name].sut} under test, this is a {role}', "remove it"
    for at, name in listed:
        if name in bound:
            yield at, f'"{name}" is bound and unavailable at once', "remove one of the two"
    yield from _actions(tables)


def _actions(tables: Tables) -> Iterator[Broken]:
    dialects = [DIALECTS[version] for version in tables.sut.versions]
    known = {action for dialect in dialects for action in dialect.actions if dialect.may_send("csms", action)}
    for action in tables.drivers.send:
        if action not in known and action != "default":
            mend = nearest(action, known)
            what = f'a CSMS sends no "{action}" in OCPP {" and ".join(tables.sut.versions)}'
            yield ("drivers", "send", action), what, mend if mend.startswith("did") else "name an OCPP action"


def _unbound(tables: Tables) -> Iterator[Broken]:
    table = tables.drivers
    for name in intents_of(tables.sut.role):
        direct = bool(table.send) if name == "send" else name in table.intents
        if direct or name in table.intents_unavailable or covers(table.default, name):
            continue
        if INTENTS[name].feature and INTENTS[name].feature not in tables.features.ids:
            continue
        sentence = INTENTS[name].meaning.rstrip(".")
        mend = f'add {name} = "manual" (or another driver) or default, or put it in intents_unavailable'
        yield ("drivers", name), f'nothing is bound to the intent "{name}" ({sentence})', mend


def _binding(
    at: tuple[str | int, ...], intent: str, binding: AnyBinding, tables: Tables, folder: Path
) -> Iterator[Broken]:
    match binding:
        case Named():
            yield from _named(at, binding)
        case Http():
            yield from _url((*at, "http"), binding.url, tables)
            yield from _auth(at, binding.auth)
        case Command():
            yield from _command((*at, "command"), binding, folder)
        case Preset():
            yield from _url((*at, "base"), binding.base, tables)
            yield from _auth(at, binding.auth)
            yield from _preset((*at, "preset"), intent, binding, tables.sut.role)


def _named(at: tuple[str | int, ...], binding: Named) -> Iterator[Broken]:
    if binding.driver in ("http", "command"):
        example = '{ http = "POST http://..." }' if binding.driver == "http" else '{ command = ["..."] }'
        yield at, f'"{binding.driver}" alone does not say what to do', f"write {example}"
        return
    known = {*BUILT_IN, *(point.name for point in entry_points(group=ENTRY_POINTS))}
    if binding.driver not in known:
        what = f'there is no driver "{binding.driver}"'
        yield at, what, nearest(binding.driver, known) + f", or install the plugin ({ENTRY_POINTS}) that brings it"


def _url(at: tuple[str | int, ...], text: str, tables: Tables) -> Iterator[Broken]:
    url = split_url(text, ("http", "https"))
    if isinstance(url, str):
        yield at, url, 'write "http://host:port/path"; secrets belong in auth or headers'
        return
    host = url.hostname or ""
    if "{" in url.netloc:
        yield at, "the host of a URL is no place for a placeholder", "write the host itself"
    elif not is_loopback(host) and host not in tables.drivers.hosts:
        yield at, f'the host "{host}" is not declared', f'add hosts = ["{host}"] under [drivers] if we may call it'
    yield from _placeholders(at, text)


def _placeholders(at: tuple[str | int, ...], text: str) -> Iterator[Broken]:
    for name in unknown(text):
        yield at, f"there is no placeholder {{{name}}}", nearest(name, PLACEHOLDERS)


def _auth(at: tuple[str | int, ...], auth: Auth | None) -> Iterator[Broken]:
    if auth is not None and (auth.basic is None) == (auth.bearer is None):
        yield (*at, "auth"), "auth needs basic or bearer, and one of them only", \
            "write auth = { bearer = ... } or auth = { basic = { user = ..., password = ... } }"  # fmt: skip


def _command(at: tuple[str | int, ...], binding: Command, folder: Path) -> Iterator[Broken]:
    program = binding.command[0]
    for argument in binding.command:
        yield from _placeholders(at, argument)
    if "{" not in program and "\0" not in program and shutil.which(program_path(program, folder)) is None:
        yield at, f'the program "{program}" is not there, or may not be run', "correct its path, or install it"


def program_path(program: str, folder: Path) -> str:
    """A program with a slash is relative to the folder of the SUT file, any other is looked up in PATH."""
    return str(folder.resolve() / program) if "/" in program else program


def _preset(at: tuple[str | int, ...], intent: str, binding: Preset, role: Role) -> Iterator[Broken]:
    convention = PRESETS[binding.preset]
    if convention.role != role:
        fitting = next((name for name, other in PRESETS.items() if other.role == role), "none")
        what = f'the preset "{binding.preset}" is for a {convention.role} under test, this is a {role}'
        yield at, what, f'the one for a {role} is "{fitting}"'
    elif intent and intent not in convention.requests:
        what = f'the preset "{binding.preset}" has no request for "{intent}"'
        yield at, what, f"bind {intent} in another way; the preset has {', '.join(convention.requests)}"

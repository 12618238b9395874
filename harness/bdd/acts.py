"""What the act sentences do: requests of ours, intents of people, states, being offline."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from harness import addresses, messages
from harness.actor import REMOVED, basic, octets
from harness.bdd.grammar import VOCABULARY, BadStep, Subject, Who
from harness.facts import Facts
from harness.intents import INTENTS, Intent
from harness.oracle import paths
from harness.oracle.match import Row
from harness.oracle.tls import attempts, view
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.references import typed
from harness.rpc.frame import Json
from harness.rpc.link import Asked, Close, Drop
from harness.security.settings import TlsSettings
from harness.session import Session
from harness.states import State, find

TLS_ROWS = frozenset({"tls versions", "suites", "curve", "client certificate", "tls compression"})
_APART = frozenset({"subprotocol", "scheme"})
OFFER_ROWS = TLS_ROWS | _APART | {"renegotiation"}
DIAL_ROWS = TLS_ROWS - {"client certificate"} | {
    "identity", "user", "password", "authorization", "subprotocols", "compression", "certificate", "trusts", "scheme",
    "renegotiation", "tries",
}


# ---- messages of ours -------------------------------------------------------------------------------


def request(session: Session, action: str, table: tuple[Row, ...]) -> Json:
    """The default request of that action with the table laid over it."""
    facts = session.setting.facts
    payload = messages.default(facts.version, action, "request", facts.symbols(session.carrier.now().wall))
    for path, value in session.members(action, "request", table):
        if value is REMOVED:
            paths.remove(payload, path)
        else:
            paths.put(payload, path, value)
    return payload


def have_the_time_told(session: Session) -> None:
    """Our station asks a CSMS that it is connected with, which has to say in its answer what the time is."""
    if session.setting.ours != "station" or not session.open_links:
        return
    with contextlib.suppress(Inconclusive):
        session.send("BootNotification", request(session, "BootNotification", ()), name=_TIME)
        session.answer_of(_TIME)


_TIME = "what the time is"
_PLACE = re.compile(r"\{(the [^{}\"]+(?:\"[^\"]+\")?|now(?: [+-] \d+ (?:s|min|h|d))?)\}")


def filled(session: Session, text: str) -> str:
    """A doc string with ``{the id of "x"}``, ``{the valid idToken}`` and ``{now - 10 s}`` replaced."""
    return _PLACE.sub(lambda found: str(_at_place(session, found[1])), text)


def _at_place(session: Session, words: str) -> Json:
    if words.startswith("now"):
        return typed(words, "string", session.carrier.now().wall)
    return session.look_up(words)


def whole(session: Session, text: str) -> Json:
    """A doc string as JSON."""
    try:
        return json.loads(filled(session, text))
    except json.JSONDecodeError as error:
        raise HarnessFault(f"the doc string is no JSON: {error}") from error


def plain(table: Sequence[Sequence[str]] | None, allowed: frozenset[str]) -> dict[str, str]:
    """A free two-column table as a mapping."""
    wish: dict[str, str] = {}
    for cells in table or ():
        if len(cells) != 2 or cells[0] not in allowed:
            raise BadStep(f"row {' | '.join(cells)}: rows here are {', '.join(sorted(allowed))}")
        wish[cells[0]] = cells[1]
    return wish


def described(session: Session, wish: Mapping[str, str]) -> dict[str, str]:
    """The same with ``the ...`` resolved, but for what certificates are called."""
    names = {"certificate", "trusts"}
    return {
        key: _worded(cell, session.look_up) if cell.startswith("the ") and key not in names else cell
        for key, cell in wish.items()
    }


def guess(session: Session, wish: Mapping[str, str], who: str) -> None:
    """Open so many connections as `tries` says, one after the other, each with a password of its own; only a scenario
    tagged @attack may."""
    if session.allowance is None:
        raise HarnessFault("many tries are an attack: tag the scenario @attack")
    word, tries = wish.get("password", "guess"), int(wish["tries"])
    numbers = [session.connect({**wish, "password": f"{word} {n}"}, who) for n in range(1, tries + 1)]
    session.guesses[who] = tuple(numbers)


_HALF, _MORE = "the first half of ", " and more"


def _worded(cell: str, look_up: Callable[[str], Json]) -> str:
    """``the password``, ``the first half of the password``, ``the password and more``: almost right, whatever it is."""
    text = str(look_up(cell.removeprefix(_HALF).removesuffix(_MORE)))
    text = text[: (len(text) + 1) // 2] if cell.startswith(_HALF) else text
    return text + "x" if cell.endswith(_MORE) else text


# ---- intents ----------------------------------------------------------------------------------------

_PARAMETER = re.compile(r"\{(\w+)(?::(\w))?\}")
_FORMS = {"d": r"(?P<{}>\d+)", "": r"(?P<{}>.+?)"}


def _pattern(sentence: str) -> str:
    parts, last = "", 0
    for found in _PARAMETER.finditer(sentence):
        parts += re.escape(sentence[last : found.start()]) + _FORMS[found[2] or ""].format(found[1])
        last = found.end()
    return parts + re.escape(sentence[last:])


def intent_of(person: str, text: str) -> tuple[Intent, dict[str, object]]:
    """The intent a sentence names, with its parameters. Raises `BadStep`."""
    for intent in INTENTS.values():
        if intent.who != person:
            continue
        for sentence in sorted(intent.sentences, key=len, reverse=True):
            if found := re.fullmatch(_pattern(sentence), text):
                return intent, dict(intent.defaults) | _typed(found.groupdict())
    known = "; ".join(sorted(s for i in INTENTS.values() if i.who == person for s in i.sentences))
    raise BadStep(f"the {person} cannot be asked to {text!r}. Known: {known}")


def _typed(parameters: dict[str, str]) -> dict[str, object]:
    return {name: int(value) if value.isdecimal() else value for name, value in parameters.items()}


def requested(text: str) -> Subject | None:
    """``requests Reset``: a table there holds a Reset request."""
    found = re.fullmatch(r"requests ([A-Z]\w*)", text)
    return Subject(found[1], "request") if found else None


def perform(session: Session, person: str, text: str, table: tuple[Row, ...]) -> None:
    """Have the SUT act. Tokens are given as id and type; a CSMS request gets its payload from the table."""
    intent, parameters = intent_of(person, text)
    if intent.name == "send":
        action = str(parameters["message"])
        payload: dict[str, Json] = {}
        for path, value in session.members(action, "request", table):
            paths.put(payload, path, value)
        session.ask("send", {"station": session.setting.identity, "action": action, "payload": payload})
        return
    if "token" in parameters:
        parameters |= token(session.setting.facts, str(parameters["token"]))
    session.ask(intent.name, parameters)


def token(facts: Facts, words: str) -> dict[str, object]:
    """``the valid idToken`` as the parameters of `present`."""
    found = re.fullmatch(r"the (.+) (?:idToken|idTag)", words)
    if not found:
        raise BadStep(f"{words!r} names no token: write the valid idToken, the blocked idToken, ...")
    known = facts.tokens.get(found[1].replace(" ", "_"))
    if known is None:
        raise Inconclusive(f"the SUT file names no {found[1]} token: add it under [tokens]")
    return {"token": known.id, "type": known.type}


# ---- being offline ----------------------------------------------------------------------------------


def part(session: Session, how: str, actor: Who) -> None:
    """Our side ends the connection: by dropping TCP, with a close frame, or by going away for a while; or it lets
    no new one in, while those that stand go on."""
    if how.startswith("goes "):
        go(session, how.removeprefix("goes "), actor)
        return
    if "new connections" in how:
        where = how.partition(" at ")[2] or addresses.EVERYWHERE
        session.hosted.tell(Asked("door", {"away": where if how.startswith("turns") else ""}))
        return
    number = session.link(actor.name)
    code = how.rpartition(" ")[2]
    dropped = how.startswith("drops")
    session.command(Drop(number) if dropped else Close(number, int(code) if code.isdecimal() else 1000))


def go(session: Session, mode: str, actor: Who) -> None:
    """Our CSMS goes away (connections dropped, new ones not answered) and comes back; or our station drops."""
    if session.setting.ours == "station":
        if mode == "offline":
            session.command(Drop(session.link(actor.name)))
        else:
            session.connect({}, actor.name)
        return
    session.hosted.tell(Asked("door", {"dropping": mode == "offline"}))
    if mode == "offline":
        session.command(*(Drop(number) for number in sorted(session.open_links)))


# ---- TLS --------------------------------------------------------------------------------------------


def present(session: Session, certificate: str) -> None:
    """Our CSMS, or our station, shows this certificate on every new connection from now on."""
    session.dress(replace(session.tls(), credentials=(session.credential(certificate),)))


def change_password(session: Session, password: str | None) -> None:
    """From now on our side goes by this Basic password: our CSMS lets nobody in without it, our station shows it."""
    identity, first = session.setting.identity, session.first_password
    secret = first if password == "the password" else octets(password) if password is not None else None
    session.setting = replace(session.setting, password=secret)
    if session.setting.ours == "csms":
        session.hosted.tell(Asked("door", {"authorization": basic(identity, secret) if secret else None}))


def offer(session: Session, wish: Mapping[str, str]) -> None:
    """Our side takes or offers these versions and suites on every new connection from now on, and this subprotocol."""
    if "subprotocol" in wish:
        session.hosted.tell(Asked("door", {"subprotocol": wish["subprotocol"]}))
    if "scheme" in wish:
        session.dress(_speaking(session, wish["scheme"]))
    if secure := {row: cell for row, cell in wish.items() if row not in _APART}:
        session.dress(session.wishing(_taking(session, secure), secure))


def _speaking(session: Session, scheme: str) -> TlsSettings | None:
    """Our CSMS, from now on, at the same port: with TLS, or without. Raises `Inconclusive` without certificates."""
    if scheme not in ("ws", "wss"):
        raise BadStep(f"a CSMS listens for ws or wss, not {scheme!r}")
    if scheme == "ws" or session.setting.tls is not None:
        return None if scheme == "ws" else session.setting.tls
    if session.setting.certificates is None:
        raise Inconclusive("the SUT file has no certificates: add [tls] pki (`ocpp-harness pki create`)")
    return session.setting.certificates.judging("csms")


_ASKED = ("required", "none", "the one in use")


def _taking(session: Session, wish: Mapping[str, str]) -> TlsSettings:
    """Whose client certificates our CSMS takes from now on: those of the run's hierarchy, or none but the one that the
    station has shown last. Raises `Inconclusive` where it has shown none in this scenario."""
    settings, first = session.tls(), session.setting.tls
    wanted = wish.get("client certificate")
    if wanted is None or first is None:
        return settings
    if wanted not in _ASKED:
        raise BadStep(f"client certificate is one of {', '.join(_ASKED)}, not {wanted!r}")
    if wanted != "the one in use":
        return replace(settings, trusts=first.trusts)
    events = session.journal.since(0)
    shown = [seen.shown for seen in (view(events, link) for link in attempts(events, 0)) if seen.stands and seen.shown]
    if not shown:
        raise Inconclusive("the station has shown no certificate of its own in this scenario yet")
    session.in_use = shown[-1][0]
    return replace(settings, trusts=(session.in_use,))


# ---- states -----------------------------------------------------------------------------------------


def establish(session: Session, name: str, actor: Who) -> None:
    """Bring about a named state and see on the wire that it stands; else the scenario is inconclusive."""
    state = find(session.setting.sut, session.setting.dialect.version, actor.role, name)
    if state is None:
        raise BadStep(f"no state {name!r} of {actor.role} is known for this version; see harness/states.py")
    _run(session, state, actor)


def _run(session: Session, state: State, actor: Who) -> None:
    before, session.establishing = session.establishing, state.name
    try:
        if state.after:
            establish(session, state.after, actor)
        for line in state.lines:
            definition, words = VOCABULARY.find(line.keyword, line.sentence)
            if words.get("actor") == Who(actor.role):
                words = words | {"actor": actor}
            table = {"table": line.rows} if line.rows else {}
            definition.function(session, **words, **table)
    finally:
        session.establishing = before
    if not before:
        session.settled()



"""The vocabulary: every sentence a feature file may say. See docs/vocabulary.md before adding one.

Acts are the same under Given and When. Our own actor performs them; the system under test is asked
through its driver. Only ``Then`` judges, and only the system under test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from harness import judge
from harness.actor import Script
from harness.bdd import acts
from harness.bdd.grammar import VOCABULARY, BadStep, Names, Subject, Who, Words, rows
from harness.oracle.checks import CheckKind
from harness.oracle.expect import connector_states
from harness.oracle.timing import Shape
from harness.rpc.link import Mute, Ping
from harness.session import Session

Table = Sequence[Sequence[str]] | None
Decorator = Callable[[Callable[..., None]], Callable[..., None]]
About = Callable[[Words, Names], Subject | None]
"""The message that a table under the sentence is about; raises `BadStep` where the words do not go together."""


def when(sentence: str, **details: Any) -> Decorator:
    """An act, for Given and When."""
    return VOCABULARY.define("when", sentence, **details)


def then(sentence: str, **details: Any) -> Decorator:
    """A judgement."""
    return VOCABULARY.define("then", sentence, **details)


def _request(words: Words, names: Names) -> Subject:
    return Subject(words["message"], "request")


def _response(words: Words, names: Names) -> Subject:
    return Subject(words["message"], "response")


def _answer(words: Words, names: Names) -> Subject | None:
    asked = names.get(words["name"])
    return Subject(asked.action, "response") if asked else None


def _named(words: Words, names: Names) -> Subject | None:
    return names.get(words["name"])


def _element(words: Words, names: Names) -> Subject | None:
    asked = names.get(words["name"])
    return Subject(asked.action, asked.kind, words["path"]) if asked else None


def _gives_request(words: Words, names: Names) -> tuple[str, Subject] | None:
    return (words["name"], _request(words, names)) if words.get("name") else None


def _gives_answer(words: Words, names: Names) -> tuple[str, Subject] | None:
    subject = _answer(words, names)
    return (words["as_name"], subject) if words.get("as_name") and subject else None


def _nobody(words: Words, names: Names) -> None:
    """No table stands under this sentence."""


def _unread(*clashes: tuple[str, object, tuple[str, ...], str], subject: About = _nobody) -> About:
    """Sentences that share a definition: where this word is that, nobody reads those others, so they are mistakes."""
    def checked(words: Words, names: Names) -> Subject | None:
        for word, value, others, mend in clashes:
            if words[word] == value and any(words[other] is not None for other in others):
                raise BadStep(mend)
        return subject(words, names)

    return checked


def only(role: str, subject: About = _nobody) -> About:
    """A sentence that makes sense of one role alone: of the other one, our own doing would be judged."""
    def checked(words: Words, names: Names) -> Subject | None:
        if words["actor"].role != role:
            raise BadStep(f"only a {'CSMS' if role == 'csms' else role} does this")
        return subject(words, names)

    return checked


# ---- acts -------------------------------------------------------------------------------------------


@when("{actor} is {state}")
def is_state(session: Session, actor: Who, state: str) -> None:
    acts.establish(session, state, actor)


@when("{actor} {answering} {message}[ {once}][ after {duration}][ with {code}][ with]",
      table="rows", text=True, by="ours",
      subject=_unread(("answering", False, ("duration", "code"), "what is not sent has neither a delay nor a code"),
                      subject=lambda words, names: _response(words, names) if words["answering"] else None))
def will_answer(session: Session, actor: Who, answering: bool, message: str, once: str | None, duration: int | None,
                code: str | None, table: Table = None, text: str | None = None) -> None:
    if text and not answering:
        raise BadStep("a doc string that no step reads: nothing is answered")
    members = session.members(message, "response", rows(table))
    whole = acts.whole(session, text) if text else None
    session.script(Script(message, bool(once), members, whole, code, silent=not answering, delay=duration or 0))


@when("{actor} sends {message}[ as {name}][ with]",
      table="rows", text=True, subject=_request, gives=_gives_request, by="ours")
def we_send(session: Session, actor: Who, message: str, name: str | None,
            table: Table = None, text: str | None = None) -> None:
    payload = acts.whole(session, text) if text else acts.request(session, message, rows(table))
    with session.acting():
        session.send(message, payload, actor.name, name)


@when("{actor} sends this text[ as {name}]", text=True, by="ours",
      gives=lambda words, names: (words["name"], Subject("", "request")) if words.get("name") else None)
def we_send_text(session: Session, actor: Who, name: str | None, text: str) -> None:
    with session.acting():
        session.send_text(acts.filled(session, text), actor.name, name)


@when("the {person} {intent}[ with]", table="rows",
      subject=lambda words, names: acts.requested(words["intent"]))
def somebody_acts(session: Session, person: str, intent: str, table: Table = None) -> None:
    with session.acting():
        acts.perform(session, person, intent, rows(table))


@when("{actor} connects[ with]", table="plain", by="ours")
def connects(session: Session, actor: Who, table: Table = None) -> None:
    wish = acts.described(session, acts.plain(table, acts.DIAL_ROWS))
    with session.acting():
        if "tries" in wish:
            acts.guess(session, wish, actor.name)
        else:
            session.connect(wish, actor.name)


def _door(words: Words, names: Names) -> None:
    if "new connections" in words["parting"] and words["actor"].role != "csms":
        raise BadStep("only a CSMS has connections to turn away")


@when("{actor} {parting}", by="ours", subject=_door)
def parts(session: Session, actor: Who, parting: str) -> None:
    with session.acting():
        acts.part(session, parting, actor)


@when("{actor} {pinging}", by="ours")
def pings_or_not(session: Session, actor: Who, pinging: str) -> None:
    number = session.link(actor.name)
    with session.acting():
        session.command(Ping(number, b"harness") if pinging == "pings" else Mute(number))


@when("{duration} passes")
def passes(session: Session, duration: int) -> None:
    with session.acting():
        session.wait("time to pass", lambda: False, session.now + duration)


@when("{actor} presents {certificate}", by="ours")
def presents(session: Session, actor: Who, certificate: str) -> None:
    with session.acting():
        acts.present(session, certificate)


@when("{actor} goes by {password}", by="ours")
def goes_by(session: Session, actor: Who, password: str | None) -> None:
    with session.acting():
        acts.change_password(session, password)


@when("{actor} offers", table="plain", by="ours")
def offers(session: Session, actor: Who, table: Table = None) -> None:
    wish = acts.plain(table, acts.OFFER_ROWS)
    with session.acting():
        acts.offer(session, wish)


# ---- judgements -------------------------------------------------------------------------------------


@then("{actor} sends {message:messages}[ as {name}][ within {duration}][ with]",
      table="rows", subject=_request, gives=_gives_request, by="sut")
def sends(session: Session, actor: Who, message: str, name: str | None, duration: int | None,
          table: Table = None) -> None:
    judge.sends(session, message, rows(table), duration, name, _meant(session))


def _meant(session: Session) -> frozenset[int] | None:
    """Where several stations of ours are connected, a CSMS must turn to the one of the SUT file."""
    if session.setting.sut == "station" or session.links.get("") not in session.open_links:
        return None
    return frozenset({session.links[""]})


@then("{actor} reports a connector[ as {name}][ within {duration}] with", table="rows", by="sut",
      subject=only("station", lambda words, names: Subject("StatusNotification", "request")),
      gives=lambda words, names: (words["name"], Subject("StatusNotification", "request")) if words["name"] else None)
def reports_connector(session: Session, actor: Who, name: str | None, duration: int | None,
                      table: Table = None) -> None:
    judge.sends(session, "StatusNotification", rows(table), duration, name, reads=connector_states)


@then("{actor} sends every part of {message} as {name}[ within {duration}][ with]",
      table="rows", subject=_request, gives=_gives_request, by="sut")
def sends_parts(session: Session, actor: Who, message: str, name: str, duration: int | None,
                table: Table = None) -> None:
    judge.sends_all_parts(session, message, rows(table), duration, name)


@then("{actor} answers {name}[ {timely}][ within {duration}][ with {code}][ as {as_name:name}][ with]",
      table="rows", subject=_answer, gives=_gives_answer, by="sut")
def answers(session: Session, actor: Who, name: str, timely: str | None, duration: int | None, code: str | None,
            as_name: str | None, table: Table = None) -> None:
    judge.answers(session, name, rows(table), code, duration, as_name)
    if timely:
        judge.answered_in_time(session, duration)


@then("{name} has", table="rows", subject=_named)
def has(session: Session, name: str, table: Table = None) -> None:
    judge.has(session, name, rows(table))


@then("{quantity} {path} of {name} has", table="rows", subject=_element)
def elements(session: Session, quantity: str, path: str, name: str, table: Table = None) -> None:
    judge.elements(session, path, name, rows(table), CheckKind(quantity))


@then("the composite schedule of {name} is that of {profiles}")
def composite(session: Session, name: str, profiles: tuple[str, ...]) -> None:
    judge.composite_schedule(session, name, profiles)


@then("{actor} sends {message:silence} for {duration}[ with]", table="rows", by="sut",
      subject=lambda words, names: Subject(words["message"], "request") if words["message"] else None)
def sends_nothing(session: Session, actor: Who, message: str | None, duration: int, table: Table = None) -> None:
    judge.silent(session, message, duration, rows(table))


@then("{actor} sends {message:silence} between {first:name} and {second:name}", by="sut")
def nothing_between(session: Session, actor: Who, message: str | None, first: str, second: str) -> None:
    judge.nothing_between(session, message, first, second)


@then("{name} comes {limit} {duration} after [{of_answer}]{earlier:name}")
def apart(session: Session, name: str, limit: str, duration: int, of_answer: str | None, earlier: str) -> None:
    judge.apart(session, name, earlier, of_answer is not None, duration, CheckKind(limit))


def _series(words: Words, names: Names) -> Subject | None:
    if words["period"] is None:
        return _request(words, names)
    if words["duration"] is not None:
        raise BadStep("'every' says when each is due: leave 'within' out")
    return None


@then("{actor} sends {message:messages}[ every {period:duration},] {count} times[ as {name}][ within {duration}]"
      "[ with]",
      table="rows", subject=_series, gives=_gives_request, by="sut")
def occurs(session: Session, actor: Who, message: str, period: int | None, count: int, name: str | None,
           duration: int | None, table: Table = None) -> None:
    if period is not None:
        judge.every(session, message, period, count, name)
    else:
        judge.occurs(session, message, rows(table), count, duration, name)


@then("{actor} {attempting} {count} times as {name}[ within {duration}]", by="sut",
      subject=lambda words, names: None if words["attempting"] == "pings" else only("station")(words, names),
      gives=lambda words, names: (words["name"], Subject("", "request")))
def tries(session: Session, actor: Who, attempting: str, count: int, name: str, duration: int | None) -> None:
    if attempting == "pings":
        judge.pings(session, count, duration, name)
    else:
        judge.tries_to_connect(session, count, duration, name, attempting.partition(" to connect to ")[2])


@then("{actor} answers the ping[ within {duration}]", by="sut")
def answers_ping(session: Session, actor: Who, duration: int | None) -> None:
    judge.answers_ping(session, duration)


@then("the gaps of {name} {shape}")
def gaps(session: Session, name: str, shape: Shape) -> None:
    judge.gaps(session, name, shape)


@then("{names} come in this order")
def in_order(session: Session, names: tuple[str, ...]) -> None:
    judge.in_order(session, names)


@then("{actor} {welcome} the connection[ of {whom:actor}][ with status {numbers}][ with {subprotocol}]", by="sut",
      subject=only("csms", _unread(
          ("welcome", "accepts", ("numbers",), "only a refusal has a status"),
          ("welcome", "refuses", ("subprotocol",), "only an accepted connection has a version"))))
def handshake(session: Session, actor: Who, welcome: str, whom: Who | None, numbers: str | None,
              subprotocol: str | None) -> None:
    who = whom.name if whom else ""
    if welcome == "accepts":
        judge.accepts(session, subprotocol, who)
    else:
        judge.refuses(session, numbers, who)


@then("{actor} turns the connection away[ within {duration}]", by="sut", subject=only("csms"))
def turns_away(session: Session, actor: Who, duration: int | None) -> None:
    judge.turns_away(session, duration)


def _ending(words: Words, names: Names) -> None:
    """A connection is closed within, and kept for, a time."""
    if words["ending"] == "keeps" and (words["span"] is None or words["numbers"] or words["duration"]):
        raise BadStep("say for how long the connection is kept: 'keeps the connection for 1 s'")
    if words["ending"] == "closes" and words["span"] is not None:
        raise BadStep("a connection is closed within a time: write 'within' for 'for'")


@then("{actor} {ending} the connection[ of {whom:actor}][ with code {numbers}][ within {duration}]"
      "[ for {span:duration}]", by="sut", subject=_ending)
def ends(session: Session, actor: Who, ending: str, whom: Who | None, numbers: str | None, duration: int | None,
         span: int | None) -> None:
    who = whom.name if whom else ""
    if ending == "keeps":
        judge.keeps(session, span or 0, who)
    else:
        judge.closes(session, numbers, duration, who)


@then("{actor} reconnects[ to {place}][ after at least {pause:duration}][ within {duration}]", by="sut",
      subject=only("station"))
def reconnects(session: Session, actor: Who, place: str | None, pause: int | None, duration: int | None) -> None:
    judge.reconnects(session, duration, place or "", pause or 0)


# ---- TLS --------------------------------------------------------------------------------------------


@then("{actor} {welcome} the TLS handshake[ with alert {alerts}][ within {duration}]", by="sut",
      subject=_unread(("welcome", "accepts", ("alerts",), "only a refusal has an alert")))
def tls_handshake(session: Session, actor: Who, welcome: str, alerts: str | None, duration: int | None) -> None:
    if welcome == "accepts":
        judge.accepts_tls(session, duration)
    else:
        judge.refuses_tls(session, alerts, duration)


@then("the TLS session has", table="tls")
def tls_session(session: Session, table: Table = None) -> None:
    judge.tls_session(session, rows(table))


@then("the {document} of {name} has", table="document")
def document(session: Session, document: str, name: str, table: Table = None) -> None:
    judge.document(session, document, name, rows(table))


@then("{actor} sends nothing inside TLS[ within {duration}]", by="sut", subject=only("station"))
def nothing_inside_tls(session: Session, actor: Who, duration: int | None) -> None:
    judge.nothing_inside_tls(session, duration)

"""After a scenario that changed the SUT's Basic password: the one of the SUT file is put back, where that can be done.

With a station it is set over the connection that stands; a CSMS is asked, through its driver, to set it again. Here
too only the wire is believed: it is back once the SUT has let, or come, in with it. Happens after the verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from harness import messages
from harness.actor import basic
from harness.arrival import booted_since, settle
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.passwords import Passwords, status_of
from harness.restoring import Request
from harness.rpc.frame import Error, Result
from harness.rpc.link import Asked, Close, Drop, Secure
from harness.session import Session

TOPIC = "clean-up"
_NAME = "password"


def put_back(session: Session, passwords: Passwords, source: str) -> None:
    """Put the password of the SUT file back and say in the journal what came of it. Raises nothing of its own.

    `source`: where the SUT file has its password from."""
    passwords.learn(session.transcript)
    if not passwords.changed or passwords.refused:
        return
    session.note(TOPIC, "the password of the SUT file is put back")
    session.allowance = None  # two or three connections with known passwords are no attack
    try:
        (_at_station if session.setting.sut == "station" else _at_csms)(session, passwords)
    except (Inconclusive, HarnessFault) as reason:
        passwords.refused = str(reason) if passwords.certain else ""
        session.note(TOPIC, f"the password could not be put back: {reason}")
    except KeyboardInterrupt:
        session.stopped = True
        session.note(TOPIC, "putting the password back was stopped by hand")
    passwords.learn(session.transcript)
    told = passwords.statement(session.setting.sut, source)
    session.note(TOPIC, told or "the password is again that of the SUT file")


# ---- a station --------------------------------------------------------------------------------------


def open_door(session: Session, passwords: Passwords | None) -> None:
    """Our CSMS answers everybody again, and the station with each password that it may have."""
    known = (*passwords.likely, passwords.first) if passwords is not None else ()
    headers = tuple(basic(session.setting.identity, one) for one in known)
    session.hosted.tell(Asked("forget scripts"))
    session.hosted.tell(Asked("door", {"dropping": False, "away": "", "status": 101, "subprotocol": "",
                                       "also": headers}))
    if session.setting.security_profile > 0:  # a scenario may have changed it, and from 1 to 2
        session.command(Secure(session.setting.tls))


def close_door(session: Session, passwords: Passwords) -> None:
    """From now on the station is let in with the password in force only, once that is certain.

    One that stands in the door without any (gone over to security profile 3) is not locked out."""
    passwords.learn(session.transcript)
    bare = bool(session.open_links) and all(passwords.shows(number) is None for number in session.open_links)
    if passwords.shown and passwords.certain and not bare:
        header = basic(session.setting.identity, passwords.in_force)
        session.hosted.tell(Asked("door", {"authorization": header, "also": ()}))


def _at_station(session: Session, passwords: Passwords) -> None:
    open_door(session, passwords)
    _await_connection(session)
    passwords.learn(session.transcript)
    if passwords.changed:
        _set(session, passwords)
    close_door(session, passwords)


def _set(session: Session, passwords: Passwords) -> None:
    times = session.setting.times
    request = passwords.request(session.setting.dialect.version)
    if request is None:
        raise Inconclusive("it is no UTF-8 text, and OCPP 2.x sends a password as text")
    answer = _asked(session, request)
    passwords.learn(session.transcript)
    if not passwords.shown:
        return
    if passwords.awaiting is not None:
        session.send("Reset", {"type": "Soft" if session.setting.dialect.version == "1.6" else "OnIdle"}, name=_NAME)
    else:  # a 1.6 charge point comes anew by itself, any other when it has to
        session.command(*(Drop(number) for number in sorted(session.open_links)))
    until = session.now + (times.boot if passwords.awaiting is not None else times.reconnect)
    if not session.wait("the station to come with its password", _learned(session, passwords), until):
        raise Inconclusive(f"the station answered {request.action} with {answer}, and did not come back")
    if passwords.changed:
        raise Inconclusive(f"the station answered {request.action} with {answer}")


def _asked(session: Session, request: Request) -> str:
    """Send it; how the station answers. One that has just come may refuse everything until it is accepted."""
    for patient in (True, False):
        _await_connection(session)
        seen = len(session.journal)
        session.send(request.action, request.payload, name=_NAME)
        answer = session.answer_of(_NAME)
        if isinstance(answer.frame, Result) or not (patient and booted_since(session, seen)):
            break
    return status_of(answer) or (answer.frame.code if isinstance(answer.frame, Error) else "nothing about it")


def _await_connection(session: Session) -> None:
    """Until the station is there and quiet. It may be about to leave: a new password counts for a new connection."""
    until = session.now + session.setting.times.reconnect
    while session.wait("the station to come back", lambda: bool(session.open_links), until):
        settle(session)
        if session.open_links:
            return
    raise Inconclusive("the station has no connection")


def _learned(session: Session, passwords: Passwords) -> Callable[[], bool]:
    def certain() -> bool:
        passwords.learn(session.transcript)
        return passwords.certain

    return certain


# ---- a CSMS -----------------------------------------------------------------------------------------


def find_out(session: Session, passwords: Passwords) -> None:
    """Try the passwords that the CSMS may expect, until it lets our station in. Raises `Inconclusive` for none."""
    session.worn = session.setting.tls
    passwords.likely = passwords.likely[:2] if passwords.first in passwords.likely[:2] else (
        passwords.likely[0], passwords.first)
    for password in passwords.likely:
        session.setting = replace(session.setting, password=password)
        session.connect({}, "")
        passwords.learn(session.transcript)
        if passwords.certain:
            return
    raise Inconclusive("the CSMS lets the station in with none of the passwords that it may expect")


def leave(session: Session) -> None:
    """End the connections that `find_out` has opened."""
    session.command(*(Close(number) for number in sorted(session.open_links)))


def _at_csms(session: Session, passwords: Passwords) -> None:
    setting = session.setting
    session.hosted.tell(Asked("forget scripts"))
    if not passwords.certain or session.links.get("", 0) not in session.open_links:
        find_out(session, passwords)
    if not passwords.changed:
        return
    request = passwords.request(setting.dialect.version)
    if request is None:
        raise Inconclusive("it is no UTF-8 text, and OCPP 2.x sends a password as text")
    facts = setting.facts
    boot = messages.default(facts.version, "BootNotification", "request", facts.symbols(session.carrier.now().wall))
    session.send("BootNotification", boot, name=_NAME)
    session.answer_of(_NAME)
    seen = len(session.journal)
    session.ask("send", {"station": setting.identity, "action": request.action, "payload": request.payload})

    def answered() -> bool:
        ours = [m for m in session.transcript.messages() if m.number >= seen and not m.is_request]
        return any(m.action == request.action for m in ours)

    session.wait(f"the CSMS to send {request.action}", answered, session.now + setting.times.answer)
    passwords.learn(session.transcript)
    if not passwords.certain:
        find_out(session, passwords)
    if passwords.changed:
        raise Inconclusive(f"the CSMS was asked for {request.action} with that password, and goes by another")

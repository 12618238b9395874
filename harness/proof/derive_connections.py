"""Mutants of lines about handshakes, closings and reconnections."""

from __future__ import annotations

from harness.journal import HandshakeRequest
from harness.oracle.checks import Check
from harness.proof.clean import Clean, Made
from harness.proof.mutant import Cling, Cut, Divert, Gate, Knock, Stay
from harness.security.settings import Wear


def attempt_of(number: int, clean: Clean) -> int:
    """Which of the station's handshakes (from 1) that journal entry is."""
    journal = clean.transcript.journal
    return sum(isinstance(event.body, HandshakeRequest) for event in journal if event.number <= number)


def refuses(check: Check, clean: Clean) -> Made:
    attempt = check.claimed[0]
    yield "accept", Gate(attempt), "the connection is accepted"
    if len(check.claimed) > 1:
        yield "accept the last", Gate(check.claimed[-1]), "the last of many tries is let in"
    if check.code:
        yield "other status", Gate(attempt, status=599), "another HTTP status"


def turns_away(check: Check, clean: Clean) -> Made:
    attempt = check.claimed[0]
    if check.action == "plain":
        yield "accept", Wear(0, plain=True), "a connection without TLS is served"
        return
    yield "accept", Gate(attempt), "the connection is accepted under what was offered"


def accepts(check: Check, clean: Clean) -> Made:
    if check.action == "reconnects":
        yield "stay away", Stay(attempt_of(check.claimed[-1], clean)), "the station does not come back"
        yield from diverted(check, clean)
        yield from _hasty(check, clean)
        return
    attempt = check.claimed[0]
    yield "refuse", Gate(attempt, status=403), "the connection is refused"
    if check.code:
        yield "no subprotocol", Gate(attempt, subprotocol=""), "no subprotocol is selected"


def diverted(check: Check, clean: Clean) -> Made:
    """An attempt goes to the other address."""
    if check.code:
        yield "wrong address", Divert(attempt_of(check.claimed[-1], clean)), f"not to {check.code}"


def _hasty(check: Check, clean: Clean) -> Made:
    """`until` is when the connection before had ended, `limit` the pause that is due from then on."""
    early = (check.limit - clean.setting.times.tolerance) // 2
    attempt = attempt_of(check.claimed[0], clean) - 1
    if early <= 0 or attempt < 1:
        return
    dialled = [e for e in clean.transcript.journal if isinstance(e.body, HandshakeRequest)][attempt - 1]
    delay = check.until - dialled.at.monotonic + early
    yield "early", Knock(attempt, delay), "the station comes back too early"


def closes(check: Check, clean: Clean) -> Made:
    yield "stay open", Cling(), "the connection is not closed"


def stays_open(check: Check, clean: Clean) -> Made:
    yield "connection lost", Cut((check.since + check.until) // 2), "the SUT ends the connection"

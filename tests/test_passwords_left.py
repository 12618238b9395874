"""A scenario that gave the SUT another password, broken off anywhere: the old one is back, or the report says so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from harness.bdd import run
from harness.bdd.story import Story
from harness.lab import Lab
from harness.oracle.verdict import Inconclusive
from harness.passwords import ACTIONS
from harness.rpc.link import SECOND, Asked, Drop
from harness.session import Session
from tests.standing import PASSWORD, Standing, standing_csms, standing_station, story

STATION = {
    "2.0.1": story("ocpp2/station/a_security/password.feature", "2.0.1", "It takes the new password"),
    "1.6": story("ocpp16/station/security/password.feature", "1.6", "It takes the new password"),
}
COMES = {
    "2.0.1": story("ocpp2/station/a_security/password.feature", "2.0.1", "It comes with its own"),
    "1.6": story("ocpp16/station/security/password.feature", "1.6", "It comes with its own"),
}
CSMS = {
    "2.0.1": story("ocpp2/csms/a_security/password.feature", "2.0.1", "Once the station has taken it"),
    "1.6": story("ocpp16/csms/security/renewal.feature", "1.6", "Once the charge point has taken"),
}
LET_IN = {
    "2.0.1": story("ocpp2/csms/a_security/credentials.feature", "2.0.1", "With its own name and password"),
    "1.6": story("ocpp16/csms/security/basic_authentication.feature", "1.6", "With its own name and password"),
}
NEW = ("a-new-password-of-26-signs", "a-password-that-is-new", "61206e6577", "a new password 1")


class BrokenOffError(Exception):
    """What a time-out, a fault, a failed line comes to."""


def break_off(session: Session) -> None:
    raise BrokenOffError


def ctrl_c(session: Session) -> None:
    raise KeyboardInterrupt


def once_it_came(session: Session) -> None:
    """The operator's request takes its time to become the CSMS's."""
    assert session.wait("the new password", lambda: _given(session), session.now + 30 * SECOND)
    raise BrokenOffError


def _given(session: Session) -> bool:
    return any(message.action in ACTIONS for message in session.transcript.messages())


def gone(session: Session) -> None:
    """Our CSMS has been away since, and the station with it."""
    session.hosted.tell(Asked("door", {"dropping": True}))
    session.command(*(Drop(number) for number in session.open_links))
    raise BrokenOffError


def as_before(standing: Standing, control: Story) -> None:
    """The password of the SUT file is in force again, and the next scenario passes with it."""
    assert standing.lab.left_behind() == ""
    standing.play(control)
    assert standing.session.setting.password == PASSWORD.encode()
    assert standing.session.stopped is False


# ---- a station ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
@pytest.mark.parametrize(("upto", "how"), [(1, ctrl_c), (2, break_off), (3, gone), (5, break_off)])
def test_a_station_gets_its_password_back_wherever_it_ended(version, how, upto, tmp_path: Path) -> None:
    with standing_station(tmp_path, version) as standing:
        with pytest.raises((BrokenOffError, KeyboardInterrupt)):
            standing.play(STATION[version], upto, how)
        assert standing.said()[-1] == "the password is again that of the SUT file", standing.said()
        as_before(standing, COMES[version])


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
def test_where_nothing_is_left_nothing_is_done(version, tmp_path: Path) -> None:
    with standing_station(tmp_path, version) as standing:
        standing.play(STATION[version])
        assert not [text for text in standing.said() if "password" in text]
        as_before(standing, COMES[version])


def test_a_station_that_does_not_take_it_back_is_told_of_and_goes_on_with_the_new_one(tmp_path: Path) -> None:
    with standing_station(tmp_path, "2.0.1", "too short") as standing:  # to be set again: A00.FR.205
        with pytest.raises(BrokenOffError):
            standing.play(STATION["2.0.1"], 5, break_off)
        told = standing.lab.left_behind()
        assert "the station CS001 goes by the one that came with SetVariables in password.feature, line" in told
        assert "connection.password, from the SUT file" in told
        assert "could not be put back: the station answered SetVariables with" in told
        assert not any(secret in told for secret in (*NEW, "too short"))
        standing.play(COMES["2.0.1"])  # with the new one, and not refused for it
        assert standing.session.setting.password == b"a-new-password-of-26-signs"
        assert not [text for text in standing.said() if "put back" in text]
        assert standing.lab.left_behind() == told


def test_a_station_that_has_gone_is_mended_when_it_comes(tmp_path: Path) -> None:
    with standing_station(tmp_path, "1.6") as standing:

        def away(session: Session) -> None:
            standing.product.tell(Asked("power_off"))
            raise BrokenOffError

        with pytest.raises(BrokenOffError):
            standing.play(STATION["1.6"], 2, away)
        assert "it is not known which password the station CS001 goes by" in standing.lab.left_behind()
        assert standing.said()[-2] == "the password could not be put back: the station has no connection"
        standing.product.tell(Asked("power_on"))
        standing.play(COMES["1.6"])
        as_before(standing, COMES["1.6"])


def test_putting_it_back_can_be_stopped_by_hand_too(tmp_path: Path) -> None:
    """The verdict stays what it was, the run ends, and the report says that nobody knows."""

    def waits_no_more(what: str, ready: Callable[[], bool], until: int) -> bool:
        raise KeyboardInterrupt

    def impatient(session: Session) -> None:
        session.wait = waits_no_more  # type: ignore[method-assign]
        raise BrokenOffError

    with standing_station(tmp_path, "2.0.1") as standing:
        with pytest.raises(BrokenOffError):
            standing.play(STATION["2.0.1"], 1, impatient)
        assert standing.session.stopped
        assert "putting the password back was stopped by hand" in standing.said()
        assert "it is not known which password the station CS001 goes by" in standing.lab.left_behind()


# ---- a CSMS -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
@pytest.mark.parametrize(
    ("upto", "how"), [(2, once_it_came), (3, break_off), (4, break_off), (6, ctrl_c), (8, break_off)]
)
def test_a_csms_has_the_old_password_again_wherever_it_ended(version, how, upto, tmp_path: Path) -> None:
    with standing_csms(tmp_path, version) as standing:
        with pytest.raises((BrokenOffError, KeyboardInterrupt)):
            standing.play(CSMS[version], upto, how)
        assert standing.said()[-1] == "the password is again that of the SUT file", standing.said()
        as_before(standing, LET_IN[version])


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
def test_what_comes_when_all_is_over_is_not_forgotten(version, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The CSMS sends what it was asked for only after the clean-up has found nothing to do."""
    put_back = Lab._put_back

    def too_soon(lab: Lab, session: Session) -> None:
        put_back(lab, session)
        monkeypatch.undo()
        run.perform(session, CSMS[version], CSMS[version].lines[1])
        with suppress(BrokenOffError):
            once_it_came(session)

    monkeypatch.setattr(Lab, "_put_back", too_soon)
    with standing_csms(tmp_path, version) as standing:
        with pytest.raises(BrokenOffError):
            standing.play(CSMS[version], 1, break_off)
        assert standing.said() == []
        assert "the CSMS expects of station CS001" in standing.lab.left_behind()
        standing.play(LET_IN[version])
        assert standing.said()[-1] == "the password is again that of the SUT file", standing.said()
        as_before(standing, LET_IN[version])


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
def test_a_csms_has_the_old_password_again_after_the_scenario_has_passed(version, tmp_path: Path) -> None:
    with standing_csms(tmp_path, version) as standing:
        standing.play(CSMS[version])
        as_before(standing, LET_IN[version])


def test_a_csms_that_never_took_the_new_one_is_left_in_peace(tmp_path: Path) -> None:
    with standing_csms(tmp_path, "2.0.1", "keeps-old-password") as standing:
        with pytest.raises(BrokenOffError):
            standing.play(CSMS["2.0.1"], 3, break_off)
        as_before(standing, LET_IN["2.0.1"])


def test_where_nobody_can_ask_the_csms_later_scenarios_go_by_the_new_one(tmp_path: Path) -> None:
    with standing_csms(tmp_path, "2.0.1") as standing:

        def alone(session: Session) -> None:
            standing.nobody_operates_it()
            raise BrokenOffError

        with pytest.raises(BrokenOffError):
            standing.play(CSMS["2.0.1"], 3, alone)
        told = standing.lab.left_behind()
        assert "the CSMS expects of station CS001 the one that came with SetVariables in password.feature" in told
        assert "could not be put back" in told
        assert not any(secret in told for secret in (*NEW, PASSWORD))
        standing.play(LET_IN["2.0.1"])
        assert standing.session.setting.password == b"a-password-that-is-new"
        assert standing.lab.left_behind() == told


def test_a_csms_that_lets_nobody_in_makes_later_scenarios_inconclusive(tmp_path: Path) -> None:
    """Never failed: it would be refused for a password of which nobody knows whether it is the right one."""
    with standing_csms(tmp_path, "2.0.1") as standing:

        def shut(session: Session) -> None:
            standing.product.close()
            raise BrokenOffError

        with pytest.raises(BrokenOffError):
            standing.play(CSMS["2.0.1"], 3, shut)
        assert "it is not known which password the CSMS expects of station CS001" in standing.lab.left_behind()
        with pytest.raises(Inconclusive, match="it is not known which password the CSMS expects"):
            standing.play(LET_IN["2.0.1"])

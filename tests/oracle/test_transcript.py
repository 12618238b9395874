"""Which answer belongs to which CALL: connection, direction and messageId, all three."""

from __future__ import annotations

from harness.journal import Control, HandshakeResponse, Note
from harness.rpc.frame import Call
from tests.oracle.bench import IN, OUT, Record


def test_an_answer_finds_its_call_across_other_traffic() -> None:
    record = Record()
    asked = record.ours(2, "1", "GetLog", {})
    record.theirs(2, "2", "Heartbeat", {})
    record.ours(3, "2", {"currentTime": "x"})
    answer = record.theirs(3, "1", {"status": "Accepted"})
    assert record.transcript.answer_to(asked) is answer
    assert answer.request is asked
    assert answer.action == "GetLog"


def test_an_answer_on_another_connection_is_none() -> None:
    record = Record()
    asked = record.ours(2, "1", "GetLog", {}, link=1)
    stray = record.theirs(3, "1", {"status": "Accepted"}, link=2)
    assert record.transcript.answer_to(asked) is None
    assert (stray.request, stray.action) == (None, "")


def test_an_answer_of_the_same_side_is_none() -> None:
    record = Record()
    asked = record.theirs(2, "1", "Heartbeat", {})
    record.theirs(3, "1", {"currentTime": "x"})
    assert record.transcript.answer_to(asked) is None


def test_an_answer_under_another_id_is_none() -> None:
    record = Record()
    asked = record.ours(2, "1", "GetLog", {})
    record.theirs(3, "1 ", {"status": "Accepted"})
    assert record.transcript.answer_to(asked) is None


def test_both_sides_may_use_one_id_at_once() -> None:
    record = Record()
    theirs = record.theirs(2, "1", "Heartbeat", {})
    ours = record.ours(2, "1", "GetLog", {})
    to_theirs = record.ours(3, "1", {})
    to_ours = record.theirs(3, "1", {})
    assert record.transcript.answer_to(theirs) is to_theirs
    assert record.transcript.answer_to(ours) is to_ours


def test_only_the_first_of_two_answers_counts() -> None:
    record = Record()
    asked = record.ours(2, "1", "GetLog", {})
    first = record.theirs(3, "1", {"status": "Rejected"})
    second = record.theirs(3, "1", {"status": "Accepted"})
    assert record.transcript.answer_to(asked) is first
    assert second.request is None


def test_an_id_used_again_belongs_to_the_newest_call() -> None:
    record = Record()
    old = record.ours(2, "1", "GetLog", {})
    new = record.ours(2, "1", "Reset", {})
    answer = record.theirs(3, "1", {})
    assert record.transcript.answer_to(old) is None
    assert record.transcript.answer_to(new) is answer


def test_an_answer_cannot_come_before_its_call() -> None:
    record = Record()
    record.theirs(3, "1", {})
    asked = record.ours(2, "1", "GetLog", {})
    assert record.transcript.answer_to(asked) is None


def test_a_callerror_answers_too_and_garbage_does_not() -> None:
    record = Record()
    asked = record.ours(2, "1", "GetLog", {})
    garbage = record.text('[3,"1"')
    assert garbage.frame is None
    assert garbage.flaws
    assert record.transcript.answer_to(asked) is None
    error = record.theirs(4, "1", "NotSupported", "", {})
    assert record.transcript.answer_to(asked) is error


def test_the_transcript_grows_with_the_journal() -> None:
    record = Record()
    assert record.transcript.messages() == []
    record.opened()
    record.theirs(2, "1", "Heartbeat", {})
    assert [m.direction for m in record.transcript.messages()] == [IN]
    record.ours(3, "1", {})
    assert len(record.transcript.messages()) == 2
    assert [m.frame for m in record.transcript.from_sut()] == [Call("1", "Heartbeat", {})]
    assert list(record.transcript.from_sut(since=3)) == []


def test_a_connection_is_open_from_its_101_to_its_end() -> None:
    record = Record()
    assert record.transcript.open_links() == set()
    record.opened(1)
    record.opened(2)
    record.ended(1)
    assert record.transcript.open_links() == {2}
    assert record.transcript.open_links(until=3) == {1, 2}
    record.adopted(link=7)
    assert record.transcript.open_links() == {2, 7}


def test_what_opens_and_ends_a_connection_and_what_does_not() -> None:
    record = Record()
    record.opened(1)
    record.add(HandshakeResponse(OUT, 401), 2)
    record.add(HandshakeResponse(OUT, 101, reason="no Upgrade"), 3)
    record.adopted(link=4)
    before = record.add(Note("wire", "something else"), 1).number
    record.add(Control(IN, "ping", b""), 4)
    assert record.transcript.open_links() == {1, 4}
    record.ended(1)
    assert record.transcript.open_links() == {4}
    assert record.transcript.open_links(before) == {1, 4}

"""The contract of `harness.carrier.Carrier`, held by both of its implementations."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from threading import Condition

import pytest

from harness.journal import (
    Binary,
    Control,
    Direction,
    Ended,
    HandshakeRequest,
    HandshakeResponse,
    Note,
    RawBytes,
    Text,
)
from harness.rpc.link import (
    MILLISECOND,
    SECOND,
    Admission,
    Asked,
    Close,
    Closed,
    Connect,
    Dial,
    Drop,
    LinkEvent,
    Mute,
    Opened,
    Ping,
    Pinged,
    Ponged,
    Received,
    Refused,
    Transmit,
    TransmitFrame,
    Woken,
)
from harness.wire.memory import MemoryCarrier
from harness.wire.sockets import SocketCarrier
from tests.wire.scripted import Scripted, World, do

IN, OUT = Direction.IN, Direction.OUT


@pytest.fixture(params=[MemoryCarrier, SocketCarrier], ids=["memory", "sockets"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    carrier = request.param()
    world = World(carrier)
    try:
        yield world
    finally:
        carrier.close()


# ---- the handshake ----------------------------------------------------------------------------------


@pytest.mark.parametrize("identity", ["CS001", "RDAM%7C123", "a%20b%2Fc%3Bd", "%C3%A9", "x;y=1", "q?token=1"])
def test_the_target_arrives_as_it_was_dialled(world: World, identity: str) -> None:
    world.serve(path="/ocpp/v2")
    world.connect(identity)
    assert world.csms.handshakes[0].target == f"/ocpp/v2/{identity}"
    assert world.station.recorded(HandshakeRequest)[0].target == f"/ocpp/v2/{identity}"


@pytest.mark.parametrize("secret", ["Basic Q1Mx", "Basic a:b:c", "Basic \udcff\udc80x", "Bearer  two  blanks"])
def test_authorization_arrives_byte_for_byte(world: World, secret: str) -> None:
    world.serve()
    world.connect(authorization=secret)
    assert world.csms.handshakes[0].authorization == secret
    for endpoint in (world.csms, world.station):
        assert ("Authorization", secret) in endpoint.recorded(HandshakeRequest)[0].headers


def test_answer_headers_arrive_byte_for_byte(world: World) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(headers=(("X-Name", "caf\udce9"), ("X-Name", "2")))
    world.connect()
    for opened in world.station.of(Opened) + world.csms.of(Opened):
        assert [value for name, value in opened.headers if name == "X-Name"] == ["caf\udce9", "2"]


def test_dial_headers_replace_those_of_the_same_name(world: World) -> None:
    world.serve()
    world.connect(headers=(("Host", "other.example"), ("X-Own", "1")))
    names = [(name, value) for name, value in world.csms.handshakes[0].headers if name in ("Host", "X-Own")]
    assert names == [("Host", "other.example"), ("X-Own", "1")]


@pytest.mark.parametrize(
    ("offered", "selected"),
    [
        (("ocpp2.0.1", "ocpp1.6"), "ocpp1.6"),
        (("ocpp2.0.1",), None),
        (("ocpp2.0.1",), "ocpp1.6"),
        ((), "ocpp2.1"),
        ((), None),
    ],
)
def test_the_endpoint_alone_decides_the_subprotocol(
    world: World, offered: tuple[str, ...], selected: str | None
) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(subprotocol=selected)
    world.connect(subprotocols=offered)
    assert world.csms.handshakes[0].subprotocols == offered
    for endpoint in (world.csms, world.station):
        assert endpoint.of(Opened)[0].subprotocol == selected
        assert endpoint.recorded(HandshakeResponse)[0].subprotocol == selected
        selections = [v for k, v in endpoint.of(Opened)[0].headers if k.lower() == "sec-websocket-protocol"]
        assert selections == ([] if selected is None else [selected])


def test_a_refusal_has_status_body_and_headers(world: World) -> None:
    world.serve()
    wanted = (("WWW-Authenticate", 'Basic realm="ocpp"'),)
    world.csms.admission = lambda _: Admission(status=401, body="who are you", headers=wanted)
    refused = world.refused()
    assert (refused.status, refused.reason) == (401, "who are you")
    assert wanted[0] in refused.headers
    for endpoint, direction in ((world.csms, OUT), (world.station, IN)):
        answer = endpoint.recorded(HandshakeResponse)[0]
        assert (answer.direction, answer.status, answer.reason) == (direction, 401, "who are you")
        assert not endpoint.of(Opened)
        assert not endpoint.of(Closed)


def test_a_status_that_http_does_not_know(world: World) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(status=499)
    assert world.refused().status == 499


def test_a_redirect_is_not_followed(world: World) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(status=302, headers=(("Location", world.csms_hosted.url),))
    assert world.refused().status == 302
    assert len(world.csms.handshakes) == 1


def test_dropping_without_an_answer(world: World) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(drop=True)
    refused = world.refused()
    assert (refused.status, refused.reason) == (0, "connection closed without an answer")
    answer = world.csms.recorded(HandshakeResponse)[0]
    assert (answer.status, answer.reason) == (0, "dropped without an answer")


def test_nobody_listens(world: World) -> None:
    world.serve()
    url = world.csms_hosted.url
    world.csms_hosted.close()
    refused = world.refused(url=f"{url}/CS001")
    assert (refused.status, refused.reason) == (0, "connection refused")
    assert world.station.recorded(HandshakeResponse)[0].status == 0


def test_delay_holds_the_answer_back(world: World) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(delay=80 * MILLISECOND)
    before = world.carrier.now().monotonic
    world.connect()
    opened = next(at for at, event in world.station.seen if isinstance(event, Opened))
    assert 80 * MILLISECOND <= opened.monotonic - before < SECOND


def test_dialling_ends_after_its_timeout(world: World) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(delay=10 * SECOND)
    before = world.carrier.now().monotonic
    refused = world.refused(timeout=60 * MILLISECOND)
    assert (refused.status, refused.reason) == (0, "timed out")
    at = next(at for at, event in world.station.seen if isinstance(event, Refused))
    assert 60 * MILLISECOND <= at.monotonic - before < SECOND
    world.until(lambda: world.csms.recorded(HandshakeResponse))
    answer = world.csms.recorded(HandshakeResponse)[0]
    assert (answer.status, answer.reason) == (0, "the station gave up")
    assert not world.csms.of(Opened)


@pytest.mark.parametrize("command", [Close(1), Drop(1)])
def test_giving_up_an_attempt(world: World, command: Close | Drop) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(delay=SECOND)
    world.dial()
    world.until(lambda: world.csms.handshakes)
    world.do(command)
    world.until(lambda: world.station.of(Refused))
    assert world.station.of(Refused)[0].reason == "given up"
    world.until(lambda: world.csms.recorded(HandshakeResponse), 0.5)
    assert world.csms.recorded(HandshakeResponse)[0].reason == "the station gave up"
    assert not world.within(lambda: world.station.of(Opened), 0.05)


def test_a_csms_that_goes_before_it_answers(world: World) -> None:
    world.serve()
    world.csms.admission = lambda _: Admission(delay=5 * SECOND)
    world.dial()
    world.until(lambda: world.csms.handshakes)
    world.csms_hosted.close()
    world.until(lambda: world.station.of(Refused), 2)
    assert world.station.of(Refused)[0].reason == "connection closed without an answer"
    answers = [(answer.status, answer.reason) for answer in world.csms.recorded(HandshakeResponse)]
    assert answers == [(0, "closed before the answer")]


def test_compression_is_offered_accepted_and_recorded(world: World) -> None:
    world.serve(compression=True)
    link = world.connect(compression=True)
    world.do(Transmit(link, "x" * 500))
    world.until(lambda: world.csms.of(Received))
    assert world.csms.of(Received)[0].data == "x" * 500
    assert world.csms.recorded(Text)[0].compressed
    assert world.station.recorded(Text)[0].compressed
    assert any(name == "Sec-WebSocket-Extensions" for name, _ in world.station.of(Opened)[0].headers)


@pytest.mark.parametrize(("offer", "accept"), [(False, True), (True, False)])
def test_compression_needs_both(world: World, offer: bool, accept: bool) -> None:
    world.serve(compression=accept)
    link = world.connect(compression=offer)
    world.do(Transmit(link, "x" * 500))
    world.until(lambda: world.csms.recorded(Text))
    assert not world.csms.recorded(Text)[0].compressed
    assert not world.station.recorded(Text)[0].compressed


def test_a_link_number_serves_once(world: World) -> None:
    world.serve()
    link = world.connect()
    with pytest.raises(ValueError, match="used before"):
        world.do(Connect(link, Dial(f"{world.csms_hosted.url}/CS001")))


def test_links_of_two_stations_are_apart(world: World) -> None:
    world.serve()
    first, second = world.connect("A"), world.connect("B")
    world.do(Transmit(second, "b"), Transmit(first, "a"))
    world.until(lambda: len(world.csms.of(Received)) == 2)
    identity = {event.link: event.handshake.identity for event in world.csms.of(Opened) if event.handshake}
    assert {(identity[event.link], event.data) for event in world.csms.of(Received)} == {("A", "a"), ("B", "b")}


@pytest.mark.parametrize("url", ["http://127.0.0.1/CS", "ws:///CS", "ws://127.0.0.1:99999/x", "ws://127.0.0.1/é"])
def test_an_impossible_url_is_our_fault(world: World, url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|[Pp]ort|ASCII"):
        world.dial(url=url)


# ---- messages ---------------------------------------------------------------------------------------


def test_messages_both_ways_in_order_and_recorded(world: World) -> None:
    def echo(event: LinkEvent) -> list[Transmit]:
        return [Transmit(event.link, event.data)] if isinstance(event, Received) else []

    world.serve()
    world.csms.answer = echo
    link = world.connect()
    data: list[str | bytes] = [*(f"message {number} é" for number in range(30)), b"\x00\xff", "", b""]
    world.do(*(Transmit(link, item) for item in data))
    world.until(lambda: len(world.station.of(Received)) == len(data))
    assert [event.data for event in world.station.of(Received)] == data
    bodies = [event.body for event in world.csms.journal if isinstance(event.body, Text | Binary)]
    assert [body.data for body in bodies if body.direction is IN] == data
    assert [body.data for body in bodies if body.direction is OUT] == data


def test_a_message_right_before_the_close_is_still_answered(world: World) -> None:
    world.serve()
    world.csms.answer = lambda event: [Transmit(event.link, "answer")] if isinstance(event, Received) else []
    link = world.connect()
    world.do(Transmit(link, "question"), Close(link))
    world.until(lambda: world.station.of(Closed) and world.csms.of(Closed))
    assert [event.data for event in world.station.of(Received)] == ["answer"]


def test_a_legal_raw_text_frame(world: World) -> None:
    world.serve()
    link = world.connect()
    world.do(TransmitFrame(link, 1, "é".encode()))
    world.until(lambda: world.csms.of(Received))
    assert world.csms.of(Received)[0].data == "é"
    assert world.station.recorded(RawBytes)[0].data.startswith(b"\x81\x82")
    assert not world.station.recorded(Text)


def test_what_comes_too_late_is_noted_and_not_recorded_as_sent(world: World) -> None:
    world.serve()
    link = world.connect()
    world.do(Close(link))
    world.do(Transmit(link, "late"), Transmit(99, "nowhere"))
    world.until(lambda: world.station.of(Closed))
    world.do(Transmit(link, "later"))
    assert [note.topic for note in world.station.recorded(Note)] == ["not-sent"] * 3
    assert not world.station.recorded(Text)


def test_text_that_is_no_text_is_our_fault(world: World) -> None:
    world.serve()
    link = world.connect()
    with pytest.raises(UnicodeEncodeError):
        world.do(Transmit(link, "\ud800"))
    assert not world.station.recorded(Text)


# ---- ping and pong ----------------------------------------------------------------------------------


def test_pings_are_answered_unless_muted(world: World) -> None:
    world.serve()
    link = world.connect()
    world.do(Ping(link, b"one"))
    world.until(lambda: world.station.of(Ponged))
    assert world.station.of(Ponged)[0].payload == b"one"
    assert [(c.direction, c.name) for c in world.csms.recorded(Control)] == [(IN, "ping"), (OUT, "pong")]
    assert [(c.direction, c.name) for c in world.station.recorded(Control)] == [(OUT, "ping"), (IN, "pong")]

    there = world.csms.of(Opened)[0].link
    world.csms_does(Mute(there))
    world.do(Ping(link, b"two"))
    world.until(lambda: len(world.csms.of(Pinged)) == 2)
    world.csms_does(Mute(there, pongs=True))
    world.do(Ping(link, b"three"))
    world.until(lambda: len(world.station.of(Ponged)) == 2)
    assert [event.payload for event in world.station.of(Ponged)] == [b"one", b"three"]


def test_a_ping_too_long_is_our_fault(world: World) -> None:
    world.serve()
    link = world.connect()
    with pytest.raises(ValueError, match="125"):
        world.do(Ping(link, b"x" * 126))


# ---- endings ----------------------------------------------------------------------------------------


def endings(endpoint: Scripted) -> list[tuple[Direction, int, str]]:
    return [(end.by, end.code, end.reason) for end in endpoint.recorded(Ended)]


@pytest.mark.parametrize(("code", "reason"), [(1000, "done"), (1012, ""), (3000, "é"), (4999, "x" * 123), (1005, "")])
def test_closing_reaches_both_with_its_code(world: World, code: int, reason: str) -> None:
    world.serve()
    link = world.connect()
    world.do(Close(link, code, reason))
    world.until(lambda: world.station.of(Closed) and world.csms.of(Closed))
    there = world.csms.of(Opened)[0].link
    assert world.station.of(Closed) == [Closed(link, code, reason)]
    assert world.csms.of(Closed) == [Closed(there, code, reason)]
    assert endings(world.station) == [(OUT, code, reason)]
    assert endings(world.csms) == [(IN, code, reason)]


def test_the_csms_closes(world: World) -> None:
    world.serve()
    world.connect()
    world.csms_does(Close(world.csms.of(Opened)[0].link, 1001, "restart"))
    world.until(lambda: world.station.of(Closed) and world.csms.of(Closed))
    assert endings(world.csms) == [(OUT, 1001, "restart")]
    assert endings(world.station) == [(IN, 1001, "restart")]


@pytest.mark.parametrize("code", [0, 999, 1004, 1006, 1015, 2999, 5000])
def test_a_code_that_must_not_be_sent_fails_the_link_at_the_peer(world: World, code: int) -> None:
    world.serve()
    link = world.connect()
    world.do(Close(link, code))
    world.until(lambda: world.station.of(Closed) and world.csms.of(Closed))
    assert [event.code for event in world.csms.of(Closed) + world.station.of(Closed)] == [1002, 1002]
    assert [note.topic for note in world.csms.recorded(Note)] == ["websocket-violation"]
    assert endings(world.csms)[0][:2] == (OUT, 1002)


@pytest.mark.parametrize("command", [Close(1, 70_000), Close(1, 1000, "x" * 124)])
def test_a_close_that_does_not_fit_is_our_fault(world: World, command: Close) -> None:
    world.serve()
    world.connect()
    with pytest.raises(ValueError, match=r"16 bits|123 bytes"):
        world.do(command)


@pytest.mark.parametrize("reset", [False, True])
def test_dropping_is_1006_on_both_sides(world: World, reset: bool) -> None:
    world.serve()
    link = world.connect()
    world.do(Drop(link, reset))
    world.until(lambda: world.station.of(Closed) and world.csms.of(Closed))
    assert endings(world.station) == [(OUT, 1006, "")]
    assert endings(world.csms) == [(IN, 1006, "")]


def test_both_close_at_once(world: World) -> None:
    world.serve()
    link = world.connect()
    world.csms.answer = lambda event: [Close(event.link, 4001)] if isinstance(event, Received) else []
    world.do(Transmit(link, "close!"), Close(link, 4000))
    world.until(lambda: world.station.of(Closed) and world.csms.of(Closed))
    assert [event.code for event in world.csms.of(Closed)] == [4000]
    assert [event.code for event in world.station.of(Closed)] == [4001]
    assert endings(world.csms)[0][0] is OUT
    assert endings(world.station)[0][0] is OUT


def test_closing_the_csms_frees_the_port_and_says_goodbye(world: World) -> None:
    world.serve()
    link = world.connect()
    url = world.csms_hosted.url
    seen = len(world.csms.seen)
    world.csms_hosted.close()
    world.csms_hosted.close()
    world.until(lambda: world.station.of(Closed))
    assert world.station.of(Closed) == [Closed(link, 1001)]
    assert endings(world.csms) == [(OUT, 1001, "")]
    assert len(world.csms.seen) == seen
    world.serve(port=int(url.rpartition(":")[2]))
    assert world.csms_hosted.url == url
    world.connect()


def test_closing_the_station_says_goodbye(world: World) -> None:
    world.serve()
    world.connect()
    world.station_hosted.close()
    world.until(lambda: world.csms.of(Closed))
    assert world.csms.of(Closed)[0].code == 1001
    world.do(Transmit(1, "after the end"))
    assert not world.station.recorded(Text)


def test_what_was_closed_is_forgotten(world: World) -> None:
    """A run has one endpoint after the other on one carrier."""
    first = Scripted(Condition())
    gone = weakref.ref(first)
    world.carrier.host(first).close()
    last = world.carrier.host(Scripted(Condition()))
    del first
    gc.collect()
    assert gone() is None
    last.close()


def test_a_taken_address_is_an_oserror(world: World) -> None:
    world.serve()
    with pytest.raises(OSError, match=r"taken|in use"):
        World(world.carrier).serve(port=int(world.csms_hosted.url.rpartition(":")[2]))


# ---- faults of the endpoint -------------------------------------------------------------------------


def test_a_raising_endpoint_loses_its_link_and_nothing_else(world: World) -> None:
    def answer(event: LinkEvent) -> list[Transmit]:
        if isinstance(event, Received) and event.data == "boom":
            raise KeyError("scripted fault")
        return [Transmit(event.link, "fine")] if isinstance(event, Received) else []

    world.serve()
    world.csms.answer = answer
    first, second = world.connect("A"), world.connect("B")
    world.do(Transmit(first, "boom"))
    world.until(lambda: world.station.of(Closed))
    assert world.station.of(Closed)[0] == Closed(first, 1011, "harness fault")
    note = world.csms.recorded(Note)[0]
    assert note.topic == "harness-fault"
    assert "scripted fault" in note.text
    assert "Traceback" in note.text
    world.do(Transmit(second, "hello"))
    world.until(lambda: world.station.of(Received))
    assert world.station.of(Received) == [Received(second, "fine")]


def test_a_fault_inside_tell_is_raised_there(world: World) -> None:
    def answer(event: LinkEvent) -> list[Transmit]:
        raise LookupError(type(event).__name__)

    world.serve()
    world.csms.answer = answer
    with pytest.raises(LookupError, match="Asked"):
        world.csms_hosted.tell(Asked("reboot"))
    assert [note.topic for note in world.csms.recorded(Note)] == ["harness-fault"]
    world.csms.answer = lambda _: ()
    world.connect()


def test_a_fault_is_told_once_and_where_secrets_are_masked(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """In the journal, where there is one; raised, where somebody asked; in the log for want of both."""
    def answer(event: LinkEvent) -> list[Transmit]:
        raise LookupError("the password is correct horse")

    world.serve()
    world.csms.answer = answer
    with pytest.raises(LookupError):
        world.csms_hosted.tell(Asked("reboot"))
    world.dial()
    world.until(lambda: world.csms.of(Opened))
    world.until(lambda: any(not note.data for note in world.csms.recorded(Note)))
    alone = Scripted(world.bell)
    alone.answer = answer
    hosted = world.carrier.host(alone)
    with pytest.raises(LookupError):
        hosted.tell(Asked("reboot"))
    assert caplog.records == []
    alone.answer = lambda event: ()
    alone.wake = world.carrier.now().monotonic
    hosted.tell(Asked("be quiet"))
    alone.wake, alone.answer = None, answer
    world.until(lambda: caplog.records)
    assert "correct horse" in caplog.text


def test_a_fault_in_admit_is_status_500(world: World) -> None:
    def admission(_: object) -> Admission:
        raise RuntimeError("cannot decide")

    world.serve()
    world.csms.admission = admission
    assert world.refused().status == 500
    assert "cannot decide" in world.csms.recorded(Note)[0].text


# ---- time -------------------------------------------------------------------------------------------


def test_an_endpoint_is_woken_when_it_asked_for(world: World) -> None:
    start = world.carrier.now().monotonic
    world.station.wake = start + 30 * MILLISECOND

    def answer(event: LinkEvent) -> tuple[()]:
        if isinstance(event, Woken):
            times = len(world.station.of(Woken))
            world.station.wake = start + 60 * MILLISECOND if times == 1 else None
        return ()

    world.station.answer = answer
    world.station_hosted.tell(Asked("start"))
    world.until(lambda: len(world.station.of(Woken)) == 2)
    first, second = (at.monotonic - start for at, event in world.station.seen if isinstance(event, Woken))
    assert first >= 30 * MILLISECOND  # and not at once, which a busy machine cannot make of it either
    assert second >= 60 * MILLISECOND
    if isinstance(world.carrier, MemoryCarrier):
        assert (first, second) == (30 * MILLISECOND, 60 * MILLISECOND)
    assert not world.within(lambda: len(world.station.of(Woken)) > 2, 0.05)


def test_a_withdrawn_wish_wakes_nobody(world: World) -> None:
    world.station.wake = world.carrier.now().monotonic + 500 * MILLISECOND
    world.station_hosted.tell(Asked("start"))
    world.station.wake = None
    world.station_hosted.tell(Asked("stop"))
    assert not world.within(lambda: world.station.of(Woken), 0.6)


def test_a_wish_put_off_wakes_at_the_new_moment_only(world: World) -> None:
    start = world.carrier.now().monotonic
    for delay in (500, 600):
        world.station.wake = start + delay * MILLISECOND
        world.station_hosted.tell(Asked("start"))

    def answer(_: LinkEvent) -> tuple[()]:
        world.station.wake = None
        return ()

    world.station.answer = answer
    world.until(lambda: world.station.of(Woken))
    assert not world.within(lambda: len(world.station.of(Woken)) > 1, 0.05)
    moments = [at.monotonic - start for at, event in world.station.seen if isinstance(event, Woken)]
    assert moments[0] >= 600 * MILLISECOND


def test_wait_tells_what_it_found_and_when(world: World) -> None:
    before = world.carrier.now().monotonic
    assert world.carrier.wait(world.bell, lambda: True, before - SECOND)
    until = before + 30 * MILLISECOND
    assert not world.carrier.wait(world.bell, lambda: False, until)
    assert until <= world.carrier.now().monotonic < until + SECOND


def test_ready_is_asked_with_the_condition_held(world: World) -> None:
    world.serve()
    held: list[bool] = []

    def ready() -> bool:
        held.append(world.bell._is_owned())  # type: ignore[attr-defined]
        return bool(world.station.of(Opened))

    world.csms.admission = lambda _: Admission(delay=30 * MILLISECOND)
    world.dial()
    assert world.carrier.wait(world.bell, ready, world.carrier.now().monotonic + 5 * SECOND)
    assert len(held) > 1
    assert all(held)


def test_closing_the_carrier_is_final_and_idempotent(world: World) -> None:
    world.serve()
    world.connect()
    world.carrier.close()
    world.carrier.close()
    world.csms_hosted.close()


def test_an_unknown_intent_passes_to_the_endpoint(world: World) -> None:
    world.station_hosted.tell(do())
    assert len(world.station.of(Asked)) == 1

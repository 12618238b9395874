"""What only real sockets can do: raw bytes, resets, limits, hostile peers, TLS, and leaving nothing behind."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Iterator

import pytest
import trustme

from harness.carrier import Listen
from harness.journal import (
    Control,
    Direction,
    Ended,
    HandshakeRequest,
    HandshakeResponse,
    Note,
    RawBytes,
    Text,
    TlsHandshake,
)
from harness.rpc.link import (
    MILLISECOND,
    SECOND,
    Admission,
    Close,
    Closed,
    Connect,
    Dial,
    Drop,
    Opened,
    Pinged,
    Received,
    Refused,
    Transmit,
    TransmitBytes,
    TransmitFrame,
)
from harness.wire.bridge import Bridge
from harness.wire.server import ServerStream
from harness.wire.sockets import SocketCarrier
from tests.wire.scripted import World, do

IN, OUT = Direction.IN, Direction.OUT

REQUEST = (
    b"GET /CS001 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@pytest.fixture
def world() -> Iterator[World]:
    carrier = SocketCarrier(open_timeout=300 * MILLISECOND)
    try:
        yield World(carrier)
    finally:
        carrier.close()


@pytest.fixture
def peer(world: World) -> Iterator[socket.socket]:
    """A bare TCP connection to the CSMS."""
    world.serve()
    with socket.create_connection(("127.0.0.1", port_of(world)), timeout=5) as bare:
        yield bare


def port_of(world: World) -> int:
    return int(world.csms_hosted.url.rpartition(":")[2])


def read_all(bare: socket.socket) -> bytes:
    """Everything until the peer's FIN or RST."""
    read = bytearray()
    try:
        while data := bare.recv(65536):
            read += data
    except ConnectionResetError:
        pass
    return bytes(read)


def upgraded(bare: socket.socket) -> None:
    """Make a WebSocket of a bare connection."""
    bare.sendall(REQUEST)
    answer = bytearray()
    while b"\r\n\r\n" not in answer:
        answer += bare.recv(1)
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in answer  # RFC 6455 1.3


# ---- the opening handshake of strange peers -----------------------------------------------------------


def test_the_raw_handshake_is_kept_on_both_sides(world: World) -> None:
    world.serve()
    world.connect(authorization="Basic \udcff:")
    requests = [endpoint.recorded(HandshakeRequest)[0].raw for endpoint in (world.csms, world.station)]
    answers = [endpoint.recorded(HandshakeResponse)[0].raw for endpoint in (world.csms, world.station)]
    assert requests[0] == requests[1]
    assert requests[0].startswith(b"GET /CS001 HTTP/1.1\r\n")
    assert b"Authorization: Basic \xff:\r\n" in requests[0]
    assert answers[0] == answers[1]
    assert answers[0].startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert answers[0].endswith(b"\r\n\r\n")
    assert world.csms.handshakes[0].raw == requests[0]
    assert world.csms.handshakes[0].remote.startswith("127.0.0.1:")
    assert b"Server:" not in answers[0]


@pytest.mark.parametrize(
    ("garbage", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n", 400),
        (b"HELO mail\r\n\r\n", 400),
        (b"GET /caf\xe9 HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nbroken header\r\n\r\n", 400),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 9000 + b"\r\n\r\n", 431),
    ],
)
def test_garbage_gets_an_answer_and_is_kept(world: World, peer: socket.socket, garbage: bytes, status: int) -> None:
    peer.sendall(garbage)
    peer.shutdown(socket.SHUT_WR)
    assert read_all(peer).startswith(b"HTTP/1.1 %d " % status)
    world.until(lambda: world.csms.recorded(HandshakeResponse))
    assert world.csms.recorded(HandshakeResponse)[0].status == status
    kept = world.csms.recorded(RawBytes)[0]
    assert kept.direction is IN
    assert garbage.startswith(kept.data)
    assert not world.csms.handshakes
    world.connect()


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 426),
        (REQUEST.replace(b"GET", b"POST"), 405),
        (REQUEST.replace(b"Version: 13", b"Version: 8"), 400),
        (REQUEST.replace(b"dGhlIHNhbXBsZSBub25jZQ==", b"short"), 400),
    ],
)
def test_http_that_is_no_websocket(world: World, peer: socket.socket, request_text: bytes, status: int) -> None:
    peer.sendall(request_text)
    assert read_all(peer).startswith(b"HTTP/1.1 %d " % status)
    world.until(lambda: world.csms.recorded(HandshakeResponse))
    assert world.csms.recorded(HandshakeRequest)[0].raw == request_text
    assert world.csms.recorded(HandshakeResponse)[0].status == status
    assert not world.csms.handshakes


@pytest.mark.parametrize("said", [b"", b"GET / HTT"])
def test_a_silent_peer_is_not_waited_for(world: World, peer: socket.socket, said: bytes) -> None:
    peer.sendall(said)
    assert read_all(peer) == b""
    world.until(lambda: world.csms.recorded(HandshakeResponse))
    answer = world.csms.recorded(HandshakeResponse)[0]
    assert (answer.status, answer.reason) == (0, "no request within 0.3 s")
    assert [kept.data for kept in world.csms.recorded(RawBytes)] == ([said] if said else [])


def test_a_peer_that_goes_before_it_asks(world: World, peer: socket.socket) -> None:
    peer.close()
    world.until(lambda: world.csms.recorded(HandshakeResponse))
    assert world.csms.recorded(HandshakeResponse)[0].reason == "closed before a request"


def test_frames_sent_along_with_the_request_come_after_opened(world: World, peer: socket.socket) -> None:
    world.csms.admission = lambda _: Admission(delay=50 * MILLISECOND)
    peer.sendall(REQUEST + b"\x81\x82\0\0\0\0hi")
    world.until(lambda: world.csms.of(Received))
    assert [type(event) for _, event in world.csms.seen] == [Opened, Received]
    assert world.csms.handshakes[0].raw == REQUEST


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope", 403),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", 101),
        (b"SSH-2.0-OpenSSH_9.2\r\n", 0),
        (b"", 0),
    ],
)
def test_strange_servers(world: World, answer: bytes, status: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        world.dial(url=f"ws://127.0.0.1:{listener.getsockname()[1]}/CS001")
        accepted, _ = listener.accept()
        with accepted:
            accepted.recv(65536)
            accepted.sendall(answer)
        world.until(lambda: world.station.of(Refused))
    assert world.station.of(Refused)[0].status == status
    assert world.station.of(Refused)[0].reason
    recorded = world.station.recorded(HandshakeResponse)[0]
    assert (recorded.status, recorded.raw) == (status, answer)


def test_a_server_that_never_answers(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"ws://127.0.0.1:{listener.getsockname()[1]}/CS001"
        assert world.refused(url=url, timeout=50 * MILLISECOND).reason == "timed out"


# ---- raw frames ---------------------------------------------------------------------------------------


def test_fragments_are_one_message(world: World) -> None:
    world.serve()
    link = world.connect()
    euro = "€".encode()
    world.do(
        TransmitFrame(link, 1, b"a" + euro[:1], final=False),
        TransmitFrame(link, 9, b"between"),
        TransmitFrame(link, 0, euro[1:], final=False),
        TransmitFrame(link, 0, b"z"),
    )
    world.until(lambda: world.csms.of(Received))
    assert world.csms.of(Received)[0].data == "a€z"
    assert world.csms.of(Pinged)[0].payload == b"between"
    assert world.csms.recorded(Text)[0].fragments == 3
    assert len(world.station.recorded(RawBytes)) == 4


@pytest.mark.parametrize(
    "frame",
    [
        TransmitFrame(1, 3),
        TransmitFrame(1, 1, b"x", reserved=4),
        TransmitFrame(1, 1, b"x", masked=False),
        TransmitFrame(1, 0, b"continues nothing"),
        TransmitFrame(1, 9, b"x" * 126),
        TransmitFrame(1, 9, b"x", final=False),
        TransmitFrame(1, 8, b"\x03"),
    ],
)
def test_an_illegal_frame_fails_the_link_with_1002(world: World, frame: TransmitFrame) -> None:
    world.serve()
    world.connect()
    world.do(frame)
    world.until(lambda: world.csms.of(Closed) and world.station.of(Closed))
    assert [event.code for event in world.csms.of(Closed) + world.station.of(Closed)] == [1002, 1002]
    assert [note.topic for note in world.csms.recorded(Note)] == ["websocket-violation"]
    assert world.csms.recorded(Ended)[0].by is OUT
    assert world.station.recorded(Ended)[0].by is IN


def test_text_that_is_not_utf8_fails_the_link_with_1007(world: World) -> None:
    world.serve()
    link = world.connect()
    world.do(TransmitFrame(link, 1, b"caf\xe9"))
    world.until(lambda: world.csms.of(Closed) and world.station.of(Closed))
    assert [event.code for event in world.csms.of(Closed) + world.station.of(Closed)] == [1007, 1007]
    assert world.csms.recorded(RawBytes)[0].data == b"caf\xe9"
    assert not world.csms.of(Received)


def test_what_follows_a_failed_message_is_not_taken(world: World) -> None:
    world.serve()
    link = world.connect()
    world.do(TransmitBytes(link, b"\x81\x81\0\0\0\0\xff" + b"\x81\x82\0\0\0\0ok"))
    world.until(lambda: world.csms.of(Closed))
    assert world.csms.of(Closed)[0].code == 1007
    assert not world.csms.of(Received)
    assert not world.csms.recorded(Text)


def test_bytes_below_the_frames(world: World) -> None:
    world.serve()
    link = world.connect()
    world.do(TransmitBytes(link, b"\x81\x82\0\0\0\0o"), TransmitBytes(link, b"k"))
    world.until(lambda: world.csms.of(Received))
    assert world.csms.of(Received)[0].data == "ok"
    assert [sent.data for sent in world.station.recorded(RawBytes)] == [b"\x81\x82\0\0\0\0o", b"k"]


def test_a_frame_that_announces_more_than_it_carries(world: World) -> None:
    world.serve()
    link = world.connect()
    world.do(TransmitFrame(link, 1, b"half", length=8))
    assert not world.within(lambda: world.csms.of(Received), 0.05)
    world.do(Drop(link))
    world.until(lambda: world.csms.of(Closed))
    assert world.csms.of(Closed)[0].code == 1006


def test_drop_is_fin_and_reset_is_rst(world: World, peer: socket.socket) -> None:
    upgraded(peer)
    with socket.create_connection(("127.0.0.1", port_of(world)), timeout=5) as other:
        upgraded(other)
        world.until(lambda: len(world.csms.of(Opened)) == 2)
        world.csms_does(Drop(1), Drop(2, reset=True))
        assert peer.recv(1) == b""
        with pytest.raises(ConnectionResetError):
            other.recv(1)


# ---- size and number ----------------------------------------------------------------------------------


@pytest.mark.parametrize("compression", [False, True])
def test_a_message_beyond_max_size(world: World, compression: bool) -> None:
    world.serve(max_size=1000, compression=compression)
    link = world.connect(compression=compression)
    world.do(Transmit(link, "x" * 1000))
    world.do(Transmit(link, "y" * 1001))
    world.until(lambda: world.csms.of(Closed) and world.station.of(Closed))
    assert [event.data for event in world.csms.of(Received)] == ["x" * 1000]
    assert [event.code for event in world.csms.of(Closed) + world.station.of(Closed)] == [1009, 1009]
    assert [note.topic for note in world.csms.recorded(Note)] == ["message-too-big"]


def test_fragments_beyond_max_size(world: World) -> None:
    world.serve(max_size=1000)
    link = world.connect()
    world.do(TransmitFrame(link, 1, b"x" * 600, final=False), TransmitFrame(link, 0, b"x" * 600))
    world.until(lambda: world.csms.of(Closed))
    assert world.csms.of(Closed)[0].code == 1009


@pytest.mark.parametrize("secure", [False, True])
def test_ten_megabytes_both_ways_at_once(
    world: World, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext, secure: bool
) -> None:
    world.serve(tls=server_tls if secure else None)
    link = world.connect(tls=client_tls if secure else None)
    data = "0123456789" * 1_000_000
    world.csms_does(Transmit(1, data))
    world.do(Transmit(link, data))
    world.until(lambda: world.csms.of(Received) and world.station.of(Received), 10)
    assert world.csms.of(Received)[0].data == data
    assert world.station.of(Received)[0].data == data


def test_nothing_looks_sent_once_tcp_is_gone(world: World, peer: socket.socket) -> None:
    upgraded(peer)
    world.until(lambda: world.csms.of(Opened))
    world.csms.answer = lambda event: [Transmit(event.link, "too late")] if isinstance(event, Received) else []
    peer.sendall(b"\x81\x82\0\0\0\0hi" * 5_000)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()
    world.until(lambda: world.csms.of(Closed), 10)
    assert world.csms.of(Closed)[0].code == 1006
    sent = [text for text in world.csms.recorded(Text) if text.direction is OUT]
    unsent = [note for note in world.csms.recorded(Note) if note.topic == "not-sent"]
    assert len(sent) + len(unsent) == len(world.csms.of(Received))


def test_a_flood_starves_neither_waiting_nor_others(world: World, peer: socket.socket) -> None:
    upgraded(peer)
    sent: list[int] = []
    flood = threading.Thread(target=send_until_closed, args=(peer, b"\x8a\x80\0\0\0\0" * 10_000, sent))
    flood.start()
    try:
        world.until(lambda: any(note.topic == "flood" for note in world.csms.recorded(Note)))
        before = world.carrier.now().monotonic
        assert not world.within(lambda: False, 0.1)
        assert world.carrier.now().monotonic - before < SECOND // 2
        link = world.connect("CS002")
        world.do(Transmit(link, "I am here too"))
        world.until(lambda: world.csms.of(Received))
        taken = len(world.csms.recorded(Control))
        assert taken < 40_000  # the rest waits in TCP: 10,000 a second are taken, and a slice more
    finally:
        world.csms_hosted.close()
        flood.join()
    assert sum(sent) < 20_000_000  # what both kernels hold, not what a loop could swallow


def test_a_flood_waits_for_who_judges(world: World, peer: socket.socket) -> None:
    upgraded(peer)
    world.until(lambda: world.csms.of(Opened))
    world.csms.journal.read(0)  # somebody has begun, and reads no further
    sent: list[int] = []
    flood = threading.Thread(target=send_until_closed, args=(peer, b"\x8a\x80\0\0\0\0" * 10_000, sent))
    flood.start()
    try:
        world.until(lambda: any(note.topic == "flood" for note in world.csms.recorded(Note)))
    finally:
        world.csms_hosted.close()
        flood.join()
    (note,) = [note for note in world.csms.recorded(Note) if note.topic == "flood"]
    assert "faster than they can be judged" in note.text


def send_until_closed(bare: socket.socket, data: bytes, sent: list[int]) -> None:
    bare.settimeout(5)
    try:
        while True:
            sent.append(bare.send(data))
    except OSError:
        pass


# ---- leaving nothing behind ---------------------------------------------------------------------------


def test_the_loop_thread_has_a_name_and_ends(world: World) -> None:
    names = {thread.name for thread in threading.enumerate()}
    assert "harness-wire" in names
    world.serve()
    world.connect()
    world.carrier.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("harness-wire")]
    with pytest.raises(RuntimeError, match="closed"):
        world.station_hosted.tell(do())


def test_closing_does_not_wait_for_peers_that_do_not(world: World, peer: socket.socket) -> None:
    upgraded(peer)
    with socket.create_connection(("127.0.0.1", port_of(world))):
        world.until(lambda: world.csms.of(Opened))
        before = world.carrier.now().monotonic
        world.csms_hosted.close()
        assert world.carrier.now().monotonic - before < 2 * SECOND
    assert world.csms.recorded(Ended) == [Ended(OUT, 1006)]
    with socket.create_server(("127.0.0.1", port_of(world))):
        pass


def test_a_connection_given_up_before_it_begins_is_closed(world: World) -> None:
    ours, theirs = socket.socketpair()

    def accept_and_abort() -> ServerStream:
        stream = ServerStream(world.station_hosted, 7, Listen(), SECOND)  # type: ignore[arg-type]
        stream.take(ours, None)
        stream.abort()
        return stream

    bridge: Bridge = world.carrier._bridge  # type: ignore[attr-defined]
    stream = bridge.call(accept_and_abort)
    with theirs:
        theirs.settimeout(5)
        assert theirs.recv(1) == b""
    assert bridge.call(stream.gone.done)
    assert ours.fileno() == -1


def test_closing_while_dialling(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        world.dial(url=f"ws://127.0.0.1:{listener.getsockname()[1]}/CS001")
        world.carrier.close()
    assert world.station.recorded(HandshakeResponse)[0].reason == "given up"


def test_tell_from_the_loop_itself_is_refused(world: World) -> None:
    def answer(_: object) -> tuple[()]:
        world.station_hosted.tell(do())
        return ()

    world.serve()
    world.station.answer = answer
    world.connect()
    world.until(lambda: world.station.recorded(Note))
    assert "wait for itself" in world.station.recorded(Note)[0].text


# ---- TLS ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def client_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_tls_stands_and_is_described(world: World, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext) -> None:
    world.serve(tls=server_tls)
    assert world.csms_hosted.url.startswith("wss://")
    link = world.connect(tls=client_tls)
    world.do(Transmit(link, "secret"))
    world.until(lambda: world.csms.of(Received))
    assert world.station.recorded(TlsHandshake)[0].version == "TLSv1.3"
    assert world.station.of(Opened)[0].peer is not None
    world.do(Close(link))
    world.until(lambda: world.csms.of(Closed) and world.station.of(Closed))
    assert world.csms.of(Closed)[0].code == 1000


@pytest.mark.parametrize("reset", [False, True])
def test_dropping_tls(
    world: World, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext, reset: bool
) -> None:
    world.serve(tls=server_tls)
    link = world.connect(tls=client_tls)
    world.do(Drop(link, reset))
    world.until(lambda: world.csms.of(Closed) and world.station.of(Closed))
    assert [event.code for event in world.csms.of(Closed) + world.station.of(Closed)] == [1006, 1006]


def test_a_certificate_we_do_not_trust(world: World, server_tls: ssl.SSLContext) -> None:
    world.serve(tls=server_tls)
    refused = world.refused(tls=ssl.create_default_context())
    assert refused.status == 0
    assert refused.reason.startswith("TLS: ")
    assert "certificate verify failed" in refused.reason
    world.until(lambda: world.csms.recorded(Note))
    note = world.csms.recorded(Note)[0]
    assert note.topic == "tls-handshake-failed"
    assert "UNKNOWN_CA" in note.text  # the client's alert has reached the server
    assert not world.csms.handshakes


def test_a_client_certificate_that_is_missing(
    world: World, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    server_tls.verify_mode = ssl.CERT_REQUIRED
    world.serve(tls=server_tls)
    refused = world.refused(tls=client_tls)
    assert refused.status == 0
    assert "CERTIFICATE_REQUIRED" in refused.reason.upper()
    world.until(lambda: world.csms.recorded(HandshakeResponse))
    assert world.csms.recorded(HandshakeResponse)[0].status == 0


def test_a_failed_handshake_sends_its_alert(
    world: World, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    server_tls.minimum_version = ssl.TLSVersion.TLSv1_3
    client_tls.maximum_version = ssl.TLSVersion.TLSv1_2
    world.serve(tls=server_tls)
    with (
        socket.create_connection(("127.0.0.1", port_of(world)), timeout=5) as bare,
        pytest.raises(ssl.SSLError, match=r"(?i)alert protocol version"),
    ):
        client_tls.wrap_socket(bare, server_hostname="127.0.0.1")


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\n\r\n"])
def test_a_peer_that_does_not_speak_tls(world: World, server_tls: ssl.SSLContext, said: bytes) -> None:
    world.serve(tls=server_tls)
    with socket.create_connection(("127.0.0.1", port_of(world)), timeout=5) as bare:
        bare.sendall(said)
        read_all(bare)
        world.until(lambda: world.csms.recorded(HandshakeResponse))
    assert world.csms.recorded(HandshakeResponse)[0].reason.startswith("TLS: ")
    assert world.csms.recorded(Note)[0].topic == "tls-handshake-failed"


def test_closing_while_a_peer_is_silent_in_tls(world: World, server_tls: ssl.SSLContext) -> None:
    carrier = SocketCarrier()
    other = World(carrier)
    other.serve(tls=server_tls)
    with socket.create_connection(("127.0.0.1", port_of(other)), timeout=5) as bare:
        bare.sendall(b"\x16\x03\x01\x02\x00")
        other.station_hosted.tell(do())
        carrier.close()
        assert bare.recv(1) == b""


def test_tls_on_one_side_only_is_our_fault(world: World, client_tls: ssl.SSLContext) -> None:
    world.serve()
    with pytest.raises(ValueError, match="wss://"):
        world.dial(url="wss://127.0.0.1:1/CS001")
    with pytest.raises(ValueError, match="wss://"):
        world.dial(tls=client_tls)
    with pytest.raises(TypeError, match="SSLContext"):
        world.station_hosted.tell(do(Connect(90, Dial("wss://127.0.0.1:1/x", tls="yes"))))
    with pytest.raises(TypeError, match="SSLContext"):
        world.serve(tls="yes")

"""Offers that OpenSSL would not make: on record as they leave, judged by what the peer says to them."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.journal import (
    RENEGOTIATION,
    Direction,
    HandshakeRequest,
    HandshakeResponse,
    Note,
    RawBytes,
    TlsAlert,
    TlsHandshake,
    TlsHello,
)
from harness.security import forged, hello, tls
from harness.security.pki import Pki
from harness.security.settings import TlsSettings
from harness.wire.asking import Asking
from harness.wire.forging import Forging
from harness.wire.handmade import Buffer
from harness.wire.insistent import Insistent
from harness.wire.renegotiating import Renegotiating
from tests.wire.scripted import World
from tests.wire.tls_sides import BOTH, NAMES, client, server

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports asyncore for others
    from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
    from tlslite.messages import ApplicationData

IN, OUT = Direction.IN, Direction.OUT
REQUEST = b"GET /CS001 HTTP/1.1\r\n\r\n"


def compressions(world: World, kind: str) -> set[tuple[str, tuple[str, ...]]]:
    """Who saw which methods go by in hellos of that kind."""
    sides = (("csms", world.csms), ("station", world.station))
    return {(name, body.compressions) for name, side in sides for body in side.recorded(TlsHello) if body.kind == kind}


def test_compression_is_really_offered_and_null_is_taken(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, *BOTH))
    refused = world.refused(tls=client(pki, compressions=("DEFLATE", "null")))
    assert refused.reason.startswith("TLS: the server took TLSv1.2")
    assert compressions(world, "ClientHello") == {("csms", ("1", "0")), ("station", ("1", "0"))}
    assert compressions(world, "ServerHello") == {("csms", ("0",)), ("station", ("0",))}


def test_who_offers_nothing_but_compression_is_refused_with_an_alert_of_the_peer(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, *BOTH))
    world.refused(tls=client(pki, compressions=("DEFLATE",)))
    assert compressions(world, "ClientHello") == {("csms", ("1",)), ("station", ("1",))}
    alerts = {(body.direction, body.description) for body in world.station.recorded(TlsAlert)}
    assert {direction for direction, _ in alerts} == {IN}
    assert not world.csms.handshakes
    world.connect(tls=client(pki))


def test_a_server_that_takes_the_first_method_is_seen_to_take_it(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, *BOTH, takes_all=True))
    world.refused(tls=client(pki, compressions=("DEFLATE", "null")))
    assert ("station", ("1",)) in compressions(world, "ServerHello")


def test_a_server_that_wants_to_compress_is_refused_by_openssl(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, *BOTH, compressions=("DEFLATE",)))
    world.refused(tls=client(pki))
    assert ("csms", ("1",)) in compressions(world, "ServerHello")
    world.until(lambda: bool(world.csms.recorded(TlsAlert)))
    assert [(body.direction, body.description) for body in world.csms.recorded(TlsAlert)] == [(IN, "illegal_parameter")]


def test_renegotiation_is_really_asked_for_and_the_peer_says_no(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, *BOTH))
    refused = world.refused(tls=client(pki, renegotiation=True))
    assert refused.reason == "TLS: alert no_renegotiation"
    assert world.station.recorded(TlsHandshake)[0].version == "TLSv1.2"
    for side in (world.csms, world.station):
        first, second = (body for body in side.recorded(TlsHello) if body.kind == "ClientHello")
        said = hello.client_hello(first.raw), hello.client_hello(second.raw)
        assert [each.secure_renegotiation for each in said] == [True, False]
    assert (OUT, "no_renegotiation") in {(b.direction, b.description) for b in world.csms.recorded(TlsAlert)}


def test_a_server_that_renegotiates_with_anybody_is_found_out(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, *BOTH, renegotiates=True))
    refused = world.refused(tls=client(pki, renegotiation=True))
    assert refused.reason == "TLS: the server renegotiates with a client that proves nothing"
    hellos = [body.kind for body in world.station.recorded(TlsHello)]
    assert hellos == ["ClientHello", "ServerHello"] * 2


def alert(level: int, number: int) -> bytes:
    return forged.record("TLSv1.2", forged.ALERT, bytes((level, number)))


WARNING, FATAL, UNRECOGNIZED_NAME, HANDSHAKE_FAILURE = 1, 2, 112, 40
TAKEN = forged.record("TLSv1.2", forged.HANDSHAKE, forged.server_hello("TLSv1.2", bytes(32), 0xC02B, 1))


@pytest.mark.parametrize("pieces", [
    [alert(WARNING, UNRECOGNIZED_NAME) + TAKEN], [alert(WARNING, UNRECOGNIZED_NAME), TAKEN],
    [alert(WARNING, UNRECOGNIZED_NAME)[:3], alert(WARNING, UNRECOGNIZED_NAME)[3:] + TAKEN[:9], TAKEN[9:]],
], ids=["at once", "one by one", "in pieces"])
def test_a_warning_refuses_nothing(pki: Pki, pieces: list[bytes]) -> None:
    """RFC 5246 7.2.2, RFC 6066 3: a server may warn of a name that it does not know, and go on."""
    recorded: list[object] = []
    attempt = Forging(client(pki, compressions=("DEFLATE",)), NAMES.hosts[0], recorded.append)
    attempt.opening()
    said = [attempt.take(piece)[1] for piece in pieces]
    assert said == [*[""] * (len(pieces) - 1), "TLS: the server took TLSv1.2 with ECDHE-ECDSA-AES128-GCM-SHA256"]
    alerts = [(body.level, body.description) for body in recorded if isinstance(body, TlsAlert)]
    assert alerts == [("warning", "unrecognized_name")]


@pytest.mark.parametrize("end", [alert(FATAL, HANDSHAKE_FAILURE), alert(WARNING, 0)], ids=["fatal", "close_notify"])
def test_what_ends_a_handshake_refuses_it(pki: Pki, end: bytes) -> None:
    attempt = Forging(client(pki, compressions=("DEFLATE",)), NAMES.hosts[0], lambda body: None)
    attempt.opening()
    assert attempt.take(alert(WARNING, UNRECOGNIZED_NAME) + end)[1].startswith("TLS: alert ")


def test_who_pours_out_anything_but_a_handshake_is_not_listened_to_for_ever(pki: Pki) -> None:
    attempt = Forging(client(pki, compressions=("DEFLATE",)), NAMES.hosts[0], lambda body: None)
    attempt.opening()
    said = next(said for _ in range(1000) if (said := attempt.take(b"x" * 1000)[1]))
    assert said.startswith("TLS: no handshake in ")


class Deaf:
    """A server by tlslite-ng, which drops whatever handshake comes inside its first one, and answers requests."""

    def __init__(self, pki: Pki) -> None:
        issued = pki.issued("CSMS RSA certificate")
        chain = X509CertChain()
        chain.parsePemList(issued.chain)
        self.buffer = Buffer()
        self.dropped = 0
        self._tls = TLSConnection(self.buffer)
        settings = HandshakeSettings()
        settings.minVersion = settings.maxVersion = (3, 3)
        key = parsePEMKey(issued.key, private=True)
        self._steps = self._course(self._tls.handshakeServerAsync(certChain=chain, privateKey=key, settings=settings))

    def _course(self, first: Iterator[int]) -> Iterator[int]:
        yield from first
        while True:
            for result in self._tls._getNextRecord():
                if result in (0, 1):
                    yield result
                elif result[0].type == forged.HANDSHAKE:
                    self.dropped += 1
                else:
                    for _ in self._tls._sendMsg(ApplicationData().create(bytearray(b"HTTP/1.1 400 Bad Request"))):
                        pass

    def __call__(self, data: bytes) -> bytes:
        """What it says to that."""
        self.buffer.came += data
        for wants in self._steps:
            if wants == 0 and not self.buffer.came:
                break
        going = bytes(self.buffer.going)
        self.buffer.going.clear()
        return going


def stood(pki: Pki) -> tuple[Renegotiating, Deaf, list[object]]:
    """An attempt of ours whose first handshake stands, and whose second ClientHello was dropped; what is on record."""
    recorded: list[object] = []
    attempt, deaf = Renegotiating(client(pki, renegotiation=True), NAMES.hosts[0], recorded.append), Deaf(pki)
    going, said = attempt.opening(), ""
    while not deaf.dropped:
        going, said = attempt.take(deaf(going))
    assert (going, said) == (b"", "")
    assert TlsHandshake in {type(body) for body in recorded}
    return attempt, deaf, recorded


def test_a_server_that_ignores_the_second_hello_shows_that_it_lives(pki: Pki) -> None:
    attempt, deaf, recorded = stood(pki)
    assert attempt.nudge() == b""
    going, said = attempt.take(deaf(attempt.nudge()))
    assert (going, said) == (b"", "TLS: the second ClientHello was ignored, and the request behind it answered")
    out, back = (body for body in recorded if isinstance(body, RawBytes))
    assert (out.direction, out.data[:5], back.direction, back.data[:12]) == (OUT, b"HEAD ", IN, b"HTTP/1.1 400")
    assert not [body for body in recorded if isinstance(body, TlsAlert)]


def test_where_our_own_tls_gives_up_it_is_told_as_ours(pki: Pki) -> None:
    """A record that is damaged on its way is no refusal of the server's."""
    attempt, deaf, recorded = stood(pki)
    attempt.nudge()
    answer = bytearray(deaf(attempt.nudge()))
    answer[-1] ^= 1
    _, said = attempt.take(bytes(answer))
    assert said.startswith("TLS: our alert bad_record_mac")
    (alert,) = (body for body in recorded if isinstance(body, TlsAlert))
    assert (alert.direction, alert.level, alert.description) == (OUT, "fatal", "bad_record_mac")


def test_a_hello_in_two_pieces_is_waited_for_and_not_looked_at_all_the_time(
    world: World, pki: Pki, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    look = Insistent._look

    def counted(insistent: Insistent) -> None:
        looks.append(len(looks))
        look(insistent)

    monkeypatch.setattr(Insistent, "_look", counted)
    world.serve(tls=server(pki, *BOTH, compressions=("DEFLATE",)))
    message = forged.client_hello("TLSv1.2", (0xC02B, 0xC02C), NAMES.hosts[0], bytes(32))
    whole = forged.record("TLSv1", forged.HANDSHAKE, message)
    port = int(world.csms_hosted.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as bare:
        for begin, end in ((0, 1), (1, 40)):
            bare.sendall(whole[begin:end])
            world.refused(tls=client(pki))  # meanwhile the loop has many turns
        assert len(looks) < 10
        bare.sendall(whole[40:])
        answer = bare.recv(4000)
    assert forged.records(answer)[0][1][:1] == bytes((hello.SERVER_HELLO,))


def test_who_leaves_in_the_middle_of_a_hello_is_let_go_at_once(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, *BOTH, compressions=("DEFLATE",)))
    port = int(world.csms_hosted.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as bare:
        bare.sendall(b"\x16\x03\x01\x02\x00\x01")
        bare.shutdown(socket.SHUT_WR)
        assert bare.recv(4000) == b""
    world.until(lambda: world.csms.recorded(HandshakeResponse))


def asked(world: World, pki: Pki, station: TlsSettings, **more: object) -> list[str]:
    """What our CSMS notes of a station that it asks for another handshake."""
    world.serve(tls=server(pki, *BOTH, renegotiation=True, **more))
    world.refused(tls=station)
    world.until(lambda: bool(world.csms.recorded(HandshakeResponse)))
    return [note.text for note in world.csms.recorded(Note) if note.topic == RENEGOTIATION]


@pytest.mark.parametrize("suite", ["ECDHE-ECDSA-AES256-GCM-SHA384", "AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"])
def test_openssl_proves_that_it_is_who_made_the_first_handshake(suite: str, world: World, pki: Pki) -> None:
    assert asked(world, pki, client(pki, suites=(suite,), maximum="TLSv1.2")) == ["proven"]
    (handshake,) = world.csms.recorded(TlsHandshake)
    assert (handshake.version, handshake.suite) == ("TLSv1.2", suite)
    said, asked_for = world.csms.recorded(RawBytes)
    assert said.data.startswith(b"GET /")
    assert (asked_for.direction, asked_for.data) == (OUT, bytes(4))
    first, second = (body for body in world.csms.recorded(TlsHello) if body.kind == "ClientHello")
    assert hello.renegotiation_proof(first.raw) in (None, b"")
    assert len(hello.renegotiation_proof(second.raw) or b"") == 12


def test_a_station_that_says_no_has_refused(world: World, pki: Pki, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tls.client_context

    def unwilling(settings: TlsSettings, *rest: object) -> ssl.SSLContext:
        context = made(settings, *rest)  # type: ignore[arg-type]
        context.options |= ssl.OP_NO_RENEGOTIATION
        return context

    monkeypatch.setattr(tls, "client_context", unwilling)
    assert asked(world, pki, client(pki)) == ["refused"]
    assert (IN, "no_renegotiation") in {(b.direction, b.description) for b in world.csms.recorded(TlsAlert)}
    assert world.csms.recorded(HandshakeResponse)[-1].status == 503


def test_a_second_hello_without_proof_is_found_out(world: World, pki: Pki) -> None:
    assert asked(world, pki, client(pki, renegotiation=True)) == ["unproven"]


def test_a_station_that_does_not_speak_tls_1_2_is_not_asked(world: World, pki: Pki) -> None:
    assert asked(world, pki, client(pki, minimum="TLSv1.3")) == []
    assert world.csms.recorded(TlsHandshake) == []


def by_hand(pki: Pki, speak: Callable[[ssl.SSLSocket], object]) -> list[object]:
    """Our asking side at one end of a pair of sockets, a client of OpenSSL's at the other; what is on record."""
    ours, theirs = socket.socketpair()
    recorded: list[object] = []

    async def serve() -> None:
        ours.setblocking(False)
        asking = Asking(ours, server(pki, *BOTH, renegotiation=True), recorded.append, lambda: None, 5.0)
        await asking.gone

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    context = tls.client_context(client(pki, maximum="TLSv1.2"))
    with context.wrap_socket(theirs, server_hostname="csms.harness.test") as secure:
        speak(secure)
        thread.join(10)
    assert not thread.is_alive()
    return recorded


def notes(recorded: list[object]) -> list[str]:
    return [body.text for body in recorded if isinstance(body, Note) and body.topic == RENEGOTIATION]


def test_a_station_that_reads_nothing_more_has_ignored_it(pki: Pki) -> None:
    assert notes(by_hand(pki, lambda secure: secure.send(REQUEST))) == ["ignored"]


def test_a_station_that_leaves_has_refused(pki: Pki) -> None:
    def leaves(secure: ssl.SSLSocket) -> None:
        secure.send(REQUEST)
        secure.shutdown(socket.SHUT_WR)

    assert notes(by_hand(pki, leaves)) == ["refused"]


def test_a_station_that_says_nothing_is_not_asked(pki: Pki) -> None:
    recorded = by_hand(pki, lambda secure: secure.shutdown(socket.SHUT_WR))
    assert notes(recorded) == []
    assert not [body for body in recorded if isinstance(body, RawBytes)]


def test_no_credentials_are_shown_to_a_server_that_nobody_verified(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, *BOTH))
    world.refused(tls=client(pki, renegotiation=True), authorization="Basic c2VjcmV0")
    assert world.station.recorded(HandshakeRequest) == []
    assert world.station.recorded(HandshakeResponse)[0].status == 0


def test_who_does_not_wait_for_our_hello_has_left_and_is_no_fault_of_ours(pki: Pki) -> None:
    ours, theirs = socket.socketpair()
    message = forged.client_hello("TLSv1.2", (0xC02B,), NAMES.hosts[0], bytes(32))
    theirs.sendall(forged.record("TLSv1", forged.HANDSHAKE, message))
    theirs.close()
    recorded: list[object] = []
    faults: list[object] = []

    async def serve() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))
        ours.setblocking(False)
        settings = server(pki, *BOTH, compressions=("DEFLATE",))
        await Insistent(ours, settings, recorded.append, lambda taken: None, lambda: None, 5.0).gone

    asyncio.run(serve())
    assert faults == []
    (answer,) = (body for body in recorded if isinstance(body, HandshakeResponse))
    assert answer.reason.startswith("TLS: ")
    assert "Broken pipe" in answer.reason


@given(
    version=st.sampled_from(["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"]),
    suites=st.lists(st.integers(0, 0xFFFE).filter(lambda number: number != 0x00FF), min_size=1, max_size=60),
    compressions=st.lists(st.integers(0, 255), min_size=1, max_size=60),
    proves=st.booleans(),
)
def test_what_is_made_by_hand_reads_as_it_was_meant(
    version: str, suites: list[int], compressions: list[int], proves: bool
) -> None:
    message = forged.client_hello(
        version, tuple(suites), "csms.harness.test", bytes(32), tuple(compressions),
        forged.SECURE_RENEGOTIATION if proves else b"",
    )
    said = hello.client_hello(message)
    assert (said.versions, said.suites, said.compressions) == ((version,), tuple(suites), tuple(compressions))
    bare = version == "SSLv3"
    assert said.server_name == ("" if bare else "csms.harness.test")
    assert said.secure_renegotiation is (proves and not bare)
    answer = hello.server_hello(forged.server_hello(version, bytes(32), suites[0], compressions[0], proves))
    assert answer == hello.Hello((version,), (suites[0],), (compressions[0],), secure_renegotiation=proves)


@pytest.mark.parametrize("address", ["127.0.0.1", "[::1]", "2001:db8::1"])
def test_an_address_is_no_name_to_ask_for(address: str) -> None:
    """RFC 6066 3; a server may refuse the whole hello for it."""
    message = forged.client_hello("TLSv1.2", (0xC02B,), address, bytes(32))
    assert hello.client_hello(message).server_name == ""


def test_a_server_without_a_name_is_asked_to_renegotiate_too(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki))
    station = replace(client(pki, renegotiation=True), server_name="127.0.0.1")
    assert world.refused(tls=station).reason == "TLS: alert no_renegotiation"

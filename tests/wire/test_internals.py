"""Each undocumented assumption of `harness.wire.internals`, so that a new version of a library fails here."""

from __future__ import annotations

import asyncio
import inspect
from asyncio import sslproto

from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import SEND_EOF, Protocol, State
from websockets.server import ServerProtocol
from websockets.uri import WebSocketURI

from harness.wire.internals import (
    AlertingLoop,
    ClientSide,
    ServerSide,
    apply_mask,
    send_any_close,
    watch_compression,
)

URI = WebSocketURI(False, "h", 80, "/CS001", "")


def shaken(answer: str | None = None, deflate: bool = False) -> tuple[ClientSide, ServerSide]:
    """Both sides after the handshake, in which the server names the subprotocol `answer`."""
    client = ClientSide(URI, extensions=[ClientPerMessageDeflateFactory()] if deflate else None)
    server = ServerSide(extensions=[ServerPerMessageDeflateFactory()] if deflate else None)
    client.send_request(client.connect())
    pass_on(client, server)
    [request] = server.events_received()
    assert isinstance(request, Request)
    response = server.accept(request)
    if answer is not None:
        response.headers["Sec-WebSocket-Protocol"] = answer
    server.send_response(response)
    pass_on(server, client)
    [received] = client.events_received()
    assert isinstance(received, Response)
    for side in (client, server):
        watch_compression(side)
    return client, server


def pass_on(sender: Protocol, receiver: Protocol) -> None:
    for data in sender.data_to_send():
        if data == SEND_EOF:
            receiver.receive_eof()
        else:
            receiver.receive_data(data)


def opcodes(side: ClientSide | ServerSide) -> list[Opcode]:
    return [frame.opcode for frame, _ in side.take_sent()]


def test_every_frame_leaves_through_send_frame() -> None:
    client, server = shaken()
    client.send_text(b"1", fin=False)
    client.send_continuation(b"2", fin=True)
    client.send_binary(b"3")
    client.send_ping(b"4")
    client.send_pong(b"5")
    client.send_close(1000)
    assert opcodes(client) == [Opcode.TEXT, Opcode.CONT, Opcode.BINARY, Opcode.PING, Opcode.PONG, Opcode.CLOSE]
    pass_on(client, server)
    assert opcodes(server) == [Opcode.PONG, Opcode.CLOSE]  # the library's own answers pass there too


def test_a_failing_link_says_so_through_send_frame() -> None:
    client, server = shaken()
    server.receive_data(b"\x83\x80\0\0\0\0")
    assert opcodes(server) == [Opcode.CLOSE]
    assert server.parser_exc is not None
    pass_on(server, client)
    assert client.close_rcvd is not None
    assert client.close_rcvd.code == 1002


def test_a_muted_side_sends_no_pong_and_nothing_else_is_lost() -> None:
    client, server = shaken()
    server.muted = True
    client.send_ping(b"x")
    client.send_text(b"y")
    pass_on(client, server)
    assert [event.opcode for event in server.events_received() if isinstance(event, Frame)] == [
        Opcode.PING,
        Opcode.TEXT,
    ]
    assert server.data_to_send() == []
    server.muted = False
    client.send_ping(b"z")
    pass_on(client, server)
    assert opcodes(server) == [Opcode.PONG]


def test_the_client_takes_any_subprotocol_and_the_server_names_none_itself() -> None:
    client, server = shaken("never offered, and two of them")
    assert client.state is State.OPEN
    assert client.subprotocol == "never offered, and two of them"
    assert server.subprotocol is None
    assert shaken(None)[0].subprotocol is None
    assert "process_subprotocol" in vars(ServerProtocol)
    assert "process_subprotocol" in vars(ClientProtocol)


def test_the_spy_sees_compression_in_both_directions() -> None:
    for deflate in (False, True):
        client, server = shaken(deflate=deflate)
        client.send_text(b"x" * 100)
        assert [compressed for _, compressed in client.take_sent()] == [deflate]
        pass_on(client, server)
        assert list(server.spy.received) == [deflate]
        [frame] = server.events_received()
        assert isinstance(frame, Frame)
        assert bytes(frame.data) == b"x" * 100


def test_any_close_leaves_what_send_close_leaves() -> None:
    usual, _ = shaken()
    usual.send_close(1000, "bye")
    ours, server = shaken()
    send_any_close(ours, 1000, "bye", b"\x03\xe8bye")
    assert (ours.state, ours.close_sent) == (usual.state, usual.close_sent)
    assert ours.close_expected()
    pass_on(ours, server)
    pass_on(server, ours)
    assert ours.close_rcvd == usual.close_sent
    assert ours.state is State.CLOSED


def test_the_library_answers_long_lines_itself_and_garbage_not_at_all() -> None:
    garbage, long = ServerSide(), ServerSide()
    garbage.receive_data(b"HELO\r\n\r\n")
    long.receive_data(b"GET /" + b"x" * 9000)
    assert garbage.data_to_send() == [SEND_EOF]
    assert garbage.handshake_exc is not None
    assert garbage.handshake_exc.__cause__ is not None
    assert long.writes[0].startswith(b"HTTP/1.1 414 ")


def test_asyncio_makes_tls_where_we_think() -> None:
    assert issubclass(AlertingLoop, asyncio.SelectorEventLoop)
    assert hasattr(asyncio.SelectorEventLoop, "_make_ssl_transport")
    for name in ("_on_handshake_complete", "_process_outgoing"):
        assert callable(getattr(sslproto.SSLProtocol, name))
    called = inspect.getsource(sslproto.SSLProtocol._do_handshake)  # type: ignore[attr-defined]
    assert "self._on_handshake_complete(" in called  # through the instance, where the loop puts its own


def test_what_a_whole_text_needs_not_be_checked_for() -> None:
    client, server = shaken()
    assert server.takes_plainly(1 << 20)
    assert not server.takes_plainly((1 << 20) + 1)
    assert not ServerSide().takes_plainly(1), "no WebSocket stands yet"
    server.max_message_size = None
    assert server.takes_plainly(1 << 40)
    for data, final in ((b"1", False), (b"2", False), (b"3", True)):
        if data == b"1":
            client.send_text(data, fin=final)
        else:
            client.send_continuation(data, fin=final)
        pass_on(client, server)
        assert server.takes_plainly(1) == client.sends_plainly == final
    client.send_text(b"4")
    assert not client.sends_plainly, "it has not left yet"
    pass_on(client, server)
    client.send_close()
    pass_on(client, server)
    assert not client.sends_plainly
    assert not server.takes_plainly(1)


def test_a_compressed_link_sends_nothing_plainly() -> None:
    assert not shaken(deflate=True)[0].sends_plainly
    assert shaken()[0].sends_plainly


def test_a_frame_that_is_not_compressed_passes_the_extensions_as_it_is() -> None:
    client, server = shaken(deflate=True)
    for text in (b"compressible " * 9, b"plain", b"compressible " * 9):
        if text == b"plain":  # as a peer may, at any time (RFC 7692 6)
            server.receive_data(Frame(Opcode.TEXT, text).serialize(mask=True))
        else:
            client.send_text(text)
            pass_on(client, server)
        (found,) = server.events_received()
        assert isinstance(found, Frame)
        assert bytes(found.data) == text


def test_the_mask_is_that_of_rfc_6455() -> None:
    assert apply_mask(bytes.fromhex("7f9f4d5158"), bytes.fromhex("37fa213d")) == b"Hello"

"""Small messages leave at once: with Nagle's algorithm an answer would wait for the acknowledgement of the last."""

from __future__ import annotations

import socket
from typing import cast

from harness.wire.sockets import SocketCarrier
from tests.wire.scripted import World


def test_both_ends_send_without_delay() -> None:
    carrier = SocketCarrier()
    try:
        world = World(carrier)
        world.serve()
        world.connect()
        for hosted in carrier._hosted:
            (stream,) = hosted.streams.values()
            assert stream._transport is not None
            sock = cast(socket.socket, stream._transport.get_extra_info("socket"))
            assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    finally:
        carrier.close()

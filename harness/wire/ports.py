"""Whether an address of this machine can be taken, asked before a run rather than in its first scenario."""

from __future__ import annotations

import socket


def obstacle(listen: str) -> str:
    """Why `listen` ("host:port", IPv6 in brackets) cannot be listened on, or ""."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, int(port)), family=family).close()
    except OSError as error:
        return f"cannot listen on {listen}: {error.strerror or error}"
    return ""

"""What `Listen.tls` and `Dial.tls` may be, and the context that one connection gets of it."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from harness.journal import Body
from harness.security import tls
from harness.security.settings import TlsDress, TlsSchedule, TlsSettings, TlsSwitch

Record = Callable[[Body], None]


def check(value: object, where: str) -> None:
    """Raises TypeError where `value` says nothing of TLS."""
    if not isinstance(value, ssl.SSLContext | TlsSettings | TlsSchedule | TlsSwitch | TlsDress):
        raise TypeError(f"{where} is a TlsSettings, a TlsSchedule or an ssl.SSLContext, not {type(value).__name__}")


def settings_of(value: object, link: int) -> TlsSettings | None:
    """The settings that count for that link; None where a context was given as it is."""
    if isinstance(value, TlsSchedule | TlsSwitch | TlsDress):
        return value.at(link)
    return value if isinstance(value, TlsSettings) else None


def context_of(value: object, link: int, record: Record, server: bool) -> ssl.SSLContext | None:
    """The context for one connection, recording into `record`. Raises PkiError; None is no TLS."""
    if value is None or isinstance(value, ssl.SSLContext):
        return value
    settings = settings_of(value, link)
    if settings is None:
        return None
    return (tls.server_context if server else tls.client_context)(settings, record)

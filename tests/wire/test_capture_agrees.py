"""Somebody else listens on the wire: what a packet capture shows is what our journal claims.

Needs dumpcap and tshark (Debian: tshark) and the right to capture; `.ci/run` installs them and runs as root there."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness import resources
from harness.journal import Direction, TlsAlert, TlsHello
from harness.security import declaration, hello
from harness.security.pki import Names, Pki
from harness.security.settings import Credential, TlsSettings
from harness.wire.sockets import SocketCarrier
from tests.wire.scripted import World

NAME = "csms.harness.test"
FIELDS = (
    "tcp.srcport", "tcp.dstport", "tls.handshake.version", "tls.handshake.ciphersuite", "tls.handshake.comp_method",
    "tls.handshake.extensions_server_name", "tls.alert_message.desc", "tcp.payload",
)
PATIENCE = 60.0
"""Seconds for the capture to reach the disk; only a capture that never does waits so long."""


@contextmanager
def captured(port: int, file: Path) -> Iterator[None]:
    """Everything on that port goes into the file from the first line on."""
    if not (shutil.which("dumpcap") and shutil.which("tshark")):
        pytest.skip("dumpcap and tshark are not installed (apt-get install tshark)")
    command = ["dumpcap", "-i", "lo", "-f", f"tcp port {port}", "-w", str(file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        said = ""
        for line in running.stderr:
            said += line
            if line.startswith("File:"):
                break
        else:
            pytest.skip(f"no right to capture: {said.strip()}")
        try:
            yield
        finally:
            running.send_signal(signal.SIGINT)


def rows(file: Path, port: int) -> list[dict[str, str]]:
    """What tshark makes of the handshake messages and alerts in the clear."""
    command = ["tshark", "-r", str(file), "-d", f"tcp.port=={port},tls"]
    command += ["-Y", "tls.handshake.type==1||tls.alert_message", "-T", "fields", "-E", "separator=|"]
    command += [word for name in FIELDS for word in ("-e", name)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
    return [dict(zip(FIELDS, line.split("|"), strict=True)) for line in said.splitlines()]


def seen(file: Path, port: int) -> tuple[dict[str, str], dict[str, str]]:
    """The ClientHello and the alert, as soon as both are in the file."""
    until = time.monotonic() + PATIENCE
    while True:
        found = rows(file, port)
        hellos = [row for row in found if row["tcp.dstport"] == str(port) and row["tls.handshake.version"]]
        alerts = [row for row in found if row["tcp.srcport"] == str(port) and row["tls.alert_message.desc"]]
        if hellos and alerts:
            return hellos[0], alerts[0]
        assert time.monotonic() < until, found


@pytest.mark.parametrize("offer", ["TLSv1", "TLSv1.1", "DEFLATE"])
def test_the_client_hello_of_the_journal_is_the_one_on_the_wire(tmp_path: Path, offer: str) -> None:
    pki = Pki(declaration.load(resources.root() / "certs" / "default.toml"), Names((NAME, "127.0.0.1")))
    issued = pki.issued("CSMS certificate")
    carrier = SocketCarrier()
    try:
        world = World(carrier)
        world.serve(tls=TlsSettings((Credential(issued.chain, issued.key),)))
        port = urlsplit(world.csms_hosted.url).port
        assert port is not None
        client = TlsSettings(trusts=pki.roots("CSMS root"), server_name=NAME)
        by_hand = TlsSettings(trusts=client.trusts, server_name=NAME, compressions=("DEFLATE",))
        file = tmp_path / "wire.pcapng"
        with captured(port, file):
            world.refused(tls=by_hand if offer == "DEFLATE" else client.with_versions((offer,)))
            packet, alert = seen(file, port)
    finally:
        carrier.close()
    claimed = next(body for body in world.station.recorded(TlsHello) if body.kind == "ClientHello")
    said = hello.client_hello(claimed.raw)
    assert claimed.raw.hex() in packet["tcp.payload"].replace(":", "")
    assert packet["tls.handshake.extensions_server_name"] == claimed.server_name == NAME
    versions = [hello.version_name(int(packet["tls.handshake.version"], 16))]
    assert versions == list(claimed.versions)
    assert [int(number, 16) for number in packet["tls.handshake.ciphersuite"].split(",")] == list(said.suites)
    assert packet["tls.handshake.comp_method"].split(",") == list(claimed.compressions)
    told = [body.description for body in world.station.recorded(TlsAlert) if body.direction is Direction.IN]
    assert [hello.ALERTS[int(alert["tls.alert_message.desc"])]] == told

"""A hundred stations of ours on a standing CSMS: every one is served, and every one leaves when the scenario ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from harness import practice
from harness.bdd import acts
from harness.bdd import steps as steps
from harness.bdd.grammar import Who
from harness.carrier import Listen
from harness.declared import setting_of
from harness.lab import Lab
from harness.resources import root
from harness.rpc.link import Admission, Closed, Command, Endpoint, Handshake, Instant, LinkEvent, Opened
from harness.sut import load
from harness.wire.sockets import SocketCarrier


class Counting:
    """The CSMS, and who came and went."""

    def __init__(self, csms: Endpoint) -> None:
        self._csms = csms
        self.came: set[int] = set()
        self.here: set[int] = set()
        self.empty = Event()

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        return self._csms.admit(handshake, now)

    def wake_at(self) -> int | None:
        return self._csms.wake_at()

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        if isinstance(event, Opened):
            self.came.add(event.link)
            self.here.add(event.link)
        elif isinstance(event, Closed):
            self.here.discard(event.link)
            if not self.here:
                self.empty.set()
        return self._csms.handle(event, now)


def test_all_of_them_are_served_and_all_of_them_leave(tmp_path: Path) -> None:
    carrier = SocketCarrier()
    text = (root() / "fixtures" / "suts" / "reference-csms-201.toml").read_text("utf-8")
    file = tmp_path / "sut.toml"
    file.write_text(text.replace('default = "reference"', 'default = "manual"'), "utf-8")
    csms = Counting(practice.management(setting_of(load(file), "2.0.1")))
    hosted = carrier.serve(csms, Listen(path="/ocpp"))
    file.write_text(file.read_text("utf-8").replace("ws://127.0.0.1:9201/ocpp", hosted.url), "utf-8")
    lab = Lab(load(file))
    try:
        with lab.session("2.0.1") as session:
            acts.establish(session, "serving 100 other stations", Who("csms"))
            assert len(csms.here) == 100
            assert len(session.open_links) == 100
            csms.empty.clear()
        assert csms.empty.wait(30), f"{len(csms.here)} of {len(csms.came)} connections were left open"
        assert len(csms.came) == 100
    finally:
        lab.close()
        hosted.close()
        carrier.close()

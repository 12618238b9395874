"""A name given to a message of ours belongs to that message, whatever else our actor says at once."""

from __future__ import annotations

import json

from harness import resources
from harness.declared import setting_of
from harness.journal import Direction, HandshakeRequest, HandshakeResponse, Journal, Text
from harness.rpc.frame import encode
from harness.rpc.link import Transmit
from harness.session import Session
from harness.sut import load
from harness.wire.memory import MemoryCarrier

SUT = load(resources.root() / "fixtures" / "suts" / "reference-station-16.toml")


class Hasty:
    """Our actor, which sends what it is told to and answers a request of the station before anyone looks."""

    def __init__(self, carrier, journal):
        self.carrier, self.journal = carrier, journal

    def tell(self, event):
        asked = event.parameters
        texts = [c.data for c in asked.get("commands", ()) if isinstance(c, Transmit)]
        self.add(Direction.OUT, texts[0] if texts else encode(asked["frame"]))
        self.add(Direction.IN, json.dumps([2, "theirs", "Heartbeat", {}]))
        self.add(Direction.OUT, json.dumps([3, "theirs", {"currentTime": "2026-01-01T00:00:00Z"}]))

    def add(self, direction, text):
        self.journal.append(1, Text(direction, text), self.carrier.now())


def session():
    carrier, journal = MemoryCarrier(), Journal()
    journal.append(1, HandshakeRequest(Direction.IN, "/ocpp/CS001"), carrier.now())
    journal.append(1, HandshakeResponse(Direction.OUT, 101), carrier.now())
    return Session(carrier, Hasty(carrier, journal), journal, setting_of(SUT, "1.6"), lambda intent, parameters: "")


def test_a_call_keeps_its_name():
    made = session()
    made.send("TriggerMessage", {"requestedMessage": "Heartbeat"}, name="trigger")
    assert made.named("trigger")[-1].action == "TriggerMessage"


def test_a_text_keeps_its_name():
    made = session()
    made.send_text("[9]", name="nonsense")
    assert made.named("nonsense")[-1].text == "[9]"

"""A standing CSMS must not suffer from what our station leaves behind in one scenario and needs in the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import practice
from harness.bdd import acts
from harness.bdd import steps as steps
from harness.bdd.grammar import Who
from harness.carrier import Listen
from harness.declared import setting_of
from harness.journal import Note
from harness.lab import Lab
from harness.sut import load
from harness.wire.sockets import SocketCarrier

SUT = """
[sut]
name = "standing"
role = "csms"
versions = ["VERSION"]
[connection]
url = "URL"
identity = "CS001"
password = "correct horse battery"
[tokens]
valid = { id = "04A2B3C4D5E601" }
[timing]
answer = 3
[drivers]
default = "manual"
"""


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
def test_a_transaction_left_open_is_ended_before_the_next_scenario(version, tmp_path: Path):
    carrier = SocketCarrier()
    file = tmp_path / "sut.toml"
    file.write_text(SUT.replace("VERSION", version).replace("URL", "ws://127.0.0.1:1/ocpp"))
    csms = practice.management(setting_of(load(file), version))
    hosted = carrier.serve(csms, Listen(path="/ocpp"))
    file.write_text(SUT.replace("VERSION", version).replace("URL", hosted.url))
    lab = Lab(load(file))
    try:
        for _ in range(2):  # the second would be told ConcurrentTx, and its state never reached
            with lab.session(version) as session:
                acts.establish(session, "charging", Who("station"))
            notes = [e.body.text for e in session.journal if isinstance(e.body, Note) and e.body.topic == "clean-up"]
            assert len(notes) == 1
    finally:
        lab.close()
        hosted.close()
        carrier.close()

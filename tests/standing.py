"""A practice opponent that stands, as a product does: one for all scenarios of a lab, operated over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness import practice, resources
from harness.bdd import run
from harness.bdd import steps as steps
from harness.bdd.story import Story, stories
from harness.carrier import Hosted, Listen
from harness.declared import setting_of
from harness.drivers.rig import Rig
from harness.journal import Note
from harness.lab import Lab
from harness.rpc.dialect import DIALECTS, Version
from harness.rpc.link import Asked
from harness.session import Session
from harness.sut import load
from harness.wire.sockets import SocketCarrier
from tests.faults.peers import free_port

PASSWORD = "correct horse batter"
_SUT = """
[sut]
name = "standing"
role = "ROLE"
versions = ["VERSION"]
[connection]
WHERE
identity = "CS001"
password = "SECRET"
[tokens]
valid = { id = "04A2B3C4D5E601" }
[features]
declared = FEATURES
[timing]
answer = 2
action = 2
boot = 3
reconnect = 2
[drivers]
DRIVERS
"""


Then = Callable[[Session], None]


@dataclass
class Standing:
    """A lab, and the product that stands before it."""

    lab: Lab
    product: Hosted
    version: Version
    rig: Rig

    def play(self, story: Story, upto: int | None = None, then: Then = lambda session: None) -> None:
        """The story's lines up to that one, then what may break it off. Raises what is its verdict."""
        with self.lab.session(self.version) as self.session:
            for line in story.lines[:upto]:
                run.perform(self.session, story, line)
            then(self.session)

    def nobody_operates_it(self) -> None:
        """From now on no driver reaches the product."""
        self.rig.__exit__(None, None, None)

    def said(self) -> list[str]:
        """What the clean-up has noted in the last scenario."""
        bodies = [event.body for event in self.session.journal]
        return [body.text for body in bodies if isinstance(body, Note) and body.topic == "clean-up"]


def story(file: str, version: str, title: str) -> Story:
    """The scenario whose title begins so."""
    found = stories(resources.root() / "features" / file)
    return next(one for one in found if one.title.startswith(title) and one.version == version)


def _sut(tmp_path: Path, role: str, version: str, where: str, drivers: str, password: str = PASSWORD) -> Path:
    file = tmp_path / f"{role}.toml"
    text = _SUT.replace("ROLE", role).replace("VERSION", version).replace("WHERE", where).replace("SECRET", password)
    features = '["Core", "Security"]' if version == "1.6" else '["Core"]'
    file.write_text(text.replace("DRIVERS", drivers).replace("FEATURES", features), "utf-8")
    return file


@contextmanager
def standing_csms(tmp_path: Path, version: Version, misbehaviour: str = "") -> Iterator[Standing]:
    """A CSMS that lives on from scenario to scenario."""
    carrier = SocketCarrier()
    file = _sut(tmp_path, "csms", version, 'url = "ws://127.0.0.1:1/ocpp"', 'default = "manual"')
    hosted = carrier.serve(practice.management(setting_of(load(file), version), misbehaviour), Listen(path="/ocpp"))
    try:
        with Rig(hosted, tuple(DIALECTS[version].actions), 0) as rig:
            drivers = f'default = "manual"\nsend = {{ preset = "octt", base = "{rig.url}" }}'
            lab = Lab(load(_sut(tmp_path, "csms", version, f'url = "{hosted.url}"', drivers)))
            try:
                yield Standing(lab, hosted, version, rig)
            finally:
                lab.close()
    finally:
        hosted.close()
        carrier.close()


@contextmanager
def standing_station(tmp_path: Path, version: Version, password: str = PASSWORD) -> Iterator[Standing]:
    """A station that dials our CSMS for as long as the lab lives."""
    carrier, port = SocketCarrier(), free_port()
    where = f'listen = "127.0.0.1:{port}"'
    file = _sut(tmp_path, "station", version, where, 'default = "manual"', password)
    url = f"ws://127.0.0.1:{port}/ocpp"
    hosted = carrier.host(practice.station(setting_of(load(file), version), url))
    try:
        with Rig(hosted, tuple(DIALECTS[version].actions), 0) as rig:
            drivers = f'default = "manual"\nreboot = {{ preset = "sut-api", base = "{rig.url}" }}'
            lab = Lab(load(_sut(tmp_path, "station", version, where, drivers, password)))
            hosted.tell(Asked("power_on"))
            try:
                yield Standing(lab, hosted, version, rig)
            finally:
                lab.close()
    finally:
        hosted.close()
        carrier.close()

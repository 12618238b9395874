"""A product that was given certificates of another run: nobody has failed, and the verdict says how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import practice, resources
from harness.bdd import run
from harness.bdd import steps as steps
from harness.bdd.story import stories
from harness.carrier import Listen
from harness.declared import setting_of
from harness.lab import Lab
from harness.oracle.verdict import Inconclusive
from harness.rpc.link import Asked
from harness.security import declaration, store
from harness.security.pki import Names, Pki
from harness.security.wardrobe import Wardrobe
from harness.sut import Sut, load
from harness.wire.sockets import SocketCarrier
from tests.faults.peers import free_port

DECLARED = resources.root() / "certs" / "default.toml"
NAMES = Names(("127.0.0.1",), "H-0001", "CS001", "Harness Charging")
FEATURES = resources.root() / "features" / "security"
_SUT = """
[sut]
name = "of another run"
role = "{role}"
versions = ["2.0.1"]
[connection]
{where}
identity = "CS001"
password = "correct horse batter"
security_profile = {profile}
[tls]
pki = "{pki}"
{more}
[station]
serial = "H-0001"
[tokens]
valid = {{ id = "04A2B3C4D5E601" }}
[features]
declared = ["Core"]
[timing]
answer = 2
action = 2
boot = 2
reconnect = 2
[drivers]
default = "manual"
intents_unavailable = [{unavailable}]
"""


@dataclass(frozen=True)
class Made:
    """The PKI of the product in `folder`/theirs, with its CSMS root in `root.pem`; one made anew in `folder`/anew."""

    folder: Path
    theirs: Pki


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder, theirs = tmp_path_factory.mktemp("pki"), Pki(declaration.load(DECLARED), NAMES)
    store.save(theirs, folder / "theirs", DECLARED)
    store.save(Pki(declaration.load(DECLARED), NAMES), folder / "anew", DECLARED)
    (folder / "root.pem").write_text(theirs.authority("CSMS root").pem)
    return Made(folder, theirs)


def sut_of(tmp_path: Path, made: Made, role: str, profile: int, where: str, pki: str, ca: bool = False) -> Sut:
    folder = made.folder
    file = tmp_path / "sut.toml"
    text = _SUT.format(
        role=role, where=where, profile=profile, pki=f"{folder}/{pki}", more=f'ca = "{folder}/root.pem"' if ca else "",
        unavailable='"reboot", "unplug"' if role == "station" else "",
    )  # fmt: skip
    file.write_text(text if profile < 3 else text.replace('password = "correct horse batter"\n', ""), "utf-8")
    return load(file)


@contextmanager
def lab_before_csms(tmp_path: Path, made: Made, profile: int, pki: str, ca: bool = False) -> Iterator[Lab]:
    """A CSMS that wears, and trusts, the first PKI; our side has the one of that name."""
    carrier, worn = SocketCarrier(), Wardrobe(profile, made.theirs)
    own = sut_of(tmp_path, made, "csms", profile, 'url = "wss://127.0.0.1:1/ocpp"', "theirs")
    csms = practice.management(setting_of(own, "2.0.1", wardrobe=worn))
    hosted = carrier.serve(csms, Listen(path="/ocpp", tls=worn.conforming("csms", False)))
    lab = Lab(sut_of(tmp_path, made, "csms", profile, f'url = "{hosted.url}"', pki, ca))
    try:
        yield lab
    finally:
        lab.close()
        hosted.close()
        carrier.close()


def play(lab: Lab, file: str, case: str, example: str = "") -> None:
    story = next(one for one in stories(FEATURES / file) if one.case.startswith(case) and example in one.example)
    with lab.session("2.0.1") as session:
        for line in story.lines:
            run.perform(session, story, line)
        failure = run.failing(run.conclude(session, story))
        if failure is not None:
            raise failure


CASES = [
    (2, "csms/server_certificate.feature", "TC_A_04_CSMS", ""),
    (2, "csms/server_certificate.feature", "TC_A_04_CSMS-it-speaks", "AES128-GCM-SHA256"),
    (2, "csms/server_certificate.feature", "TC_A_06_CSMS", "TLSv1.1"),
    (2, "csms/server_certificate.feature", "its-tls-port", ""),
    (2, "csms/server_certificate.feature", "it-compresses", ""),
    (2, "csms/server_certificate.feature", "TC_A_02_CSMS", ""),
    (2, "csms/profile.feature", "TC_A_19_CSMS", ""),
    (3, "csms/client_certificate.feature", "TC_A_07_CSMS", ""),
    (3, "csms/client_certificate.feature", "TC_A_08_CSMS-with-a-certificate", ""),
]


@pytest.mark.parametrize(("profile", "file", "case", "example"), CASES, ids=lambda value: str(value)[-30:])
def test_a_csms_that_shows_certificates_of_another_run(
    profile: int, file: str, case: str, example: str, made: Made, tmp_path: Path
) -> None:
    said = (
        r"(?s)does not know who signed the certificate that the CSMS presents \(O=.*pki export.*ca under \[tls\]"
    )
    with lab_before_csms(tmp_path, made, profile, "anew") as lab, pytest.raises(Inconclusive, match=said):
        play(lab, file, case, example)


@pytest.mark.parametrize(
    ("profile", "file", "case", "example"), [case for case in CASES if case[2] != "TC_A_19_CSMS"],
    ids=lambda value: str(value)[-30:],
)
def test_with_the_certificates_of_this_run_the_same_pass(
    profile: int, file: str, case: str, example: str, made: Made, tmp_path: Path
) -> None:
    """But for TC_A_19_CSMS, which needs somebody who has the CSMS act."""
    with lab_before_csms(tmp_path, made, profile, "theirs") as lab:
        play(lab, file, case, example)


def test_a_csms_that_knows_the_station_root_of_another_run(made: Made, tmp_path: Path) -> None:
    said = "the CSMS says that it does not know who signed our station's certificate"
    with lab_before_csms(tmp_path, made, 3, "anew", ca=True) as lab, pytest.raises(Inconclusive, match=said):
        play(lab, "csms/client_certificate.feature", "TC_A_07_CSMS")


@pytest.mark.parametrize("profile", [2, 3])
def test_a_station_that_knows_the_root_of_another_run(profile: int, made: Made, tmp_path: Path) -> None:
    port, carrier, worn = free_port(), SocketCarrier(), Wardrobe(profile, made.theirs)
    where = f'listen = "127.0.0.1:{port}"'
    setting = setting_of(sut_of(tmp_path, made, "station", profile, where, "theirs"), "2.0.1", wardrobe=worn)
    tls = worn.conforming("station", False)
    hosted = carrier.host(practice.station(setting, f"wss://127.0.0.1:{port}/ocpp", "", tls))
    lab = Lab(sut_of(tmp_path, made, "station", profile, where, "anew"))
    try:
        hosted.tell(Asked("power_on"))
        with pytest.raises(Inconclusive, match=r"alert unknown_ca from the SUT.* load the root of this PKI"):
            play(lab, "station/server_certificate.feature", "TC_A_04_CS")
    finally:
        lab.close()
        hosted.close()
        carrier.close()

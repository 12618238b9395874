"""The security scenarios against misbehaving opponents: who does wrong fails, and nobody fails for our own limits."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness import profiles, resources
from harness.bdd import acts, run
from harness.bdd.grammar import BadStep
from harness.bdd.plugin import suts_of
from harness.bdd.story import Story, stories
from harness.journal import Direction, TlsAlert, TlsHello
from harness.judge import tls as tls_judge
from harness.lab import Lab, Practice
from harness.oracle.tls import View
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.reference import csms
from harness.reference.csms.behaviour import Behaviour
from harness.reference.station201.behaviour import Behaviour as StationBehaviour
from harness.security.settings import TlsSettings, Wear

SECURITY = resources.root() / "features" / "security"
HEAD = "@sut-csms @v2.0.1 @sockets @profile:2\nFeature: f\n  @A00.FR.314\n  Scenario: s\n"


def play(story: Story, practice: Practice) -> None:
    """One scenario; what it raises is its verdict."""
    lab = Lab(profiles.sut_of(story, suts_of(None)), practice=practice)
    try:
        with lab.session(story.version) as session:
            run.judge_whole(session, story)
    finally:
        lab.close()


def named(file: str, case: str, example: str = "") -> Story:
    found = [story for story in stories(SECURITY / file) if story.case.startswith(case) and example in story.example]
    return found[0]


def written(tmp_path: Path, lines: str) -> Story:
    file = tmp_path / "made.feature"
    file.write_text(HEAD + lines)
    return stories(file)[0]


@pytest.mark.parametrize(("file", "case", "example", "wear"), [
    ("station/server_certificate.feature", "TC_A_05_CS", "expired", Wear(1, (("verifies", False),))),
    ("csms/server_certificate.feature", "TC_A_06_CSMS", "TLSv1.1",
     Wear(1, (("minimum", "TLSv1.1"), ("security_level", 0)))),
    ("csms/client_certificate.feature", "TC_A_08_CSMS", "expired", Wear(1, (("client_certificate", False),))),
    ("csms/client_certificate.feature", "TC_A_08_CSMS", "revoked", Wear(1, (("revocations", ()),))),
])
def test_a_careless_product_fails(file: str, case: str, example: str, wear: Wear) -> None:
    with pytest.raises(Nonconformance):
        play(named(file, case, example), Practice(wear=wear))


def test_a_csms_that_refuses_everybody_is_no_success(tmp_path: Path) -> None:
    story = written(tmp_path, """
    When the station connects with
      | tls versions | TLSv1.1 |
    Then the CSMS refuses the TLS handshake
""")
    with pytest.raises(Inconclusive, match="positive control"):
        play(story, Practice())


def test_what_openssl_cannot_offer_is_inconclusive(tmp_path: Path) -> None:
    story = written(tmp_path, """
    When the station connects with
      | suites | ROT13-MD5 |
    Then the CSMS refuses the TLS handshake
""")
    with pytest.raises(Inconclusive, match="ROT13-MD5"):
        play(story, Practice())


def test_renegotiation_counts_only_inside_a_session_that_stands() -> None:
    story = named("csms/server_certificate.feature", "nobody-renegotiates")
    with pytest.raises(Inconclusive, match="first handshake did not stand"):
        play(story, Practice(wear=Wear(1, (("minimum", "TLSv1.3"),))))
    with pytest.raises(Nonconformance, match="a ServerHello to the last ClientHello"):
        play(story, Practice(wear=Wear(1, (("renegotiates", True),))))


def test_a_csms_that_compresses_fails() -> None:
    story = named("csms/server_certificate.feature", "it-compresses-nothing")
    with pytest.raises(Nonconformance, match="DEFLATE"):
        play(story, Practice(wear=Wear(1, (("takes_all", True),))))


def test_a_compression_method_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    story = written(
        tmp_path,
        """
    When the station connects with
      | tls compression | ZIP |
    Then the CSMS refuses the TLS handshake
""",
    )
    with pytest.raises(HarnessFault, match="ZIP"):
        play(story, Practice())


def test_our_own_refusal_is_not_taken_for_the_products(tmp_path: Path) -> None:
    story = written(tmp_path, """
    When the station connects with
      | trusts | the unknown root |
    Then the CSMS refuses the TLS handshake
""")
    with pytest.raises(Inconclusive, match="ended the handshake ourselves"):
        play(story, Practice())


def test_a_certificate_nobody_declared_is_inconclusive(tmp_path: Path) -> None:
    story = written(tmp_path, """
    When the station connects with
      | certificate | the rotten station certificate |
    Then the CSMS refuses the TLS handshake
""")
    with pytest.raises(Inconclusive, match="rotten"):
        play(story, Practice())


def test_an_old_version_that_is_spoken_fails_though_no_line_asks(tmp_path: Path) -> None:
    story = written(tmp_path, """
    When the station connects
    Then the CSMS accepts the TLS handshake
""")
    play(story, Practice())
    old = Wear(1, (("minimum", "TLSv1.1"), ("maximum", "TLSv1.1"), ("security_level", 0)))
    with pytest.raises(Nonconformance, match=r"TLS 1\.2 or above"):
        play(story, Practice(wear=old))


def test_a_csms_that_ignores_the_common_name_fails() -> None:
    story = named("csms/client_certificate.feature", "TC_A_08_CSMS-with-a-certificate")
    play(story, Practice())

    def careless(honest: Any) -> Any:
        return csms.build(honest._config, Behaviour(ignores_common_name=True))

    with pytest.raises(Nonconformance, match="HTTP status 101"):
        play(story, Practice(wrap=careless))


def test_a_station_that_keeps_the_incident_to_itself_fails() -> None:
    story = named("station/server_certificate.feature", "TC_A_05_CS", "expired")

    def secretive(honest: Any) -> Any:
        honest.core.behaviour = StationBehaviour(silent_about_certificates=True)
        return honest

    with pytest.raises(Nonconformance, match="SecurityEventNotification"):
        play(story, Practice(wrap=secretive))


@pytest.mark.parametrize(("offered", "alert", "refused"), [
    (("AES128-GCM-SHA256",), "handshake_failure", True),
    (("AES128-GCM-SHA256", "NULL-SHA256"), "handshake_failure", False),
    (("AES128-GCM-SHA256",), "bad_certificate", False),
])
def test_who_offers_none_of_our_suites_has_refused_them(offered: tuple[str, ...], alert: str, refused: bool) -> None:
    bodies = (TlsHello(Direction.IN, "ClientHello", ("TLSv1.2",), offered), TlsAlert(Direction.OUT, "fatal", alert))
    worn = TlsSettings(suites=("NULL-SHA256",))
    session = SimpleNamespace(worn=worn, setting=SimpleNamespace(sut="station"))
    assert tls_judge._offers_none(session, View(1, bodies)) is refused


STATION = "@sut-station @v2.0.1 @sockets @profile:1\nFeature: f\n  @A05.FR.05\n  Scenario: s\n"


def test_a_port_speaks_tls_or_none(tmp_path: Path) -> None:
    file = tmp_path / "made.feature"
    file.write_text(STATION + """
    When the CSMS offers
      | scheme | https |
    Then the station reconnects
""")
    with pytest.raises(BadStep, match="ws or wss"):
        play(stories(file)[0], Practice())


def test_without_certificates_no_port_of_a_product_goes_over_to_tls() -> None:
    bare = SimpleNamespace(setting=SimpleNamespace(tls=None, certificates=None))
    assert acts._speaking(bare, "ws") is None
    with pytest.raises(Inconclusive, match="pki create"):
        acts._speaking(bare, "wss")


def test_the_practice_opponents_come_in_every_profile() -> None:
    story = named("csms/client_certificate.feature", "TC_A_07_CSMS")
    sut = profiles.sut_of(story, suts_of(None))
    assert (sut.connection.security_profile, sut.connection.password) == (3, None)
    assert profiles.missing(story, sut) == ""
    plain = suts_of(None)["csms", "2.0.1"]
    assert "security profile 3" in profiles.missing(story, plain)

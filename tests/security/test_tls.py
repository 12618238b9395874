"""TLS over sockets: what is agreed on, who refuses whom with which alert, and that all of it is on record."""

from __future__ import annotations

import ssl

import pytest

from harness.journal import Direction, HandshakeRequest, TlsAlert, TlsChain, TlsHandshake, TlsHello
from harness.rpc.link import Opened, Secure
from harness.security import hello, tls
from harness.security.errors import PkiError, Unavailable
from harness.security.pki import Pki
from harness.security.settings import Credential, TlsSchedule, TlsSettings
from tests.wire.scripted import World, do
from tests.wire.tls_sides import client, server

IN, OUT = Direction.IN, Direction.OUT


def alerts(world: World) -> set[tuple[Direction, str]]:
    """Seen from the CSMS."""
    return {(body.direction, body.description) for body in world.csms.recorded(TlsAlert)}


def test_everything_of_a_good_handshake_is_on_record(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, client_certificate=True))
    world.connect(tls=client(pki, "station certificate"))
    offered, chosen = world.csms.recorded(TlsHello)[:2]
    assert (offered.direction, offered.kind, offered.server_name) == (IN, "ClientHello", "csms.harness.test")
    assert set(offered.versions) == {"TLSv1.2", "TLSv1.3"}
    assert {"ECDHE-ECDSA-AES128-GCM-SHA256", "AES128-GCM-SHA256"} <= set(offered.suites)
    assert offered.compressions == ("0",)
    assert "secp256r1" in offered.groups
    assert (chosen.direction, chosen.versions) == (OUT, ("TLSv1.3",))
    assert world.csms.recorded(TlsHandshake) == [TlsHandshake("TLSv1.3", chosen.suites[0])]
    chains = {body.direction: body.certificates for body in world.csms.recorded(TlsChain)}
    assert [len(chains[IN]), len(chains[OUT])] == [2, 2]
    assert "".join(chains[IN]) == pki.issued("station certificate").chain
    peer = world.csms.handshakes[0].peer
    assert peer is not None
    assert (peer.common_name, peer.organisation) == ("SN-77", "ACME")
    seen = world.station.of(Opened)[0].peer
    assert seen is not None
    assert seen.common_name == "csms.harness.test"


@pytest.mark.parametrize(("twin", "alert"), [
    ("expired", "certificate_expired"),
    ("not yet valid", "bad_certificate"),
    ("unknown CA", "unknown_ca"),
    ("self-signed", "unknown_ca"),
    ("wrong name", "bad_certificate"),
    ("wildcard", "bad_certificate"),
    ("wrong usage", "unsupported_certificate"),
    ("no CA flag", "unknown_ca"),
    ("chain too long", "unknown_ca"),
    ("chain incomplete", "unknown_ca"),
    ("weak RSA", ""),
    ("weak EC", ""),
    ("SHA-1", ""),
])
@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv1.3"])
def test_a_station_of_ours_refuses_every_twin(
    world: World, pki: Pki, twin: str, alert: str, version: str
) -> None:
    lax = server(pki, f"{twin} CSMS certificate", security_level=0)
    world.serve(tls=lax)
    refused = world.refused(tls=client(pki, security_level=2).with_versions((version,)))
    assert refused.status == 0
    assert refused.reason.startswith("TLS: ")
    assert not world.csms.recorded(HandshakeRequest)
    world.until(lambda: bool(world.csms.recorded(TlsAlert)))
    if alert:
        assert (IN, alert) in alerts(world)


@pytest.mark.parametrize(("twin", "alert"), [
    ("expired", "certificate_expired"),
    ("not yet valid", "bad_certificate"),
    ("unknown CA", "unknown_ca"),
    ("self-signed", "unknown_ca"),
    ("wrong usage", "unsupported_certificate"),
])
@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv1.3"])
def test_a_csms_of_ours_refuses_client_certificates(
    world: World, pki: Pki, twin: str, alert: str, version: str
) -> None:
    world.serve(tls=server(pki, client_certificate=True))
    refused = world.refused(tls=client(pki, f"{twin} station certificate").with_versions((version,)))
    assert refused.status == 0
    assert (IN, alert) in {(body.direction, body.description) for body in world.station.recorded(TlsAlert)}
    assert not world.csms.handshakes


def test_rsa_and_ecdsa_are_served_side_by_side(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, "CSMS certificate", "CSMS RSA certificate"))
    for suite in ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "AES128-GCM-SHA256",
                  "AES256-GCM-SHA384"):
        world.connect(tls=client(pki, suites=(suite,)).with_versions(("TLSv1.2",)))
        assert world.station.recorded(TlsHandshake)[-1].suite == suite


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1.1"])
def test_old_tls_is_really_offered_and_really_refused(world: World, pki: Pki, version: str) -> None:
    world.serve(tls=server(pki))
    world.refused(tls=client(pki).with_versions((version,)))
    offered = world.csms.recorded(TlsHello)[0]
    assert offered.versions == (version,)
    assert (OUT, "protocol_version") in alerts(world)
    assert (IN, "protocol_version") in {(b.direction, b.description) for b in world.station.recorded(TlsAlert)}


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1.1"])
def test_old_tls_stands_where_both_want_it(world: World, pki: Pki, version: str) -> None:
    world.serve(tls=server(pki).with_versions((version, "TLSv1.2")))
    world.connect(tls=client(pki).with_versions((version,)))
    assert world.station.recorded(TlsHandshake)[-1].version == version


@pytest.mark.parametrize("suite", ["NULL-SHA256", "CAMELLIA128-SHA", "AES128-SHA", "ECDHE-ECDSA-AES128-SHA"])
def test_weak_suites_are_offered_and_refused(world: World, pki: Pki, suite: str) -> None:
    world.serve(tls=server(pki, "CSMS certificate", "CSMS RSA certificate"))
    settings = client(pki, suites=(suite,), security_level=0).with_versions(("TLSv1.2",))
    world.refused(tls=settings)
    assert suite in world.csms.recorded(TlsHello)[0].suites
    assert (OUT, "handshake_failure") in alerts(world)


def test_what_openssl_has_not_is_unavailable_and_never_offered(pki: Pki) -> None:
    with pytest.raises(Unavailable, match="RC4-MD5"):
        tls.client_context(client(pki, suites=("RC4-MD5",)))
    with pytest.raises(Unavailable, match="curve"):
        tls.client_context(client(pki, curve="curve1"))


def test_a_server_changes_its_certificate_for_whoever_comes_next(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki))
    world.connect(tls=client(pki))
    world.csms_hosted.tell(do(Secure(server(pki, "expired CSMS certificate"))))
    assert "expired" in world.refused(tls=client(pki)).reason


def test_a_schedule_changes_sides_from_an_attempt_on(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, "expired CSMS certificate"))
    schedule = TlsSchedule(client(pki), 2, client(pki, verifies=False))
    world.refused(tls=schedule)
    world.connect(tls=schedule)


def test_a_wildcard_only_where_it_is_wanted(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, "wildcard CSMS certificate"))
    world.connect(tls=client(pki, wildcards=True))
    world.refused(tls=client(pki))


def test_a_product_that_hangs_up_without_a_word_can_be_played(world: World, pki: Pki) -> None:
    world.serve(tls=server(pki, "expired CSMS certificate"))
    world.refused(tls=client(pki, alerts=False))
    world.until(lambda: bool(world.csms.recorded(TlsHello)))
    assert not world.csms.recorded(TlsAlert)


def test_a_revoked_certificate_is_refused_by_its_list(world: World, pki: Pki) -> None:
    from harness.security.revocation import crl

    revoked = pki.issued("revoked station certificate")
    assert revoked.issuer is not None
    lists = (crl(pki, "station CA"),)
    world.serve(tls=server(pki, client_certificate=True, revocations=lists))
    world.refused(tls=client(pki, "revoked station certificate"))
    assert (IN, "certificate_revoked") in {(b.direction, b.description) for b in world.station.recorded(TlsAlert)}
    world.connect(tls=client(pki, "station certificate"))


def test_a_server_without_certificate_is_a_mistake_and_a_foreign_key_is_named(pki: Pki) -> None:
    with pytest.raises(PkiError, match="needs a certificate"):
        tls.server_context(TlsSettings())
    one, other = pki.issued("CSMS certificate"), pki.issued("expired CSMS certificate")
    with pytest.raises(PkiError, match="mixed"):
        tls.server_context(TlsSettings((Credential(one.chain, other.key, "mixed"),)))


def test_python_still_tells_us_of_every_message() -> None:
    """The private callback that everything above rests on."""
    assert hasattr(ssl.SSLContext, "_msg_callback")


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01\x00\x00\x05abc", b"\x02\x00\x00\x00", b"\xff" * 60])
def test_what_cannot_be_read_is_said_so(data: bytes) -> None:
    for read in (hello.client_hello, hello.server_hello):
        with pytest.raises(hello.Unreadable):
            read(data)
    with pytest.raises(hello.Unreadable):
        hello.chain(data, tls13=True)

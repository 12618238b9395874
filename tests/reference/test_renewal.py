"""A new client certificate that opens no door: the practice stations go back to the old one (A02.FR.10, .28, .29)."""

from __future__ import annotations

import pytest

from harness.reference.certificates import Own, Store
from harness.reference.station201 import Behaviour
from harness.rpc.link import SECOND
from harness.security.papers import signed
from harness.security.settings import TlsDress, TlsSettings
from tests.reference.certificate_scenes import CONFIG, OWN, PKI
from tests.reference.station201_bench import Bench

OLD, NEW = Own("old", "k1"), Own("new", "k2")


@pytest.mark.parametrize(("own", "tried", "back", "shown", "left", "told"), [
    (OLD, NEW, False, NEW, NEW, False),
    (OLD, NEW, True, OLD, OLD, True),
    (None, NEW, True, NEW, NEW, False),  # there is nothing to go back to
    (OLD, None, True, OLD, OLD, False),
])
def test_what_is_shown_and_what_is_left(
    own: Own | None, tried: Own | None, back: bool, shown: Own, left: Own, told: bool
) -> None:
    store = Store(own=own, tried=tried)
    store.turn_back(back)
    assert store.current == shown
    assert store.settle() is told
    assert (store.current, store.tried) == (left, None)


def renewed(falls_back: bool, behaviour: Behaviour | None = None) -> tuple[Bench, str]:
    """A station that has taken a new certificate, before a closed door from then on; and that certificate's chain."""
    bench = Bench(behaviour, url="wss://csms.test", tls=TlsSettings(), reconnect_backoff=SECOND,
                  falls_back=falls_back, **CONFIG).boot()
    bench.answers["SignCertificate"] = {"status": "Accepted"}
    bench.request("TriggerMessage", {"requestedMessage": "SignChargingStationCertificate"})
    chain = signed(PKI, bench.of("SignCertificate")[-1]["csr"], "station certificate")
    bench.dials.clear()
    bench.reachable = False
    bench.request("CertificateSigned", {"certificateChain": chain, "certificateType": "ChargingStationCertificate"})
    bench.wait(300)
    return bench, chain


def shown(bench: Bench, new: str) -> str:
    """What each attempt showed: N the new certificate, O the old one."""
    letters = {new: "N", OWN.chain: "O"}
    worn = [dial.tls for dial in bench.dials]
    return "".join(letters[tls.credentials[0].chain] for tls in worn if isinstance(tls, TlsDress))


def test_it_goes_back_for_good_or_tries_both_in_turns() -> None:
    bench, new = renewed(falls_back=True)
    assert shown(bench, new)[:7] == "NNNOOOO"  # three attempts for the only slot
    bench, new = renewed(falls_back=False)
    assert shown(bench, new)[:9] == "NNNOOONNN"


def test_with_the_old_one_in_it_forgets_the_new_one_and_says_so() -> None:
    bench, new = renewed(falls_back=True)
    bench.reachable = True
    bench.wait(120)
    reported = [sent["type"] for sent in bench.of("SecurityEventNotification")]
    assert reported.count("DiscardedRenewedClientCertificate") == 1
    bench.drop(reachable=True)
    bench.wait(120)
    assert shown(bench, new)[-2:] == "OO"


def test_one_without_a_way_back_shows_the_new_one_for_ever() -> None:
    bench, new = renewed(falls_back=True, behaviour=Behaviour(no_certificate_fallback=True))
    assert set(shown(bench, new)) == {"N"}

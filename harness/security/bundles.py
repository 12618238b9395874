"""What a tester loads into a product: one folder for each side, with a README that says what goes where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.security.errors import PkiError
from harness.security.pki import Pki
from harness.security.revocation import crl
from harness.security.store import write_key


@dataclass(frozen=True, slots=True)
class Bundle:
    """`trusts`: authorities to load as roots; `wears`: certificates with their keys; `lists`: authorities whose CRL
    goes along; `text`: the README's own words."""

    title: str
    text: str
    trusts: tuple[str, ...] = ()
    wears: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


BUNDLES: Mapping[str, Bundle] = {
    "station": Bundle(
        "For a charging station under test",
        "Load the roots as CSMSRootCertificate (1.6: CentralSystemRootCertificate). For security profile 3 load the "
        "station's certificate and key as its client certificate, unless the station gets one by SignCertificate. "
        "The station dials {host}: that name is in the certificate which the harness presents.",
        ("CSMS root", "CSMS RSA root"),
        ("station certificate",),
    ),
    "csms": Bundle(
        "For a CSMS under test",
        "Present the CSMS certificate with its chain, the RSA one beside it, on the port that the harness dials as "
        "{host}. For security profile 3 ask for client certificates, trust the station root, and bind the serial "
        "number {serial} (commonName) to the identity {identity}. The list names the station "
        "certificates that the harness shows as revoked.",
        ("station root",),
        ("CSMS certificate", "CSMS RSA certificate"),
        ("station CA",),
    ),
    "iso15118": Bundle(
        "For plug and charge",
        "Load the V2G root as V2GRootCertificate and the MO root as MORootCertificate; the contract certificate is "
        "what a car would show, signed below the MO root, and the vehicle certificate its own, below the OEM root.",
        ("V2G root", "MO root", "OEM root"),
        ("V2G station certificate", "contract certificate", "vehicle certificate"),
    ),
    "firmware": Bundle(
        "For firmware updates",
        "Load the root as ManufacturerRootCertificate into the station; the harness signs firmware with the "
        "certificate here.",
        ("manufacturer root",),
        ("firmware signing certificate",),
    ),
}


def export(pki: Pki, name: str, folder: Path) -> Path:
    """Write the bundle into `folder`/`name`; returns that folder. Raises PkiError, OSError."""
    if name not in BUNDLES:
        raise PkiError(f"no bundle is called {name!r}; write {', '.join(BUNDLES)}")
    bundle, target = BUNDLES[name], folder / name
    if target.exists():
        raise PkiError(f"{target} exists already; remove it, or export to another folder")
    target.mkdir(parents=True)
    rows = [_trust(pki, root, target) for root in bundle.trusts]
    for certificate in bundle.wears:
        rows += _wear(pki, certificate, target)
    for authority in bundle.lists:
        file = f"{_plain(authority)}.crl.pem"
        (target / file).write_text(crl(pki, authority))
        rows.append((file, f"revocation list of the {authority}; good for a week from now"))
    (target / "README.md").write_text(_readme(pki, bundle, rows), "utf-8")
    return target


def _plain(name: str) -> str:
    return name.lower().replace(" ", "-")


def _trust(pki: Pki, root: str, target: Path) -> tuple[str, str]:
    file = f"{_plain(root)}.pem"
    (target / file).write_text(pki.authority(root).pem)
    return file, f"{root}: trust it"


def _wear(pki: Pki, name: str, target: Path) -> list[tuple[str, str]]:
    issued, file = pki.issued(name), _plain(name)
    (target / f"{file}.pem").write_text(issued.chain)
    write_key(target / f"{file}.key", issued.key)
    return [(f"{file}.pem", f"{name} with its chain, leaf first"), (f"{file}.key", "its private key: keep it here")]


def _readme(pki: Pki, bundle: Bundle, rows: list[tuple[str, str]]) -> str:
    names = pki.names
    text = bundle.text.format(host=names.hosts[0], serial=names.serial, identity=names.identity)
    lines = [f"# {bundle.title}", "", text, "", f"Run {pki.run}. These keys protect a test, nothing else.", ""]
    lines += ["| file | what it is |", "|---|---|", *(f"| `{file}` | {what} |" for file, what in rows)]
    return "\n".join(lines) + "\n"

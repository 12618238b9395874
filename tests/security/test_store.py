"""A PKI on disk, what a tester gets of it, and the words for what is wrong with it."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from typer.testing import CliRunner

from harness import resources
from harness.cli import app
from harness.security import declaration, keys, store
from harness.security.bundles import BUNDLES
from harness.security.errors import PkiError
from harness.security.pki import Issued, Pki

RUN = CliRunner()
DECLARED = resources.root() / "certs" / "default.toml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "pki"
    result = RUN.invoke(app, ["pki", "create", str(folder), "--host", "csms.example", "--serial", "SN-9"])
    assert result.exit_code == 0, result.output
    return folder


def issued(made: Path, name: str) -> Issued:
    """As a run from this folder issues it, long after something was exported."""
    stored = store.load(made)
    return Pki(stored.hierarchy, stored.names, run=stored.run, given=stored.given).issued(name)


def copy(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "pki"
    (folder / "authorities").mkdir(parents=True)
    for file in made.rglob("*"):
        if file.is_file():
            (folder / file.relative_to(made)).write_bytes(file.read_bytes())
    return folder


def test_what_was_made_is_shown_and_issues_as_before(made: Path) -> None:
    result = RUN.invoke(app, ["pki", "show", str(made)])
    assert result.exit_code == 0
    stored = store.load(made)
    assert stored.run in result.output
    assert "csms.example" in result.output
    assert "expired CSMS root" in next(line for line in result.output.splitlines() if "not meant to be valid" in line)
    issued = Pki(stored.hierarchy, stored.names, given=stored.given).issued("station certificate")
    assert issued.issuer is not None
    issued.certificate.verify_directly_issued_by(stored.given["station CA"].certificate)


def test_keys_are_readable_by_their_owner_only(made: Path) -> None:
    for file in made.rglob("*.key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("bundle", sorted(BUNDLES))
def test_a_bundle_names_each_of_its_files(made: Path, tmp_path: Path, bundle: str) -> None:
    result = RUN.invoke(app, ["pki", "export", str(made), bundle, "--to", str(tmp_path)])
    assert result.exit_code == 0, result.output
    readme = (tmp_path / bundle / "README.md").read_text()
    files = {file.name for file in (tmp_path / bundle).iterdir()} - {"README.md"}
    assert files
    assert all(f"`{file}`" in readme for file in files)
    for file in (tmp_path / bundle).glob("*certificate.pem"):
        chain = x509.load_pem_x509_certificates(file.read_bytes())
        assert len(chain) >= 1


def test_the_revocation_list_names_the_revoked_certificate(made: Path, tmp_path: Path) -> None:
    RUN.invoke(app, ["pki", "export", str(made), "csms", "--to", str(tmp_path)])
    found = x509.load_pem_x509_crl((tmp_path / "csms" / "station-ca.crl.pem").read_bytes())
    assert [entry.serial_number for entry in found] == [
        issued(made, f"revoked station {kind}").certificate.serial_number for kind in ("certificate", "RSA certificate")
    ]


def test_it_makes_nothing_over_what_is_there(made: Path, tmp_path: Path) -> None:
    result = RUN.invoke(app, ["pki", "create", str(made)])
    assert result.exit_code == 2
    assert "already" in result.output


def told(folder: Path, old: str, new: str) -> None:
    """Have pki.toml say something else."""
    text = (folder / "pki.toml").read_text()
    assert old in text
    (folder / "pki.toml").write_text(text.replace(old, new))


@pytest.mark.parametrize(("break_it", "word"), [
    (lambda f: (f / "pki.toml").unlink(), "pki create"),
    (lambda f: (f / "pki.toml").write_text("run = 'x'"), "lacks hosts, serial, identity, organisation"),
    (lambda f: (f / "pki.toml").write_bytes(b"\xff"), "pki create"),
    (lambda f: told(f, "hosts = [", "hosts = 5 # ["), "hosts"),
    (lambda f: told(f, "hosts = [", "hosts = [5, "), "hosts"),
    (lambda f: told(f, "serial = ", "serial = 5 # "), "serial"),
    (lambda f: told(f, "[fingerprints]", "[other]\n[[fingerprints]]"), "different runs"),
    (lambda f: told(f, "[fingerprints]", "fingerprints = 5\n[other]"), "different runs"),
    (lambda f: (f / "declaration.toml").write_text("[twins.t]\nexpired = true"), "expired"),
    (lambda f: (f / "authorities" / "station CA.key").unlink(), "cannot be read"),
    (lambda f: (f / "authorities" / "station CA.key").write_text("x"), "no private key"),
    (lambda f: (f / "authorities" / "station CA.pem").write_text("x"), "no PEM certificate"),
    (lambda f: (f / "authorities" / "station CA.key").write_bytes((f / "authorities" / "V2G root.key").read_bytes()),
     "is not the key of"),
])
def test_what_is_wrong_is_said(made: Path, tmp_path: Path, break_it: object, word: str) -> None:
    folder = copy(made, tmp_path)
    break_it(folder)  # type: ignore[operator]
    with pytest.raises(PkiError, match=word):
        store.load(folder)


def test_files_of_another_run_are_found_out(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    RUN.invoke(app, ["pki", "create", str(other)])
    folder = copy(made, tmp_path)
    for name in ("station root", "V2G root"):
        fresh = copy(made, tmp_path / name)
        for end in ("pem", "key"):
            foreign = other / "authorities" / f"{name}.{end}"
            (fresh / "authorities" / foreign.name).write_bytes(foreign.read_bytes())
        with pytest.raises(PkiError, match="run"):
            store.load(fresh)
    assert store.load(folder).run == store.load(made).run


def test_a_ca_of_ones_own_signs_what_is_below(made: Path, tmp_path: Path) -> None:
    stored = store.load(made)
    root = stored.given["station root"]
    certificate, key = tmp_path / "ca.pem", tmp_path / "ca.key"
    certificate.write_text(root.pem)
    encrypted = BestAvailableEncryption(b"correct horse")
    assert isinstance(root.key, ec.EllipticCurvePrivateKey)
    key.write_bytes(root.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encrypted))
    asked = ["pki", "create", str(tmp_path / "new"), "--own", f"station root={certificate}:{key}"]
    refused = RUN.invoke(app, asked)
    assert refused.exit_code == 2
    assert "encrypted" in refused.output
    password = tmp_path / "password"
    password.write_text("correct horse\n")
    assert RUN.invoke(app, [*asked, "--password-file", str(password)]).exit_code == 0
    assert store.load(tmp_path / "new").given["station root"].pem == root.pem


@pytest.mark.parametrize("own", ["station root", "nobody=a:b"])
def test_a_wrong_own_is_a_usage_error(tmp_path: Path, own: str) -> None:
    result = RUN.invoke(app, ["pki", "create", str(tmp_path / "x"), "--own", own])
    assert result.exit_code == 2
    assert "--own" in result.output


def brought(tmp_path: Path, **plan: object) -> tuple[int, str]:
    """`pki create` with a station root of one's own that is made so."""
    hierarchy = declaration.load(DECLARED)
    authorities = dict(hierarchy.authorities)
    authorities["station root"] = replace(authorities["station root"], **plan)  # type: ignore[arg-type]
    root = Pki(replace(hierarchy, authorities=authorities)).authority("station root")
    return asked_with(tmp_path, root.pem, keys.pem(root.key))


def asked_with(tmp_path: Path, certificate: str, key: str) -> tuple[int, str]:
    (tmp_path / "own.pem").write_text(certificate)
    (tmp_path / "own.key").write_text(key)
    given = f"station root={tmp_path / 'own.pem'}:{tmp_path / 'own.key'}"
    result = RUN.invoke(app, ["pki", "create", str(tmp_path / "new"), "--own", given])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"ca": False}, "is no CA: basicConstraints says so"),
        ({"path_length": 0}, "allows 0 CAs below it (pathlen), and 1 are needed"),
    ],
)
def test_a_certificate_that_can_sign_nothing_is_no_ca_of_ones_own(plan, said, tmp_path: Path) -> None:
    code, output = brought(tmp_path, **plan)
    assert code == 2
    assert said in output
    assert "Mend:" in output
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("plan", [{}, {"path_length": 1}])
def test_a_ca_that_can_is(plan, tmp_path: Path) -> None:
    assert brought(tmp_path, **plan)[0] == 0


def test_an_old_ca_is_told(tmp_path: Path) -> None:
    root = Pki(declaration.load(DECLARED), now=datetime.now(UTC) - timedelta(days=9000)).authority("station root")
    code, output = asked_with(tmp_path, root.pem, keys.pem(root.key))
    assert code == 2
    assert "not by this machine's clock" in output


def test_a_leaf_is_no_ca(made: Path, tmp_path: Path) -> None:
    stored = store.load(made)
    leaf = Pki(stored.hierarchy, stored.names, given=stored.given).issued("CSMS certificate")
    code, output = asked_with(tmp_path, leaf.chain, leaf.key)
    assert code == 2
    assert "is no CA" in output

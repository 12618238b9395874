"""A PKI on disk: authorities with their keys, so that a tester loads the roots once, and every run issues from them.

    pki/
      pki.toml                      the run id, when and for which names it was made, each authority's fingerprint
      declaration.toml              what was declared
      authorities/CSMS root.pem     and .key, readable by the owner only
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from harness import reading
from harness.security import declaration, keys
from harness.security.declaration import Hierarchy
from harness.security.errors import PkiError
from harness.security.pki import Authority, Names, Pki
from harness.unreadable import UNREADABLE


@dataclass(frozen=True, slots=True)
class Stored:
    """What a folder holds."""

    run: str
    hierarchy: Hierarchy
    names: Names
    given: Mapping[str, Authority]


def save(pki: Pki, folder: Path, declared: Path) -> None:
    """Make every authority and write it. Raises PkiError where the folder has a PKI already, OSError."""
    if (folder / "pki.toml").exists():
        raise PkiError(f"{folder} holds a PKI already; remove it, or choose another folder")
    target = folder / "authorities"
    target.mkdir(parents=True, exist_ok=True)
    for name in pki.hierarchy.authorities:
        authority = pki.authority(name)
        (target / f"{name}.pem").write_text(authority.pem)
        write_key(target / f"{name}.key", keys.pem(authority.key))
    (folder / "declaration.toml").write_text(declared.read_text("utf-8"), "utf-8")
    names = pki.names
    lines = [f"run = {json.dumps(pki.run)}", f"made = {json.dumps(pki.now.isoformat())}",
             f"hosts = {json.dumps(list(names.hosts))}", f"serial = {json.dumps(names.serial)}",
             f"identity = {json.dumps(names.identity)}", f"organisation = {json.dumps(names.organisation)}",
             f"revocation = {json.dumps(names.revocation)}"]
    lines += ["", "[fingerprints]"]
    lines += [f"{json.dumps(n)} = {json.dumps(_fingerprint(pki.authority(n).certificate))}"
              for n in pki.hierarchy.authorities]
    (folder / "pki.toml").write_text("\n".join(lines) + "\n", "utf-8")


def write_key(file: Path, text: str) -> None:
    """Write a private key so that nobody but the owner can read it, from the first byte on."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)


def load(folder: Path) -> Stored:
    """Raises PkiError: no PKI there, a file missing, a key that is not its certificate's, files of another run."""
    try:
        told = tomllib.loads(reading.content(folder / "pki.toml").decode("utf-8"))
    except (OSError, ValueError) as error:  # no TOML, no UTF-8
        raise PkiError(f"{folder} holds no PKI: make one with `ocpp-harness pki create` ({error})") from error
    _whole(told, folder)
    hierarchy = declaration.load(folder / "declaration.toml")
    given: dict[str, Authority] = {}
    for name in hierarchy.authorities:
        given[name] = _authority(folder / "authorities", name, hierarchy, given)
        _same_run(given[name], told, folder)
    names = Names(tuple(told["hosts"]), told["serial"], told["identity"], told["organisation"],
                  revocation=told.get("revocation", ""))
    return Stored(told["run"], hierarchy, names, given)


def _whole(told: Mapping[str, Any], folder: Path) -> None:
    """pki.toml says all that it should: texts, and a list of texts."""
    lacking = [key for key in ("run", "hosts", "serial", "identity", "organisation") if key not in told]
    if lacking:
        raise PkiError(f"{folder}: pki.toml lacks {', '.join(lacking)}; make the folder anew")
    hosts = told["hosts"]
    texts = {"hosts": hosts if isinstance(hosts, list) and hosts else [None]}
    texts |= {key: [told.get(key, "")] for key in ("run", "serial", "identity", "organisation", "revocation")}
    wrong = [key for key, values in texts.items() if not all(isinstance(value, str) for value in values)]
    if wrong:
        raise PkiError(f"{folder}: pki.toml has no text for {', '.join(wrong)}; make the folder anew")


def _authority(folder: Path, name: str, hierarchy: Hierarchy, given: Mapping[str, Authority]) -> Authority:
    certificate, key = read_authority(folder / f"{name}.pem", folder / f"{name}.key", None)
    issuer = hierarchy.authorities[name].issuer
    above = given.get(issuer) if issuer else None
    return Authority(name, certificate, key, above)


def read_authority(
    certificate_file: Path, key_file: Path, password: bytes | None
) -> tuple[x509.Certificate, keys.PrivateKey]:
    """A CA's certificate and key. Raises PkiError for what is missing, unreadable, encrypted or does not match."""
    try:
        certificate = x509.load_pem_x509_certificate(reading.handed_over(certificate_file))
    except OSError as error:
        raise PkiError(f"{certificate_file} cannot be read: {error.strerror}") from error
    except UNREADABLE as error:
        raise PkiError(f"{certificate_file} holds no PEM certificate") from error
    try:
        key = load_pem_private_key(reading.handed_over(key_file), password)
    except OSError as error:
        raise PkiError(f"{key_file} cannot be read: {error.strerror}") from error
    except TypeError as error:
        mend = "name the file that holds its password" if password is None else "leave the password out"
        raise PkiError(f"{key_file}: {error}. Mend: {mend} (--password-file)") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PkiError(f"{key_file} holds no private key that can be read; is the password right?") from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise PkiError(f"{key_file} is neither RSA nor EC")
    if key.public_key() != certificate.public_key():
        raise PkiError(f"{key_file} is not the key of {certificate_file}: give the pair that was made together")
    return certificate, key


def _same_run(authority: Authority, told: Mapping[str, Any], folder: Path) -> None:
    """The folder knows the fingerprint of each authority that it was made with."""
    known = told.get("fingerprints")
    if not isinstance(known, dict) or known.get(authority.name) != _fingerprint(authority.certificate):
        raise PkiError(
            f"{folder}: {authority.name!r} is not the one that run {told.get('run')} was made with: these files are of "
            f"different runs; make the folder anew"
        )


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex()

"""Certificates and keys in files, as SUT files name them."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from trustme import CA


def write(folder: Path) -> None:
    """one.pem and two.pem with their keys, and locked.key, which is that of one.pem under a password."""
    for name in ("one", "two"):
        issued = CA().issue_cert(f"{name}.example")
        issued.cert_chain_pems[0].write_to_path(folder / f"{name}.pem")
        issued.private_key_pem.write_to_path(folder / f"{name}.key")
    key = load_pem_private_key((folder / "one.key").read_bytes(), None)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"correct horse"))
    (folder / "locked.key").write_bytes(locked)

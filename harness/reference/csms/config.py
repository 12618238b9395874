"""What a practice CSMS knows: its stations, tokens and policies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.rpc.link import SECOND

Signer = Callable[[str, str], str | None]
Source = Callable[[Mapping[str, Any]], str | None]


@dataclass(frozen=True, slots=True)
class Token:
    """An idToken (idTag in OCPP 1.6) that the CSMS knows; compared without regard to case.

    `type` None matches every idToken type. `status` is an AuthorizationStatusEnumType of 2.0.1; 1.6 gets
    the nearest it has. `group` is the groupIdToken (1.6: parentIdTag). `expires` is in ns since the Unix
    epoch; from then on the status is Expired. `certificate` is the state of the contract certificate:
    Accepted, CertificateExpired, CertificateRevoked, CertChainError (C07.FR.13 to .17).
    `concurrent` allows several transactions at a time.
    """

    id_token: str
    type: str | None = None
    status: str = "Accepted"
    group: str | None = None
    expires: int | None = None
    certificate: str = "Accepted"
    concurrent: bool = False


@dataclass(frozen=True, slots=True)
class CsmsConfig:
    """`stations` maps each identity to its password, or to None where no Basic authentication is asked.

    `versions`: "1.6", "2.0.1". `heartbeat_interval` and `retry_interval` (for a station not accepted) in s.
    `vendors`: DataTransfer vendorId -> its messageIds; an empty set takes any. `call_timeout` in ns.
    `master_pass_group`: tokens of this group are never ConcurrentTx. `price`: what a transaction costs,
    for totalCost. `boot_statuses`: the answers to a station's successive BootNotifications, the last one
    repeats. `signer` takes a CSR (PEM) and an identity and returns a certificate chain (PEM) or None;
    without it, SignCertificate is Rejected (A02.FR.12). `ocsp` and `contract` take a GetCertificateStatus or
    Get15118EVCertificate request and return ocspResult or exiResponse in Base64, or None; without them the
    answer is Failed (M06.FR.04). `serials` maps an identity to the serial number that has to be the commonName of its
    client certificate (A00.FR.402); an identity that is not in it needs none. `subjects` maps an
    identity to the commonName that its CSRs must have; of others none is signed. No callable may block or do I/O.
    """

    stations: Mapping[str, bytes | None]
    versions: tuple[str, ...] = ("1.6", "2.0.1")
    heartbeat_interval: int = 300
    retry_interval: int = 5
    tokens: tuple[Token, ...] = ()
    vendors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    call_timeout: int = 30 * SECOND
    master_pass_group: str | None = None
    price: float | None = None
    boot_statuses: tuple[str, ...] = ("Accepted",)
    signer: Signer | None = None
    ocsp: Source | None = None
    contract: Source | None = None
    serials: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)

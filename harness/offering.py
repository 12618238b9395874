"""What a scenario's table says of our side of TLS, laid over the settings that the run gave us. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.security.errors import PkiError
from harness.security.hello import COMPRESSION_NAMES
from harness.security.settings import Credential, TlsSettings
from harness.setting import Certificates


def credential(certificates: Certificates | None, name: str) -> Credential:
    """A certificate by its name in scenarios. Raises `Inconclusive` where this run has none."""
    try:
        return _of(certificates).credential(name)
    except PkiError as error:
        raise Inconclusive(str(error)) from error


def _of(certificates: Certificates | None) -> Certificates:
    if certificates is None:
        raise Inconclusive("the SUT file has no [tls]: no certificates to present")
    return certificates


def laid_over(settings: TlsSettings, wish: Mapping[str, str], certificates: Certificates | None) -> TlsSettings:
    """`settings` with table rows over them: tls versions, suites, curve, certificate, trusts, client certificate,
    tls compression, renegotiation.

    Raises `HarnessFault` for a version or a compression method that is none, `Inconclusive` for a certificate that is
    not there."""
    settings = _speaking(settings, wish)
    if "certificate" in wish:
        given = () if wish["certificate"] == "none" else (credential(certificates, wish["certificate"]),)
        settings = replace(settings, credentials=given)
    if "trusts" in wish:
        try:
            settings = replace(settings, trusts=(_of(certificates).root(wish["trusts"]),))
        except PkiError as error:
            raise Inconclusive(str(error)) from error
    if "client certificate" in wish:
        settings = replace(settings, client_certificate=wish["client certificate"] != "none")
    return settings


def _speaking(settings: TlsSettings, wish: Mapping[str, str]) -> TlsSettings:
    """Versions, suites, curve, compression, renegotiation."""
    if "tls versions" in wish:
        try:
            settings = settings.with_versions(_listed(wish["tls versions"]))
        except ValueError as error:
            raise HarnessFault(str(error)) from error
    if "suites" in wish:
        settings = replace(settings, suites=_listed(wish["suites"]), security_level=0)
        if "tls versions" not in wish:  # TLS 1.3 has suites of its own, which would be taken instead
            settings = settings.with_versions(("TLSv1.2",))
    if "tls compression" in wish:
        settings = _compressing(settings, _listed(wish["tls compression"]))
    if "renegotiation" in wish:
        wanted = wish["renegotiation"] != "none"
        settings = replace(settings.with_versions(("TLSv1.2",)) if wanted else settings, renegotiation=wanted)
    if "curve" in wish:
        settings = replace(settings, curve=wish["curve"])
    return settings


def _compressing(settings: TlsSettings, methods: tuple[str, ...]) -> TlsSettings:
    """With these compression methods; "null" alone is what OpenSSL does."""
    unknown = [method for method in methods if method not in COMPRESSION_NAMES.values()]
    if unknown or not methods:
        raise HarnessFault(
            f"no compression method is called {', '.join(unknown)}; write {', '.join(COMPRESSION_NAMES.values())}"
        )
    return replace(settings, compressions=() if methods == ("null",) else methods)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())

"""Rules for [connection] and [tls]."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from harness import reading
from harness.security import store
from harness.security.errors import PkiError
from harness.security.pki import valid_now
from harness.sut.binding import Named
from harness.sut.model import Connection, Signing, Tables, Tls
from harness.unreadable import UNREADABLE

Broken = tuple[tuple[str | int, ...], str, str]
"""Where (a path of keys), what is wrong, how to mend it."""

_TLS_PROFILES = (2, 3)
PASSWORD_PROFILES = (1, 2)
MAX_IDENTITY = 48
"""OCPP 2.0.1 Part 4, 3.1.1: identifierString of at most 48 characters."""


def split_url(text: str, schemes: tuple[str, ...]) -> SplitResult | str:
    """The parts of an absolute URL with host, or what is wrong with it."""
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError as error:
        return f"this is no URL: {error}"
    if url.scheme not in schemes:
        return f"the URL must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}"
    if not url.hostname or any(letter.isspace() for letter in text):
        return "the URL names no host, or has blanks in it"
    if port == 0:
        return "port 0 cannot be reached"
    if url.username is not None or url.password is not None:
        return "the URL has credentials in it"
    return "the URL has a fragment (#)" if url.fragment else url


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this machine: "localhost" or a loopback address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def connection(tables: Tables) -> Iterator[Broken]:
    """The endpoint that the role needs, well written, and credentials that fit the security profile."""
    endpoint = tables.connection
    if tables.sut.role == "csms":
        yield from _csms(endpoint)
    else:
        yield from _station(endpoint)
    if endpoint.security_profile in PASSWORD_PROFILES:
        if endpoint.password is None:
            what = f"security profile {endpoint.security_profile} needs a password"
            yield ("connection", "password"), what, 'write password = { env = "NAME" }, { file = "path" } or a text'
        if ":" in endpoint.identity:
            what = "HTTP Basic allows no colon in the identity, which is the user name (RFC 7617)"
            yield ("connection", "identity"), what, "give the station another identity"
    if set(tables.sut.versions) - {"1.6"} and len(endpoint.identity) > MAX_IDENTITY:
        what = f"the identity is longer than {MAX_IDENTITY} characters"
        yield ("connection", "identity"), what, "give the station a shorter identity"


def _csms(endpoint: Connection) -> Iterator[Broken]:
    at = ("connection", "url")
    if endpoint.listen is not None:
        yield ("connection", "listen"), "only a station under test makes us listen", "remove it, and give url"
    if endpoint.url is None:
        yield at, "a CSMS under test needs its URL", 'add url = "wss://host:port/path", without identity'
        return
    url = split_url(endpoint.url, ("ws", "wss"))
    if isinstance(url, str):
        yield at, url, 'write "ws://host:port/path" or "wss://host:port/path", without identity'
        return
    if url.query:
        yield at, "the URL has a query (?)", "remove it; OCPP-J adds only the identity to the path"
    if (url.scheme == "wss") != (endpoint.security_profile in _TLS_PROFILES):
        scheme = "wss://" if url.scheme == "ws" else "ws://"
        what = f"{url.scheme}:// does not fit security profile {endpoint.security_profile}"
        yield at, what, f"use {scheme}, or change security_profile (2 and 3 are wss://)"


_NO_ADDRESS = "no host:port with a port up to 65535"


def _station(endpoint: Connection) -> Iterator[Broken]:
    if endpoint.url is not None:
        what = "only a CSMS under test has a URL; a station comes to us"
        yield ("connection", "url"), what, 'remove it, and give listen = "host:port"'
    if not _is_address(endpoint.listen):
        what = "a station under test needs the address where we listen" if endpoint.listen is None else _NO_ADDRESS
        mend = 'write listen = "0.0.0.0:9000", an address of this machine and a free port'
        yield ("connection", "listen"), what, mend
    if not endpoint.path.startswith("/") or set("?# ") & set(endpoint.path):
        yield ("connection", "path"), "this is no URL path", 'write one such as "/ocpp", without query and blanks'


def _is_address(listen: str | None) -> bool:
    host, colon, port = (listen or "").rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    if not (colon and host and port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535):
        return False
    return bracketed or not set(host) & set(":/[]@ ")


def tls(tables: Tables, folder: Path) -> Iterator[Broken]:
    """Files that exist and hold what they should; a certificate and the key that belongs to it."""
    yield from _certified(("tls", "ca"), folder, tables.tls.ca)
    yield from _pki(folder, tables.tls)
    yield from _worn(tables)
    yield from pair(("tls",), tables.tls, folder)


def _worn(tables: Tables) -> Iterator[Broken]:
    """With TLS a product needs somebody to trust and something to show; the practice opponents make their own."""
    profile, named, driver = tables.connection.security_profile, tables.tls, tables.drivers.default
    if profile not in _TLS_PROFILES or named.pki or (isinstance(driver, Named) and driver.driver == "reference"):
        return
    at, make = ("connection", "security_profile"), "`ocpp-harness pki create FOLDER` and tls = { pki = \"FOLDER\" }"
    if tables.sut.role == "station" and not named.certificate:
        what = f"security profile {profile} needs the certificate that our CSMS shows the station"
        yield at, what, f"add certificate and key under [tls], or {make}"
    if tables.sut.role == "csms" and not named.ca:
        yield at, f"security profile {profile} needs the root that signed the CSMS certificate", (
            f"add ca under [tls], or {make}")
    if tables.sut.role == "csms" and profile == 3 and not named.certificate:
        yield at, "security profile 3 needs the certificate that our station shows the CSMS", (
            f"add certificate and key under [tls], or {make}")


def pair(at: tuple[str, ...], named: Tls | Signing, folder: Path, dated: bool = True) -> Iterator[Broken]:
    """A certificate and the key that belongs to it, in the table at that place. `dated`: it must be valid now."""
    for here, other in (("certificate", "key"), ("key", "certificate")):
        if getattr(named, here) and not getattr(named, other):
            yield (*at, here), f"a {here} without a {other} is of no use", f"add {other}, or remove {here}"
    yield from _certified((*at, "certificate"), folder, named.certificate, dated)
    certificate, key = _certificate(folder, named.certificate), _key(folder, named)
    if isinstance(key, str):
        yield (*at, "key"), key, "give a PEM file with the private key, and key_password if it is encrypted"
    elif None not in (mine := _public(key), theirs := _public(certificate)) and mine != theirs:
        yield (*at, "key"), "the key does not belong to the certificate", "give the key that it was made with"


def _certified(at: tuple[str, ...], folder: Path, name: str | None, dated: bool = True) -> Iterator[Broken]:
    found = _certificate(folder, name)
    if isinstance(found, str):
        yield at, found, "give a PEM file with the certificate, relative to the SUT file"
    elif dated and found is not None and not valid_now(found):
        yield at, f"by this machine's clock the certificate in {name} is not valid", "set the clock, or give another"


def _pki(folder: Path, named: Tls) -> Iterator[Broken]:
    """The folder of `ocpp-harness pki create`: whole, of one run, and valid by this machine's clock."""
    if named.pki is None:
        return
    try:
        stored = store.load(folder / named.pki)
    except (PkiError, OSError) as error:
        yield ("tls", "pki"), str(error), "give a folder that `ocpp-harness pki create` made, whole and unmixed"
        return
    plans = stored.hierarchy.authorities
    late = [name for name, authority in stored.given.items()
            if plans[name].sound and not valid_now(authority.certificate)]
    if late:
        yield (("tls", "pki"), f"by this machine's clock these are not valid: {', '.join(late)}",
               "set the clock, or make the folder anew")


def _read(folder: Path, name: str) -> bytes | str:
    try:
        return reading.content(folder / name)
    except (OSError, ValueError) as error:
        return f"the file {name} cannot be read{reading.why(error)}"


def _certificate(folder: Path, name: str | None) -> x509.Certificate | str | None:
    if name is None:
        return None
    content = _read(folder, name)
    if isinstance(content, str):
        return content
    try:
        return x509.load_pem_x509_certificates(content)[0]
    except UNREADABLE:
        return f"the file {name} holds no PEM certificate"


def _key(folder: Path, named: Tls | Signing) -> Any:
    if named.key is None:
        return None
    content = _read(folder, named.key)
    if isinstance(content, str):
        return content
    password = named.key_password.reveal() if named.key_password else None
    try:
        return load_pem_private_key(content, password)
    except UNREADABLE:
        return f"the file {named.key} holds no private key that can be read, or key_password does not fit"


def _public(holder: Any) -> bytes | None:
    if holder is None or isinstance(holder, str):
        return None
    try:
        return bytes(holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    except UNREADABLE:
        return None

"""What words in cells stand for: facts of the SUT file, the run's certificates, moments; see docs/vocabulary.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING, Protocol

from harness import addresses
from harness.facts import Facts, rfc3339
from harness.oracle import documents, paths, tls
from harness.oracle.transcript import Message
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.rpc.frame import Json
from harness.rpc.link import SECOND
from harness.security.errors import PkiError

if TYPE_CHECKING:
    from harness.carrier import Hosted
    from harness.setting import Certificates, Setting

_OF_CERTIFICATE = re.compile(r"the (?P<word>[\w ]+?) of (?P<of>the [\w' .-]+ (?:certificate|root|intermediate))")
_OF_DOCUMENT = re.compile(r'the public key of "(?P<name>[^"]+)"')
_IN_MESSAGE = re.compile(
    r'the (?P<word>hashAlgorithm|issuerNameHash|issuerKeyHash|serialNumber) of the certificate in "(?P<name>[^"]+)"')
_IN_USE = "the public key in use"
_FOR_REQUEST = re.compile(r'the (?P<twin>(?:[\w -]+ )?)certificate for "(?P<name>[^"]+)"')


class World(Protocol):
    """What of a session these words need."""

    setting: Setting
    first_password: bytes | None
    in_use: str
    hosted: Hosted

    def named(self, name: str) -> tuple[Message, ...]: ...


def papers(world: World, reference: str) -> Json:
    """The value of such words, None for words of another kind. Raises `Inconclusive` where this run has none."""
    if reference == "the password":
        if world.first_password is None:
            raise Inconclusive("the SUT file gives no password")
        return world.first_password.decode("utf-8", "replace")
    if reference in ("the second identity", "the second password"):
        return _of_second(world.setting, reference)
    if reference in addresses.REFERENCES:
        return addresses.REFERENCES[reference](world.hosted.url or world.setting.url)
    if reference == "the password in hexadecimal":
        return str(papers(world, "the password")) and (world.first_password or b"").hex()
    if (seen := _seen(world, reference)) is not None:
        return seen
    if found := _OF_CERTIFICATE.fullmatch(reference):
        word, name = found["word"], found["of"]
        return _asked(world, lambda certificates: certificates.fact(word, name))
    if found := _FOR_REQUEST.fullmatch(reference):
        requests = paths.values(world.named(found["name"])[-1].payload, "csr")
        if not requests:
            raise Inconclusive(f'"{found["name"]}" has no csr to be signed')
        wanted = f"{found['twin']}station certificate"
        return _asked(world, lambda certificates: certificates.signed(str(requests[0]), wanted))
    return None


def _seen(world: World, reference: str) -> Json:
    """A public key, PEM, that the SUT has shown, or a hash of a certificate on the wire; None for other words."""
    if found := _IN_MESSAGE.fullmatch(reference):
        word, name = found["word"], found["name"]
        chains = paths.values(world.named(name)[-1].payload, "certificateChain")
        if not chains:
            raise Inconclusive(f'"{name}" carries no certificateChain')
        return _asked(world, lambda certificates: certificates.named_by(word, str(chains[0])))
    if found := _OF_DOCUMENT.fullmatch(reference):
        return _key_of(world.named(found["name"])[-1].payload, found["name"])
    if reference != _IN_USE:
        return None
    if not world.in_use:
        raise HarnessFault("no line before has had our CSMS take `the one in use` alone")
    return tls.certificate_facts((world.in_use,))["publicKey"]


def _key_of(payload: Json, name: str) -> Json:
    """The public key, PEM, of the csr or the certificateChain in a message."""
    for kind, member in documents.MEMBERS.items():
        if paths.values(payload, member):
            try:
                return documents.of(kind, payload).facts()["publicKey"]
            except documents.Unreadable as error:
                raise Inconclusive(f'"{name}": {error}') from error
    raise Inconclusive(f'"{name}" carries no csr and no certificateChain')


def _of_second(setting: Setting, reference: str) -> Json:
    """Identity or password of the other station that the CSMS knows."""
    if setting.second is None:
        raise Inconclusive("the SUT file names no second station: add second_identity, second_password to [connection]")
    identity, password = setting.second
    return identity if reference == "the second identity" else (password or b"").decode("utf-8", "replace")


def _asked(world: World, ask: Callable[[Certificates], str]) -> str:
    certificates = world.setting.certificates
    if certificates is None:
        raise Inconclusive("the SUT file has no certificates: add [tls] pki (`ocpp-harness pki create`)")
    try:
        return ask(certificates)
    except PkiError as error:
        raise Inconclusive(str(error)) from error


_TOKEN = re.compile(r"the (?:(?P<part>type|group) of the )?(?P<word>[\w ]+) (?:idToken|idTag)")


def fact(facts: Facts, reference: str) -> Json:
    """A value of the SUT file by its words. Raises `Inconclusive` where the file does not give it."""
    if found := _TOKEN.fullmatch(reference):
        token = facts.tokens.get(found["word"].replace(" ", "_"))
        if token is None:
            raise Inconclusive(f"the SUT file names no {found['word']} token: add it under [tokens]")
        return {"type": token.type, "group": token.group}.get(found["part"] or "", token.id)
    key = reference.removeprefix("the ")
    if key in facts.texts:
        return facts.texts[key]
    raise HarnessFault(f"{reference!r} names nothing: write the valid idToken, the identity, the X of \"name\"")


_SHIFT = re.compile(r"now(?: (?P<sign>[+-]) (?P<count>\d+) (?P<unit>s|min|h|d))?")
_UNITS = {"s": SECOND, "min": 60 * SECOND, "h": 3600 * SECOND, "d": 86_400 * SECOND}
_NUMBER = re.compile(r"-?[0-9]{1,300}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
"""What JSON takes for a number, and leading zeros."""
_LENGTH = re.compile(r"a text of (\d+) characters")


def typed(text: str, json_type: str, wall: int) -> Json:
    """Table text as a JSON value of the schema's type; what does not fit stays text, to be sent as it is."""
    if shifted := _SHIFT.fullmatch(text):
        step = int(shifted["count"] or 0) * _UNITS[shifted["unit"] or "s"]
        return rfc3339(wall - step if shifted["sign"] == "-" else wall + step)
    if length := _LENGTH.fullmatch(text):
        return "x" * int(length[1])
    if json_type == "boolean" and text in ("true", "false"):
        return text == "true"
    if json_type in ("integer", "number") and _NUMBER.fullmatch(text):
        number = float(text)
        return int(text) if text.lstrip("-").isdecimal() else number if isfinite(number) else text
    return text

"""The tables of a SUT file. Durations are in seconds; every key is described in docs/sut-files.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from harness.rpc.dialect import Role, Version
from harness.sut.base import Many, Name, Seconds, Table
from harness.sut.binding import Drivers, Named
from harness.sut.secret import SecretField, fault

NUMBER = re.compile(r"\{number(?::(0[1-9]))?\}")
"""Where a pattern of identities counts; ``:03`` fills up with zeros to three digits."""


class Product(Table):
    """[sut]: what is tested. `versions` in the order in which they are tried."""

    name: Name
    role: Role
    versions: Annotated[Many[Version], Field(min_length=1)]
    product_version: str = ""


class Connection(Table):
    """[connection]. `url` leads to a CSMS, without identity; `listen` and `path` are ours for a station.
    `second_identity` and `second_password`: another station that a CSMS under test knows.

    `security_profile`: OCPP 2.0.1 A00; 0 is none (ws:// without password)."""

    url: str | None = None
    listen: str | None = None
    path: str = "/ocpp"
    identity: Name
    password: SecretField | None = None
    second_identity: Name | None = None
    second_password: SecretField | None = None
    security_profile: Annotated[int, Field(ge=0, le=3)] = 1

    @property
    def second(self) -> tuple[str, bytes | None] | None:
        """Identity and password of the other station, where the file names one."""
        if self.second_identity is None:
            return None
        return self.second_identity, self.second_password.reveal() if self.second_password else None

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of `listen`; ("127.0.0.1", 0) without it."""
        host, _, port = (self.listen or "127.0.0.1:0").rpartition(":")
        return host.strip("[]"), int(port)


class Tls(Table):
    """[tls]: PEM files, paths relative to the SUT file. `ca` is what we trust; `certificate` and `key` are our own.

    `pki` is a folder of `ocpp-harness pki create`, from which every certificate is issued that scenarios name;
    `names` are what the station knows us by, our FQDN first; `hash_algorithm` is how the SUT names certificates."""

    ca: Name | None = None
    certificate: Name | None = None
    key: Name | None = None
    key_password: SecretField | None = None
    pki: Name | None = None
    names: Many[Name] = ()
    hash_algorithm: Literal["SHA256", "SHA384", "SHA512"] = "SHA256"


class Evse(Table):
    """One EVSE: `id` counts from 1, `connectors` is how many it has, `types` their ConnectorEnumType."""

    id: Annotated[int, Field(ge=1)]
    connectors: Annotated[int, Field(ge=1)] = 1
    types: Many[Name] = ()


class Station(Table):
    """[station]: the SUT's EVSEs, or those of the station that we play, and what we then call ourselves."""

    evses: Many[Evse] = (Evse(id=1),)
    vendor: Annotated[Name, Field(max_length=20)] = "Harness"
    model: Annotated[Name, Field(max_length=20)] = "Practice station"
    serial: Annotated[Name, Field(max_length=25)] = "H-0001"
    firmware_version: Annotated[Name, Field(max_length=50)] = "1.0.0"
    customer: Annotated[Name, Field(max_length=64)] | None = None
    active_slot: Annotated[int, Field(ge=0)] = 1
    spare_slot: Annotated[int, Field(ge=0)] = 2
    network_interface: Name = "Wired0"

    @property
    def texts(self) -> dict[str, str | int]:
        """What scenarios may refer to by ``the ...``."""
        told: dict[str, str | int] = {
            "vendor": self.vendor,
            "model": self.model,
            "serial": self.serial,
            "firmware": self.firmware_version,
            "active slot": self.active_slot,
            "spare slot": self.spare_slot,
            "new slot order": f"{self.spare_slot},{self.active_slot}",
            "network interface": self.network_interface,
        }
        return told | ({"customer": self.customer} if self.customer else {})


class Token(Table):
    """An idToken: `id`, `type` (IdTokenEnumType; 1.6 has none), and its groupId (1.6: parentIdTag)."""

    id: Name
    type: Name = "ISO14443"
    group: Name | None = None


class Tokens(Table):
    """[tokens]: what the cards are good for, as the CSMS sees them. Only `valid` is needed everywhere; where
    another is missing, the scenarios that need it are inconclusive.

    `group` is valid and has a group; `same_group` shares it, `other_group` has another."""

    valid: Token
    second: Token | None = None
    invalid: Token | None = None
    unknown: Token | None = None
    blocked: Token | None = None
    expired: Token | None = None
    group: Token | None = None
    same_group: Token | None = None
    other_group: Token | None = None
    master_pass: Token | None = None
    no_credit: Token | None = None
    concurrent: Token | None = None
    not_allowed_evse: Token | None = None
    not_at_this_location: Token | None = None
    not_at_this_time: Token | None = None

    def named(self, name: str) -> Token | None:
        """The token of that name, spaces for underscores allowed; None where the file has none."""
        found = getattr(self, key, None) if (key := name.replace(" ", "_")) in Tokens.model_fields else None
        return found if isinstance(found, Token) else None


@dataclass(frozen=True, slots=True)
class Feature:
    """A declared feature: Part 5 id or 1.6 profile name, and its value where one is given ("HFS-8 = 2")."""

    id: str
    value: str = ""


def _feature(value: object) -> object:
    if isinstance(value, str):
        name, _, given = value.partition("=")
        return Feature(name.strip(), given.strip())
    return value


class Features(Table):
    """[features]: what the vendor claims, and so what is tested."""

    declared: Many[Annotated[Feature, BeforeValidator(_feature)]] = ()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(feature.id for feature in self.declared)

    def value(self, id: str) -> str | None:
        """The value of a declared feature ("" where none is given), None where it is not declared."""
        return next((feature.value for feature in self.declared if feature.id == id), None)


class Timing(Table):
    """[timing], all in s: how long we wait for the SUT, how exact we measure, what intervals we hand out."""

    answer: Seconds = 30.0
    action: Seconds = 120.0
    boot: Seconds = 60.0
    reconnect: Seconds = 60.0
    tolerance: Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)] = 0.5
    heartbeat_interval: Annotated[int, Field(ge=1, le=86_400)] = 300
    message_timeout: Seconds = 30.0


class Attack(Table):
    """[attack]: whether the owner of the SUT allows dangerous scenarios; they need `--attack` as well.

    What one of them may do at most: `attempts` connections, `rate` connections and messages per second, `size`
    bytes in one message; our file servers: `file_size` bytes in one file, `file_rate` bytes per second, `file_time`
    seconds in which a slow or stalled transfer holds the SUT."""

    authorised: bool = False
    attempts: Annotated[int, Field(ge=1, le=1000)] = 50
    rate: Annotated[int, Field(ge=1, le=100)] = 20
    size: Annotated[int, Field(ge=1024, le=16_777_216)] = 65_536
    file_size: Annotated[int, Field(ge=1024, le=17_179_869_184)] = 67_108_864
    file_rate: Annotated[int, Field(ge=1024, le=1_073_741_824)] = 10_485_760
    file_time: Annotated[float, Field(ge=1, le=3600)] = 60.0


class Load(Table):
    """[load]: stations of ours besides, which a CSMS under test knows; all have one password.

    `identities` is the pattern of their names, in which ``{number}`` or ``{number:03}`` counts from 1 to `count`."""

    identities: Name
    count: Annotated[int, Field(ge=1, le=1000)] = 100
    password: SecretField | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The identities, in order; the pattern as it is, so many times, where nothing counts in it."""
        return tuple(map(self._name, self.numbers))

    def _name(self, number: int) -> str:
        return NUMBER.sub(lambda found: format(number, found[1] or ""), self.identities)

    @property
    def numbers(self) -> range:
        return range(1, self.count + 1)

    @property
    def stations(self) -> dict[str, tuple[str, bytes | None]]:
        """Identity and password of each, by what scenarios call it: ``load station 1``."""
        password = self.password.reveal() if self.password else None
        return {f"load station {n}": (name, password) for n, name in zip(self.numbers, self.names, strict=True)}


def _template(value: object) -> object:
    if isinstance(value, str) and "{id}" not in value:
        raise fault("a link template names no {id}", 'write "https://.../{id}"; {id} becomes the id')
    return value


LinkTemplate = Annotated[Name, BeforeValidator(_template)]


class Links(Table):
    """[report.links]: where the ids in reports lead to; {id} stands for the id. Without a template an id is no link."""

    requirement: LinkTemplate | None = None
    case: LinkTemplate | None = None


class Report(Table):
    """[report]: how reports file what they tell. `owner` is who looks after the product's failures."""

    owner: str = ""
    links: Links = Links()


class Transfer(Table):
    """[transfer]: the file server that serves firmware and takes uploads. Port 0 takes a free one."""

    host: Name = "127.0.0.1"
    http: Annotated[int, Field(ge=0, le=65_535)] = 0
    https: Annotated[int, Field(ge=0, le=65_535)] = 0
    ftp: Annotated[int, Field(ge=0, le=65_535)] = 0
    ftps: Annotated[int, Field(ge=0, le=65_535)] = 0
    sftp: Annotated[int, Field(ge=0, le=65_535)] = 0
    upload_limit: Annotated[int, Field(ge=1, le=1_073_741_824)] = 16 * 1024 * 1024
    upload_folder: Name | None = None


class Signing(Table):
    """Somebody who signs firmware: PEM files, paths relative to the SUT file."""

    certificate: Name | None = None
    key: Name | None = None
    key_password: SecretField | None = None


class Image(Table):
    """An image of the vendor, and the version that the station tells once it runs."""

    file: Name
    version: Annotated[Name, Field(max_length=50)]


class Firmware(Signing):
    """[firmware]: what the station's vendor made. Without it, images and signers are the harness's own."""

    images: dict[Literal["update", "another", "old", "broken", "stubborn"], Image] = Field(default_factory=dict)
    expired: Signing | None = None
    revoked: Signing | None = None


class Tables(Table):
    """The whole file, as written."""

    sut: Product
    connection: Connection
    tls: Tls = Tls()
    station: Station = Station()
    tokens: Tokens
    features: Features = Features()
    timing: Timing = Timing()
    expected_failures: dict[str, Name] = Field(default_factory=dict)
    attack: Attack = Attack()
    transfer: Transfer = Transfer()
    firmware: Firmware = Firmware()
    load: Load | None = None
    report: Report = Report()
    drivers: Drivers = Drivers()


@dataclass(frozen=True, slots=True)
class Sut:
    """A system under test as its file describes it. `sha256` is that of the file, for the evidence."""

    file: Path
    sha256: str
    name: str
    role: Role
    versions: tuple[Version, ...]
    product_version: str
    connection: Connection
    tls: Tls
    station: Station
    tokens: Tokens
    features: Features
    timing: Timing
    expected_failures: dict[str, str]
    attack: Attack
    drivers: Drivers
    report: Report = dataclass_field(default_factory=Report)
    transfer: Transfer = dataclass_field(default_factory=Transfer)
    firmware: Firmware = dataclass_field(default_factory=Firmware)
    load: Load | None = None

    @property
    def needs_reference(self) -> bool:
        """Whether a binding names the practice opponent, so that one must be running."""
        table = self.drivers
        bound = (table.default, *table.intents.values(), *table.send.values())
        return any(isinstance(binding, Named) and binding.driver == "reference" for binding in bound)

    def path(self, name: str) -> Path:
        """A path of the file, relative to the folder it is in."""
        return self.file.parent / name

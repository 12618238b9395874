"""How a SUT file says who carries out an intent: the right-hand sides of ``[drivers]``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from harness.sut.base import Many, Name, Seconds, Table
from harness.sut.secret import SecretField, fault

KINDS = ("http", "command", "preset", "driver")


class Login(Table):
    """HTTP Basic credentials (RFC 7617)."""

    user: Name
    password: SecretField


class Auth(Table):
    """How a driver presents itself to a rig: one of the two."""

    basic: Login | None = None
    bearer: SecretField | None = None


class Named(Table):
    """A driver by its name: "manual", "reference", or one that a plugin brings."""

    driver: Name
    options: dict[str, Any] = Field(default_factory=dict)


class Http(Table):
    """One HTTP request: `http` is "METHOD URL", `body` a text template or a table sent as JSON.

    `expect` are the status codes that mean done; empty: every 2xx. `timeout` in s."""

    http: Annotated[str, Field(pattern=r"^(GET|POST|PUT|PATCH|DELETE) \S+$")]
    body: str | dict[str, Any] | None = None
    headers: dict[str, SecretField] = Field(default_factory=dict)
    auth: Auth | None = None
    expect: Many[Annotated[int, Field(ge=100, le=599)]] = ()
    timeout: Seconds | None = None

    @property
    def method(self) -> str:
        return self.http.partition(" ")[0]

    @property
    def url(self) -> str:
        """The URL template, placeholders unfilled."""
        return self.http.partition(" ")[2]


class Command(Table):
    """A program and its arguments, run without a shell in the folder of the SUT file. `timeout` in s."""

    command: Annotated[Many[str], Field(min_length=1)]
    timeout: Seconds | None = None


class Preset(Table):
    """A ready-made set of HTTP requests under `base`, a URL such as "http://rig:8080"."""

    preset: Literal["sut-api", "octt"]
    base: Name
    headers: dict[str, SecretField] = Field(default_factory=dict)
    auth: Auth | None = None
    timeout: Seconds | None = None


def _kind(value: object) -> str | None:
    if isinstance(value, Table):
        return next((f"<{tag}>" for tag in KINDS if hasattr(value, tag)), None)
    if not isinstance(value, dict):
        return None
    present = [kind for kind in KINDS if kind in value]
    return f"<{present[0]}>" if len(present) == 1 else None


def _from_text(value: object) -> object:
    if isinstance(value, str):
        return {"driver": value}
    if isinstance(value, dict) and sum(kind in value for kind in KINDS) == 1:
        return value
    if isinstance(value, Table):
        return value
    raise fault(
        "this binds nothing",
        'write "manual", "reference", { http = "POST http://..." }, { command = ["..."] }, '
        '{ preset = "...", base = "..." } or { driver = "..." }, exactly one of them',
    )


Binding = Annotated[
    Annotated[Named, Tag("<driver>")]
    | Annotated[Http, Tag("<http>")]
    | Annotated[Command, Tag("<command>")]
    | Annotated[Preset, Tag("<preset>")],
    Discriminator(_kind),
    BeforeValidator(_from_text),
]
"""The tags are in angle brackets so that no key of a file can be mistaken for one."""

AnyBinding = Named | Http | Command | Preset


def _per_action(value: object) -> object:
    """A binding for every request, or a table of them by OCPP action: both become the table."""
    if isinstance(value, dict) and value and not any(kind in value for kind in KINDS):
        return value
    return {"default": value}


class Drivers(Table):
    """Every further key is an intent of `harness.intents` and its binding.

    `send` is by OCPP action, with "default" for the rest. `hosts`: where HTTP may go besides loopback.
    `intents_unavailable`: what nobody can bring about; scenarios that need it end inconclusive."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Binding] = Field(init=False)

    default: Binding | None = None
    hosts: Many[Name] = ()
    intents_unavailable: Many[Name] = ()
    send: Annotated[dict[str, Binding], BeforeValidator(_per_action)] = Field(default_factory=dict)

    @property
    def intents(self) -> dict[str, AnyBinding]:
        """The bindings written for single intents, `send` aside."""
        return dict(self.__pydantic_extra__)

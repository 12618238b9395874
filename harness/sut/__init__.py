"""The SUT file: one TOML that says what is tested, how to reach it and who makes it act."""

from harness.rpc.dialect import Role, Version
from harness.sut.binding import AnyBinding, Auth, Command, Drivers, Http, Login, Named, Preset
from harness.sut.load import load
from harness.sut.model import (
    Attack,
    Connection,
    Evse,
    Feature,
    Features,
    Product,
    Station,
    Sut,
    Timing,
    Tls,
    Token,
    Tokens,
)
from harness.sut.problem import Problem, SutFileError, render
from harness.sut.secret import Secret

__all__ = [
    "AnyBinding",
    "Attack",
    "Auth",
    "Command",
    "Connection",
    "Drivers",
    "Evse",
    "Feature",
    "Features",
    "Http",
    "Login",
    "Named",
    "Preset",
    "Problem",
    "Product",
    "Role",
    "Secret",
    "Station",
    "Sut",
    "SutFileError",
    "Timing",
    "Tls",
    "Token",
    "Tokens",
    "Version",
    "load",
    "render",
]

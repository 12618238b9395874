"""A practice CSMS for OCPP 1.6 and 2.0.1 without I/O: it conforms unless its `Behaviour` says otherwise."""

from harness.reference.csms.behaviour import REMOVED, Behaviour, Edit
from harness.reference.csms.config import CsmsConfig, Token
from harness.reference.csms.endpoint import Csms, build

__all__ = ["REMOVED", "Behaviour", "Csms", "CsmsConfig", "Edit", "Token", "build"]

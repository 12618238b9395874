"""The practice opponent for OCPP 1.6: a sans-I/O charging station that conforms, or errs on demand.

It shares nothing with the judge but the frame and link values (`harness.rpc.frame`, `harness.rpc.link`).
"""

from harness.reference.station16.behaviour import Behaviour
from harness.reference.station16.configuration import PROFILES
from harness.reference.station16.endpoint import Station16, build

__all__ = ["PROFILES", "Behaviour", "Station16", "build"]

"""A practice opponent: a charging station for OCPP 2.0.1 that conforms unless told otherwise."""

from harness.reference.station201.behaviour import Behaviour
from harness.reference.station201.station import Station, build

__all__ = ["Behaviour", "Station", "build"]

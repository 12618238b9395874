"""Asking the system under test to act: a person, an HTTP rig, a program, or the built-in reference."""

from harness.drivers.outcome import CannotDo, Done, Driver, DriverFault, Outcome, Surroundings
from harness.drivers.registry import Drivers, build_drivers

__all__ = ["CannotDo", "Done", "Driver", "DriverFault", "Drivers", "Outcome", "Surroundings", "build_drivers"]

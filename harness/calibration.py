"""What the harness knows of its own error: how late its stamps are, and how late it wakes.

Measured by `harness.wire.calibration`; here are only the numbers. All durations in ns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from harness.oracle.timing import measure, shown
from harness.rpc.link import MILLISECOND

CALIBRATION_KEY = "ocpp-harness-calibration"
"""The name under which one travels in `report.user_properties`."""
STEP = MILLISECOND // 10
"""To what the uncertainty is rounded up."""
MOST_STAMP_ERROR = 5 * MILLISECOND
MOST_DELAY = 20 * MILLISECOND
"""Beyond one of these (99th percentile) the machine is too busy to measure milliseconds."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """One measurement of `n` frames that left on an exact schedule. `wall` is when it began (ns since the epoch).

    Stamp error: from the moment a frame left to its stamp in the journal. Scheduling delay: from the moment a
    wait should have ended to the moment it did."""

    wall: int
    n: int
    stamp_median: int
    stamp_p99: int
    stamp_max: int
    delay_median: int
    delay_p99: int
    delay_max: int

    @property
    def uncertainty(self) -> int:
        """The p99 of the stamp error, rounded up: an interval between two stamps is off by less."""
        return -(-self.stamp_p99 // STEP) * STEP

    @property
    def overloaded(self) -> bool:
        return self.stamp_p99 > MOST_STAMP_ERROR or self.delay_p99 > MOST_DELAY

    def __str__(self) -> str:
        stamps = f"median {shown(self.stamp_median)}, p99 {shown(self.stamp_p99)}, max {shown(self.stamp_max)}"
        delays = f"median {shown(self.delay_median)}, p99 {shown(self.delay_p99)}, max {shown(self.delay_max)}"
        busy = "; THE MACHINE IS OVERLOADED" if self.overloaded else ""
        return f"stamp error {stamps}; scheduling delay {delays} (n={self.n}){busy}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"uncertainty": self.uncertainty, "overloaded": self.overloaded, "unit": "ns"}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration:
        """Raises KeyError for what is none."""
        return cls(**{name: data[name] for name in cls.__dataclass_fields__})


def calibration(wall: int, stamp_errors: Sequence[int], delays: Sequence[int]) -> Calibration:
    """From the single errors. Raises ValueError for none."""
    stamps, waits = measure(stamp_errors), measure(delays)
    return Calibration(wall, stamps.n, stamps.median, _p99(stamp_errors), stamps.maximum,
                       waits.median, _p99(delays), waits.maximum)


def _p99(values: Sequence[int]) -> int:
    return sorted(values)[-(-len(values) * 99 // 100) - 1]


def summary(found: Iterable[Calibration]) -> dict[str, Any]:
    """All calibrations of a run, for its run.json: the worst, and each."""
    every = sorted(set(found), key=lambda one: one.wall)
    return {
        "uncertainty_ns": max((one.uncertainty for one in every), default=0),
        "stamp_error_p99_ns": max((one.stamp_p99 for one in every), default=0),
        "scheduling_delay_p99_ns": max((one.delay_p99 for one in every), default=0),
        "overloaded": any(one.overloaded for one in every),
        "measured": [one.to_json() for one in every],
    }


def warning(found: Iterable[Calibration]) -> str:
    """A line for the summary of a run on an overloaded machine; "" where all was well."""
    every = set(found)
    bad = [one for one in every if one.overloaded]
    if not bad:
        return ""
    stamps, delays = max(one.stamp_p99 for one in bad), max(one.delay_p99 for one in bad)
    return (f"the machine was overloaded in {len(bad)} of {len(every)} calibrations: stamps up to {shown(stamps)} "
            f"late, waits up to {shown(delays)} (p99). Timing verdicts are less sure than they could be: "
            "let nothing else run")

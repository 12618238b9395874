"""What goes wrong with one served file, as a value; the same for every protocol and for the simulation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Control:
    """How a download goes. Bytes count from the beginning of the file.

    `status` other than 200 refuses (HTTP number; FTP and SFTP say the same in their words). `stall_after` bytes nothing
    more comes, `cut_after` bytes the connection ends. `rate` in bytes/s, 0 is full speed. `excess` is how much more
    (or less) is declared than sent. `redirect` is a URL, "another host" or "http". `times` is how many fetches are
    treated so (0: all); later ones go well. `hold`: seconds until a transfer that stalls is ended, 0 for the client."""

    status: int = 200
    stall_after: int | None = None
    cut_after: int | None = None
    rate: int = 0
    excess: int = 0
    redirect: str = ""
    times: int = 0
    hold: float = 0.0

    def at(self, fetch: int) -> Control:
        """What holds for the `fetch`-th download (from 1)."""
        return self if not self.times or fetch <= self.times else Control()


HARMLESS = Control()


@dataclass(frozen=True, slots=True)
class Caps:
    """What our file servers may do to the SUT in an @attack scenario: `size` bytes in one file, declared or sent,
    `rate` bytes per second, `time` seconds that a slow or stalled transfer holds it."""

    size: int = 67_108_864
    rate: int = 10_485_760
    time: float = 60.0

    def beyond(self, size: int, control: Control) -> str:
        """Why a file of that size must not be handed out so; "" where it may."""
        declared = size + max(control.excess, 0)
        if declared > self.size:
            return f"would hand out a file of {declared} bytes, more than {self.size}: file_size under [attack]"
        if control.rate and size / control.rate > self.time:
            return (f"would hold the SUT with a slow file for {size / control.rate:.0f} s, more than {self.time:g}: "
                    "file_time under [attack]")
        return ""

    def paced(self, control: Control) -> Control:
        """The same, no faster and no longer than allowed."""
        return replace(control, rate=min(control.rate or self.rate, self.rate), hold=self.time)

_ROWS: Mapping[str, tuple[str, Callable[[re.Match[str]], dict[str, object]]]] = {
    "status": (r"(401|403|404|500|503)", lambda m: {"status": int(m[1])}),
    "stalls": (r"after (\d+) bytes", lambda m: {"stall_after": int(m[1])}),
    "ends": (r"after (\d+) bytes", lambda m: {"cut_after": int(m[1])}),
    "rate": (r"(\d+) bytes/s", lambda m: {"rate": int(m[1])}),
    "length": (r"(\d+) bytes too (long|short)", lambda m: {"excess": int(m[1]) if m[2] == "long" else -int(m[1])}),
    "redirect": (r"(another host|http)", lambda m: {"redirect": m[1]}),
    "times": (r"([1-9]\d*)", lambda m: {"times": int(m[1])}),
}
ROWS = frozenset(_ROWS)


def control(rows: Mapping[str, str]) -> Control:
    """The control that table rows describe. Raises ValueError naming the row and what it may hold."""
    made = HARMLESS
    for key, cell in rows.items():
        if key not in _ROWS:
            continue
        regex, fields = _ROWS[key]
        found = re.fullmatch(regex, cell)
        if found is None:
            raise ValueError(f"row {key!r}: {cell!r} is not like {regex}")
        made = replace(made, **fields(found))  # type: ignore[arg-type]
    return made

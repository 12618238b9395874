"""Masks what pytest itself prints of a failure: message, traceback, captured output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from harness.report.masking import Masks


def mask_report(report: pytest.TestReport, masks: Masks) -> None:
    """Mask a report in place: call it as soon as it is made, before any reporter or xdist sees it.

    The lay-out of the traceback stays. Results in `user_properties` are the caller's to mask."""
    report.sections[:] = [(title, masks.text(content)) for title, content in report.sections]
    found: Any = report.longrepr
    if isinstance(found, str):
        report.longrepr = masks.text(found)
    elif isinstance(found, tuple):
        path, line, reason = found
        report.longrepr = (path, line, masks.text(reason))
    elif hasattr(found, "reprtraceback"):
        for part in _parts(found):
            _mask_texts(part, masks)
    elif found is not None:
        report.longrepr = masks.text(str(found))


def _parts(found: Any) -> Iterator[Any]:
    """Everything in an exception's representation that holds text."""
    yield found
    links = getattr(found, "chain", None) or [(found.reprtraceback, found.reprcrash, None)]
    for traceback, crash, _ in links:
        yield from filter(None, (crash, traceback))
        for entry in traceback.reprentries:
            yield entry
            names = ("reprfileloc", "reprfuncargs", "reprlocals")
            yield from (part for name in names if (part := getattr(entry, name, None)) is not None)
    yield from filter(None, [found.reprcrash])


def _mask_texts(part: Any, masks: Masks) -> None:
    """Mask the attributes in which pytest keeps text."""
    for name in ("message", "extraline"):
        if isinstance(getattr(part, name, None), str):
            object.__setattr__(part, name, masks.text(getattr(part, name)))
    if isinstance(getattr(part, "lines", None), list):
        # As one text, because a private key spans lines; a mask may make it shorter.
        object.__setattr__(part, "lines", masks.text("\n".join(part.lines)).split("\n"))
    if isinstance(getattr(part, "args", None), list):
        object.__setattr__(part, "args", [(name, masks.text(str(value))) for name, value in part.args])
    if isinstance(getattr(part, "sections", None), list):
        object.__setattr__(part, "sections", [(t, masks.text(c), s) for t, c, s in part.sections])

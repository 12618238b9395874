"""The four ways in which a scenario does not pass, and why they are apart.

Only `Nonconformance` says something about the system under test. The other three say that we could not
find out, that there was nothing to find out, or that the tool itself is at fault.
"""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a scenario ends in; the values appear in every report."""

    PASSED = "passed"
    FAILED = "failed"
    INAPPLICABLE = "inapplicable"
    INCONCLUSIVE = "inconclusive"
    BROKEN = "broken"


class Nonconformance(AssertionError):
    """The system under test broke a rule. Raised by a ``Then`` line or a monitor rule, by nothing else."""


class Inconclusive(Exception):
    """A precondition could not be brought about, so the rule was never put to the test."""


class Inapplicable(Exception):
    """The SUT file does not declare a feature that the scenario needs."""


class HarnessFault(Exception):
    """The tool, not the product, did something wrong; the scenario proves nothing."""

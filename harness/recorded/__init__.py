"""A recorded exchange, judged without a SUT: read line by line, both sides watched, in bounded memory."""

from harness.recorded.check import Options, Outcome, check

__all__ = ["Options", "Outcome", "check"]

"""Judging: every ``Then`` line ends here. Only the system under test is judged, only by the journal.

Each function waits until the question is answered or its deadline is past, claims the message that
answers it, records a `Check` for the proof, and raises `Nonconformance` where the product is wrong.
While a state is being established the same questions raise `Inconclusive`: nothing was tested yet.
"""

from harness.judge.common import check_of, fail, record, resolved, seconds
from harness.judge.connections import accepts, closes, reconnects, refuses, turns_away
from harness.judge.elements import elements
from harness.judge.intervals import apart, every, gaps, in_order, occurs, tries_to_connect
from harness.judge.messages import answers, has, sends, sends_all_parts
from harness.judge.silence import nothing_between, silent

__all__ = [
    "accepts",
    "answers",
    "apart",
    "check_of",
    "closes",
    "elements",
    "every",
    "fail",
    "gaps",
    "has",
    "in_order",
    "nothing_between",
    "occurs",
    "reconnects",
    "record",
    "refuses",
    "resolved",
    "seconds",
    "sends",
    "sends_all_parts",
    "silent",
    "tries_to_connect",
    "turns_away",
]

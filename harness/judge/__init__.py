"""Judging: every ``Then`` line ends here. Only the system under test is judged, only by the journal.

Each function waits until the question is answered or its deadline is past, claims the message that
answers it, records a `Check` for the proof, and raises `Nonconformance` where the product is wrong.
While a state is being established the same questions raise `Inconclusive`: nothing was tested yet.
"""

from harness.judge.common import check_of, fail, record, resolved, seconds
from harness.judge.composite import composite_schedule
from harness.judge.connections import accepts, closes, keeps, reconnects, refuses, turns_away
from harness.judge.documents import document
from harness.judge.elements import elements
from harness.judge.intervals import apart, every, gaps, in_order, occurs, tries_to_connect
from harness.judge.messages import answered_in_time, answers, has, sends, sends_all_parts
from harness.judge.pings import answers_ping, pings
from harness.judge.silence import nothing_between, silent
from harness.judge.tls import accepts_tls, controlled, nothing_inside_tls, refuses_tls, tls_session

__all__ = [
    "accepts",
    "accepts_tls",
    "answered_in_time",
    "answers",
    "answers_ping",
    "apart",
    "check_of",
    "closes",
    "composite_schedule",
    "controlled",
    "document",
    "elements",
    "every",
    "fail",
    "gaps",
    "has",
    "in_order",
    "keeps",
    "nothing_between",
    "nothing_inside_tls",
    "occurs",
    "pings",
    "reconnects",
    "record",
    "refuses",
    "refuses_tls",
    "resolved",
    "seconds",
    "sends",
    "sends_all_parts",
    "silent",
    "tls_session",
    "tries_to_connect",
    "turns_away",
]

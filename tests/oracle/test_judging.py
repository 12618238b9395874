"""Every judgement ends the row of acts before it, whatever it is about: what comes next is a new one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from harness import judge
from harness.judge import transfers

HELPERS = {"answered_in_time", "check_of", "controlled", "fail", "record", "resolved", "seconds"}
JUDGES = [
    *(getattr(judge, name) for name in judge.__all__ if name not in HELPERS),
    transfers.transfers, transfers.no_download, transfers.legal_order,
]


class Judging(Exception):
    """Raised by a session that is told of a judgement."""


def told() -> None:
    raise Judging


@pytest.mark.parametrize("function", JUDGES, ids=lambda function: function.__name__)
def test_it_says_so_before_it_looks(function: Callable[..., Any]) -> None:
    needed = [p for p in inspect.signature(function).parameters.values() if p.default is inspect.Parameter.empty]
    with pytest.raises(Judging):
        function(SimpleNamespace(judging=told), *[None for _ in needed[1:]])

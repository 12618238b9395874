"""A practice opponent on its own may run for weeks."""

from __future__ import annotations

import pytest

from harness.alone import Alone, _journal
from harness.journal import Direction, Text
from harness.rpc.link import Instant


@pytest.mark.parametrize("quiet", [True, False])
def test_what_passed_long_ago_is_not_kept(quiet: bool, capsys: pytest.CaptureFixture[str]) -> None:
    journal = _journal(b"correct horse battery", Alone("2.0.1", quiet=quiet))
    for number in range(1000):
        journal.append(1, Text(Direction.IN, f'[2,"{number}","Heartbeat",{{}}]'), Instant(number, number))
    assert len(journal) == 1000
    assert len(list(journal)) < 300
    assert len(capsys.readouterr().out.splitlines()) == (0 if quiet else 1000)

"""The journal file: nothing lost, nothing altered unnoticed, nothing secret."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.journal import (
    Adopted,
    Binary,
    Control,
    Direction,
    Ended,
    Event,
    HandshakeRequest,
    HandshakeResponse,
    Journal,
    Note,
    Prompt,
    RawBytes,
    Step,
    Text,
)
from harness.report.evidence import (
    BODIES,
    EvidenceError,
    Header,
    JournalFile,
    from_rfc3339,
    load,
    load_header,
    rfc3339,
    verify,
)
from harness.report.masking import Masks
from harness.rpc.link import Instant

ROOT = Path(__file__).parents[2]
HEADER = Header("features/x.feature::A station boots", "ab" * 32, "0.1.0", 2)

direction = st.sampled_from(Direction)
text = st.text(max_size=20)
data = st.binary(max_size=20)
small = st.integers(0, 70000)
wall = st.integers(-62135596800 * 10**9, 253402300799 * 10**9)
# A header may hold bytes above ASCII as surrogate escapes.
escaped = data.map(lambda b: b.decode("ascii", "surrogateescape"))
headers = st.lists(st.tuples(text, escaped), max_size=3).map(tuple)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3), max_leaves=5)
mapping = st.dictionaries(text, json_values, max_size=3)
bodies = st.one_of(
    st.builds(HandshakeRequest, direction, text, headers, data),
    st.builds(HandshakeResponse, direction, small, st.none() | text, headers, text, data),
    st.builds(Text, direction, text, small, st.booleans()), st.builds(Binary, direction, data),
    st.builds(Control, direction, st.sampled_from(["ping", "pong"]), data), st.builds(RawBytes, direction, data, text),
    st.builds(Ended, direction, small, text), st.builds(Adopted, st.none() | text, text, st.booleans()),
    st.builds(Step, text, small, text), st.builds(Prompt, text, mapping, text, text),
    st.builds(Note, text, text, mapping),
)
Entry = tuple[int, object, Instant]
entries = st.lists(st.tuples(small, bodies, st.builds(Instant, st.integers(), wall)), max_size=6)


def written(path: Path, some: list[Entry], masks: Masks | None = None) -> tuple[JournalFile, Journal]:
    file = JournalFile(path, masks or Masks(), HEADER)
    journal = Journal((file,))
    for link, body, at in some:
        journal.append(link, body, at)  # type: ignore[arg-type]
    file.close()
    return file, journal


def sample(path: Path) -> JournalFile:
    file, _ = written(path, [(1, Text(Direction.IN, f"[3,\"{n}\",{{}}]"), Instant(n, n)) for n in range(5)])
    return file


def test_every_kind_of_body_can_be_written() -> None:
    from harness import journal

    assert set(BODIES.values()) == set(journal.Body.__args__)


@settings(max_examples=150, deadline=None)
@given(some=entries)
def test_what_is_written_comes_back(some: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        file, journal = written(path, some)
        # Masks touch what looks like a credential even if none is declared, so compare with what they leave.
        assert load(path) == [Masks().event(event) for event in journal]
        assert load_header(path) == HEADER
        assert verify(path, file.digest) == ()


@given(wall=wall)
def test_wall_time_keeps_its_nanoseconds(wall: int) -> None:
    assert from_rfc3339(rfc3339(wall)) == wall
    assert len(rfc3339(wall)) == 30


def test_wall_time_reads_as_rfc_3339() -> None:
    assert rfc3339(1_795_222_743_000_000_042) == "2026-11-21T00:59:03.000000042Z"


def test_bytes_have_a_readable_twin_only_if_they_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    written(path, [(1, Binary(Direction.IN, data), Instant(0, 0)) for data in (b"hello", b"\xff")])
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[1]["body"]["data"] == {"base64": "aGVsbG8=", "text": "hello"}
    assert lines[2]["body"]["data"] == {"base64": "/w=="}


@settings(max_examples=100, deadline=None)
@given(choose=st.data())
def test_any_changed_byte_is_found(choose: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        digest = sample(path).digest
        content = bytearray(path.read_bytes())
        at = choose.draw(st.integers(0, len(content) - 1))
        content[at] ^= choose.draw(st.integers(1, 255))
        path.write_bytes(content)
        assert verify(path)
        assert verify(path, digest)


Lines = list[bytes]
TAMPERED: dict[str, Callable[[Lines], Lines]] = {
    "a line less": lambda lines: lines[:3] + lines[4:],
    "two lines swapped": lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
    "a line twice": lambda lines: [*lines[:3], lines[2], *lines[3:]],
    "no header": lambda lines: lines[1:],
    "no end": lambda lines: lines[:-1],
    "two ends": lambda lines: [*lines, lines[-1]],
    "last event gone": lambda lines: [*lines[:-2], lines[-1]],
    "no line end": lambda lines: [*lines[:-1], lines[-1].rstrip()],
    "nothing": lambda _: [],
}


@pytest.mark.parametrize("how", TAMPERED)
def test_lines_missing_or_moved_are_found(how: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    sample(path)
    assert verify(path) == ()
    path.write_bytes(b"".join(TAMPERED[how](path.read_bytes().splitlines(keepends=True))))
    assert verify(path)


def test_a_file_rewritten_as_a_whole_is_found_by_its_digest(tmp_path: Path) -> None:
    digest = sample(tmp_path / "a.jsonl").digest
    other = tmp_path / "b.jsonl"
    written(other, [])
    assert verify(other) == ()
    assert [fault.what for fault in verify(other, digest)] == [
        "the file is not the one whose digest is in the verdicts"]


def test_an_event_that_was_never_written_is_found_though_the_chain_holds(tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "a.jsonl", Masks(), HEADER)
    file([Event(number, Instant(0, 0), 0, Step("x")) for number in (0, 2)])
    file.close()
    assert [(fault.line, fault.what) for fault in verify(file.path, file.digest)] == [
        (3, "event 1 expected, event 2 found")]


def test_what_comes_together_is_written_as_what_comes_one_by_one(tmp_path: Path) -> None:
    events = [Event(n, Instant(n, n), 0, Step(str(n)) if n % 3 else Text(Direction.IN, f'["{n}"]')) for n in range(10)]
    one, together = (JournalFile(tmp_path / name, Masks(), HEADER) for name in ("a.jsonl", "b.jsonl"))
    for event in events:
        one([event])
    together(events[:7])
    together(events[5:])  # two of them again, as after Ctrl-C in the middle of writing
    assert one.close() == together.close()
    assert one.path.read_bytes() == together.path.read_bytes()
    assert load(one.path) == events


@pytest.mark.parametrize("before", [True, False])
def test_what_was_being_copied_at_ctrl_c_is_copied_afterwards(before: bool, tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "a.jsonl", Masks(), HEADER)
    interrupting: list[type[BaseException]] = [KeyboardInterrupt, KeyboardInterrupt]

    def interrupted(_: Sequence[Event]) -> None:
        if interrupting:
            raise interrupting.pop()

    journal = Journal((interrupted, file) if before else (file, interrupted))
    for number in range(3):
        with contextlib.suppress(KeyboardInterrupt):
            journal.append(0, Step(str(number)), Instant(number, number))
    journal.settle()
    assert verify(file.path, file.close()) == ()
    assert [event.body for event in load(file.path)] == [Step("0"), Step("1"), Step("2")]


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    program = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from harness.journal import Journal, Step\nfrom harness.rpc.link import Instant\n"
        "from harness.report.evidence import Header, JournalFile\nfrom harness.report.masking import Masks\n"
        "journal = Journal((JournalFile(Path(sys.argv[1]), Masks(), Header('x')),))\n"
        "for n in range(100): journal.append(0, Step(str(n)), Instant(n, n))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert [event.body for event in load(path)] == [Step(str(n)) for n in range(100)]
    assert [fault.what[:11] for fault in verify(path)] == ["no end line"]


def test_a_line_cut_short_by_a_kill_is_left_out_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    sample(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4]) + lines[4][:20])
    assert len(load(path)) == 3
    assert {"cut short"} < {fault.what for fault in verify(path)}


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[]\n", b'{"schema":"other"}\n', b"\xff\n"])
def test_another_file_is_no_journal(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(EvidenceError):
        load(path)
    assert verify(path)


@pytest.mark.parametrize("line", [
    b"nonsense", b'{"number":0}', b'{"number":0,"type":"Spell","body":{}}',
    b'{"number":0,"monotonic":0,"wall":"x","link":0,"type":"Step","body":{"text":"a"}}',
    b'{"number":0,"monotonic":0,"wall":"1970-01-01T00:00:00.000000000Z","link":0,"type":"Step","body":{"txt":"a"}}',
])
def test_a_line_that_is_no_event_is_an_error_not_a_gap(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    sample(path)
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([lines[0], line, *lines[2:]]) + b"\n")
    with pytest.raises(EvidenceError):
        load(path)


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    sample(tmp_path / "a.jsonl")
    before = (tmp_path / "a.jsonl").read_bytes()
    with pytest.raises(FileExistsError):
        JournalFile(tmp_path / "a.jsonl", Masks(), HEADER)
    assert (tmp_path / "a.jsonl").read_bytes() == before


def test_secrets_do_not_reach_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    secret = "correct horse battery"
    file, _ = written(path, [
        (1, Text(Direction.IN, json.dumps([2, "1", "DataTransfer", {"data": secret}])), Instant(0, 0)),
        (1, RawBytes(Direction.OUT, secret.encode()), Instant(0, 0)),
    ], Masks([secret]))
    content = path.read_bytes()
    assert b"correct horse" not in content
    assert b"Y29ycmVjdC" not in content
    assert verify(path, file.digest) == ()


def test_what_cannot_be_written_breaks_no_journal_but_is_told(tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "a.jsonl", Masks(), HEADER)
    loop: dict[str, object] = {}
    loop["loop"] = loop
    journal = Journal((file,))
    journal.append(0, Note("odd", "values", {"x": float("nan"), "y": {1, 2}}), Instant(0, 0))
    assert not file.fault
    journal.append(0, Note("endless", "value", loop), Instant(0, 0))
    assert file.fault.startswith("event 1 could not be written")
    journal.append(0, Step("after"), Instant(0, 0))
    file.close()
    assert len(journal) == 3
    assert verify(file.path)


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    link = tmp_path / "a.jsonl"
    file = JournalFile(link, Masks(), HEADER)
    with open(full, "wb", buffering=0) as nowhere:
        file._file.close()
        file._file = nowhere
        file([Event(0, Instant(0, 0), 0, Step("x"))])
    assert "No space left" in file.fault

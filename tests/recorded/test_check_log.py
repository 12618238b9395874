"""check-log: what it finds, what it refuses to guess, and that no bytes and no length bring it down."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from harness.cli import app
from harness.recorded import Options, Outcome, check
from harness.recorded.lines import Entry, entry, moment
from harness.wire import capture
from tests.recorded.packets import captured
from tests.tools import tool

BOOT = '[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]'
BOOTED = '[3,"1",{"status":"Accepted","currentTime":"2026-11-21T00:59:03Z","interval":300}]'
NULL = '[2,"3","Heartbeat",{"x":null}]'


def judged(lines: Iterable[str], options: Options | None = None) -> Outcome:
    read = [entry(number, line.encode() + b"\n") for number, line in enumerate(lines, start=1)]
    return check(read, iter(read), options or Options())


def rules(outcome: Outcome) -> dict[tuple[str, str], list[int]]:
    return {(role, rule.id): [found.lines[-1] for found in kept] for (role, rule), kept in outcome.found.items()}


def stamped(*frames: str) -> list[str]:
    return [f"2026-11-21T00:59:{n % 60:02}.000Z {frame}" for n, frame in enumerate(frames, start=3)]


def test_findings_carry_the_line() -> None:
    outcome = judged(["chatter", *stamped(BOOT, BOOTED, NULL)])
    assert outcome.version == "1.6"
    assert outcome.frames == {"station": 2, "csms": 1}
    assert rules(outcome)["station", "null-member"] == [4]


def test_the_csms_is_judged_too() -> None:
    wrong = BOOTED.replace('"interval":300', '"interval":"soon"')
    assert rules(judged(stamped(BOOT, wrong)))["csms", "schema"] == [2]


def test_a_clean_log_has_no_findings() -> None:
    outcome = judged(stamped(BOOT, BOOTED, '[2,"2","Heartbeat",{}]', '[3,"2",{"currentTime":"2026-11-21T00:59:06Z"}]'))
    assert rules(outcome) == {}
    assert (outcome.bad, outcome.undecided, outcome.before) == (0, 0, 0)


def test_a_rule_about_transactions_is_shown_nothing_else() -> None:
    """A watcher counts on seeing the messages that it asked for, as in a run: a Heartbeat may repeat for ever."""
    beats = [text for n in range(2, 8) for text in (
        f'[2,"{n}","Heartbeat",{{}}]', f'[3,"{n}",{{"currentTime":"2026-11-21T00:59:03Z"}}]')]
    outcome = judged(stamped(BOOT, BOOTED, *beats))
    assert rules(outcome) == {}
    assert outcome.frames == {"station": 7, "csms": 7}


def test_a_bad_line_is_counted_and_shown_and_its_answer_blamed_on_nobody() -> None:
    cut = '[2,"9","StatusNotification",{"connectorId":1,"err'
    outcome = judged([*stamped(BOOT, BOOTED), f"2026-11-21T00:59:06Z {cut}", '2026-11-21T00:59:07Z RX <- [3,"9",{}]'])
    assert outcome.bad_lines == [(3, "the array does not end, or is no JSON")]
    assert rules(outcome) == {}


def test_an_answer_from_before_the_log_is_no_finding() -> None:
    outcome = judged(stamped('[3,"77",{"currentTime":"2026-11-21T00:59:03Z"}]', BOOT, BOOTED))
    assert rules(outcome) == {}
    assert outcome.before == 1


def test_a_request_that_both_may_send_is_decided_by_what_the_log_taught_or_not_at_all() -> None:
    transfer = '[2,"d","DataTransfer",{"vendorId":"x"}]'
    assert judged(stamped(BOOT, BOOTED, transfer)).undecided == 1
    beats = [f'send [2,"h{n}","Heartbeat",{{}}]' for n in range(4)]
    assert judged([*beats, f"send {transfer}"], Options("1.6")).frames == {"station": 5}


def test_markers_win_over_rules_so_that_a_wrong_sender_shows() -> None:
    lines = [f"OUT {BOOT}", f"IN {BOOTED}", 'OUT [2,"2","Reset",{"type":"Soft"}]']
    assert ("station", "direction") not in rules(judged(lines))
    marked = judged(lines, Options(station=re.compile("^OUT")))
    assert rules(marked)["station", "direction"] == [3]


def test_stations_of_one_log_are_judged_each_for_itself() -> None:
    """What one has done, said of its meter or of its transaction is nothing to the other."""
    def meter(id: str, wh: int) -> str:
        sample = {"timestamp": f"2026-11-21T00:59:0{id}Z", "sampledValue": [{"value": wh}]}
        return json.dumps([2, id, "MeterValues", {"evseId": 1, "meterValue": [sample]}])

    boot = '[2,"%s","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}]'
    started = '[2,"%s","TransactionEvent",' + json.dumps({
        "eventType": "Started", "timestamp": "2026-11-21T00:59:03Z", "triggerReason": "CablePluggedIn", "seqNo": 0,
        "transactionInfo": {"transactionId": "1"}, "evse": {"id": 1}}) + "]"
    talk = [("a", boot % 1), ("a", BOOTED), ("b", boot % 2), ("a", meter("4", 50)), ("a", '[3,"4",{}]'),
            ("b", BOOTED.replace('"1"', '"2"')), ("b", meter("5", 20)), ("b", '[3,"5",{}]'),
            ("a", started % 6), ("a", '[3,"6",{}]'), ("b", started.replace("03Z", "04Z") % 7), ("b", '[3,"7",{}]')]
    lines = [f"2026-11-21T00:59:{n:02}.000Z {who} {frame}" for n, (who, frame) in enumerate(talk, start=3)]
    assert rules(judged(lines, Options(connection=re.compile("Z ([ab]) ")))) == {}
    assert {rule for _, rule in rules(judged(lines))} >= {"readiness", "register-backwards", "event-order"}


def test_without_times_the_rules_that_need_one_are_left_out_and_named() -> None:
    beats = ['[2,"1","Heartbeat",{}]', '[2,"2","Heartbeat",{}]']
    outcome = judged(beats, Options("1.6"))
    assert rules(outcome) == {}
    assert "one open CALL" in outcome.left_out[0]
    assert rules(judged(stamped(*beats), Options("1.6"))) == {("station", "early-retry"): [2]}


@pytest.mark.parametrize(("line", "frame"), [
    (f"12:00 {BOOT} done", BOOT),
    (json.dumps({"ts": "2026-11-21T00:59:03Z", "msg": BOOT}), BOOT),
    (json.dumps({"a": {"frame": json.loads(BOOT)}}), json.dumps(json.loads(BOOT))),
    (f"level=info msg={json.dumps(BOOT)} x", BOOT),
    ("[INFO] [2] nothing", ""),
    ("", ""),
])
def test_where_a_frame_hides(line: str, frame: str) -> None:
    assert entry(1, line.encode()).frame == frame


@pytest.mark.parametrize(("text", "wall", "zoned"), [
    ("2026-11-21T00:59:03Z", 1_795_222_743_000_000_000, True),
    ("2026-11-21 00:59:03,25 x", 1_795_222_743_250_000_000, False),
    ("2026-11-21 01:59:03.5 +01:00", 1_795_222_743_500_000_000, True),
    ("1795222743.125 x", 1_795_222_743_125_000_000, True),
    ("1795222743125", 1_795_222_743_125_000_000, True),
    ("2026-13-40 99:99:99", None, False),
    ("no time", None, False),
])
def test_times(text: str, wall: int | None, zoned: bool) -> None:
    assert moment(text) == (wall, zoned)


def test_the_version_is_found_or_asked_for() -> None:
    assert judged(['[2,"1","BootNotification",{"chargingStation":{}}]']).version == "2.0.1"
    assert judged(['[2,"1","NotifySettlement",{}]']).version == "2.1"
    assert judged(['[2,"1","Heartbeat",{}]']).version is None


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["2026-11-21T00:59:03Z", "Started", "Ended", "Accepted", "Rejected"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["transactionId", "transactionInfo", "seqNo", "eventType", "meterValue", "sampledValue",
                         "timestamp", "value", "status", "idTag", "meterStart", "meterStop", "phase", "evse", "id"])
        | st.text(max_size=4), inner, max_size=4), max_leaves=12)
actions = st.sampled_from(["BootNotification", "TransactionEvent", "MeterValues", "StartTransaction", "StopTransaction",
                           "Heartbeat", "DataTransfer", "Reset", "TriggerMessage", "NoSuch"]) | st.text(max_size=5)
frames = st.one_of(
    st.tuples(st.just(2), st.sampled_from("abc"), actions, values),
    st.tuples(st.just(3), st.sampled_from("abc"), values),
    st.tuples(st.just(4), st.sampled_from("abc"), values, values, values), st.lists(values, max_size=5),
).map(json.dumps)
journal = st.fixed_dictionaries({"number": values, "monotonic": st.integers() | values, "wall": st.just(
    "2026-11-21T00:59:03.000000000Z") | values, "link": st.integers(0, 2) | values, "type": st.sampled_from(
    ["Text", "Ended", "HandshakeRequest", "Adopted", "Note"]) | values, "body": st.fixed_dictionaries(
    {"direction": st.sampled_from(["in", "out"]), "data": frames | values}) | values}).map(json.dumps)
lines = st.one_of(st.binary(max_size=60), frames.map(str.encode), journal.map(str.encode),
                  frames.map(lambda f: b"2026-11-21T00:59:03Z " + f.encode()), frames.map(lambda f: f[:-3].encode()))


@settings(max_examples=300, deadline=None)
@given(st.lists(lines, max_size=12), st.sampled_from([None, "1.6", "2.0.1", "2.1"]))
def test_no_bytes_bring_it_down(raws: list[bytes], version: str | None) -> None:
    read = [entry(number, raw) for number, raw in enumerate(raws, start=1)]
    outcome = check(read, iter(read), Options(version))  # type: ignore[arg-type]
    told = sum(outcome.frames.values()) + outcome.bad + outcome.undecided + outcome.before
    assert told <= len(raws) * 2
    assert all(0 < line <= len(raws) for line, _ in outcome.bad_lines)


MEASURE = """
import resource, sys
from harness.recorded import Options, check
from harness.recorded.lines import Entry
def log(n):
    for i in range(1, n, 2):
        at = i * 10**9
        payload = '{"seqNo":%d,"transactionInfo":{"transactionId":"t%d"},"x":"%s"}' % (i, i, "y" * 900)
        yield Entry(i, '[2,"u%d","TransactionEvent",%s]' % (i, payload), "", at, True)
        yield Entry(i + 1, '[2,"c%d","GetVariables",{"z":"%s"}]' % (i, "y" * 900), "", at, True)
n = int(sys.argv[1])
check(log(n), log(n), Options("2.0.1"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(frames: int) -> int:
    """KiB that a log of so many unanswered CALLs, each with an id and a transaction of its own, takes."""
    return int(subprocess.run([sys.executable, "-c", MEASURE, str(frames)], check=True, capture_output=True).stdout)


def test_memory_does_not_grow_with_the_log() -> None:
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0
    assert peak(24_000) < peak(8_000) * 1.35


# ---- the command ------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check-log", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_command_writes_the_report_of_a_run(tmp_path: Path) -> None:
    log = tmp_path / "wire.log"
    log.write_text("\n".join(stamped(BOOT, BOOTED, NULL)))
    code, output = run(log, "--reports", tmp_path / "reports")
    assert code == 1
    assert "line 3: Heartbeat: x is null" in output
    page = (tmp_path / "reports" / "latest" / "index.html").read_text("utf-8")
    assert "line 3: Heartbeat: x is null" in page
    assert 'class="marked"' in page


def test_a_clean_log_gives_0_an_empty_one_5_a_missing_one_2(tmp_path: Path) -> None:
    log = tmp_path / "wire.log"
    log.write_text("\n".join(stamped(BOOT, BOOTED)))
    assert run(log, "--reports", tmp_path / "r")[0] == 0
    log.write_text("nothing\n")
    assert run(log, "--reports", tmp_path / "r")[0] == 5
    assert run(tmp_path / "none.log")[0] == 2
    assert run(log, "--station-marker", "(")[0] == 2


def test_secrets_of_the_log_stay_out_of_the_report(tmp_path: Path) -> None:
    log = tmp_path / "wire.log"
    wrong = '[2,"5","Authorize",{"idTag":"DEADBEEFCAFE","more":null}]'
    log.write_text("\n".join(stamped(BOOT, BOOTED, wrong)))
    run(log, "--reports", tmp_path / "r")
    for path in (tmp_path / "r").rglob("*"):
        assert not path.is_file() or b"DEADBEEFCAFE" not in path.read_bytes(), path


def test_a_capture(tmp_path: Path) -> None:
    tool("tshark", "tshark")
    file = tmp_path / "wire.pcap"
    long = '[2,"2","DataTransfer",{"vendorId":"x","data":"' + "y" * 9000 + '"}]'
    boot = BOOT.replace('"V"', '"V, W"')
    file.write_bytes(captured([(True, [boot]), (False, [BOOTED]), (True, [long, NULL])]))
    found = list(capture.messages(file))
    assert [(e.sender, e.frame) for e in found] == [
        ("station", boot), ("csms", BOOTED), ("station", long), ("station", NULL)]
    assert run(file, "--reports", tmp_path / "r")[0] == 1


def test_without_tshark_a_capture_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "wire.pcap"
    file.write_bytes(captured([]))
    monkeypatch.setattr(capture.shutil, "which", lambda _: None)
    code, output = run(file)
    assert code == 2
    assert "apt-get install tshark" in output


def test_an_entry_is_a_value() -> None:
    assert Entry(1) == Entry(1)

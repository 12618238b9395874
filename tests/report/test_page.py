"""The page of a run: complete without scripts, right about what it says, quick, and usable by keyboard and ear."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from harness.journal import Direction, Event, Prompt, Step, Text, TlsHandshake
from harness.oracle.findings import Severity
from harness.oracle.timing import Band, Call, Measurement
from harness.oracle.verdict import Verdict
from harness.report import page
from harness.report.evidence import Header, JournalFile
from harness.report.folder import RunFacts, RunFolder
from harness.report.masking import Masks
from harness.report.results import ReportedFinding, ScenarioResult
from harness.rpc.link import SECOND, Instant
from tests.browser import PHONE, Page, browser

STARTED = Instant(0, 1_795_222_743_000_000_000)
CLAIMS = page.Claims(("C-13", "S-1"), {"C-13": ("ok",), "R-2": ("bad",)})
GOOD = ScenarioResult("ok", "It boots", "Booting", "station", "2.0.1", Verdict.PASSED, requirements=("B01.FR.01",),
                      cases=("TC_B_01_CS",), file="features/ocpp2/station/b_provisioning/boot.feature")
BAD = ScenarioResult(
    "bad", "A <visit> is told", "Books", "station", "2.0.1", Verdict.FAILED,
    reason="expected: seqNo 1\nseen: seqNo 2 [journal entry 4]", expected="seqNo 1", seen="seqNo 2",
    requirements=("E01.FR.07", "B01.FR.01"), cases=("TC_E_01_CS",), file="features/ocpp2/station/e_tx/tx.feature",
    findings=(ReportedFinding("seq-no", "seqNo 2 follows 0", Severity.SHALL, "E01.FR.07", (2, 4)),),
    journal="journals/bad.jsonl", line=12,
    measurements=(Measurement("the second knock", (Band(4 * SECOND, 5 * SECOND),), SECOND // 2, 1000, Call.BROKEN),),
)
FLAKY = replace(GOOD, id="flaky", title="It comes back").after(
    replace(BAD, id="flaky", title="It comes back", measurements=()))


def frames() -> Iterator[object]:
    yield Step("When the driver plugs in", 7, "tx.feature")
    yield TlsHandshake("TLSv1.3", "TLS_AES_256_GCM_SHA384")
    yield Text(Direction.IN, '[2,"a","TransactionEvent",{"eventType":"Started","seqNo":0}]')
    yield Text(Direction.OUT, '[3,"a",{}]')
    yield Text(Direction.IN, '[2,"b","TransactionEvent",{"eventType":"Updated","seqNo":2}]')
    yield Prompt("unplug", {"evse": 1}, "manual")
    yield Text(Direction.IN, "<script>alert(1)</script>")


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder.create(tmp_path / "reports", "My charger", STARTED)
    more = {"products": [{"model": "Model <M>"}]}
    made.write_run(RunFacts(STARTED, "0.1", "My charger", "my.toml", "ab" * 32, {"OCPP 2.0.1": "edition 4"}, (), more),
                   Masks())
    journal = JournalFile(made.journals / "bad.jsonl", Masks(), Header("bad"))
    for number, body in enumerate(frames()):
        at = Instant(number * SECOND, STARTED.wall + number * SECOND)
        journal([Event(number, at, 1, body)])  # type: ignore[arg-type]
    journal.close()
    return made


def written(folder: RunFolder, *results: ScenarioResult, **more: object) -> str:
    known = {"requirements": ["B01.FR.01", "E01.FR.07", "Z09.FR.09", "I02.FR.03"],
             "unobservable": {"I02.FR.03": "Only a person sees the display."}} | more
    return page.write(folder, results, CLAIMS, **known).read_text("utf-8")  # type: ignore[arg-type]


class Outline(HTMLParser):
    """Ids, links to them, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if (link := told.get("href") or told.get("src")) is not None:
            (self.links if link.startswith("#") else self.outside).append(link.removeprefix("#"))
        if tag not in ("meta", "link", "br", "input", "path", "line"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if tag in ("path", "line"):
            return
        assert self.open, tag
        while self.open[-1] != tag:
            assert self.open.pop() in ("p", "li", "td", "tr", "th"), tag
        self.open.pop()


def outline(text: str) -> Outline:
    parser = Outline()
    parser.feed(text)
    return parser


def test_every_link_leads_somewhere_and_no_id_is_given_twice(folder: RunFolder) -> None:
    found = outline(written(folder, GOOD, BAD, FLAKY))
    assert len(found.ids) == len(set(found.ids))
    assert set(found.links) - set(found.ids) - {"proof"} == set()
    assert "d1-entry-4" in found.links
    # Beyond the page lies only the folder of the run, and nothing of it is needed to read the page.
    beside = {"evidence.zip", "journals/", "verdicts.csv", "verdicts.json", "junit.xml", "run.json", BAD.journal}
    assert set(found.outside) == beside


def test_nothing_is_fetched_and_what_a_product_says_is_no_markup(folder: RunFolder) -> None:
    text = written(folder, GOOD, BAD)
    assert "<script>alert" not in text
    assert "A <visit>" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert not re.search(r"(?:src|href)=.?https?:|url\(|@import", text)


def test_a_failure_is_told_whole(folder: RunFolder) -> None:
    text = written(folder, GOOD, BAD)
    for words in ("seqNo 1", "seqNo 2", "E01.FR.07", "features/ocpp2/station/e_tx/tx.feature", "TLSv1.3",
                  "the second knock", "journals/bad.jsonl", 'class="marked" id="d1-entry-4"', "Model &lt;M&gt;"):
        assert words in text, words


def test_the_requirements_both_ways(folder: RunFolder) -> None:
    text = written(folder, GOOD, BAD)
    row = text.split('id="req-B01.FR.01"')[1].split("</tr>")[0]
    assert "TC_B_01_CS" in row
    assert "TC_E_01_CS" in row
    assert "1 requirements that the wire cannot show" in text
    assert "Only a person sees the display." in text
    assert re.search(r"1 requirements of OCPP 2.0.1 not tested.*?Z09.FR.09", text, re.S)


def test_claimed_and_tested(folder: RunFolder) -> None:
    rows = written(folder, GOOD, BAD).split('id="features"')[1].split("</section>")[0]
    cells = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in rows.split("<tr>")[2:]]
    assert cells == [["C-13", "yes", "1", "passed"], ["R-2", "no", "1", "failed"], ["S-1", "yes", "none"]]


def test_the_last_attempt_counts_and_the_earlier_ones_stay(folder: RunFolder) -> None:
    text = written(folder, GOOD, FLAKY)
    assert "passed at attempt 2: flaky" in text
    assert re.search(r"Attempt 1: <span class=\"v failed\">", text)
    assert 'id="d1-1-entry-4"' in text


def test_what_proves_a_failure_comes_first(folder: RunFolder) -> None:
    known = replace(BAD, id="known", expected_failure="firmware 2 mends it")
    broken = replace(GOOD, id="broken", verdict=Verdict.BROKEN)
    text = written(folder, known, broken, FLAKY, BAD)
    order = re.findall(r'<details id="d\d+"[^>]*>\s*<summary><span class="v (\w+)">', text)
    assert order == ["failed", "broken", "failed", "passed"]
    assert text.index("firmware 2 mends it") > text.index('id="d3"')


def test_the_kill_matrix_is_shown_when_there_is_one(folder: RunFolder) -> None:
    assert 'id="proof"' not in written(folder, GOOD)
    for stamp, killed in (("20261120T000000Z", 3), ("20261121T000000Z", 41)):
        proof = folder.path.parent / f"{stamp}-proof"
        proof.mkdir()
        (proof / "kill-matrix.json").write_text(json.dumps({"totals": {"killed": killed, "escaped": 0}}))
    text = written(folder, GOOD)
    assert re.search(r'id="proof".*?20261121T000000Z-proof.*?killed.*?41', text, re.S)
    assert 'href="../20261121T000000Z-proof/kill-matrix.html"' in text


def test_a_run_folder_without_its_files_still_gives_a_page(tmp_path: Path) -> None:
    made = RunFolder.create(tmp_path, "x", STARTED)
    assert "What did not pass" in page.write(made, [BAD], page.Claims()).read_text("utf-8")


# ---- in a browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tab() -> Iterator[Callable[[], Page]]:
    with browser() as opened:
        yield opened


def address(folder: RunFolder) -> str:
    return (folder.path / "index.html").resolve().as_uri()


def test_open_filter_follow_a_failure_to_its_frame(folder: RunFolder, tab: Callable[[], Page]) -> None:
    many = [replace(GOOD, id=f"ok{n}", title=f"It boots {n}", cases=(f"TC_B_{n}_CS",)) for n in range(20)]
    written(folder, *many, BAD)
    shown = tab()
    shown.open(address(folder))
    assert shown.js("document.getElementById('shown').textContent") == "21 of 21 shown"
    shown.click("#find")
    shown.type("tc_b_7_")
    shown.until("document.getElementById('shown').textContent === '1 of 21 shown'")
    shown.js("document.getElementById('find').value = ''")
    shown.click("input.only[value=passed]")
    shown.until("document.getElementById('shown').textContent === '1 of 21 shown'")
    shown.click("#list tbody tr:not([hidden]) a")
    shown.until("location.hash === '#d1' && document.getElementById('d1').open")
    shown.click("#d1 a.to-frame")
    shown.until("location.hash === '#d1-entry-4'")
    box = shown.until("(() => {const b = document.getElementById('d1-entry-4').getBoundingClientRect();"
                      "return b.top > 0 && b.bottom < innerHeight && [b.top, b.bottom]})()")
    assert box[0] < box[1]
    assert [request for request in shown.requests if not request.startswith("file:")] == []
    assert shown.errors == []


def test_by_keyboard_alone(folder: RunFolder, tab: Callable[[], Page]) -> None:
    written(folder, GOOD, BAD, replace(BAD, id="b2"), replace(BAD, id="b3"), replace(BAD, id="b4", title="The last"))
    shown = tab()
    shown.open(address(folder))
    shown.key("Tab", 9)
    assert shown.js("document.activeElement.className") == "skip"
    shown.key("Enter", 13)
    shown.until("location.hash === '#failures'")
    for _ in range(60):
        shown.key("Tab", 9)
        if shown.js("document.activeElement.parentElement.id") == "d4":
            break
    assert not shown.js("document.getElementById('d4').open")
    shown.key("Enter", 13)
    shown.until("document.getElementById('d4').open")


def test_by_ear(folder: RunFolder, tab: Callable[[], Page]) -> None:
    written(folder, GOOD, BAD)
    shown = tab()
    shown.open(address(folder))
    heard = shown.heard()
    roles = [role for role, _ in heard]
    assert {"banner", "main", "navigation", "table", "columnheader", "searchbox", "checkbox", "status"} <= set(roles)
    assert ("region", "Sequence diagram of A <visit> is told") in heard
    named = ("checkbox", "searchbox", "link", "region", "table")
    assert [role for role, name in heard if role in named and not name.strip()] == []
    headings = [name for role, name in heard if role == "heading"]
    assert headings[:2] == ["My charger", "What did not pass"]


CONTRAST = """(() => {
  const light = text => {const m = text.match(/[\\d.]+/g).map(Number), f = c => (c /= 255) <= .03928 ? c / 12.92 :
    ((c + .055) / 1.055) ** 2.4; return .2126 * f(m[0]) + .7152 * f(m[1]) + .0722 * f(m[2])};
  const canvas = document.createElement('div'); canvas.style.color = 'Canvas'; document.body.append(canvas);
  const back = light(getComputedStyle(canvas).color); canvas.remove();
  return Math.min(...[...document.querySelectorAll('.v')].map(e => {const f = light(getComputedStyle(e).color);
    return (Math.max(f, back) + .05) / (Math.min(f, back) + .05)}))})()"""


@pytest.mark.parametrize("dark", [False, True])
def test_verdicts_can_be_read_dark_and_light(dark: bool, folder: RunFolder, tab: Callable[[], Page]) -> None:
    rest = [replace(GOOD, id=v.value, verdict=v) for v in Verdict]
    written(folder, GOOD, BAD, *rest)
    shown = tab()
    shown.open(address(folder), dark=dark)
    assert shown.js(CONTRAST) >= 4.5


def cost(page: Page, expression: str) -> float:
    """The seconds that the page's own thread computes for `expression`, whatever else the machine does."""
    before = page.computed()
    page.js(expression)
    return page.computed() - before


FIND = """(() => {const f = document.getElementById('find'); f.value = '1999'; f.dispatchEvent(new Event('input'));
  return document.body.offsetHeight})()"""


def test_two_thousand_scenarios_cost_what_eight_times_a_few_do(folder: RunFolder, tab: Callable[[], Page]) -> None:
    """Seconds are told in docs/performance.md; here: opening grows little faster than the run, a search costs less."""
    opening: dict[int, float] = {}
    for count in (250, 2000):
        many = [replace(BAD if n % 8 == 0 else GOOD, id=f"s{n}", title=f"Scenario number {n}") for n in range(count)]
        written(folder, *many)
        shown = tab()
        shown.open(address(folder))
        opening[count] = shown.computed()
        assert shown.js("document.querySelectorAll('#list tbody tr').length") == count
        assert cost(shown, FIND) < opening[count]
    assert opening[2000] < 16 * opening[250], opening


def test_on_a_phone_nothing_hangs_over_but_what_scrolls(folder: RunFolder, tab: Callable[[], Page]) -> None:
    written(folder, GOOD, BAD)
    shown = tab()
    shown.open(address(folder), PHONE)
    assert shown.js("document.documentElement.scrollWidth") <= PHONE[0]


def test_pictures_for_the_guide(tmp_path: Path, pictures: Path, tab: Callable[[], Page]) -> None:
    """Of a real run: the built-in station, which skips numbers, as docs/reports.md tells."""
    root = Path(__file__).resolve().parents[2]
    feature = root / "features" / "ocpp2" / "station" / "field_bugs" / "transactions.feature"
    command = [sys.executable, "-m", "harness", "run", "--sut", str(root / "fixtures/suts/reference-station-201.toml"),
               "--fast", "--misbehave", "seqno-gap", "--reports", str(tmp_path), str(feature)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    shown = tab()
    shown.open((tmp_path / "latest" / "index.html").resolve().as_uri() + "#d1")
    marked = shown.js("document.querySelector('#d1 .marked').textContent")
    assert "seqNo 2" in marked
    assert "the offending one" in marked
    assert "seqNo 2 follows 0" in shown.js("document.querySelector('#d1').innerText")
    shown.shot(pictures / "page-failure.png")
    shown.click("#d1 a.to-frame")
    shown.until("location.hash.startsWith('#d1-entry-')")
    shown.shot(pictures / "page-diagram.png")
    shown.open((tmp_path / "latest" / "index.html").resolve().as_uri(), dark=True)
    shown.shot(pictures / "page-dark.png")
    for name in ("page-failure.png", "page-diagram.png", "page-dark.png"):
        assert 5_000 < (pictures / name).stat().st_size < 300_000


# ---- what an auditor looks for first ----------------------------------------------------------------


def test_what_the_run_comes_to_stands_first(folder: RunFolder) -> None:
    def outcome(*results: ScenarioResult) -> str:
        return re.sub(r"<[^>]*>", "", written(folder, *results).partition('<p id="outcome">')[2].partition("</p>")[0])

    assert outcome(GOOD, BAD) == "The product failed: 1 of 2 scenarios that apply."
    assert outcome(GOOD) == "Everything that applies passed: 1 scenario."
    assert outcome(replace(GOOD, verdict=Verdict.INCONCLUSIVE)).startswith("Not proven")
    # The scenarios that ran all passed; that the others never ran is no less true.
    folder.add_to_run({"ended": {"exit_code": 3, "stopped": True, "begun": 1, "selected": 40}})
    assert outcome(GOOD) == "Not proven: 1 scenario. The run was stopped: 1 of 40 scenarios had begun."
    assert "exit code 3" in written(folder, GOOD)


def test_the_evidence_of_every_scenario_is_one_click_away(folder: RunFolder) -> None:
    passed = replace(GOOD, journal="journals/good one.jsonl")
    links = outline(written(folder, passed, BAD)).outside
    assert links.count("journals/good%20one.jsonl") == 1
    assert links.count(BAD.journal) == 2
    assert {"evidence.zip", "verdicts.csv", "verdicts.json", "junit.xml", "run.json"} <= set(links)


def test_one_cause_of_many_failures_is_told_once(folder: RunFolder) -> None:
    finding = ReportedFinding("seq-no", "seqNo 2 follows 0", Severity.SHALL, "E01.FR.07", (1, 2))
    many = [replace(BAD, id=f"bad-{n}", findings=(finding, finding)) for n in range(3)]
    table = written(folder, *many).partition('<div class="wide rules">')[2].partition("</div>")[0]
    rows = [re.findall("<td[^>]*>([^<]*)</td>", row) for row in table.split("<tr>")[1:]]
    assert [row for row in rows if row] == [["SHALL seq-no", "E01.FR.07", "6", "3"]]

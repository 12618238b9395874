"""The operator page: the first answer wins, wherever it is given; strangers get nothing; a phone's thumb is enough."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from harness.bdd.story import Line, Story
from harness.drivers import CannotDo, Done, Outcome
from harness.drivers.board import OperatorPage, is_loopback
from harness.drivers.manual import Terminal
from harness.drivers.operator import Answer, Operator, Question, Slate
from harness.intents import INTENTS
from harness.journal import Direction, Event, Step, Text
from harness.rpc.link import SECOND, Instant
from tests.browser import DESK, PHONE, Page, browser
from tests.patience import HANGING

PLUG_IN = INTENTS["plug_in"]
PLACE = {"evse": 2, "connector": 1, "token": "AABBCCDD"}
STORY = Story(
    Path("boot.feature"), 3, "x", "2.0.1", "", "A visit is told from beginning to end", "Books", "", "station",
    ("TC_E_02_CS",), (), frozenset(),
    (Line("when", "the driver plugs in", 7),
     Line("then", "the station sends TransactionEvent within 5 s with", 8, (("eventType", "Started"), ("seqNo", "0")))),
)


class Typist:
    """A terminal on which somebody types `lines` at once, and then nothing more."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.said = ""

    def say(self, text: str) -> None:
        self.said += text

    def forget(self) -> None:
        return

    def line(self, until: float) -> str | None:
        if self.lines:
            return self.lines.pop(0)
        threading.Event().wait(max(0.0, until - time.monotonic()))
        return None

    def open(self) -> AbstractContextManager[Terminal]:
        @contextmanager
        def opened() -> Iterator[Terminal]:
            yield self

        return opened()


def nobody() -> AbstractContextManager[Terminal]:
    raise OSError("no terminal")


def asked(board: Slate, *typed: str, deadline: float = 5.0) -> Outcome:
    return Operator(board, Typist(*typed).open).perform(PLUG_IN, PLACE, deadline)


class Answered(Slate):
    """A page on which somebody answers each question, from a thread of his own, as soon as it is open."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._says = answer

    def put(self, question: Question) -> None:
        super().put(question)
        threading.Thread(target=self.give, args=(self.shown()[0], self._says)).start()


def test_the_console_alone_is_enough() -> None:
    board = Slate()
    assert isinstance(asked(board, ""), Done)
    assert asked(board, "what?", "c no cable") == CannotDo('the person asked for "plug_in" cannot do it: no cable')
    assert board.shown()[1:] == (None, "Cannot be done, said at the console.")


def test_the_page_alone_is_enough() -> None:
    outcome = Operator(Answered(Answer(True, "took two tries")), nobody).perform(PLUG_IN, PLACE, 5)
    assert isinstance(outcome, Done)
    assert outcome.text == "a person confirmed it on the operator page: took two tries"


def test_the_page_wins_over_a_silent_console_which_is_told() -> None:
    typist = Typist()
    outcome = Operator(Answered(Answer(False, "locked")), typist.open).perform(PLUG_IN, PLACE, 5)
    assert outcome == CannotDo('the person asked for "plug_in" cannot do it: locked')
    assert "said at the page" in typist.said


def test_the_second_answer_is_not_taken() -> None:
    board = Slate()
    board.put(Question("Plug in", (), time.monotonic() + HANGING))
    assert board.give(1, Answer(True))
    assert not board.give(1, Answer(False))
    board.put(Question("Plug out", (), time.monotonic() + HANGING))
    assert not board.give(1, Answer(True))
    board.settle("Done")
    assert not board.give(2, Answer(True))


def test_silence_ends_at_the_deadline() -> None:
    began = time.monotonic()
    outcome = Operator(Slate(), nobody).perform(PLUG_IN, PLACE, 0.3)
    assert isinstance(outcome, CannotDo)
    assert 0.3 <= time.monotonic() - began < HANGING


# ---- the server -------------------------------------------------------------------------------------


@pytest.fixture
def page() -> Iterator[OperatorPage]:
    with OperatorPage() as opened:
        yield opened


def got(url: str, data: object = None, **headers: str) -> tuple[int, str]:
    body = json.dumps(data).encode() if data is not None else None
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=HANGING) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_an_answer_by_http_reaches_the_driver(page: OperatorPage) -> None:
    page.put(Question("Plug in", ("EVSE: 2",), time.monotonic() + HANGING))
    assert json.loads(got(page.url + "state")[1])["prompt"] == "Plug in"
    assert got(page.url + "answer", {"number": 1, "done": True, "note": "fine"})[0] == 200
    assert page.answer(HANGING) == Answer(True, "fine")
    assert got(page.url + "answer", {"number": 1, "done": False})[0] == 409


@pytest.mark.parametrize("data", [{}, [], {"number": "1", "done": True}, {"number": 1, "done": "yes"}, "x", 7])
def test_rubbish_is_refused(page: OperatorPage, data: object) -> None:
    page.put(Question("Plug in", (), time.monotonic() + HANGING))
    assert got(page.url + "answer", data)[0] == 400
    assert page.answer(0) is None


def test_a_page_of_another_site_cannot_answer(page: OperatorPage) -> None:
    page.put(Question("Plug in", (), time.monotonic() + HANGING))
    answer = {"number": 1, "done": True}
    assert got(page.url + "answer", answer, Origin="http://evil.example")[0] == 403
    assert got(page.url, Host="evil.example")[0] == 403
    assert page.answer(0) is None


def test_on_another_interface_everything_needs_the_token() -> None:
    with OperatorPage("0.0.0.0", token="right-token") as opened:
        base = f"http://127.0.0.1:{opened.port}/"
        for path in ("", "state", "events", "?token=wrong", "?token=%ff"):
            assert got(base + path)[0] == 403, path
        assert got(base + "answer", {"number": 1, "done": True})[0] == 403
        assert got(base + "?token=right-token")[0] == 200
        assert "?token=right-token" in opened.invitation()
        assert "0.0.0.0" not in opened.url  # no phone gets there
        assert got(opened.url)[0] == 200
        assert len(opened.invitation().splitlines()) > 10  # the QR code


def test_on_loopback_no_token_is_asked_and_no_code_shown(page: OperatorPage) -> None:
    assert "token" not in page.url
    assert len(page.invitation().splitlines()) == 1
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("192.168.1.5")


def test_a_taken_port_is_an_error_at_once(page: OperatorPage) -> None:
    with pytest.raises(OSError, match="in use"):
        OperatorPage("127.0.0.1", page.port)


# ---- in a browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tab() -> Iterator[Callable[[], Page]]:
    with browser() as opened:
        yield opened


def lively(page: OperatorPage) -> None:
    """What a run tells before somebody is asked."""
    page.begins(STORY)
    at = Instant(0, 0)
    page.sees(Event(0, at, 1, Text(Direction.IN, '[2,"1","BootNotification",{"reason":"PowerUp"}]')))
    page.sees(Event(1, at, 1, Text(Direction.OUT, '[3,"1",{"status":"Accepted"}]')))
    page.sees(Event(2, at, 0, Step("When the driver plugs in", 7, "boot.feature")))


@pytest.mark.parametrize(("size", "name"), [(PHONE, "operator-phone.png"), (DESK, "operator-desk.png")])
def test_done_with_one_thumb(
    size: tuple[int, int], name: str, page: OperatorPage, tab: Callable[[], Page], pictures: Path
) -> None:
    lively(page)
    shown = tab()
    shown.open(page.url, size)
    shown.until("document.getElementById('prompt').textContent.startsWith('Nothing to do')")
    outcomes: list[Outcome] = []
    run = threading.Thread(target=lambda: outcomes.append(Operator(page, nobody).perform(PLUG_IN, PLACE, 60)))
    run.start()
    shown.until("!document.getElementById('done').disabled")
    assert "cable" in shown.js("document.getElementById('prompt').textContent")
    assert "EVSE: 2" in shown.js("document.getElementById('details').textContent")
    assert "within 5 s with eventType: Started; seqNo: 0" in shown.js("document.getElementById('next').textContent")
    assert "BootNotification" in shown.js("document.getElementById('frames').textContent")
    shown.until("/^(60|5\\d) s left$/.test(document.getElementById('left').textContent)")
    box = shown.js("(() => {const b = document.getElementById('done').getBoundingClientRect();"
                   "return [b.width, b.height, b.bottom, innerHeight, document.documentElement.scrollWidth]})()")
    assert box[0] >= 48
    assert box[1] >= 48
    assert box[2] <= box[3]  # within reach without scrolling
    assert box[4] <= size[0]
    assert shown.js("parseFloat(getComputedStyle(document.getElementById('prompt')).fontSize)") >= 28
    shown.shot(pictures / name)
    shown.js("document.getElementById('note').focus()")
    shown.type("took two tries")
    shown.click("#done")
    run.join(10)
    assert [type(outcome) for outcome in outcomes] == [Done]
    assert isinstance(outcomes[0], Done)
    assert "took two tries" in outcomes[0].text
    shown.until("document.getElementById('done').disabled")
    assert shown.errors == []
    assert (pictures / name).stat().st_size < 300_000


def test_what_the_screen_reader_is_told(page: OperatorPage, tab: Callable[[], Page]) -> None:
    lively(page)
    page.put(Question("Plug in", ("EVSE: 2",), time.monotonic() + 60))
    shown = tab()
    shown.open(page.url)
    shown.until("!document.getElementById('done').disabled")
    heard = shown.heard()
    assert {("heading", "Plug in"), ("button", "Done"), ("button", "Cannot do")} <= set(heard)
    assert ("textbox", "Note for the report (optional)") in heard


def test_losing_the_page_does_not_lose_the_run(page: OperatorPage, tab: Callable[[], Page]) -> None:
    shown = tab()
    shown.open(page.url)
    shown.until("document.getElementById('prompt').textContent.startsWith('Nothing')")
    shown.command("Page.close")
    page.begin("the station to boot", 0, 5 * SECOND)
    page.end()
    assert isinstance(asked(page, ""), Done)
    assert json.loads(got(page.url + "state")[1])["settled"] == "Done, said at the console."


def test_when_the_harness_is_gone_the_page_says_so(tab: Callable[[], Page]) -> None:
    shown = tab()
    with OperatorPage() as opened:
        shown.open(opened.url)
        shown.until("document.getElementById('prompt').textContent.startsWith('Nothing')")
        lively(opened)
        opened.put(Question("Plug in", ("EVSE: 2",), time.monotonic() + 60))
        shown.until("!document.getElementById('done').disabled")
        opened.over("The run is over.")
        shown.until("document.getElementById('prompt').textContent === 'The run is over.'")
        left = "['details', 'left'].map(id => document.getElementById(id).textContent).join('')"
        assert shown.js(left) == ""
        assert shown.js("document.getElementById('done').disabled && document.getElementById('next').hidden")


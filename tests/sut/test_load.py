"""A SUT file that can be used is read as written; of any other, every fault is named with line and mend."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.check import check, render
from harness.intents import INTENTS
from harness.resources import root
from harness.sut import Http, Named, Preset, Problem, Secret, SutFileError, load
from harness.sut.model import Tables

STATION = """\
[sut]
name = "Acme"
role = "station"
versions = ["2.0.1"]

[connection]
listen = "127.0.0.1:9000"
identity = "CS001"
password = "correct horse"
security_profile = 1

[station]
evses = [{ id = 1 }, { id = 2, connectors = 2 }]

[tokens]
valid = { id = "A1" }
blocked = { id = "B1" }
group = { id = "G1", group = "G" }

[features]
declared = ["Core", "C-13", "HFS-8 = 2"]

[drivers]
default = "manual"
reboot = { http = "POST http://127.0.0.1:8080/reboot", timeout = 5 }
"""
CSMS = (
    STATION.replace('role = "station"', 'role = "csms"')
    .replace('listen = "127.0.0.1:9000"', 'url = "ws://csms.example:9000/ocpp"')
    .replace('reboot = { http = "POST http://127.0.0.1:8080/reboot", timeout = 5 }', 'send.Reset = "manual"')
)
EXAMPLES = sorted((root() / "fixtures" / "suts").glob("*.toml"))


def written(folder: Path, text: str) -> Path:
    file = folder / "sut.toml"
    file.write_text(text, "utf-8")
    return file


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(SutFileError) as caught:
        load(written(folder, text), environ={})
    return caught.value.problems


# ---- a file that can be used --------------------------------------------------------------------------


def test_a_good_file_is_read_as_written(tmp_path: Path) -> None:
    sut = load(written(tmp_path, STATION), environ={})
    assert (sut.name, sut.role, sut.versions) == ("Acme", "station", ("2.0.1",))
    assert sut.connection.address == ("127.0.0.1", 9000)
    assert [(evse.id, evse.connectors) for evse in sut.station.evses] == [(1, 1), (2, 2)]
    assert sut.features.ids == {"Core", "C-13", "HFS-8"}
    assert (sut.features.value("HFS-8"), sut.features.value("C-13"), sut.features.value("C-1")) == ("2", "", None)
    assert sut.timing.answer == 30.0
    assert sut.timing.tolerance == 0.5
    assert isinstance(sut.drivers.default, Named)
    reboot = sut.drivers.intents["reboot"]
    assert isinstance(reboot, Http)
    assert (reboot.method, reboot.url) == ("POST", "http://127.0.0.1:8080/reboot")
    assert not sut.attack.authorised
    assert len(sut.sha256) == 64


def test_tokens_are_found_by_their_word(tmp_path: Path) -> None:
    tokens = load(written(tmp_path, STATION), environ={}).tokens
    assert tokens.named("group") == tokens.group
    assert tokens.named("same group") is None
    assert tokens.named("model_fields") is None


def test_send_is_bound_as_a_whole_or_by_action(tmp_path: Path) -> None:
    octt = 'send = { preset = "octt", base = "http://localhost:1" }'
    whole = load(written(tmp_path, CSMS.replace('send.Reset = "manual"', octt)), environ={})
    assert isinstance(whole.drivers.send["default"], Preset)
    assert set(load(written(tmp_path, CSMS), environ={}).drivers.send) == {"Reset"}


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_lack_nothing_but_the_secret_they_name(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STATION_PASSWORD", raising=False)
    wanting = ["connection.password"] if file.stem.startswith("my-") else []
    assert [problem.key for problem in check(file)] == wanting
    monkeypatch.setenv("STATION_PASSWORD", "correct horse")
    assert check(file) == ()


def test_only_a_binding_to_the_reference_needs_one(tmp_path: Path) -> None:
    assert not load(written(tmp_path, CSMS), environ={}).needs_reference
    assert load(written(tmp_path, CSMS.replace('Reset = "manual"', 'Reset = "reference"')), environ={}).needs_reference
    assert load(root() / "fixtures" / "suts" / "reference-station-16.toml").needs_reference


def test_there_are_examples_for_both_roles_and_versions() -> None:
    stems = {file.stem for file in EXAMPLES}
    assert {f"reference-{role}-{version}" for role in ("station", "csms") for version in (16, 201)} <= stems
    assert {"my-station", "my-csms"} <= stems


# ---- secrets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "value"),
    [
        ('"hunter-p"', b"hunter-p"),
        ('{ hex = "00ff" }', b"\x00\xff"),
        ('{ env = "PASSWORD_HERE" }', b"hunter-e"),
        ('{ env = "KEY_HERE", encoding = "hex" }', b"\xab"),
        ('{ file = "secret.txt" }', b"hunter-f"),
    ],
)
def test_a_secret_is_read_and_never_shown(tmp_path: Path, password: str, value: bytes) -> None:
    (tmp_path / "secret.txt").write_bytes(b"hunter-f\r\n")
    file = written(tmp_path, STATION.replace('"correct horse"', password))
    sut = load(file, environ={"PASSWORD_HERE": "hunter-e", "KEY_HERE": "ab"})
    assert sut.connection.password is not None
    assert sut.connection.password.reveal() == value
    shown = f"{sut!r} {sut.connection!s} {sut.connection.password} {sut.connection.password!r}"
    assert "***" in shown
    assert value.decode("latin-1") not in shown


def test_no_secret_is_in_the_message_or_the_traceback(tmp_path: Path) -> None:
    text = STATION.replace('"correct horse"', '{ hex = "hunter2hunter2" }') + (
        'plug_in = { http = "POST http://127.0.0.1/", auth = { bearer = 77177 }, headers = { X-Key = ["k3y"] } }\n'
        'unplug = { http = "POST http://127.0.0.1/", auth = { basic = { user = "u", password = 88188 } } }\n'
        'park = { http = "POST http://127.0.0.1/", auth = "99299", headers = "X-Key: 66366" }\n'
    )
    with pytest.raises(SutFileError) as caught:
        load(written(tmp_path, text), environ={})
    assert len(caught.value.problems) == 6
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__context__)
    assert not [secret for secret in ("hunter2", "77177", "88188", "k3y", "99299", "66366") if secret in shown]


def test_a_secret_in_the_right_place_is_equal_only_to_itself() -> None:
    assert Secret(b"a") == Secret(b"a") != Secret(b"b")
    assert f"{Secret(b'hunter2'):>20}" == "Secret(*** from the SUT file)"


# ---- faults -------------------------------------------------------------------------------------------

STATION_FAULTS = [
    ('name = "Acme"', 'nme = "Acme"', 2, "sut.nme", "no such key", 'did you mean "name"?'),
    ('name = "Acme"', "", 1, "sut.name", "missing", "add it"),
    ('name = "Acme"', "name = 3", 2, "sut.name", "must be text, but is 3", "quotes"),
    ('"station"', '"charger"', 3, "sut.role", "'station' or 'csms'", "one of these"),
    ('["2.0.1"]', '["2.0"]', 4, "sut.versions[0]", "'2.0'", "one of these"),
    ('["2.0.1"]', "[]", 4, "sut.versions", "empty", "at least one"),
    ('["2.0.1"]', '["2.0.1", "2.0.1"]', 4, "sut.versions[1]", "twice", "remove one"),
    ('"127.0.0.1:9000"', '"127.0.0.1"', 7, "connection.listen", "no host:port", "0.0.0.0:9000"),
    ('"127.0.0.1:9000"', '"127.0.0.1:99999"', 7, "connection.listen", "no host:port", "0.0.0.0:9000"),
    ('"127.0.0.1:9000"', '"::1:9000"', 7, "connection.listen", "no host:port", "0.0.0.0:9000"),
    ('listen = "127.0.0.1:9000"', "", 6, "connection.listen", "where we listen", "listen ="),
    ('listen = "127.0.0.1:9000"', 'listen = "a:1"\nurl = "ws://a"', 8, "connection.url", "only a CSMS", "remove it"),
    ('listen = "127.0.0.1:9000"', 'listen = "a:1"\npath = "x"', 8, "connection.path", "no URL path", '"/ocpp"'),
    ('"CS001"', '"CS:001"', 8, "connection.identity", "colon", "another identity"),
    ('"CS001"', f'"{"C" * 49}"', 8, "connection.identity", "longer than 48", "shorter"),
    ('password = "correct horse"', "", 6, "connection.password", "needs a password", "env"),
    ('"correct horse"', '{ env = "NOT_THERE" }', 9, "connection.password", "NOT_THERE is not set", "export NOT_THERE"),
    ('"correct horse"', '{ file = "no.txt" }', 9, "connection.password", "no.txt cannot be read", "path"),
    ('"correct horse"', '{ hex = "xy" }', 9, "connection.password", "no hexadecimal", "two hexadecimal"),
    ('"correct horse"', '{ env = "A", file = "b" }', 9, "connection.password", "exactly one", "env"),
    ("security_profile = 1", "security_profile = 4", 10, "connection.security_profile", "less than", "fits"),
    ("security_profile = 1", 'security_profile = "1"', 10, "connection.security_profile", "whole number", "quotes"),
    ("{ id = 2, ", "{ id = 3, ", 13, "station.evses[1].id", "3 stands where 2 is due", "1, 2, 3"),
    ("connectors = 2", "conectors = 2", 13, "station.evses[1].conectors", "no such key", '"connectors"'),
    ("connectors = 2", 'connectors = 2, types = ["cType2"]', 13, "station.evses[1].types", "1 types", "one type per"),
    ('valid = { id = "A1" }', "", 15, "tokens.valid", "missing", "add it"),
    ('"A1" }', '"A1", type = "ISO1443" }', 16, "tokens.valid.type", "no idToken type", '"ISO14443"'),
    ('"A1"', f'"{"A" * 37}"', 16, "tokens.valid.id", "37 characters", "shorter"),
    ('"B1"', '"a1"', 17, "tokens.blocked.id", 'same id as "valid"', "its own card"),
    (', group = "G" }', " }", 18, "tokens.group.group", "no group", "add group"),
    ('"C-13"', '"C-99"', 21, "features.declared[1]", 'no feature "C-99"', "features.toml"),
    ('"C-13"', '"Core "', 21, "features.declared[1]", "twice", "remove one"),
    ("HFS-8 = 2", "HFS-8 = 3", 21, "features.declared[2]", "[station] has 2", "HFS-8 = 2"),
    ('default = "manual"', 'default = "manul"', 24, "drivers.default", 'no driver "manul"', '"manual"'),
    ('default = "manual"', 'default = "http"', 24, "drivers.default", "does not say what", "http = "),
    ('default = "manual"', "", 23, "drivers.plug_in", "nothing is bound", "plug_in = "),
    ("reboot = {", "rebot = {", 25, "drivers.rebot", 'no intent "rebot"', '"reboot"'),
    ("reboot = {", "send = {", 25, "drivers.send", "for a csms under test", "remove it"),
    ("http = ", "htp = ", 25, "drivers.reboot", "binds nothing", "exactly one"),
    ('"POST http', '"POZT http', 25, "drivers.reboot.http", "METHOD URL", '"POST http'),
    ("http://127.0.0.1:8080", "ftp://127.0.0.1", 25, "drivers.reboot.http", "begin with http", "write"),
    ("http://127.0.0.1:8080", "http://u:p@127.0.0.1", 25, "drivers.reboot.http", "credentials", "auth"),
    ("127.0.0.1:8080", "rig:8080", 25, "drivers.reboot.http", '"rig" is not declared', 'hosts = ["rig"]'),
    ("127.0.0.1:8080", "{station}", 25, "drivers.reboot.http", "host of a URL", "host itself"),
    ("/reboot", "/{evze}", 25, "drivers.reboot.http", "no placeholder {evze}", '"evse"'),
    ("timeout = 5", "timeout = -5", 25, "drivers.reboot.timeout", "greater than 0", "fits"),
    ("timeout = 5", "auth = {}", 25, "drivers.reboot.auth", "basic or bearer", "bearer"),
    ('{ http = "POST', '{ command = ["./no"] } #', 25, "drivers.reboot.command", '"./no" is not there', "path"),
    ('{ http = "POST', '{ preset = "octt", base = "http://localhost" } #', 25, "drivers.reboot.preset",
     "for a csms", "sut-api"),
    ('reboot = { http = "POST', 'ev_suspend = { preset = "sut-api", base = "http://localhost" } #', 25,
     "drivers.ev_suspend.preset", "no request", "another way"),
    ('reboot = { http = "POST', 'intents_unavailable = ["prak"] #', 25, "drivers.intents_unavailable[0]",
     "no intent", '"park"'),
    ('reboot = { http = "POST', 'reboot = "manual"\nintents_unavailable = ["reboot"] #', 26,
     "drivers.intents_unavailable[0]", "at once", "one of the two"),
]  # fmt: skip
CSMS_FAULTS = [
    ("ws://csms.example:9000/ocpp", "http://csms.example", 7, "connection.url", "begin with ws", "ws://host"),
    ("ws://csms.example:9000/ocpp", "ws://csms.example:x/", 7, "connection.url", "no URL", "ws://host"),
    ("ws://csms.example:9000/ocpp", "ws:///ocpp", 7, "connection.url", "names no host", "ws://host"),
    ("ws://csms.example:9000/ocpp", "ws://[::1/ocpp", 7, "connection.url", "no URL", "ws://host"),
    ("ws://csms.example:9000/ocpp", "ws://a/ocpp?x=1", 7, "connection.url", "query", "remove it"),
    ("ws://csms.example:9000/ocpp", "wss://a/ocpp", 7, "connection.url", "does not fit", "ws://"),
    ("security_profile = 1", "security_profile = 2", 7, "connection.url", "does not fit", "wss://"),
    ('url = "ws://csms.example:9000/ocpp"', "", 6, "connection.url", "needs its URL", "wss://"),
    ("[features]", '[tls]\nca = "no.pem"\n[features]', 21, "tls.ca", "no.pem cannot be read", "PEM"),
    ("[features]", '[tls]\ncertificate = "sut.toml"\n[features]', 21, "tls.certificate", "no PEM", "PEM"),
    ("[features]", '[tls]\nkey = "sut.toml"\n[features]', 21, "tls.key", "no private key", "key_password"),
    ("send.Reset", "send.Rest", 25, "drivers.send.Rest", 'sends no "Rest"', '"Reset"'),
    ("send.Reset", "send.BootNotification", 25, "drivers.send.BootNotification", "sends no", "OCPP action"),
    ("send.Reset", "reboot", 25, "drivers.reboot", "for a station under test", "remove it"),
    ('"manual"\nsend.Reset = "manual"', '{ preset = "sut-api", base = "http://localhost" }', 24,
     "drivers.default.preset", "for a station", "octt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "old", "new", "line", "key", "what", "mend"),
    [(STATION, *fault) for fault in STATION_FAULTS] + [(CSMS, *fault) for fault in CSMS_FAULTS],
)
def test_each_fault_is_named_with_its_line_and_its_mend(
    tmp_path: Path, text: str, old: str, new: str, line: int, key: str, what: str, mend: str
) -> None:
    assert old in text
    found = problems(tmp_path, text.replace(old, new, 1))
    hits = [p for p in found if p.line == line and p.key == key and what in p.what and mend in p.mend]
    assert hits, render(tmp_path / "sut.toml", found)


def test_all_faults_come_at_once_whether_of_type_or_of_rule(tmp_path: Path) -> None:
    text = STATION.replace('name = "Acme"', "").replace('"correct horse"', '{ env = "NOT_THERE" }')
    text = text.replace("id = 2", "id = 7").replace('"C-13"', '"C-99"').replace("timeout = 5", "tmeout = 5")
    keys = [problem.key for problem in problems(tmp_path, text)]
    assert keys == [
        "sut.name", "connection.password", "station.evses[1].id", "features.declared[1]", "drivers.reboot.tmeout",
    ]  # fmt: skip


def test_the_message_is_one_line_per_problem(tmp_path: Path) -> None:
    file = written(tmp_path, STATION.replace("id = 2", "id = 7"))
    assert render(file, check(file)) == (
        f"{file}:13: station.evses[1].id: EVSE id 7 stands where 2 is due. "
        "Mend: number the EVSEs 1, 2, 3 ... in this order."
    )


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"[sut]\nname = \n", 2, "not TOML"),
        (b"[sut]\nname = 'a'\nname = 'b'\n", 3, "not TOML"),
        (b"a = \xff", 1, "not UTF-8"),
        (b"a = " + b"[" * 5000, 1, "not TOML"),
    ],
)
def test_what_is_no_toml_is_said_so(tmp_path: Path, content: bytes, line: int, what: str) -> None:
    file = tmp_path / "sut.toml"
    file.write_bytes(content)
    found = check(file)
    assert [(p.line, what in p.what) for p in found] == [(line, True)]


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    assert "no such file" in check(tmp_path / "none.toml")[0].what
    assert "cannot be read" in check(tmp_path)[0].what
    assert "cannot be read" in check("nul\0.toml")[0].what
    told = render(tmp_path / "none.toml", check(tmp_path / "none.toml"))
    assert told == (f"{tmp_path / 'none.toml'}: there is no such file. Mend: check the path; `ocpp-harness example` "
                    "has files to start from.")


def test_a_table_that_is_missing_is_told_as_a_table(tmp_path: Path) -> None:
    text = STATION.partition("[tokens]")[0] + "[drivers]" + STATION.partition("[drivers]")[2]
    assert render(tmp_path / "sut.toml", problems(tmp_path, text)) == (
        f"{tmp_path / 'sut.toml'}: tokens: this table is missing. Mend: write [tokens] and its keys below it; "
        "see docs/sut-files.md.")


def test_the_mark_that_editors_put_before_a_text_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "sut.toml").write_bytes(b"\xef\xbb\xbf" + STATION.encode())
    assert load(tmp_path / "sut.toml").name == "Acme"
    (tmp_path / "sut.toml").write_bytes(b"\xef\xbb\xbf" + STATION.replace("Acme\"", "Acme").encode())
    assert [problem.line for problem in check(tmp_path / "sut.toml")] == [2]


# ---- nothing but SutFileError -------------------------------------------------------------------------


def _loads_or_says_why(folder: Path, content: bytes) -> None:
    file = folder / "sut.toml"
    file.write_bytes(content)
    found: tuple[Problem, ...] | None = None
    try:
        load(file, environ={})
    except SutFileError as error:
        found = error.problems
    assert found != ()
    assert all(problem.what and problem.mend and problem.line >= 0 for problem in found or ())


FAST = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
PIECES = st.sampled_from(
    ["3", "-1", "nan", "1e400", "9" * 30, "true", '""', '"\\u0000"', "[]", "{}", "[[]]", "[{}]", "07:32:00",
     '{ id = 1 }', '{ http = "POST http://[" }', '{ command = ["\\u0000"] }', '{ driver = 3 }', '"{evse"',
     '{ hex = 3 }', '{ file = "\\u0000" }', '{ env = "" }', '{ preset = "octt" }', '["a", 3]', '"http://:1"']
)  # fmt: skip


@FAST
@given(st.binary(max_size=60))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    _loads_or_says_why(tmp_path, content)


@FAST
@given(st.sampled_from([STATION, CSMS]), st.data())
def test_any_value_in_place_of_any_other(tmp_path: Path, text: str, data: st.DataObject) -> None:
    lines = text.splitlines()
    for number in data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=1, max_size=3)):
        key = lines[number].partition("=")[0]
        lines[number] = data.draw(st.one_of(PIECES.map(lambda piece, key=key: f"{key} = {piece}"), st.just("")))
    _loads_or_says_why(tmp_path, "\n".join(lines).encode())


@FAST
@given(
    st.sampled_from([*Tables.model_fields, "x"]),
    st.sampled_from(
        ["ca", "certificate", "key", "name", "role", "url", "listen", "valid", "answer", "default", "send", "hosts",
         "reboot", "evses"]
    ),
    PIECES,
)  # fmt: skip
def test_any_value_under_any_key(tmp_path: Path, table: str, key: str, piece: str) -> None:
    _loads_or_says_why(tmp_path, f"{table}.{key} = {piece}\n{STATION}".encode())
    rest = "\n".join(line for line in CSMS.splitlines() if not line.startswith(f"{key} "))
    _loads_or_says_why(tmp_path, rest.replace(f"[{table}]", f"[{table}]\n{key} = {piece}").encode())
    _loads_or_says_why(tmp_path, f"{rest}\n[{table}]\n{key} = {piece}".encode())


def test_what_only_an_ev_with_iso_15118_does_needs_a_driver_only_where_it_is_declared(tmp_path: Path) -> None:
    bound = 'plug_in = "manual"\nunplug = "manual"\n' + "".join(
        f'{name} = "manual"\n' for name, intent in INTENTS.items()
        if intent.sut == "station" and not intent.feature and name not in ("plug_in", "unplug", "reboot")
    )  # fmt: skip
    text = STATION.replace('default = "manual"\n', bound)
    load(written(tmp_path, text), environ={})
    declared = text.replace('"Core", ', '"Core", "ISO 15118 Support", ')
    assert {problem.key for problem in problems(tmp_path, declared)} == {
        "drivers.ev_install_contract", "drivers.ev_update_contract",
    }  # fmt: skip

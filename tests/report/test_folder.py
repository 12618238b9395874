"""The run folder: complete, findable, never overwritten."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.report.folder import RunFacts, RunFolder, libraries, library_versions, masked_sut_file, sha256_of, slug
from harness.report.masking import Masks
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import Instant

AT = Instant(0, 1_795_222_743_000_000_042)


def test_two_runs_in_one_second_get_two_folders_and_latest_is_the_newer(tmp_path: Path) -> None:
    first = RunFolder.create(tmp_path / "reports", "My Charger/7 ", AT)
    second = RunFolder.create(tmp_path / "reports", "My Charger/7 ", AT)
    third = RunFolder.create(tmp_path / "reports", "My Charger/7 ", AT)
    assert [f.path.name for f in (first, second, third)] == [
        "20261121T005903Z-my-charger-7", "20261121T005903Z-my-charger-7-2", "20261121T005903Z-my-charger-7-3"]
    latest = tmp_path / "reports" / "latest"
    assert latest.resolve() == third.path.resolve()
    assert third.journals.is_dir()
    assert third.allure.is_dir()
    assert [p.name for p in (tmp_path / "reports").iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["", "..", "../../etc", "///", "\0"])
def test_no_name_leads_out_of_the_reports(name: str, tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path, name, AT)
    assert folder.path.parent == tmp_path
    assert folder.path.resolve().parent == tmp_path.resolve()


def test_something_else_named_latest_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    (tmp_path / "latest" / "mine").write_text("x")
    folder = RunFolder.create(tmp_path, "sut", AT)
    assert (tmp_path / "latest" / "mine").read_text() == "x"
    assert (tmp_path / "latest.txt").read_text().strip() == folder.path.name


@given(one=st.text(max_size=150), other=st.text(max_size=150))
def test_slugs_are_file_names_and_tell_texts_apart(one: str, other: str) -> None:
    assert set(slug(one)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(slug(one)) <= 100 or one == ""
    assert (slug(one) == slug(other)) == (one == other)


def test_each_attempt_has_its_own_journal(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    assert folder.journal("boots").name == "boots.jsonl"
    assert folder.journal("boots", 2).name == "boots.attempt-2.jsonl"


def test_run_json_says_what_ran_against_what(tmp_path: Path) -> None:
    sut = tmp_path / "my.toml"
    sut.write_text('[sut]\nname = "x"\n[credentials]\npassword = "correct horse"\n')
    facts = RunFacts(AT, "0.1.0", "x", "my.toml", sha256_of(sut), {"OCPP 2.0.1": "Edition 3"},
                     ("run", "--password=correct horse"), {"role": "station"})
    folder = RunFolder.create(tmp_path / "r", "x", AT)
    folder.write_run(facts, Masks(["correct horse"]), sut.read_text())
    run = json.loads(folder.run_json.read_text())
    assert run["started"] == "2026-11-21T00:59:03.000000042Z"
    assert run["sut"] == {"name": "x", "file": "my.toml", "sha256": hashlib.sha256(sut.read_bytes()).hexdigest()}
    assert run["editions"] == {"OCPP 2.0.1": "Edition 3"}
    assert run["libraries"]["pytest"] == pytest.__version__
    assert run["role"] == "station"
    assert not any("correct horse" in file.read_text() for file in folder.path.glob("*.*"))


def test_a_token_that_is_also_a_version_hides_no_version(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path, "x", AT)
    folder.write_run(RunFacts(AT, "0.1.0", "x"), Masks(tokens=[pytest.__version__]))
    assert json.loads(folder.run_json.read_text())["libraries"]["pytest"] == pytest.__version__


def test_a_missing_library_is_said_to_be_missing() -> None:
    assert library_versions(["no-such-library-of-ours"]) == {"no-such-library-of-ours": "not installed"}


@pytest.mark.parametrize("line", [
    'password = "hidden-one"', "basic_auth_password = 'hidden-one'", 'rig.secret="hidden-one"',
    '"secret" = "hidden-one"',
    'private_key = """\nhidden-one\n"""', 'authorization_key = "a\\"hidden-one"', "password = '''x\nhidden-one'''",
])
def test_undeclared_secrets_of_a_sut_file_are_masked_and_it_stays_toml(line: str) -> None:
    masked = masked_sut_file(f'name = "x"\n{line}\nport = 9000\n', Masks())
    assert "hidden-one" not in masked
    parsed = tomllib.loads(masked)
    assert parsed["name"] == "x"
    assert parsed["port"] == 9000


def test_every_library_that_the_harness_stands_on_is_named_with_its_version() -> None:
    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = dict(dependency.split("==") for dependency in project["dependencies"])
    found = library_versions(libraries())
    assert found == {name.lower(): version for name, version in wanted.items()}


def test_a_proof_is_no_run_that_latest_leads_to(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path, "sut", AT)
    proof = RunFolder.create(tmp_path, "proof", AT, latest=False)
    assert (tmp_path / "latest").resolve() == run.path.resolve() != proof.path.resolve()


def test_the_editions_name_their_errata() -> None:
    assert DIALECTS["1.6"].edition == "2 + errata 4.0, OCPP-J errata 1.0"
    assert DIALECTS["2.0.1"].edition == "4 + errata 2026-04"

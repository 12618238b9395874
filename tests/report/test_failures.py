"""What pytest prints of a failure holds no secret, with and without worker processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFTEST = """
import pytest
from harness.report.failures import mask_report
from harness.report.masking import Masks

@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if not item.config.getini("xfail_strict"):
        mask_report(report, Masks(["correct horse"]))
    return report
"""
TESTS = """
import pytest

def secret():
    return "correct" + chr(32) + "horse"

def test_assertion():
    value = secret()
    assert value == "x"

def test_chain():
    try:
        raise ValueError(secret())
    except ValueError as error:
        raise OSError("second " + secret()) from error

def test_output():
    print("printed " + secret())
    assert not "here"

def test_argument(argument):
    raise KeyError(argument)

@pytest.fixture
def argument():
    return secret()

def test_skip():
    pytest.skip(secret())

def test_fail():
    pytest.fail("no trace " + secret(), pytrace=False)

def test_group():
    raise ExceptionGroup("group", [OSError(secret())])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_x.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def printed(folder: Path, *more: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), "-rA", "-l",
               "--showlocals", *more, str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert "INTERNALERROR" not in ended.stdout + ended.stderr
    assert ended.returncode == 1
    return ended.stdout + ended.stderr


@pytest.mark.parametrize("more", [(), ("-n", "1"), ("--tb=short",), ("--tb=line",), ("--tb=native",)])
def test_pytest_prints_no_secret(folder: Path, more: tuple[str, ...]) -> None:
    text = printed(folder, *more)
    assert "correct horse" not in text
    assert "***" in text
    assert "6 failed, 1 skipped" in text


def test_without_the_mask_it_would(folder: Path) -> None:
    (folder / "pytest.ini").write_text("[pytest]\nxfail_strict = true\n")
    assert "correct horse" in printed(folder)

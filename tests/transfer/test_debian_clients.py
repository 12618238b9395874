"""Downloads and uploads with the clients that Debian ships. They are part of the machine that checks the project:
a missing one is a failure, not a skip."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness.journal import Stage
from tests.tools import tool
from tests.transfer.conftest import PKI, Bench

SIZE = 1_310_720


def run(*command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a client of the system."""
    tool(command[0], {"sftp": "openssh-client"}.get(command[0], command[0]))
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=30)


def authority(bench: Bench, folder: Path) -> str:
    file = folder / "ca.pem"
    file.write_text(bench.servers.trust().ca)
    return str(file)


@pytest.mark.parametrize("protocol", ["http", "https", "ftp", "ftps"])
def test_curl_downloads(bench: Bench, tmp_path: Path, protocol: str) -> None:
    bench.files.serve("new", {"protocol": protocol})
    url = bench.files.fact("new", "location").replace("ftps://", "ftp://")
    extra = ["--ssl-reqd"] if protocol == "ftps" else []
    out = tmp_path / "image"
    done = run("curl", "-sS", "--cacert", authority(bench, tmp_path), *extra, "-o", str(out), url)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == next(iter(v for k, v in bench.files.contents().items() if "firmware" in k))
    over = bench.await_end()
    assert (over.stage, over.size, over.protocol, over.name) == (Stage.COMPLETE, SIZE, protocol, "new")
    assert over.duration > 0


@pytest.mark.parametrize("protocol", ["https", "ftps"])
def test_curl_refuses_another_authority(bench: Bench, tmp_path: Path, protocol: str) -> None:
    bench.files.serve("new", {"protocol": protocol})
    url = bench.files.fact("new", "location").replace("ftps://", "ftp://")
    other = tmp_path / "other.pem"
    other.write_text(PKI.authority("unknown root").pem)
    extra = ["--ssl-reqd"] if protocol == "ftps" else []
    done = run("curl", "-sS", "--cacert", str(other), *extra, "-o", str(tmp_path / "image"), url)
    assert done.returncode == 60, "curl says: the peer's certificate cannot be authenticated"


def test_curl_resumes_with_a_range(bench: Bench, tmp_path: Path) -> None:
    bench.files.serve("new", {"ends": "after 300000 bytes", "times": "1"})
    url, out = bench.files.fact("new", "location"), tmp_path / "image"
    assert run("curl", "-sS", "-o", str(out), url).returncode == 18, "curl says: partial file"
    assert out.stat().st_size == 300_000
    assert run("curl", "-sS", "-C", "-", "-o", str(out), url).returncode == 0
    assert out.read_bytes() == bench.files.contents()["/firmware/new/update-2.0.0.bin"]
    assert bench.ended()[0].stage is Stage.FAILED


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"status": "404"}, 22), ({"status": "401"}, 22), ({"length": "10 bytes too long"}, 18),
        ({"stalls": "after 1000 bytes"}, 28), ({"rate": "1000 bytes/s"}, 28),
    ],
)  # fmt: skip
def test_curl_notices(bench: Bench, tmp_path: Path, rows: dict[str, str], code: int) -> None:
    bench.files.serve("bad", rows)
    out = str(tmp_path / "image")
    done = run("curl", "-sSf", "-m", "1", "-o", out, bench.files.fact("bad", "location"))
    assert done.returncode == code
    assert bench.await_end().stage is Stage.FAILED


def test_curl_follows_a_redirect_to_http(bench: Bench, tmp_path: Path) -> None:
    bench.files.serve("new", {"protocol": "https", "redirect": "http"})
    out, url = tmp_path / "image", bench.files.fact("new", "location")
    ca = authority(bench, tmp_path)
    done = run("curl", "-sSL", "--cacert", ca, "-w", "%{url_effective}", "-o", str(out), url)
    assert done.returncode == 0
    assert urlsplit(done.stdout).scheme == "http"
    assert out.stat().st_size == SIZE


def test_the_second_fetch_brings_another_image(bench: Bench, tmp_path: Path) -> None:
    bench.files.serve("new", {"second fetch": "another"})
    url, first, second = bench.files.fact("new", "location"), tmp_path / "1", tmp_path / "2"
    assert run("curl", "-sS", "-o", str(first), url).returncode == 0
    assert run("curl", "-sS", "-o", str(second), url).returncode == 0
    assert first.read_bytes() != second.read_bytes()


@pytest.mark.parametrize("protocol", ["http", "https", "ftp", "ftps"])
def test_curl_uploads(bench: Bench, tmp_path: Path, protocol: str) -> None:
    bench.files.receive("log", {"protocol": protocol})
    url = bench.files.fact("log", "location").replace("ftps://", "ftp://")
    file = tmp_path / "security.txt"
    file.write_text("what happened\n" * 100)
    extra = ["--ssl-reqd"] if protocol == "ftps" else []
    done = run("curl", "-sSf", "--cacert", authority(bench, tmp_path), *extra, "-T", str(file), url)
    assert done.returncode == 0, done.stderr
    over = bench.await_end()
    assert (over.stage, over.size, over.name) == (Stage.COMPLETE, file.stat().st_size, "log")


def test_curl_posts(bench: Bench, tmp_path: Path) -> None:
    bench.files.receive("log", {})
    url = bench.files.fact("log", "location")
    named = ["-H", 'Content-Disposition: attachment; filename="x.txt"']
    done = run("curl", "-sSf", *named, "--data-binary", "what happened", url)
    assert done.returncode == 0, done.stderr
    assert bench.await_end().path.endswith("/x.txt")


def test_an_ftp_client_downloads_and_uploads(bench: Bench, tmp_path: Path) -> None:
    """lftp, a client of its own."""
    bench.files.serve("new", {"protocol": "ftp"})
    bench.files.receive("log", {"protocol": "ftp"})
    (tmp_path / "log.txt").write_text("what happened")
    path, base = urlsplit(bench.files.fact("new", "location")).path, bench.servers.base("ftp")
    script = f"set net:max-retries 1; get {path} -o {tmp_path}/image; put {tmp_path}/log.txt -o /uploads/log/log.txt"
    done = run("lftp", "-c", f"open {base}; {script}")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "image").stat().st_size == SIZE
    assert {body.name for body in bench.ended() if body.stage is Stage.COMPLETE} == {"new", "log"}


def test_an_sftp_client_downloads_and_uploads(bench: Bench, tmp_path: Path) -> None:
    """OpenSSH's sftp, which checks the host key."""
    bench.files.serve("new", {"protocol": "sftp"})
    bench.files.receive("log", {"protocol": "sftp"})
    (tmp_path / "log.txt").write_text("what happened")
    where = urlsplit(bench.files.fact("new", "location"))
    known = tmp_path / "known"
    known.write_text(f"[{where.hostname}]:{where.port} {bench.servers.trust().host_key}\n")
    options = ["-o", f"UserKnownHostsFile={known}", "-o", "StrictHostKeyChecking=yes", "-F", "none"]
    batch = f"get {where.path} {tmp_path}/image\nput {tmp_path}/log.txt /uploads/log/log.txt\n"
    done = run("sftp", *options, "-P", str(where.port), "-b", "-", f"station@{where.hostname}", stdin=batch)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "image").stat().st_size == SIZE
    assert {body.name for body in bench.ended() if body.stage is Stage.COMPLETE} == {"new", "log"}

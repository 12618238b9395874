"""Run the harness beside a peer: beside.py SUT_FILE [arguments of run] -- PEER COMMAND. The peer ends with the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path


def main(sut: str, arguments: list[str], peer: list[str]) -> int:
    log = Path(__file__).resolve().parents[2] / "build" / "peers" / (Path(sut).stem + ".log")
    with log.open("wb") as output:
        process = subprocess.Popen(peer, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return subprocess.run([sys.executable, "-m", "harness", "run", "--sut", sut, *arguments]).returncode
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


if __name__ == "__main__":
    cut = sys.argv.index("--")
    sys.exit(main(sys.argv[1], sys.argv[2:cut], sys.argv[cut + 1 :]))

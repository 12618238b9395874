"""What Allure's one HTML file holds: every data file of the report, in base64; and a stand-in for its generator."""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_EMBEDDED = re.compile(rb'd\("([^"]+)","([A-Za-z0-9+/=]*)"\)')
_STAND_IN = '''
import base64, pathlib, sys
results, settings, output = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[4]), pathlib.Path(sys.argv[6])
output.mkdir(parents=True)
files = [settings, *sorted(path for path in results.rglob("*") if path.is_file())]
files += [results.parent.parent / "allure-history.jsonl"]
told = ((path.name, base64.b64encode(path.read_bytes()).decode()) for path in files if path.exists())
calls = "".join(f\'d("data/{name}","{data}");\' for name, data in told)
(output / "index.html").write_text(f"<!doctype html><script>{calls}</script>")
'''


def embedded(page: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file inside Allure's HTML."""
    for name, data in _EMBEDDED.findall(page):
        yield name.decode(), base64.b64decode(data)


def stand_in(folder: Path) -> list[str]:
    """The command of a generator that puts everything it is given into the page, as Allure does."""
    (folder / "generator.py").write_text(_STAND_IN, "utf-8")
    return [sys.executable, str(folder / "generator.py")]

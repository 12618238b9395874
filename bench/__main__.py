"""Run every measurement, or those named; the tables go to standard output, as Markdown.

    python -m bench [timing] [cost] [engine] [volume] [growth] [overhead] [--quick]
"""

from __future__ import annotations

import importlib
import sys
import time

from bench.table import machine

NAMES = ("timing", "cost", "engine", "overhead", "volume", "growth")


def main(arguments: list[str]) -> int:
    quick = "--quick" in arguments
    names = [name for name in arguments if not name.startswith("-")] or list(NAMES)
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        print(f"no measurement {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names:
        began = time.monotonic()
        print(f"\n## {name}\n\n{machine()}\n", flush=True)
        importlib.import_module(f"bench.{name}").main(quick)
        print(f"\n`python -m bench {name}`: {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

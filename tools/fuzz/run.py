"""``make fuzz``: makes up inputs for some minutes, and keeps all that break something.

    tools/fuzz/run.py [--minutes 30] [--seed N] [--only WORD]

What ends with an error, or takes more than a second of the processor, is kept below
``reports/fuzz`` with what was said of it.  The same seed makes up the same inputs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import browser as chromium
from messages import run_tool, say

from fuzz import browser
from fuzz.targets import Target, shown, targets
from fuzz.ways import ROOT

SECONDS = 1.0
"""How long a browser may work on one input."""
ROUND = 20
"""Inputs of one target before it is the next one's turn."""
FINDINGS = ROOT / "reports" / "fuzz"


@dataclass(slots=True)
class Count:
    """What became of the inputs of a target."""

    inputs: int = 0
    passed: int = 0
    crashes: int = 0
    slow: int = 0
    longest: float = 0.0
    seen: set[str] = field(default_factory=set)


class Fuzzer:
    """Runs targets one after the other, and keeps what they stumble over."""

    def __init__(self, folder: Path) -> None:
        """Keep findings in ``folder``."""
        self._folder = folder
        self.counts: dict[str, Count] = {}

    def try_one(self, target: Target, value: Any) -> None:
        """Run an input; note whether it passed, how long it took, and what went wrong."""
        count = self.counts.setdefault(target.name, Count())
        start = time.process_time()
        try:
            count.passed += bool(target.run(value))
        except browser.Slow as error:
            count.slow += 1
            self._keep(target, value, f"{error}", "slow")
        except Exception as error:
            count.crashes += 1
            self._keep(target, value, "".join(traceback.format_exception(error)), _place(error))
        took = time.process_time() - start
        count.inputs += 1
        count.longest = max(count.longest, took)
        if took > target.seconds:
            count.slow += 1
            self._keep(target, value, f"{took:.2f} s", f"slow {shown(value)[:40]}")

    def _keep(self, target: Target, value: Any, said: str, kind: str) -> None:
        """Write a finding down, one of each kind."""
        seen = self.counts[target.name].seen
        if kind in seen:
            return
        seen.add(kind)
        self._folder.mkdir(parents=True, exist_ok=True)
        text = shown(value)
        name = f"{target.name.replace(': ', '-').replace(' ', '-')}-{_digest(text)}"
        (self._folder / f"{name}.txt").write_text(text, encoding="utf-8", errors="replace")
        (self._folder / f"{name}.said").write_text(said, encoding="utf-8", errors="replace")
        print(f"{target.name}: {name}: {said.strip().splitlines()[-1][:200]}", flush=True)

    def round(self, target: Target, seed: int) -> None:
        """Make up some inputs of a target and run them."""

        @hypothesis.seed(seed)
        @settings(
            max_examples=ROUND,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(target.inputs)
        def run(value: Any) -> None:
            self.try_one(target, value)

        run()

    def table(self, minutes: float) -> Iterator[str]:
        """Yield the figures."""
        columns = ("inputs", "let through", "crashes", "over 1 s", "longest")
        yield f"{'':24}" + "".join(f"{name:>13}" for name in columns)
        for name, count in sorted(self.counts.items()):
            figures = (count.inputs, count.passed, count.crashes, count.slow)
            longest = f"{count.longest:.2f} s"
            yield f"{name:24}" + "".join(f"{one:>13}" for one in (*figures, longest))
        every = self.counts.values()
        total = [sum(getattr(one, key) for one in every) for key in ("inputs", "crashes", "slow")]
        yield f"{minutes:.1f} min, {total[0]} inputs, {total[1]} crashes, {total[2]} over 1 s"


def _place(error: BaseException) -> str:
    """Return where an error comes from: two of one place are one finding."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1]
    return f"{type(error).__name__} {last.filename}:{last.lineno}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", errors="replace")).hexdigest()[:10]


def main() -> int:
    """Fuzz; return 1 when something was found."""
    parser = argparse.ArgumentParser(description="Make up inputs.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))  # noqa: S311
    parser.add_argument("--only", default="", help="targets with this word in their name")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    numbers = random.Random(options.seed)  # noqa: S311 - nothing secret comes of it
    fuzzer = Fuzzer(FINDINGS)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "browser").mkdir()
        every = stack.enter_context(targets(folder))
        if chromium.find() is None:
            say(*chromium.MISSING)
        else:
            every += stack.enter_context(browser.targets(folder / "browser", SECONDS))
        every = [one for one in every if options.only in one.name]
        told = start = time.monotonic()
        for target in cycle(every):
            if time.monotonic() - start > options.minutes * 60:
                break
            fuzzer.round(target, numbers.randrange(2**32))
            if time.monotonic() - told > 300:
                told = time.monotonic()
                print(list(fuzzer.table((told - start) / 60))[-1], flush=True)
    print("\n".join(fuzzer.table((time.monotonic() - start) / 60)))
    return int(any(count.crashes or count.slow for count in fuzzer.counts.values()))


if __name__ == "__main__":
    sys.exit(run_tool(main))

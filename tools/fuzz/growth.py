"""``make growth``: lets every field, list, page and query double, and finds what grows too fast.

    tools/fuzz/growth.py [--slowest 20]

Nothing here looks at a clock on the wall.  What an input costs is told in time of the processor,
and compared with what ordinary text of the same length costs on the same machine, in the same run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from casebook.record.fields import FieldSpec, every_field
from casebook.record.source import MAX_BYTES, MAX_ITEMS
from messages import run_tool, say

from fuzz.shapes import ORDINARY, UNITS, Shape
from fuzz.ways import GOLDEN, LANGUAGES, PAPERS, Pages, Records

DOUBLINGS = 4
MOST_TIMES = 12
"""How many times more than ordinary text of the same length anything may cost."""
NEARLY_LINEAR = 3.0
"""What a doubling may cost at most, where it is what costs."""
UNLIMITED = 12_000
"""Length of a text where a field says no limit."""
LONGEST_PAGE = MAX_BYTES - 1_000
_RELATIONS = ("related", "shown_with", "part_of")


def leaves() -> Iterator[FieldSpec]:
    """Yield every field of a record that holds a value of its own."""
    return (spec for spec in every_field() if not spec.fields or spec.form == "number")


def kinds() -> list[FieldSpec]:
    """Return one field of each kind, as the schema has them."""
    found: dict[tuple[object, ...], FieldSpec] = {}
    for spec in leaves():
        key = (spec.form, spec.limit, spec.cites, spec.many, spec.pattern, bool(spec.words))
        found.setdefault(key, spec)
    return list(found.values())


def base() -> dict[str, Any]:
    """Return a record that has every field; it is related to no other."""
    text = (GOLDEN / "valid" / "every-field" / "every-field.yml").read_text(encoding="utf-8")
    tree: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - text only
    return {key: value for key, value in tree.items() if key not in _RELATIONS}


def filled(tree: dict[str, Any], spec: FieldSpec, text: str) -> dict[str, Any]:
    """Return the record with a text in a field."""
    value: Any = dict.fromkeys(LANGUAGES.codes, text) if spec.in_languages else text
    changed = deepcopy(tree)
    _put(changed, spec.path.split("."), [value] if spec.many else value)
    return changed


def listed(tree: dict[str, Any], spec: FieldSpec, many: int) -> dict[str, Any]:
    """Return the record with ``many`` items in a list."""
    item: Any = _get(tree, spec.path.split("."))
    items = item if isinstance(item, list) else ["a"]
    copies = [
        f"unknown-{spec.name}-{number}" if isinstance(items[0], str) else items[0]
        for number in range(many)
    ]
    changed = deepcopy(tree)
    _put(changed, spec.path.split("."), copies)
    return changed


def _put(tree: Any, steps: list[str], value: Any) -> None:
    node = tree
    for step in steps[:-1]:
        node = _into(node, step)
    holder = _inside(node)
    holder[steps[-1]] = value


def _into(node: Any, step: str) -> Any:
    holder = _inside(node)
    if not isinstance(holder.get(step), dict | list):
        holder[step] = {}
    return holder[step]


def _inside(node: Any) -> Any:
    """Return the group that a value is: the first of a list, that of the second language."""
    if isinstance(node, list):
        return _inside(node[0])
    codes = [code for code in LANGUAGES.codes if isinstance(node.get(code), dict)]
    return node[codes[0]] if codes else node


def _get(tree: Any, steps: list[str]) -> Any:
    node = tree
    for step in steps:
        node = _inside(node).get(step, {})
    return node


def dumped(tree: dict[str, Any]) -> bytes:
    """Return a record as a file."""
    text = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, width=10**9, sort_keys=False)
    return text.encode("utf-8", errors="surrogatepass")


_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def cost(work: Callable[[], object], tries: int = 2) -> float:
    """Return the processor time of some work, the least of some tries."""
    return min(_seconds(work) for _ in range(tries))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@dataclass(frozen=True, slots=True, order=True)
class Grown:
    """What something costs at its greatest: seconds, and times that of ordinary text."""

    seconds: float
    times: float
    name: str
    fault: str = ""


def grow(name: str, at: Callable[[int], Callable[[], object]], most: int, ordinary: float) -> Grown:
    """Let something double ``DOUBLINGS`` times, up to ``most``.

    Where it costs no more than ordinary text, that is all there is to know.
    """
    whole = cost(at(most), 1)
    if whole <= ordinary * 2:
        return Grown(whole, whole / ordinary, name)
    series = [cost(at(most >> shift)) for shift in range(DOUBLINGS, -1, -1)]
    rise = series[-1] / max(series[-2], ordinary)
    fault = ""
    if series[-1] > ordinary * MOST_TIMES:
        fault = f"{series[-1] / ordinary:.0f} times what ordinary text costs"
    elif rise > NEARLY_LINEAR:
        fault = f"{rise:.1f} times as much for twice the length"
    return Grown(series[-1], series[-1] / ordinary, name, fault)


def grown_fields(
    records: Records, specs: Iterable[FieldSpec], shapes: Iterable[Shape]
) -> Iterator[Grown]:
    """Let fields grow, each with each shape, up to twice their limit."""
    tree = base()
    for spec in specs:
        limit = spec.limit or UNLIMITED
        plain = dumped(filled(tree, spec, ORDINARY.text(limit)))
        ordinary = cost(lambda plain=plain: records(plain))  # type: ignore[misc]
        for shape in shapes:

            def at(
                length: int, spec: FieldSpec = spec, shape: Shape = shape
            ) -> Callable[[], object]:
                data = dumped(filled(tree, spec, shape.text(length)))
                return lambda: records(data)

            for most in (limit, 2 * limit):
                yield grow(f"{spec.path}: {shape}", at, most, ordinary)


def grown_lists(records: Records) -> Iterator[Grown]:
    """Let lists grow to the longest that is let in."""
    tree = base()
    ordinary = cost(lambda: records(dumped(tree)))
    for spec in every_field():
        if spec.many:

            def at(many: int, spec: FieldSpec = spec) -> Callable[[], object]:
                data = dumped(listed(tree, spec, many))
                return lambda: records(data)

            yield grow(f"{spec.path}: list", at, MAX_ITEMS, ordinary)


def grown_pages(pages: Pages, shapes: Iterable[Shape], most: int) -> Iterator[Grown]:
    """Let hand-written pages grow, each of one shape."""
    paragraph = ORDINARY.text(600)
    plain = "\n\n".join([paragraph] * (most // len(paragraph)))
    ordinary = cost(lambda: pages(plain, PAPERS[1]))
    for shape in shapes:

        def at(length: int, shape: Shape = shape) -> Callable[[], object]:
            text = shape.text(length)
            return lambda: pages(text, PAPERS[1])

        yield grow(f"page: {shape}", at, most, ordinary)


def main() -> int:
    """Grow everything; return 1 when something grows too fast."""
    parser = argparse.ArgumentParser(description="Let everything grow.")
    parser.add_argument("--slowest", type=int, default=20, help="how many are listed")
    parser.add_argument("--only", default="", help="fields with this word, or “page” or “list”")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("records", "pages"):
            (folder / part).mkdir()
        found: list[Grown] = []
        records, pages = Records(folder / "records"), Pages(folder / "pages")
        specs = [spec for spec in kinds() if options.only in spec.path]
        ways = [grown_fields(records, specs, UNITS)]
        if options.only in ("", "list"):
            ways.append(grown_lists(records))
        if options.only in ("", "page"):
            ways.append(grown_pages(pages, UNITS, LONGEST_PAGE))
        for way in ways:
            for one in way:
                found.append(one)
                if one.fault:
                    print(f"{one.seconds:8.3f} s  {one.name}: {one.fault}", flush=True)
    found.sort(reverse=True)
    for one in found[: options.slowest]:
        print(f"{one.seconds:8.3f} s  {one.times:6.1f}  {one.name}")
    faults = sum(bool(one.fault) for one in found)
    say(
        f"{len(found)} slag tekst fordoblet {DOUBLINGS} ganger, {faults} vokser for fort.",
        f"{len(found)} kinds of text doubled {DOUBLINGS} times, {faults} grow too fast.",
    )
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(run_tool(main))

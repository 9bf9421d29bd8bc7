"""Make the projects that are measured; a process of its own, since it takes memory.

Usage: python prepare.py FOLDER CASES

FOLDER holds ``source``: copies of ``cases``, ``docs``, ``hooks``, ``overrides``, ``mkdocs.yml``.
It gets ``site-tiny``, ``site-tenth``, ``site-whole``, and ``stock-tiny`` and ``stock-whole`` with
the same text.  Prints one line of JSON: how the records compare to the real ones.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from casebook.collection.library import load_library
from casebook.languages import Languages, load_languages
from casebook.page.case_page import build_case_page
from casebook.record.source import read
from casebook.record.vocabulary import FOLDER, Vocabulary, load_vocabulary

from bench import stock
from bench.shape import figures, medians
from bench.synthetic import Generator, Record, to_yaml

SAMPLE = 500
"""Made-up records whose figures are told, of each set."""
_CASE_LINK = re.compile(r"(\]\([./]*eksempler/)([a-z0-9-]+)((?:\.[a-z]{2})?\.md)(?:#[^)]*)?\)")
TINY = 2
"""Cases of the builds that warm up and tell what starting costs."""


def real_records(folder: Path) -> dict[str, Record]:
    """Return the records below ``folder`` by id, as plain lists and dicts."""
    found = {}
    for file in sorted(folder.rglob("*.yml")):
        document = None if FOLDER in file.parts else read(file)[0]
        if document is not None:
            found[file.stem] = document.plain()
    return found


def told_in_full(real: Mapping[str, Record]) -> list[Record]:
    """Return the records that are not marked as short: those that pages are measured by."""
    full = [record for record in real.values() if record.get("depth", "full") == "full"]
    return full or list(real.values())


def write_site(home: Path, source: Path, records: list[tuple[str, Record]]) -> None:
    """Make this site in ``home`` with ``records`` in place of its own."""
    for name in ("docs", "hooks", "overrides"):
        shutil.copytree(source / name, home / name)
    shutil.copy(source / "mkdocs.yml", home)
    _leave_out(home / "docs", {id_ for id_, _ in records})
    cases = home / "cases"
    shutil.copytree(source / "cases" / FOLDER, cases / FOLDER)
    for id_, record in records:
        (cases / f"{id_}.yml").write_text(to_yaml(record), encoding="utf-8")


def _leave_out(docs: Path, known: Collection[str]) -> None:
    """Let hand-written pages lead to the catalogue where they name a case that is not ``known``.

    A small site has not all the cases that they name, and what leads nowhere stops a build.
    """

    def led(match: re.Match[str]) -> str:
        kept = match.group(2) in known
        return match.group() if kept else f"{match.group(1)}index{match.group(3)})"

    for file in sorted(docs.rglob("*.md")):
        text = _CASE_LINK.sub(led, file.read_text(encoding="utf-8"))
        head, line, body = text.partition("\n---\n")
        before, field, named = head.partition("\ncases:\n")
        if field:
            listed = re.match(r"(?:  - .*\n?)*", named)
            ids = listed.group() if listed else ""
            kept = [item for item in ids.splitlines() if item[4:].strip() in known]
            rest = named[len(ids) :]
            head = "\n".join(
                [before, *(["cases:", *kept] if kept else []), *([rest] if rest else [])]
            )
        file.write_text(f"{head}{line}{body}", encoding="utf-8")


def write_stock(home: Path, cases: Path, languages: Languages) -> None:
    """Make stock Material in ``home`` with the text of the records in ``cases``."""
    library, problems = load_library(cases, languages)
    if problems:
        raise ValueError(f"made-up records have problems, the first one: {problems[0]}")
    pages = stock.write_project(home)
    for id_ in library.cases:
        for language in languages:
            page = build_case_page(id_, library, language)
            markdown = stock.StockPage(page, language, languages.default).markdown()
            name = stock.file_name(id_, language, languages.default)
            (pages / name).write_text(markdown, encoding="utf-8")


def prepare(folder: Path, count: int) -> dict[str, dict[str, float]]:
    """Make all projects below ``folder`` for ``count`` cases; return median figures of records."""
    source, languages = folder / "source", load_languages()
    real = real_records(source / "cases")
    models = told_in_full(real)
    vocabulary = _vocabulary(source, languages)
    made: list[dict[str, float]] = []
    for name, size in (("tiny", TINY), ("tenth", max(count // 10, 1)), ("whole", count)):
        generator = Generator(models, vocabulary, languages.codes)
        # The ids of real records first: hand-written pages lead to them.
        records = list(generator.records(generator.ids(size, list(real))))
        made = [figures(record, languages.codes) for _, record in records[:SAMPLE]]
        write_site(folder / f"site-{name}", source, records)
        if name != "tenth":
            write_stock(folder / f"stock-{name}", folder / f"site-{name}" / "cases", languages)
    return {
        "real": medians([figures(record, languages.codes) for record in models]),
        "synthetic": medians(made),
    }


def _vocabulary(source: Path, languages: Languages) -> Vocabulary:
    vocabulary, _ = load_vocabulary(source / "cases" / FOLDER, languages)
    return vocabulary


if __name__ == "__main__":
    print(json.dumps(prepare(Path(sys.argv[1]), int(sys.argv[2]))))

"""``make bench``: the made-up records are sound and deterministic, and a run tells everything."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest
from bench import stock
from bench.live import Live
from bench.measure import Cost
from bench.pages import Html, Wire, text_of, wire_of
from bench.prepare import real_records, told_in_full
from bench.report import Build, Measured, figures, table
from bench.search_site import ManyCases, Spent, library_of
from bench.shape import Piece, characters, pieces
from bench.synthetic import Generator, Record, to_yaml
from bench.words import NORWEGIAN, Words
from casebook.collection.library import Library, load_library
from casebook.languages import Languages, load_languages
from casebook.page.case_page import build_case_page
from casebook.record.source import parse
from casebook.record.vocabulary import FOLDER, load_vocabulary
from casebook.search.making import SearchMaker

ROOT = Path(__file__).resolve().parent.parent
RUN = [sys.executable, str(ROOT / "tools/bench/run.py")]
COUNT = 21
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="measures as POSIX systems do")
NOT_SHOWN = frozenset(
    {
        "id",
        "iso",
        "language",
        "title_language",
        "depth",
        "translation",
        "number",
        "until",
        "confirmed_until",
        "url",
        "facet",
        "term",
        "fits",
        "facts",
    }
)
"""Fields of views that hold no text of their own."""


@pytest.fixture(scope="module")
def languages() -> Languages:
    return load_languages()


@pytest.fixture(scope="module")
def models() -> list[Record]:
    return told_in_full(real_records(ROOT / "cases"))


def generate(count: int) -> list[tuple[str, Record]]:
    """Records as a run makes them."""
    languages = load_languages()
    vocabulary, _ = load_vocabulary(ROOT / "cases" / FOLDER, languages)
    real = real_records(ROOT / "cases")
    generator = Generator(told_in_full(real), vocabulary, languages.codes)
    return list(generator.records(generator.ids(count, list(real))))


@pytest.fixture(scope="module")
def made() -> list[tuple[str, Record]]:
    return generate(COUNT)


@pytest.fixture(scope="module")
def library(
    made: list[tuple[str, Record]], languages: Languages, tmp_path_factory: pytest.TempPathFactory
) -> Library:
    folder = tmp_path_factory.mktemp("cases")
    for id_, record in made:
        (folder / f"{id_}.yml").write_text(to_yaml(record), encoding="utf-8")
    found, problems = load_library(folder, languages, vocabulary_folder=ROOT / "cases" / FOLDER)
    assert problems == []
    return found


# --- records -------------------------------------------------------------------------------


def test_records_are_the_same_every_time(made: list[tuple[str, Record]]) -> None:
    assert generate(COUNT) == made
    program = (
        "import hashlib, test_bench;"
        f"print(hashlib.md5(repr(test_bench.generate({COUNT})).encode()).hexdigest())"
    )
    path = os.pathsep.join(str(ROOT / name) for name in ("hooks", "tools", "tests"))
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1  # the order of sets differs from process to process


def test_records_have_no_problems(library: Library, made: list[tuple[str, Record]]) -> None:
    assert set(library.cases) == {id_ for id_, _ in made}


def test_no_record_is_lighter_than_the_real_median(
    made: list[tuple[str, Record]], models: list[Record], languages: Languages
) -> None:
    least = median(characters(record, languages.codes) for record in models)
    assert min(characters(record, languages.codes) for _, record in made) >= least


def test_records_have_the_fields_of_real_ones_and_none_of_their_text(
    made: list[tuple[str, Record]], models: list[Record]
) -> None:
    for (_, record), model in zip(made, models, strict=False):
        assert record.keys() >= model.keys() - {"translation", "part_of", "related"}
        copied = set(_sentences(record)) & set(_sentences(model))
        assert not copied


def _sentences(value: Any) -> Iterator[str]:
    """Yield text of three words or more."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _sentences(inner)
    elif isinstance(value, str) and value.count(" ") > 1:
        yield value


def test_relations_lead_to_other_records(made: list[tuple[str, Record]]) -> None:
    ids = [id_ for id_, _ in made]
    for id_, record in made:
        assert set(record.get("related", ())) <= set(ids) - {id_}
        if "part_of" in record:
            assert ids.index(record["part_of"]) < ids.index(id_)


@pytest.mark.parametrize("count", [1, 2])
def test_few_records_are_possible(count: int) -> None:
    assert len(generate(count)) == count


def test_yaml_reads_back_as_it_was(made: list[tuple[str, Record]]) -> None:
    for _, record in made:
        document, problems = parse(to_yaml(record).encode(), "record.yml")
        assert problems == []
        assert document is not None
        assert _spaced(document.plain()) == _spaced(record)


def _spaced(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _spaced(inner) for key, inner in value.items()}
    return [_spaced(item) for item in value] if isinstance(value, list) else value.split()


def test_words_have_the_length_asked_for() -> None:
    words = Words(NORWEGIAN, Random(1))
    for length in range(1, 400):
        assert len(words.phrase(length)) == length
        assert length < 2 or len(words.text(length)) == length


def test_prose_keeps_its_marks() -> None:
    text = "**Bold.** And more\n  of it.\n\n- one [link](https://a.no)\n- two\n\n1. three"
    assert list(pieces(text)) == [
        Piece("", 5, 15, 0, gap=False),
        Piece("- ", 0, 8, 1, gap=True),
        Piece("- ", 0, 3, 0, gap=False),
        Piece("1. ", 0, 5, 0, gap=True),
    ]


# --- both trees ----------------------------------------------------------------------------


def test_stock_pages_hold_every_text_of_this_sites_pages(
    library: Library, languages: Languages
) -> None:
    for id_ in library.cases:
        for language in languages:
            page = build_case_page(id_, library, language)
            markdown = stock.StockPage(page, language, languages.default).markdown()
            missing = [
                text
                for text in _texts(asdict(page))
                if stock.escape(text) not in markdown and text not in markdown
            ]
            assert missing == []


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in NOT_SHOWN:
                yield from _texts(inner, name)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner, key)
    elif isinstance(value, str) and value:
        yield value


def test_text_is_what_a_reader_sees() -> None:
    html = (
        "<p>not</p><main><nav><ul><li>not</nav><p>Some <b>text</b><svg><path/><g>not</g></svg>."
        '<span class="visually-hidden">not<br><i>not</i></span><img src="not"> More</p></main>not'
    )
    assert text_of(html, "main") == "Some text . More"


def test_the_wire_carries_what_a_page_names(tmp_path: Path) -> None:
    files = {
        "a/index.html": '<link rel="stylesheet" href="../s.css"><script src="../x.js?1"></script>'
        '<link rel="canonical" href="../other.html"><img src="https://example.org/a.png">',
        "s.css": "a{background:url(i/b.svg)}@font-face{src:url('f.woff2')}",
        "i/b.svg": "<svg/>",
        "f.woff2": "font",
        "x.js": "1",
        "other.html": "no",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = wire_of(tmp_path, tmp_path / "a" / "index.html")
    assert (found.page, found.files, found.font_bytes) == ("a/index.html", 4, 0)


# --- figures -------------------------------------------------------------------------------


def test_growth_tells_raw_and_without_startup() -> None:
    def build(pages: int, seconds: float) -> Build:
        cost = Cost(seconds, seconds, 1)
        return Build(pages // 2, (cost,), Html(pages, pages, "index.html", 1))

    found = figures(
        Measured(
            tiny=build(10, 1.0),
            tenth=build(210, 3.0),
            whole=build(2010, 31.0),
            stock=build(2000, 62.0),
            check=Cost(1, 1, 1),
            site_text=100,
            stock_text=100,
            wire=Wire("a", 1, 1, 1, 1),
            records={"real": {"fields": 1}, "synthetic": {"fields": 1}},
            live={"source": Live(32, 4, 4, 34, 20, 1, 3), "site-whole": Live(9, 4, 4, 9, 9, 1, 3)},
        )
    )
    assert found["ratio"]["wall"] == 0.5
    assert found["growth"]["wall"] == {
        "raw": 1.08,
        "marginal_seconds_per_page": 0.015556,
        "without_start": 1.5,
    }
    assert all(len(line) <= 100 for line in table(found))


@POSIX
def test_the_search_is_given_every_made_up_case_in_every_language(tmp_path: Path) -> None:
    real = real_records(ROOT / "cases")
    library = library_of(ROOT, len(real) + 2)
    assert set(real) < set(library.cases)
    site, spent = ManyCases(library, ROOT / "overrides"), Spent()
    with SearchMaker(library.languages, library.vocabulary, tmp_path) as maker:
        site.fill(maker, real, spent)
        entries = {
            entry.address: entry
            for language in library.languages
            for entry in maker.entries(language)
        }
    made = set(library.cases) - set(real)
    addresses = {
        address
        for places in site.addresses().values()
        for address, id_ in zip(places, library.cases, strict=True)
        if id_ in made
    }
    assert entries.keys() == addresses
    assert len(addresses) == 2 * len(library.languages.codes)
    assert all(len(entry.body) > 3000 and entry.fields["synonyms"] for entry in entries.values())
    assert spent.wall > 0


@POSIX
def test_a_run_ends_in_one_line_of_json_and_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [*RUN, "--cases", "4", "--pdf", "moving-mamas"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.keys() == {
        "cases", "repeat", "site", "site_tenth", "site_tiny", "stock", "ratio", "growth",
        "check", "text", "wire", "records", "live", "aims", "machine",
    }  # fmt: skip
    assert found["cases"] == found["site"]["cases"] == found["stock"]["cases"] == 4
    assert found["stock"]["pages"] == 4 * 2 + 2  # front page and error page
    # The same content: where this fails, tools/bench/stock.py lacks something the page shows.
    assert abs(found["text"]["difference"]) <= 0.05
    assert found["wire"]["bytes"] > found["wire"]["html_bytes"] > 0
    for live in found["live"].values():
        assert live["all_cpu"] > live["first_page_cpu"] > 0
        assert live["saved_pages_wall"] > live["saved_wall"] > 0


HEEDING_CTRL_C = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
"""Whoever runs the tests in the background may have told them to ignore Ctrl+C."""


@POSIX
def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HEEDING_CTRL_C, *RUN, "--cases", "300"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            while not list(tmp_path.glob("*/source/mkdocs.yml")):
                assert process.poll() is None
                time.sleep(0.02)
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait() == 130
        finally:
            process.kill()
    assert list(tmp_path.iterdir()) == []

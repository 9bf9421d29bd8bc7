"""``make bench``: made-up records are sound and the same every time, and figures stand together."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.made_up import Record, make, real_records, to_yaml
from bench.pages import worst
from bench.run import SEARCH_STEP, add_ratios, table
from casebook.collection.library import load_library
from casebook.languages import load_languages
from casebook.record.source import parse
from casebook.record.vocabulary import FOLDER
from stock_material import write_stock
from support_casebook import write_files

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "cases"
COUNT = 80


def test_of_several_visits_the_worst_shift_and_the_best_times_count() -> None:
    runs = [
        {"shift": 0.01, "paint": 0.9, "result": 2.5, "kilobytes": 80.0, "requests": 20},
        {"shift": 0.04, "paint": 0.7, "kilobytes": 80.0, "requests": 20},
    ]
    assert worst(runs) == {
        "shift": 0.04,
        "paint": 0.7,
        "result": 2.5,
        "kilobytes": 80.0,
        "requests": 20,
    }


@pytest.fixture(scope="module")
def made() -> dict[str, Record]:
    return dict(make(CASES, COUNT))


def test_records_are_the_same_in_every_process(made: dict[str, Record]) -> None:
    program = (
        "import hashlib, pathlib, sys; from bench.made_up import make;"
        f"made = dict(make(pathlib.Path(sys.argv[1]), {COUNT}));"
        "print(hashlib.sha256(repr(made).encode()).hexdigest())"
    )
    path = os.pathsep.join(str(ROOT / name) for name in ("hooks", "tools"))
    said = subprocess.run(
        [sys.executable, "-c", program, str(CASES)],
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.strip() == hashlib.sha256(repr(made).encode()).hexdigest()


def test_records_have_no_problems_beside_the_real_ones(
    made: dict[str, Record], tmp_path: Path
) -> None:
    real = real_records(CASES)
    for id_ in real:
        (tmp_path / f"{id_}.yml").write_bytes((CASES / f"{id_}.yml").read_bytes())
    for id_, record in made.items():
        (tmp_path / f"{id_}.yml").write_text(to_yaml(record), encoding="utf-8")
    library, problems = load_library(tmp_path, load_languages(), vocabulary_folder=CASES / FOLDER)
    assert problems == []
    assert len(library.cases) == COUNT
    assert real.keys() | made.keys() == set(library.cases)


def test_records_have_the_length_and_the_fields_of_real_ones_and_not_their_sentences(
    made: dict[str, Record],
) -> None:
    models = [one for one in real_records(CASES).values() if one.get("depth") in (None, "full")]
    for record, model in zip(made.values(), models, strict=False):
        assert record.keys() == model.keys() - {"translation"}
        for code in ("nb", "en"):
            told, real = record["challenge"][code], model["challenge"][code]
            assert (len(told), told != real) == (len(real), True)


def test_what_is_cited_and_linked_stays(made: dict[str, Record]) -> None:
    models = [one for one in real_records(CASES).values() if one.get("depth") in (None, "full")]
    for record, model in zip(made.values(), models, strict=False):
        cited = [[word for word in text.split() if "[@" in word] for text in _texts(record)]
        assert [len(words) for words in cited] == [
            len([word for word in text.split() if "[@" in word]) for text in _texts(model)
        ]


def _texts(record: Record) -> Iterator[str]:
    for field in ("challenge", "measure", "result", "about"):
        yield from record.get(field, {}).values()


def test_yaml_reads_back_as_it_was(made: dict[str, Record]) -> None:
    for record in made.values():
        document, problems = parse(to_yaml(record).encode(), "record.yml")
        assert problems == []
        assert document is not None
        assert document.plain() == record


def test_stock_pages_hold_the_text_of_the_sites_pages(tmp_path: Path) -> None:
    html = (
        "<main><h1>A</h1><p>One <b>*two*</b></p><h2 id=b>B</h2><ul><li>three</ul>"
        "<p class=x data-left>four</p></main>"
    )
    write_files(tmp_path / "site", {"a/index.html": html})
    page = tmp_path / "site" / "a" / "index.html"
    write_stock([page], tmp_path / "site", tmp_path / "stock", leave_out="data-left")
    written = (tmp_path / "stock" / "docs" / "a" / "index.md").read_text(encoding="utf-8")
    assert written == "# A\n\nOne \\*two\\*\n\n## B {#b}\n\n- three\n"


def test_the_site_is_measured_without_search_by_leaving_out_a_line_that_is_there() -> None:
    assert (ROOT / "hooks/events.py").read_text(encoding="utf-8").count(SEARCH_STEP) == 1


def test_figures_of_several_sizes_stand_beside_each_other() -> None:
    def size(cases: int, pages: int, seconds: float) -> dict[str, Any]:
        site = {
            "seconds": seconds,
            "cpu_seconds": seconds,
            "peak_bytes": 10,
            "pages": pages,
            "html_bytes_per_page": 100,
            "cpu_milliseconds_per_page": seconds / pages * 1000,
        }
        return {"cases": cases, "site": site, "material": {**site, "seconds": 2 * seconds}}

    found = [size(100, 200, 3.0), size(1000, 2000, 33.0)]
    add_ratios(found)
    assert found[0]["to_material"]["seconds"] == 0.5
    assert "growth" not in found[0]
    assert found[1]["growth"] == {
        "cpu_milliseconds_per_page": 1.1,
        "html_bytes_per_page": 1,
        "cpu_milliseconds_per_further_page": pytest.approx(16.667),
    }
    rows = {line[:56].strip(): line[56:].split() for line in table(found)}
    assert rows["site pages"] == ["200", "2,000"]
    assert rows["growth html bytes per page"] == ["–", "1"]

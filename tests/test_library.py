"""All records together: relations, the state of translations, and how far a fault reaches."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from casebook import parallel as beside
from casebook.collection import library as library_module
from casebook.collection.library import Library, check_library, load_library
from casebook.page.cards import card_of
from casebook.page.case_page import build_case_page
from casebook.page.catalogue import build_catalogue
from casebook.page.facet_pages import FacetPages
from casebook.page.home import build_home
from casebook.page.writing import Writer
from casebook.record.translation import digest
from casebook.record.vocabulary import load_vocabulary
from casebook.render.pages import make_environment
from support_casebook import (
    EN,
    LANGUAGES,
    MINIMAL,
    NB,
    ROOT,
    VOCABULARY,
    faults,
    library_of,
    load,
    record,
)

# --- translations ------------------------------------------------------------------------------


def digest_of(folder: Path, **fields: str) -> str:
    """The digest of the smallest record with ``fields`` put in."""
    return digest(library_of(folder, case=record(**fields)).cases["case"], LANGUAGES)


PAIR = "{nb: En tekst., en: A text.}"
A, B = "{nb: a, en: c}", "{nb: b, en: c}"
RESULT = (
    "[{{indicator: {0}, unit: people, values: [{{value: {1}}}, {{value: 2, note: {0}}}],"
    " source: page, note: {0}}}]"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"title": PAIR}, {"title": "{nb: En annen tekst., en: A text.}"}),
        ({"title": PAIR}, {"title": "{nb: En tekst, en: A text.}"}),
        ({}, {"goal": PAIR}),
        ({"goal": PAIR}, {"about": PAIR}),
        ({}, {"hard_parts": PAIR}),
        ({"steps": f"[{PAIR}]"}, {"steps": f"[{PAIR}, {PAIR}]"}),
        ({"steps": f"[{A}, {B}]"}, {"steps": f"[{B}, {A}]"}),
        ({}, {"status": f"{{is: active, note: {PAIR}}}"}),
        ({}, {"results": RESULT.format(PAIR, 1)}),
        ({}, {"links": f"[{{title: {PAIR}}}]"}),
        ({}, {"disagreements": f"[{{about: {PAIR}, accounts: [{{says: {PAIR}, source: page}}, "
          f"{{says: {PAIR}, source: undated}}]}}]"}),
    ],
)  # fmt: skip
def test_the_digest_changes_when_text_in_the_default_language_does(
    before: dict[str, str], after: dict[str, str], tmp_path: Path
) -> None:
    assert digest_of(tmp_path / "a", **before) != digest_of(tmp_path / "b", **after)


NOTED = f"{{name: Oslo, roles: [owner], note: {PAIR}}}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"title": PAIR}, {"title": "{nb: En tekst., en: Another text.}"}),
        ({"lead": PAIR}, {"lead": "{en: A text., nb:  En   tekst. }"}),
        ({"status": "active"}, {"status": "{is: ended, as_of: 2024}"}),
        ({}, {"places": "[oslo]"}),
        ({}, {"updated": "2026-02-01", "confirmed": "2026-02-01"}),
        ({}, {"names": "[Et navn]", "links": "[{title: En tittel på ett språk}]"}),
        ({}, {"period": "{start: 2016}", "measures": "[work-training]"}),
        ({}, {"translation": "{en: {by: machine, of: 0123456789abcdef}}"}),
        (
            {"organisations": f"[{NOTED}]"},
            {"organisations": f"[{{name: Asker, roles: [owner]}}, {NOTED}]"},
        ),
        ({"results": RESULT.format(PAIR, 1)}, {"results": RESULT.format(PAIR, 3)}),
    ],
)
def test_the_digest_stays_when_anything_else_changes(
    before: dict[str, str], after: dict[str, str], tmp_path: Path
) -> None:
    assert digest_of(tmp_path / "a", **before) == digest_of(tmp_path / "b", **after)


def test_the_digest_is_the_same_on_every_machine_and_in_every_year(tmp_path: Path) -> None:
    assert digest_of(tmp_path) == "5ad4d6533e42865f"


@pytest.mark.parametrize(
    ("translation", "state"),
    [
        ("", "fresh"),
        ("{en: {by: human}}", "fresh"),
        ("{en: {by: machine}}", "machine"),
        ("{en: {by: human, of: <own>}}", "fresh"),
        ("{en: {by: machine, of: <own>}}", "machine"),
        ("{en: {by: human, of: 0123456789abcdef}}", "stale"),
        ("{en: {by: machine, of: 0123456789abcdef}}", "stale"),
    ],
)
def test_the_state_of_a_translation(translation: str, state: str, tmp_path: Path) -> None:
    own = digest_of(tmp_path / "own")
    text = record(translation=translation.replace("<own>", f'"{own}"'))
    library = library_of(tmp_path / "case", case=text)
    assert library.translation_state("case", "en") == state
    assert library.translation_state("case", "nb") == "original"
    assert build_case_page("case", library, EN).translation == state


# --- relations ---------------------------------------------------------------------------------


def related(library: Library, id_: str) -> list[str]:
    """The cases that a page lists as related."""
    return [link.id for link in build_case_page(id_, library, NB).related]


def test_relations_show_on_both_pages_those_named_here_first(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        a=record(related="[z, b]"),
        b=record(),
        c=record(related="[a]"),
        z=record(related="[a]"),
    )
    assert related(library, "a") == ["z", "b", "c"]
    assert related(library, "b") == ["a"]
    assert related(library, "c") == ["a"]
    assert related(library, "z") == ["a"]


def test_a_larger_initiative_lists_its_parts(tmp_path: Path) -> None:
    library = library_of(
        tmp_path, whole=record(), part_b=record(part_of="whole"), part_a=record(part_of="whole")
    )
    page = build_case_page("whole", library, NB)
    assert [part.id for part in page.parts] == ["part-a", "part-b"]
    assert page.part_of is None
    parent = build_case_page("part-a", library, NB).part_of
    assert parent is not None
    assert parent.id == "whole"


def test_family_is_not_repeated_among_the_related(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        whole=record(related="[part, other]"),
        part=record(part_of="whole", related="[whole, sibling]"),
        sibling=record(part_of="whole"),
        other=record(),
    )
    assert related(library, "whole") == ["other"]
    assert related(library, "part") == ["sibling"]
    assert related(library, "sibling") == ["part"]


def test_a_page_without_relations_has_no_heading_for_them(tmp_path: Path) -> None:
    library = library_of(tmp_path, a=record(related="[b]"), b=record(), c=record())
    for id_, present in (("a", True), ("b", True), ("c", False)):
        headings = {entry.id for entry in build_case_page(id_, library, NB).toc}
        assert ("relations" in headings) == present


# --- faults ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [b"", b"\xff", b"title: [", b"- a", b"a: b", b"title: {nb: \x00}", record(status="no")],
)
def test_a_faulty_record_never_takes_others_down(fault: str | bytes, tmp_path: Path) -> None:
    good = record(related="[bad, other]", part_of="bad")
    library, problems = load(
        tmp_path, {"bad.yml": fault, "good.yml": good, "other.yml": record(part_of="bad")}
    )
    assert list(library.cases) == ["good", "other"]
    assert {problem.path for problem in problems} == {"cases/bad.yml"}
    page = build_case_page("good", library, NB)
    assert page.part_of is None
    assert [link.id for link in page.related] == ["other"]


def test_a_faulty_term_only_touches_records_that_carry_it(tmp_path: Path) -> None:
    terms = (
        "women: {label: {nb: Kvinner, en: Women}, note: {nb: A., en: B.}}\n"
        "youth: {label: {nb: Unge}, note: {nb: A., en: B.}}\n"
    )
    files = {f"_vocabulary/{path.name}": path.read_bytes() for path in VOCABULARY.iterdir()}
    files["_vocabulary/target_groups.yml"] = terms.encode()
    files["a.yml"] = MINIMAL.encode()
    files["b.yml"] = record(target_groups="[youth]").encode()
    library, problems = load(tmp_path, files)
    assert list(library.cases) == ["a"]
    assert [(problem.path, problem.rule) for problem in problems] == [
        ("cases/_vocabulary/target_groups.yml", "missing-language"),
        ("cases/b.yml", "unknown-term"),
    ]


def test_records_with_one_id_are_all_left_out_and_all_checked(tmp_path: Path) -> None:
    library, problems = load(
        tmp_path, {"a.yml": MINIMAL, "x/a.yml": record(status="no"), "y/b.yml": MINIMAL}
    )
    assert list(library.cases) == ["b"]
    found = [(problem.path, problem.rule) for problem in problems]
    assert found == [
        ("cases/a.yml", "same-id"),
        ("cases/x/a.yml", "same-id"),
        ("cases/x/a.yml", "unknown-word"),
    ]


def test_checking_with_all_processors_finds_what_reading_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in sorted((ROOT / "tests" / "golden" / "invalid").glob("*.yml")):
        shutil.copy(file, tmp_path)
    _, expected = load_library(tmp_path, LANGUAGES, vocabulary_folder=VOCABULARY)
    assert len(expected) > 80
    monkeypatch.setattr(library_module, "MANY", 1)
    monkeypatch.setattr(beside, "_processors", lambda: 3)
    checked, found = check_library(tmp_path, LANGUAGES, vocabulary_folder=VOCABULARY)
    assert found == expected
    assert checked.vocabulary.facets
    assert not checked.cases


def test_cases_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    library, _ = load(tmp_path, {"z/a.yml": MINIMAL, "c.yml": MINIMAL, "a/b.yml": MINIMAL})
    assert list(library.cases) == ["a", "b", "c"]


def test_hidden_files_and_folders_are_no_records(tmp_path: Path) -> None:
    library, problems = load(
        tmp_path, {"a.yml": MINIMAL, ".a.yml.swp": "x", ".git/config": "x", ".DS_Store": b"\0"}
    )
    assert (list(library.cases), problems) == (["a"], [])


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """Folders so deep in each other that a program that calls itself for each would give up."""
    made = [tmp_path / "cases"]
    made[0].mkdir()
    while len(made) <= sys.getrecursionlimit():
        made.append(made[-1] / "d")
        made[-1].mkdir()
    yield made[-1]
    for folder in reversed(made[1:]):
        for file in folder.glob("*.yml"):
            file.unlink()
        folder.rmdir()


def test_records_may_lie_very_deep(deep: Path, tmp_path: Path) -> None:
    (deep / "deep.yml").write_text(MINIMAL, encoding="utf-8")
    library, problems = load(tmp_path, {"a.yml": MINIMAL})
    assert (list(library.cases), problems) == (["a", "deep"], [])


def test_what_one_source_alone_says_is_no_disagreement(tmp_path: Path) -> None:
    text = record(disagreements=f"[{{about: {PAIR}, accounts: [{{says: {PAIR}, source: page}}]}}]")
    assert [rule for rule, _, _ in faults(tmp_path, text)] == ["too-few"]


def test_a_key_that_cannot_be_seen_is_not_overlooked(tmp_path: Path) -> None:
    rules = [rule for rule, _, _ in faults(tmp_path, MINIMAL + '"\\0secret": x\n')]
    assert rules == ["control-character"]


@pytest.mark.parametrize(
    "text",
    [
        "a:\n" + "\tb: c\n" * 40_000,
        "a: b\n" * 50_000,
        "".join(f"a{number}: b\n" for number in range(20_000)),
        record(sources=f"[{'page, ' * 40_000}page]"),
        record(target_groups=f"[{'womem, ' * 30_000}women]"),
        record(goal="{nb: '" + "[a]:>" * 40_000 + "', en: '" + '[a]:"' * 5_000 + "'}"),
        record(goal="{nb: '" + "[" * 120_000 + "', en: '" + "](" * 50_000 + "'}"),
        record(goal="{nb: '" + "<a:" * 40_000 + "', en: '" + "<" * 90_000 + "'}"),
        record(links="[{title: a, url: 'https://" + "a." * 100_000 + "'}]"),
        "".join(f"• a{number}: b\n" for number in range(12_000)),
        "".join(f"-a{number}: b\n" for number in range(15_000)),
        f"title: 'a'b{' ' * 120_000}x\n",
    ],
    ids=[
        "tabs",
        "one-key",
        "keys",
        "repeats",
        "words",
        "definitions",
        "links",
        "angles",
        "address",
        "bullets",
        "dashes",
        "apostrophe",
    ],
)
def test_no_file_keeps_the_check_busy(text: str, tmp_path: Path) -> None:
    """Each takes a few seconds at most, where a careless search would take hours."""
    assert faults(tmp_path, text)


# --- the catalogue and the home page -----------------------------------------------------------


def titled(title: str, **fields: str) -> str:
    """The smallest record under another title."""
    return record(title=f"{{nb: {title}, en: {title}}}", **fields)


def test_what_we_know_most_of_comes_first(tmp_path: Path) -> None:
    studied = "{level: monitored}"
    way = "{is: mixed, source: report-2020}"
    library = library_of(
        tmp_path,
        a=titled("A", depth="mention", evidence="{level: evaluated}", direction=way),
        b=titled("B", depth="short", evidence="{level: evaluated}", direction=way),
        c=titled("C", evidence=studied),
        d=titled("D", evidence=studied, direction="{is: not-studied}", period="{end: 2019}"),
        e=titled("E", evidence=studied, direction=way, period="{start: 2010}"),
        f=titled("F", evidence=studied, direction=way, period="{start: 2012, end: 2013}"),
        g=titled("G"),
        h=titled("Another"),
    )
    order = [card.id for card in build_catalogue(library, EN).cards]
    assert order == ["f", "e", "d", "c", "h", "g", "b", "a"]
    # Lists of the cases that carry a term go by the same rule; the list of all is an alphabet.
    pages = FacetPages(library, EN)
    assert list(pages.term("target_groups", "women", 1).cases) == order
    assert list(pages.all(1).cases) == ["a", "h", "b", "c", "d", "e", "f", "g"]


def test_cases_known_as_well_are_in_norwegian_alphabetical_order(tmp_path: Path) -> None:
    titles = ["Åpen dør", "zebra", "Ærlig", "Kafé B", "kafe a", "Øst", "Zumba", "A\u030a", "Élan"]
    names = ("a", "b", "c", "d", "e", "f", "g", "h", "i")
    texts = {name: titled(title) for name, title in zip(names, titles, strict=True)}
    catalogue = build_catalogue(library_of(tmp_path, **texts), NB)
    assert [card.title for card in catalogue.cards] == [
        "Élan",
        "kafe a",
        "Kafé B",
        "zebra",
        "Zumba",
        "Ærlig",
        "Øst",
        "A\u030a",
        "Åpen dør",
    ]


def test_a_card_says_where_when_what_came_of_it_and_how_sure_that_is(tmp_path: Path) -> None:
    text = record(
        places="[oslo, asker, akershus]",
        period="{start: 2017-08, end: 2021-03-04}",
        measures="[work-training, meeting-place]",
        result="{nb: Ti fikk jobb. Fire sluttet., en: Ten found jobs. Four left.}",
    )
    (card,) = build_catalogue(library_of(tmp_path, a=text), EN).cards
    # Asker lies in Akershus, so the county goes without saying.
    assert (card.title, card.place, card.period) == ("Trial café", "Oslo, Asker", "2017–2021")
    assert (card.kind.term, card.kind.label) == ("work-training", "Work training")
    assert (card.result, card.evidence.label) == ("Ten found jobs.", "Described")
    assert not card.mention


def test_of_many_places_a_card_names_the_first(tmp_path: Path) -> None:
    real, problems = load_library(ROOT / "cases", LANGUAGES)
    assert not problems
    id_ = "innvandrere-ressurs-nordland"
    assert len(real.cases[id_].places) == 6
    place = card_of(id_, real.cases[id_], real, Writer(NB, LANGUAGES)).place
    assert place == "Lødingen, Hadsel og 4 til"


def test_every_kind_of_measure_has_a_sign() -> None:
    macros = make_environment(ROOT / "overrides").get_template("casebook/signs.html").module
    vocabulary, problems = load_vocabulary(ROOT / "cases" / "_vocabulary", LANGUAGES)
    assert not problems
    missing = vocabulary.facet("measures").keys() - macros.signs.keys()  # type: ignore[attr-defined]
    assert not missing, (
        f"No sign is drawn for {sorted(missing)}, so cards show the weave. "
        "Draw one in overrides/casebook/signs.html; its head says how."
    )
    assert len(set(macros.signs.values())) == len(macros.signs)  # type: ignore[attr-defined]
    # A term that is new has the weave until then, and stops nothing.
    assert "sign-plain" in macros.sign("a-new-kind")  # type: ignore[attr-defined]


def test_the_home_page_begins_with_what_we_know_most_of_each_of_another_kind(
    tmp_path: Path,
) -> None:
    library = library_of(
        tmp_path,
        a=record(),
        b=record(measures="[work-training]", evidence="{level: evaluated}"),
        c=record(measures="[work-training]", evidence="{level: monitored}"),
        d=record(depth="mention", evidence="{level: evaluated}"),
    )
    # Where there are not as many kinds, the best known of the others follow; never a mention.
    assert [card.id for card in build_home(library, NB).best] == ["b", "a", "c"]


def test_the_home_page_has_the_newest_and_the_last_confirmed_cases(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        a=record(updated="2026-01-01", confirmed="2025-03-01"),
        b=record(updated="2026-01-04"),
        c=record(updated="2026-01-03", confirmed="2025-01-01"),
        d=record(updated="2026-01-02", confirmed="2025-02-01"),
    )
    home = build_home(library, NB)
    assert home.total == 4
    assert [card.id for card in home.newest] == ["b", "c", "d"]
    assert [card.id for card in home.confirmed] == ["a", "d", "c"]


def test_the_ways_in_are_those_that_lead_somewhere_the_widest_first(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        a=record(target_groups="[refugees]"),
        b=record(target_groups="[women, refugees]"),
    )
    groups = {group.id: group.entries for group in build_home(library, NB).entry_groups}
    assert list(groups) == ["target_groups", "measures"]
    found = [(entry.tag.term, entry.tag.label, entry.count) for entry in groups["target_groups"]]
    assert found == [("refugees", "Flyktninger", 2), ("women", "Kvinner", 1)]

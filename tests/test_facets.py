"""Facets: what cases are grouped by, lists that are parted, and the map of counties."""

from collections import Counter
from pathlib import Path

import pytest
from casebook.collection.facets import ALL_CASES, BY_ID, FACETS, county_of
from casebook.collection.library import Library, load_library
from casebook.languages import Language
from casebook.page.county_map import FRAME, ROWS, SPOTS, build_county_map, outlines
from casebook.page.facet_pages import PER_PAGE, FacetPages, parts_of
from casebook.page.terms import facet_name, facet_note, term_label, term_note
from casebook.page.writing import Writer
from casebook.render.pages import page_numbers
from support_casebook import EN, LANGUAGES, NB, ROOT, faults, library_of, load, record

each_language = pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda lang: lang.code)

AREAS = """\
bjerke: {label: {nb: Bjerke, en: Bjerke}, kind: district, within: oslo}
oslo: {label: {nb: Oslo, en: Oslo}, kind: municipality, within: oslo-county, size: large}
oslo-county: {label: {nb: Oslo fylke, en: Oslo county}, kind: county, number: "03", short: Oslo}
gol: {label: {nb: Gol, en: Gol}, kind: municipality, within: buskerud, size: small}
buskerud: {label: {nb: Buskerud fylke, en: Buskerud county}, kind: county, number: "33"}
norway: {label: {nb: Norge, en: Norway}, kind: country}
nowhere: {label: {nb: Ingensteds, en: Nowhere}, kind: municipality}
"""


def library_with_places(folder: Path, **places: str) -> Library:
    """Records that differ in their places only."""
    vocabulary = {
        f"_vocabulary/{path.name}": path.read_text(encoding="utf-8")
        for path in (ROOT / "tests" / "golden" / "_vocabulary").iterdir()
    }
    cases = {f"{id_}.yml": record(places=f"[{named}]") for id_, named in places.items()}
    files = {**vocabulary, "_vocabulary/places.yml": AREAS, **cases}
    library, problems = load(folder, files)
    assert not problems
    return library


@pytest.fixture(scope="module")
def real() -> Library:
    """The library of the site."""
    library, problems = load_library(ROOT / "cases", LANGUAGES)
    assert not problems
    return library


# --- which terms a case carries ------------------------------------------------------------


def test_terms_come_from_fields_and_from_what_follows_from_them(tmp_path: Path) -> None:
    text = record(
        target_groups="[refugees, women]",
        organisations="[{name: A, type: municipality, roles: [owner]},"
        " {name: B, type: municipality, roles: [owner]}, {name: C, roles: [owner]}]",
        status="{is: ended, as_of: 2021}",
        evidence="{level: monitored}",
    )
    terms = library_of(tmp_path, a=text).facets.of("a")
    assert terms["target_groups"] == ("refugees", "women")
    assert terms["partner_types"] == ("municipality",)
    assert (terms["status"], terms["evidence"]) == (("ended",), ("monitored",))
    assert terms["funding"] == ()


def test_a_place_belongs_to_the_county_of_today_and_a_district_to_its_municipality(
    tmp_path: Path,
) -> None:
    library = library_with_places(
        tmp_path, a="bjerke, oslo", b="gol, buskerud", c="norway", d="nowhere", e="bjerke, gol"
    )
    found = {id_: library.facets.of(id_) for id_ in "abcde"}
    assert {id_: terms["county"] for id_, terms in found.items()} == {
        "a": ("oslo-county",),
        "b": ("buskerud",),
        "c": ("norway",),
        "d": ("nowhere",),
        "e": ("oslo-county", "buskerud"),
    }
    assert {id_: terms["size"] for id_, terms in found.items()} == {
        "a": ("large",),
        "b": ("small",),
        "c": (),
        "d": (),
        "e": ("large", "small"),
    }


def test_counties_come_before_wider_areas(tmp_path: Path) -> None:
    library = library_with_places(tmp_path, a="norway", b="nowhere", c="gol", d="bjerke")
    assert library.facets.terms("county") == ("oslo-county", "buskerud", "norway", "nowhere")


def test_terms_have_pages_before_they_have_cases(tmp_path: Path) -> None:
    library = library_with_places(tmp_path, a="bjerke", b="nowhere")
    # Norway is no county; nowhere is none either, but a case is said to be there.
    assert library.facets.pages("county") == ("oslo-county", "buskerud", "nowhere")
    assert library.facets.pages("size") == ("small", "medium", "large")
    assert library.facets.pages("status") == ("planned", "pilot", "active", "ended", "scaled")
    vocabulary = library.vocabulary.facet("target_groups")
    assert set(library.facets.pages("target_groups")) == set(vocabulary)
    empty, _ = load(tmp_path / "empty", {})
    assert [empty.facets.pages(facet.id) for facet in FACETS] == [()] * len(FACETS)


def test_a_term_knows_its_cases_and_each_case_its_terms(real: Library) -> None:
    for facet in FACETS:
        by_term = {term: real.facets.cases(facet.id, term) for term in real.facets.terms(facet.id)}
        assert all(by_term.values())
        both_ways = {(id_, term) for term, ids in by_term.items() for id_ in ids}
        carried = {(id_, term) for id_ in real.cases for term in real.facets.of(id_)[facet.id]}
        assert both_ways == carried
        known = [term for term in facet.known(real.vocabulary) if term in by_term]
        assert list(by_term) == known


def test_nobody_carries_a_term_that_does_not_exist(real: Library) -> None:
    assert real.facets.cases("measures", "no-such-term") == ()


@pytest.mark.parametrize("id_", sorted([*(facet.slug for facet in FACETS), ALL_CASES, "index"]))
def test_no_case_takes_the_address_of_a_list(tmp_path: Path, id_: str) -> None:
    _, problems = load(tmp_path, {f"{id_}.yml": record()})
    assert [problem.rule for problem in problems] == ["reserved-id"]


def test_an_id_like_the_name_of_a_facet_is_free(tmp_path: Path) -> None:
    assert faults(tmp_path, record()) == []
    assert "counties" not in BY_ID


# --- what they are called ------------------------------------------------------------------


@each_language
def test_every_facet_and_every_term_has_a_name_and_a_note(
    real: Library, language: Language
) -> None:
    writer = Writer(language, LANGUAGES)
    names = [facet_name(facet.id, writer) for facet in FACETS]
    assert len(set(names)) == len(FACETS)
    for facet in FACETS:
        assert facet_note(facet.id, writer).endswith(".")
        labels = []
        for term in facet.known(real.vocabulary):
            labels.append(term_label(facet.id, term, real.vocabulary, writer))
            assert term_note(facet.id, term, real.vocabulary, writer).endswith(".")
        assert Counter(labels).most_common(1)[0][1] == 1


# --- lists of cases ------------------------------------------------------------------------


def many(folder: Path, count: int) -> Library:
    """A library of so many cases, all with the same terms, called "Number 000" and so on."""
    title = "title: {{nb: Nummer {0:03}, en: Number {1:03}}}"
    files = {}
    for number in range(count):
        lines = [line for line in record().splitlines() if not line.startswith("title:")]
        lines.append(title.format(number, count - number))
        files[f"case-{number:03}.yml"] = "\n".join(lines) + "\n"
    library, problems = load(folder, files)
    assert not problems
    return library


def test_a_long_list_is_parted_and_every_case_stands_in_it_once(tmp_path: Path) -> None:
    count = 2 * PER_PAGE + 1
    library = many(tmp_path, count)
    for language, turned in ((NB, False), (EN, True)):
        pages = FacetPages(library, language)
        for lists in (
            [pages.all(number) for number in range(1, 4)],
            [pages.term("status", "active", number) for number in range(1, 4)],
        ):
            assert [len(part.cases) for part in lists] == [PER_PAGE, PER_PAGE, 1]
            assert [(part.first, part.last) for part in lists] == [
                (1, PER_PAGE),
                (PER_PAGE + 1, 2 * PER_PAGE),
                (count, count),
            ]
            assert {part.total for part in lists} == {count}
            shown = [id_ for part in lists for id_ in part.cases]
            assert shown == sorted(library.cases, reverse=turned)
            for names in ({part.title for part in lists}, {part.description for part in lists}):
                assert len(names) == 3


def test_a_list_that_just_fits_is_one_page() -> None:
    assert [parts_of(total) for total in (0, 1, PER_PAGE, PER_PAGE + 1)] == [1, 1, 1, 2]


def test_the_page_of_a_term_says_what_it_is(tmp_path: Path) -> None:
    library = library_of(tmp_path, a=record(target_groups="[women]"))
    page = FacetPages(library, EN).term("target_groups", "women", 1)
    assert page.title == "Target group: Women"
    assert page.heading == ("Target group:", "Women")
    assert (page.number, page.pages, page.cases) == (1, 1, ("a",))
    assert page.updated == "2026-01-31"


def test_a_facet_lists_its_terms_with_how_many_carry_them(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        a=record(target_groups="[women]"),
        b=record(target_groups="[women]"),
    )
    index = FacetPages(library, NB).index("target_groups")
    found = {item.tag.term: (item.tag.label, item.count) for item in index.terms}
    assert found == {
        "women": ("Kvinner", 2),
        "low-education": ("Lite utdanning", 0),
        "refugees": ("Flyktninger", 0),
    }
    assert index.map is None


@pytest.mark.parametrize(
    ("here", "pages", "numbers"),
    [
        (1, 1, "1"),
        (1, 2, "1 2"),
        (2, 3, "1 2 3"),
        (1, 9, "1 2 … 9"),
        (3, 9, "1 2 3 4 … 9"),
        (4, 9, "1 2 3 4 5 … 9"),
        (5, 9, "1 … 4 5 6 … 9"),
        (7, 9, "1 … 6 7 8 9"),
        (9, 9, "1 … 8 9"),
    ],
)
def test_numbers_of_pages_are_few_and_lose_no_single_page(
    here: int, pages: int, numbers: str
) -> None:
    shown = page_numbers(here, pages)
    assert " ".join("…" if number is None else str(number) for number in shown) == numbers


# --- the map -------------------------------------------------------------------------------


def stitches(letter: str) -> set[tuple[int, int]]:
    """The squares of a county."""
    return {
        (x, y) for y, row in enumerate(ROWS) for x, square in enumerate(row) if square == letter
    }


def test_the_map_has_every_county_of_the_vocabulary_and_no_other(real: Library) -> None:
    counties = [place for place in real.vocabulary.places.values() if place.kind == "county"]
    assert sorted(place.number or "" for place in counties) == sorted(SPOTS)
    assert len(SPOTS) == 15
    assert {spot.letter for spot in SPOTS.values()} == set("".join(ROWS)) - {"."}
    assert {len(row) for row in ROWS} == {FRAME[2] + FRAME[0]}


@pytest.mark.parametrize("spot", SPOTS.values(), ids=SPOTS)
def test_a_county_is_large_enough_to_hit_and_bears_its_own_number(spot: object) -> None:
    # On the smallest screen 288 pixels wide, a stitch is 7.8 pixels: 24 are a little over three.
    letter, number, name, outside = (
        getattr(spot, part) for part in ("letter", "number", "name", "outside")
    )
    squares = stitches(letter)
    assert len({x for x, _ in squares}) >= 4
    assert len({y for _, y in squares}) >= 3
    assert (int(number[0]), int(number[1] - 0.5)) in squares
    assert ((int(name[0]), int(name[1] - 0.3)) in squares) is not outside


def test_a_mainland_county_is_one_piece() -> None:
    for letter in {spot.letter for spot in SPOTS.values()} - {"N", "F"}:  # have islands
        squares = stitches(letter)
        reached, ahead = set[tuple[int, int]](), [min(squares)]
        while ahead:
            x, y = ahead.pop()
            reached.add((x, y))
            around = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)}
            # Corners that touch hold together in a drawing.
            around |= {(x + 1, y + 1), (x - 1, y - 1), (x + 1, y - 1), (x - 1, y + 1)}
            ahead += sorted((around & squares) - reached)
        assert reached == squares, letter


def test_an_outline_encloses_as_many_squares_as_the_county_has() -> None:
    for letter, path in outlines().items():
        area = 0
        for ring in path.split("M")[1:]:
            start, _, steps = ring.rstrip("z").partition("h")
            x, y = (int(part) for part in start.split())
            corners = [(x, y)]
            for axis, length in _steps(f"h{steps}"):
                x, y = (x + length, y) if axis == "h" else (x, y + length)
                corners.append((x, y))
            around = zip(corners, [*corners[1:], corners[0]], strict=True)
            area += sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in around)
        assert area == 2 * len(stitches(letter)), letter


def _steps(path: str) -> list[tuple[str, int]]:
    marked = path.replace("h", " h").replace("v", " v").split()
    return [(step[0], int(step[1:])) for step in marked]


def test_the_map_counts_cases_and_leads_to_every_county(tmp_path: Path) -> None:
    library = library_with_places(tmp_path, a="bjerke", b="oslo, norway", c="norway")
    drawn = build_county_map(library, Writer(EN, LANGUAGES))
    assert [(county.name, county.tag.term, county.count) for county in drawn.counties] == [
        ("Buskerud county", "buskerud", 0),
        ("Oslo", "oslo-county", 2),
    ]
    assert [(tag.label, count) for tag, count in drawn.wider] == [("Norway", 2)]


def test_the_index_of_counties_has_the_map(tmp_path: Path) -> None:
    library = library_of(tmp_path, a=record(places="[asker]"))
    assert county_of("asker", library.vocabulary) == "akershus"
    assert FacetPages(library, NB).index("county").map is not None

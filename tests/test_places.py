"""Places: every municipality of Norway can be named in a record and chosen in the catalogue."""

import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from casebook.collection.facets import county_of, municipality_of
from casebook.collection.library import Library, load_library
from casebook.languages import Language
from casebook.page.case_page import build_case_page
from casebook.page.catalogue import build_catalogue
from casebook.page.facet_pages import FacetPages
from casebook.record.places import COUNTY, MUNICIPALITY, SIZES, PlaceEntry, size_of
from casebook.record.vocabulary import FOLDER
from support_casebook import LANGUAGES, NB, ROOT, load, record, write_files

MUNICIPALITIES = {
    "03": 1,
    "11": 23,
    "15": 27,
    "18": 41,
    "31": 12,
    "32": 21,
    "33": 18,
    "34": 46,
    "39": 6,
    "40": 17,
    "42": 25,
    "46": 43,
    "50": 38,
    "55": 21,
    "56": 18,
}
"""How many municipalities each county has had since 1 January 2024, by its number."""


@pytest.fixture(scope="module")
def real() -> Library:
    """The records of the site."""
    library, problems = load_library(ROOT / "cases", LANGUAGES)
    assert not problems
    return library


def of_kind(library: Library, kind: str) -> dict[str, PlaceEntry]:
    """The places of a kind by id."""
    return {id_: place for id_, place in library.vocabulary.places.items() if place.kind == kind}


def test_every_municipality_of_every_county_is_there(real: Library) -> None:
    counties, municipalities = of_kind(real, COUNTY), of_kind(real, MUNICIPALITY)
    assert len(municipalities) == sum(MUNICIPALITIES.values()) == 357
    found = Counter(counties[place.within or ""].number for place in municipalities.values())
    assert found == MUNICIPALITIES


def test_numbers_are_unique_and_begin_with_that_of_the_county(real: Library) -> None:
    counties, municipalities = of_kind(real, COUNTY), of_kind(real, MUNICIPALITY)
    numbers = [place.number or "" for place in municipalities.values()]
    assert len({*numbers}) == len(numbers)
    for place in municipalities.values():
        assert (place.number or "")[:2] == counties[place.within or ""].number
        assert place.size in SIZES


def test_no_two_places_are_called_the_same(real: Library) -> None:
    for code in LANGUAGES.codes:
        labels = Counter(place.label[code] for place in real.vocabulary.places.values())
        assert [label for label, times in labels.items() if times > 1] == []
    places = real.vocabulary.places
    assert places["heroy-nordland"].label["nb"] == "Herøy (Nordland)"
    assert places["heroy-more-og-romsdal"].label["en"] == "Herøy (Møre og Romsdal)"
    assert places["karasjok"].label["nb"] == "Karasjok – Kárášjohka"


def test_every_municipality_can_be_chosen_in_the_catalogue(real: Library) -> None:
    chosen = build_catalogue(real, NB).comparison.municipalities
    assert len({place.id for place in chosen}) == len(chosen) == 357
    told = {place.id: (place.label, place.county, place.size) for place in chosen}
    assert told["alta"] == ("Alta", "finnmark", "large")
    assert told["asker"] == ("Asker", "akershus", "large")
    assert [chosen[0].label, chosen[-1].label] == ["Alstahaug", "Åsnes"]


def test_a_record_may_name_any_municipality(tmp_path: Path, real: Library) -> None:
    for id_, place in of_kind(real, MUNICIPALITY).items():
        assert municipality_of(id_, real.vocabulary) == id_
        assert county_of(id_, real.vocabulary) == place.within
    text = (ROOT / "cases" / "cafe-vintage.yml").read_text(encoding="utf-8")
    changed, count = re.subn(
        r"^places:.*\n(?:  .*\n)*", "places: [alta, heroy-nordland]\n", text, flags=re.M
    )
    assert count == 1
    cases = shutil.copytree(ROOT / "cases", tmp_path / "cases")
    (cases / "cafe-vintage.yml").write_text(changed, encoding="utf-8")
    library, problems = load_library(cases, LANGUAGES)
    assert not problems
    assert library.facets.of("cafe-vintage")["county"] == ("finnmark", "nordland")
    assert library.facets.of("cafe-vintage")["size"] == ("large", "small")


def test_a_misspelt_municipality_is_told_the_closest(tmp_path: Path) -> None:
    cases = write_files(tmp_path, {"case.yml": record(places="[fredrikstd]")})
    _, problems = load_library(cases, LANGUAGES, vocabulary_folder=ROOT / "cases" / FOLDER)
    near = [dict(found.details)["closest"] for found in problems if found.rule == "unknown-place"]
    assert near == ["fredrikstad"]


# --- a list that is alone, or whose counties are not there ---------------------------------

LISTED = 'moss: {name: Moss, number: "3103", within: ostfold, size: large}\n'
OSTFOLD = "ostfold: {label: {nb: Østfold, en: Østfold}, kind: county"


@pytest.mark.parametrize(
    ("places", "rules"),
    [
        (None, []),
        ("ostfold: [\n", ["places.yml"]),
        (f"{OSTFOLD}, number: x}}\n", ["places.yml"]),
        (f'{OSTFOLD}, number: "31"}}\n', []),
        (f"{OSTFOLD}}}\n", []),
    ],
    ids=["no places", "unreadable places", "a faulty county", "its county", "without number"],
)
def test_what_is_wrong_with_counties_is_told_of_where_they_are(
    tmp_path: Path, places: str | None, rules: list[str]
) -> None:
    files = {f"{FOLDER}/municipalities.yml": LISTED}
    if places is not None:
        files[f"{FOLDER}/places.yml"] = places
    library, problems = load(tmp_path, files)
    assert [Path(problem.path).name for problem in problems] == rules
    assert ("moss" in library.vocabulary.places) == (places is not None and not rules)


# --- how many live there -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inhabitants", "size"),
    [(0, "small"), (4_999, "small"), (5_000, "medium"), (19_999, "medium"), (20_000, "large")],
)
def test_the_size_of_a_municipality_follows_from_its_inhabitants(
    inhabitants: int, size: str
) -> None:
    assert size_of(inhabitants) == size


def test_every_municipality_has_its_inhabitants_on_one_day(real: Library) -> None:
    counted = real.vocabulary.inhabitants
    assert counted is not None
    for place in of_kind(real, MUNICIPALITY).values():
        assert place.size == size_of(counted.inhabitants[place.number or ""])
    # What Statistics Norway says of the whole country on the same day.
    assert (counted.date, sum(counted.inhabitants.values())) == ("2026-01-01", 5_627_400)


@pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda language: language.code)
def test_a_case_tells_how_many_live_there_and_since_when(real: Library, language: Language) -> None:
    page = build_case_page("jobbasker", real, language)
    note = next(fact for fact in page.key_facts if fact.id == "places").items[0].note or ""
    counted = real.vocabulary.inhabitants
    assert counted is not None
    number = language.number(counted.inhabitants["3203"])
    by = counted.counted_by[language.code]
    day = language.day(date(2026, 1, 1))
    assert note == language.text("page.inhabitants", value=number, date=day, by=by)


def test_pages_of_sizes_say_when_inhabitants_were_counted(real: Library) -> None:
    pages = FacetPages(real, NB)
    for lead in (pages.index("size").lead, pages.term("size", "small", 1).lead):
        assert "1. januar 2026" in lead
        assert "07459" in lead
    assert "07459" not in pages.index("status").lead

"""Letters of all scripts on built pages: shown with fonts of ours, in order, and none too many."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import browsing
import pytest
from casebook.letters import can_show
from casebook.letters.web import foreign
from conftest import Rooms, unfold
from page import validate_pdf
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from site_support import ENGLISH, NORWEGIAN, Site, SmallProject, case_address, text_of, value
from support_casebook import GOLDEN

CASE = "kafe-skrifter"
OWN = "Schibsted Grotesk"
MARKED = "o\u0331"
"""A letter that the typeface has, with a mark that it lacks."""


@pytest.fixture(scope="module")
def worldly(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a case whose partners write in many scripts, and such names on a page."""
    project = SmallProject(tmp_path_factory.mktemp("worldly") / "project")
    record = (GOLDEN / "valid" / "letters.yml").read_text(encoding="utf-8")
    for old, new in (
        ("[report-2020]", "[imdi-sisters-in-business]"),
        ("[women]", "[immigrants]"),
        ("(2015) og", f"(2015), {MARKED}, og"),
    ):
        assert old in record
        record = record.replace(old, new)
    project.write(f"cases/{CASE}.yml", record)
    project.append("docs/om/index.md", "Navnet جمعية النساء (2015) kan stå på en side.")
    return project.build(SITE_PDF=CASE)


@pytest.fixture(scope="module")
def rooms(worldly: Site, chromium: Browser) -> Iterator[Rooms]:
    """Windows onto that site."""
    with (
        browsing.served(worldly.root) as server,
        closing(Rooms(chromium, server.url.rstrip("/"))) as opened,
    ):
        yield opened


def fetched(rooms: Rooms, address: str) -> set[str]:
    """The fonts that a page fetches, by family and style."""
    window = rooms.open()
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    unfold(window.open(address))
    window.settle()
    window.assert_clean()
    window.page.close()
    return {re.split(r"\.", name)[0] for name in asked if name.endswith(".woff2")}


def fonts_in_use(page: Page, selector: str) -> dict[str, set[bool]]:
    """Which fonts show the text of the elements, and whether each came with the page."""
    session: Any = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found: dict[str, set[bool]] = {}
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})
    for node in nodes["nodeIds"]:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            found.setdefault(font["familyName"], set()).add(font["isCustomFont"])
    return found


def test_every_letter_of_the_page_comes_from_a_font_of_the_site(rooms: Rooms) -> None:
    window = rooms.open()
    page = window.open(case_address(CASE, NORWEGIAN))
    unfold(page)
    window.settle()
    used = fonts_in_use(page, "main, main *, header *")
    assert {family: custom for family, custom in used.items() if custom != {True}} == {}
    assert {family.split(" Regular")[0] for family in used} >= {
        OWN,
        "Noto Sans",
        "Vazirmatn",
        "Noto Sans Ethiopic",
        "Noto Sans Tamil",
        "Noto Sans Thai",
        "Noto Sans Myanmar",
        "Noto Sans Sinhala",
        "Noto Sans SC",
    }


def test_a_page_fetches_no_font_that_it_has_no_need_of(rooms: Rooms) -> None:
    assert fetched(rooms, "/om/personvern/") == {"schibsted-grotesk-latin"}
    assert fetched(rooms, "/om/") == {"schibsted-grotesk-latin", "Vazirmatn-Regular"}
    case = fetched(rooms, case_address(CASE, NORWEGIAN))
    assert {"NotoSans-Regular", "NotoSansTamil-Bold", "NotoSansSC-Regular"} <= case
    assert "NotoSansTamil-Regular" not in case


def test_only_fonts_that_pages_need_are_there(worldly: Site) -> None:
    sheet = (worldly.root / "assets/stylesheets/base.css").read_text(encoding="utf-8")
    folder = worldly.root / "assets/fonts"
    there = {file.name for file in folder.glob("[NV]*.woff2")}
    assert there == set(re.findall(r'url\("\.\./fonts/([NV][^"]+)"\)', sheet))
    assert not [name for name in there if "Hebrew" in name or "KR" in name]
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL-letters.txt").read_text(encoding="utf-8")


def test_every_letter_of_every_page_has_a_font(site: Site) -> None:
    sheet = (site.root / "assets/stylesheets/base.css").read_text(encoding="utf-8")
    ranges = " ".join(re.findall(r"fonts/[NV][^}]*unicode-range: ([^;]*);", sheet))
    served: set[str] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        served.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    for document in site:
        lacking = {letter for words in foreign(document.html) for letter in words} - served
        assert not [letter for letter in lacking if can_show(letter) and letter.isprintable()]


PLACES = """([selector, words]) => {
  const place = (node, text) => {
    const range = document.createRange();
    const start = node.data.indexOf(text);
    range.setStart(node, start);
    range.setEnd(node, start + text.length);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { left, right, middle: (top + bottom) / 2 };
  };
  const element = [...document.querySelectorAll(selector)].find((one) =>
    words.every((word) => one.textContent.includes(word)),
  );
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return words.map((word) => place(nodes.find((node) => node.data.includes(word)), word));
}"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("address", "selector", "words"),
    [
        ("case", "#about p", ["heter", "جمعية النساء", "(2015)"]),
        ("case", "main p", ["Kvinneforeningen (", "جمعية النساء", ") på"]),
        ("case", "h1", ["Café", "مرحبا", "–"]),
        ("case", "main *", ["می‌خواهم", "2024"]),
        ("case", "bdi", ["(ب)", "۲۰۲۴", "انجمن زنان"]),
        ("/om/", "main p", ["Navnet", "جمعية النساء", "(2015)"]),
    ],
)
def test_what_stands_beside_a_name_from_the_right_keeps_its_place(
    rooms: Rooms, width: int, address: str, selector: str, words: list[str]
) -> None:
    there = case_address(CASE, NORWEGIAN) if address == "case" else address
    page = rooms.open(width).open(there)
    places = page.evaluate(PLACES, [selector, words])
    for one, following in pairwise(places):
        lower = following["middle"] - one["middle"] > 10
        assert lower or one["right"] <= following["left"] + 1, (words, places)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_pdf_has_every_letter_too(worldly: Site) -> None:
    """Words from the right come out one by one: readers of PDFs put them in order themselves."""
    address = case_address(CASE, NORWEGIAN)
    file = worldly.root / address.strip("/") / f"{CASE}.pdf"
    assert validate_pdf(str(file), profile="ua1").failures == []
    said = "".join(sheet.extract_text() for sheet in PdfReader(file).pages)
    words = worldly[address].part("organisations").get_text()
    lacking = {letter for letter in words if letter.isalnum()} - set(said)
    assert lacking == set()
    assert "Українська спілка" in said
    assert "ማሕበር ደቂ ኤረ" in said
    assert "جمعية" in said
    assert "النساء" in said


def test_a_name_is_kept_apart_where_no_element_can_stand(worldly: Site) -> None:
    name = "\u2068مرحبا\u2069"
    page = worldly[case_address(CASE, ENGLISH)]
    assert text_of(page.one("title")).startswith(f"Café {name} – language at work")
    files = list(worldly.root.glob("eksempler/data/cards.nb.*/*.json"))
    titles = {entry["title"] for file in files for entry in json.loads(file.read_text())}
    assert f"Café {name} – språk på jobb" in titles
    labels = [value(element, "aria-label") for element in page.soup.select("[aria-label]")]
    assert not [label for label in labels if "مرحبا" in label.replace(name, "")]


@pytest.mark.parametrize(
    "words", ["språk på jobb", "مرحبا", "Українська", "ማሕበር", "挪威華人婦女聯合會"]
)
def test_the_search_finds_the_words_of_the_page_and_keeps_its_name_apart(
    rooms: Rooms, words: str
) -> None:
    page = rooms.open().open(f"/sok/?q={quote(words)}")
    title = page.locator(".search-result-title", has_text="مرحبا")
    expect(title).to_contain_text("Café \u2068مرحبا\u2069 – språk på jobb")

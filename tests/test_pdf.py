"""PDFs: what stands in them, that they can be read by everybody, and when they are made."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

import page as pdf_checker
import pytest
from casebook.pdf.cache import KEPT_SECONDS, Cache
from casebook.pdf.document import Document, digest_of
from casebook.pdf.factory import FaultError, LibrariesMissingError, Workshop, make
from casebook.pdf.fields import AGREED, ANSWER, NOT_RELEVANT, WHO
from casebook.pdf.paper import ascii_id, for_paper, shown_address
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination
from site_support import (
    LANGUAGES,
    PDFS,
    ROOT,
    SITE_URL,
    Site,
    address,
    case_address,
    record,
    text_of,
    value,
)

ASSETS = ROOT / "docs" / "assets"
CASES = [name for name in PDFS if (ROOT / "cases" / f"{name}.yml").is_file()]
MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Pdf:
    """A PDF of the site, and the page that links to it."""

    file: Path
    page: str

    @cached_property
    def reader(self) -> PdfReader:
        """What reads it."""
        return PdfReader(self.file)

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page, on one line."""
        return [" ".join(page.extract_text().split()) for page in self.reader.pages]

    @cached_property
    def headings(self) -> list[tuple[str, int, float]]:
        """Every entry of the outline: title, page (from 0), and how high on the page, in points."""
        return list(self._headings(self.reader.outline))

    def _headings(self, entries: Any) -> Iterator[tuple[str, int, float]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from self._headings(entry)
            else:
                assert isinstance(entry, Destination)
                number = self.reader.get_destination_page_number(entry)
                assert number is not None
                assert entry.top is not None
                yield str(entry.title), number, float(entry.top)

    def addresses(self) -> Iterator[tuple[int, str]]:
        """Every link to the web: its page (from 0) and its address."""
        for number, page in enumerate(self.reader.pages):
            for note in page.get("/Annots", ()):
                action = note.get_object().get("/A")
                if action is not None and "/URI" in action:
                    yield number, str(action["/URI"])


@pytest.fixture(scope="module")
def pdfs(site: Site) -> dict[str, Pdf]:
    """The PDFs of the shared site by their file name."""
    found = {}
    for file in sorted(site.root.rglob("*.pdf")):
        folder = file.parent.relative_to(site.root).as_posix()
        found[file.name] = Pdf(file, f"/{folder}/")
    return found


def test_every_pdf_asked_for_is_there_in_every_language(pdfs: dict[str, Pdf]) -> None:
    names = [f"{name}.pdf" for name in PDFS] + [f"{name}.en.pdf" for name in PDFS]
    assert sorted(pdfs) == sorted(names)


# --- the pages that link to them -----------------------------------------------------------


def test_pages_link_to_their_pdf_with_its_pages_and_size(site: Site, pdfs: dict[str, Pdf]) -> None:
    for pdf in pdfs.values():
        document = site[pdf.page]
        link = document.one(".pdf-link a")
        assert site.file(str(site.place(pdf.page, value(link, "href")))) == pdf.file
        assert value(link, "type") == "application/pdf"
        assert value(link, "hreflang") == document.language.html
        pages, size = len(pdf.reader.pages), round(pdf.file.stat().st_size / 1000)
        assert re.findall(r"\d+", text_of(link)) == [str(pages), str(size)]


def test_every_chapter_links_to_the_pdf_of_its_guide(site: Site, pdfs: dict[str, Pdf]) -> None:
    for language in LANGUAGES:
        guide = address("veiledere/arbeidsgiverguide/index", language)
        for chapter in ("hva-og-hvorfor", "slik-gjor-dere-det", "sosial-profil-og-sporsmal"):
            place = address(f"veiledere/arbeidsgiverguide/{chapter}", language)
            links = site[place].targets(site[place].one(".pdf-link"))
            assert links == site[guide].targets(site[guide].one(".pdf-link"))


def test_a_page_without_pdf_has_no_link_to_one(site: Site) -> None:
    document = site[case_address("jobbloop", LANGUAGES.default)]
    assert document.soup.select('[href$=".pdf"][type]') == []


# --- for everybody -------------------------------------------------------------------------


def test_every_pdf_passes_pdf_ua(pdfs: dict[str, Pdf]) -> None:
    for name, pdf in pdfs.items():
        report = pdf_checker.validate_pdf(str(pdf.file), profile="ua1")
        failures = [(failure.rule_id, failure.message) for failure in report.failures]
        assert report.is_compliant, f"{name}: {failures}"
        assert failures == []


def test_every_pdf_has_language_title_and_outline(site: Site, pdfs: dict[str, Pdf]) -> None:
    for pdf in pdfs.values():
        root: Any = pdf.reader.trailer["/Root"]
        document = site[pdf.page]
        assert root["/Lang"] == document.language.html
        assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not False
        assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) in ("True", "true")
        assert root["/PageMode"] == "/UseOutlines"
        assert pdf.reader.metadata is not None
        assert pdf.reader.metadata.title == text_of(document.one("h1"))
        assert pdf.headings[0][0] == pdf.reader.metadata.title


# --- cases ---------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", CASES)
def test_a_case_takes_one_or_two_pages_and_says_what_matters(
    site: Site, pdfs: dict[str, Pdf], id_: str
) -> None:
    for language in LANGUAGES:
        document = site[case_address(id_, language)]
        ending = "" if language is LANGUAGES.default else f".{language.code}"
        pdf = pdfs[f"{id_}{ending}.pdf"]
        assert len(pdf.texts) <= 2
        text = letters(" ".join(pdf.texts))
        assert letters(record(id_)["title"][language.code]) in text
        assert letters(shown_address(SITE_URL + document.address.lstrip("/"))) in text
        for part in ("summary", "facts", "evidence", "hard-parts", "sources"):
            assert letters(text_of(document.one(f"#{part}-title"))) in text
        for block in document.soup.select(".summary-block h3"):
            assert letters(text_of(block)) in text


def letters(text: str) -> str:
    """A text by its letters alone: words may be parted at the end of a line."""
    return re.sub(r"[^\w]+", "", text).lower()


# --- guides --------------------------------------------------------------------------------


def guides(pdfs: dict[str, Pdf]) -> list[Pdf]:
    """The PDFs of guides."""
    return [pdf for pdf in pdfs.values() if pdf.page.startswith("/veiledere/")]


def test_contents_tell_the_right_pages(pdfs: dict[str, Pdf]) -> None:
    for pdf in guides(pdfs):
        contents = pdf.reader.pages[1].extract_text()
        told = dict(re.findall(r"(?m)^\s*(.+?)\s*\.{3,}\s*(\d+)\s*$", contents))
        assert len(told) >= 5, contents
        pages: dict[str, set[str]] = {}
        for title, number, _ in pdf.headings:
            pages.setdefault(letters(title), set()).add(str(number + 1))
        for title, number in told.items():
            assert number in pages[letters(title)], f"{pdf.file.name}: {title}"


def test_a_guide_is_small(pdfs: dict[str, Pdf]) -> None:
    for pdf in guides(pdfs):
        bytes_of_20_pages = pdf.file.stat().st_size / max(20, len(pdf.texts)) * 20
        assert bytes_of_20_pages <= 300_000, pdf.file.name


def test_addresses_of_links_stand_on_the_page_of_the_link_or_shortly_before(
    pdfs: dict[str, Pdf],
) -> None:
    for pdf in guides(pdfs):
        told: dict[str, int] = {}
        for number, href in pdf.addresses():
            if href not in told:
                told[href] = number
                assert letters(shown_address(href)) in letters(pdf.texts[number]), (
                    f"{pdf.file.name}, page {number + 1}: {href}"
                )


def test_links_between_chapters_stay_in_the_document(site: Site, pdfs: dict[str, Pdf]) -> None:
    for name in ("arbeidsgiverguide.pdf", "arbeidsgiverguide.en.pdf"):
        inside = {href for _, href in pdfs[name].addresses() if "/arbeidsgiverguide/" in href}
        page = pdfs[name].page.strip("/")
        assert {href.partition("#")[0] for href in inside} <= {f"{SITE_URL}{page}/"}


def test_words_and_sources_come_along(site: Site, pdfs: dict[str, Pdf]) -> None:
    for pdf in guides(pdfs):
        text = letters(" ".join(pdf.texts))
        for note in site[pdf.page].soup.select(".term-note > :nth-child(2)"):
            assert letters(text_of(note)) in text
        for source in site[pdf.page].soup.select(".references > li > :first-child"):
            assert letters(text_of(source)) in text


def test_no_page_is_empty_and_no_heading_alone(pdfs: dict[str, Pdf]) -> None:
    for pdf in pdfs.values():
        for number, text in enumerate(pdf.texts):
            assert len(text) > 200, f"{pdf.file.name}, page {number + 1}"
        for title, number, top in pdf.headings:
            assert top > 28 * MILLIMETRE, f"{pdf.file.name}, page {number + 1}: {title}"


# --- forms ---------------------------------------------------------------------------------

FILLED = {
    "start:answer": "Blåbær på Ærø, 1. mars",
    "start:who": "Øystein Ås",
    "start:agreed": "/on",
}


def test_every_point_has_its_fields_and_every_field_a_tooltip(
    site: Site, pdfs: dict[str, Pdf]
) -> None:
    parts = {"tiltaksavtale": [ANSWER, WHO, AGREED, NOT_RELEVANT], "nav-team": [ANSWER]}
    for pdf in pdfs.values():
        kinds = parts.get(pdf.file.name.partition(".")[0])
        fields = pdf.reader.get_fields() or {}
        if kinds is None:
            assert fields == {}
            continue
        points = [value(point, "id") for point in site[pdf.page].soup.select(".point")]
        assert list(fields) == ["with", "date"] + [
            f"{id_}:{one}" for id_ in points for one in kinds
        ]
        questions = {id_: text_of(site[pdf.page].one(f"#{id_}-text")) for id_ in points}
        for name, field in fields.items():
            assert str(field["/TU"]).endswith(questions.get(name.partition(":")[0], ""))
            assert len(str(field["/TU"])) > 3


def test_answers_can_be_filled_in_and_read_back(pdfs: dict[str, Pdf]) -> None:
    for name in ("tiltaksavtale.pdf", "tiltaksavtale.en.pdf"):
        writer = PdfWriter(clone_from=PdfReader(pdfs[name].file))
        for sheet in writer.pages:
            writer.update_page_form_field_values(sheet, dict(FILLED), auto_regenerate=False)
        written = BytesIO()
        writer.write(written)
        fields = PdfReader(written).get_fields() or {}
        assert {field: fields[field].value for field in FILLED} == FILLED
        assert fields["end:agreed"].value == "/Off"
        assert not fields["end:answer"].value


# --- how they are made ---------------------------------------------------------------------

HTML = """<!doctype html><html lang="nb"><head><title>{0}</title></head><body class="case-paper">
<h1>{0}</h1><ul><li><p>Blåbær</p></li></ul></body></html>"""


def orders(*names: str) -> dict[str, Document]:
    """Small documents by their digest."""
    documents = [Document(f"{name}.pdf", HTML.format(name)) for name in names]
    return {digest_of(document, "tools"): document for document in documents}


def test_the_same_document_becomes_the_same_bytes(tmp_path: Path) -> None:
    wanted = orders("Ærlig", "Østlig", "Ånd")
    told: list[tuple[int, int]] = []
    contents = []
    for folder in ("one", "two"):
        workshop = Workshop(Cache(tmp_path / folder), ASSETS)
        made = make(wanted, workshop, lambda done, total: told.append((done, total)))
        contents.append({digest: one.file.read_bytes() for digest, one in made.items()})
    assert contents[0] == contents[1]
    assert contents[0].keys() == wanted.keys()
    assert told == [(1, 3), (2, 3), (3, 3)] * 2


def test_what_was_made_is_found_again_and_in_time_removed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a" * 32, b"%PDF", 3)
    (tmp_path / f"{'b' * 32}-1.pdf").write_bytes(b"%PDF")
    (tmp_path / f"{'c' * 32}-1.9.tmp").write_bytes(b"%P")
    again = Cache(tmp_path)
    found = again.find("a" * 32)
    assert found is not None
    assert (found.pages, found.size, found.file.read_bytes()) == (3, 4, b"%PDF")
    assert again.find("c" * 32) is None
    now = found.file.stat().st_mtime
    for old in (f"{'b' * 32}-1.pdf", f"{'c' * 32}-1.9.tmp"):
        os.utime(tmp_path / old, (now - KEPT_SECONDS - 9, now - KEPT_SECONDS - 9))
    again.tidy(now)
    assert [file.name for file in tmp_path.iterdir()] == [f"{'a' * 32}-3.pdf"]


def test_a_digest_follows_the_text_and_the_tools_but_not_the_place() -> None:
    document = Document("a/b.pdf", "<p>Tekst</p>")
    same = digest_of(document, "tools")
    assert digest_of(Document("c/d.pdf", "<p>Tekst</p>"), "tools") == same
    assert digest_of(Document("a/b.pdf", "<p>tekst</p>"), "tools") != same
    assert digest_of(Document("a/b.pdf", "<p>Tekst</p>", 2), "tools") != same
    assert digest_of(document, "newer tools") != same


def test_missing_libraries_are_told_and_nothing_else_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text("raise OSError(\"cannot load library 'libpango'\\nmore\")")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(LibrariesMissingError, match=r"^cannot load library 'libpango'$"):
        make(orders("Én"), Workshop(Cache(tmp_path / "cache"), ASSETS), lambda *_: None)
    assert not (tmp_path / "cache").exists()


def test_a_link_that_leads_nowhere_is_a_fault(tmp_path: Path) -> None:
    document = Document("x/y.pdf", HTML.format('<a href="#nowhere">x</a>'))
    with pytest.raises(FaultError, match=r"x/y\.pdf: .*nowhere"):
        make({"d" * 32: document}, Workshop(Cache(tmp_path), ASSETS), lambda *_: None)
    assert Cache(tmp_path).find("d" * 32) is not None  # what was made is kept


def test_a_document_reads_no_file_but_those_of_the_site(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    for address_ in (secret.as_uri(), "http://127.0.0.1:9/a.png", f"{ASSETS.as_uri()}/../x.svg"):
        html = HTML.format(f'<img alt="x" src="{address_}">')
        document = Document("x.pdf", html)
        with pytest.raises(FaultError, match=r"not a file of this site|Failed to load"):
            make({"d" * 32: document}, Workshop(Cache(tmp_path / "c"), ASSETS), lambda *_: None)


# --- from screen to paper ------------------------------------------------------------------


def on_paper(body: str, density: int = 0) -> str:
    """What becomes of the body of a document."""
    root: Element = fromstring(f"<html><body>{body}</body></html>")
    for_paper(root, density)
    return tostring(root, encoding="unicode").removeprefix("<html>").removesuffix("</html>")


PART = '<article data-address="https://x.example/a/" data-prefix="{1}">{0}</article>'


def test_links_get_their_address_once_in_a_section() -> None:
    link = '<p><a href="../b/">B</a> og <a href="../b/">B</a></p>'
    html = on_paper(PART.format(f"{link}<h2>Neste</h2>{link}", ""))
    assert html.count('<span class="link-note">x.example/b</span>') == 2
    assert html.count('href="https://x.example/b/"') == 4


def test_a_link_whose_text_is_its_address_gets_no_note() -> None:
    assert "link-note" not in on_paper(PART.format('<p><a href="https://b.no/">b.no</a></p>', ""))


def test_links_within_the_document_stay_within_it() -> None:
    first = PART.format(
        '<p><a href="#år">A</a> <a href="../b/#c">B</a></p><h2 id="år">År</h2>', "1-"
    )
    second = PART.replace("/a/", "/b/").format('<h2 id="c">C</h2>', "2-")
    html = on_paper(first + second)
    assert re.findall(r'href="(.*?)"', html) == ["#1-ar", "#2-c"]
    assert re.findall(r'id="(.*?)"', html) == ["1-ar", "2-c"]


def test_ids_are_plain_letters() -> None:
    assert ascii_id("Økonomi-på-Ærlig-é") == "okonomi-pa-aerlig-e"


def test_explained_words_become_one_list_by_the_alphabet() -> None:
    note = '<div class="term-note" id="term-{0}"><p>{0}</p><p>Om {0}.</p></div>'
    notes = "".join(note.format(word) for word in ("nav", "cv", "nav"))
    html = on_paper(
        f'<p>Ordet <button>cv</button></p><section class="terms">{notes}</section>'
        "<section data-terms=''><h2>Ord</h2></section>"
    )
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html) == [
        ("cv", "Om cv."),
        ("nav", "Om nav."),
    ]
    assert "<button" not in html
    assert "term-note" not in html


def test_a_list_of_words_without_words_goes() -> None:
    assert on_paper('<p>x</p><section data-terms=""><h2>Ord</h2></section>').endswith(
        "<p>x</p></body>"
    )


def test_what_may_be_left_out_goes_in_order() -> None:
    body = '<p data-priority="1">A</p><p data-priority="2">B</p><p>C</p>'
    shown = [re.findall(r">(\w)<", on_paper(body, density)) for density in range(4)]
    assert shown == [["A", "B", "C"], ["A", "B", "C"], ["B", "C"], ["C"]]


def test_bars_become_boxes_and_other_drawings_go() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" class="{0}"><rect class="b" width="25%"/></svg>'
    html = on_paper(f"<p>{svg.format('chart-bar')}{svg.format('icon')}tekst</p>")
    assert '<span class="b" style="left: 0; width: 25%" />' in html
    assert html.count("<span") == 2
    assert html.endswith("tekst</p></body>")

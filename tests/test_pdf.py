"""PDFs: what stands in them, that they can be read by everybody, and when they are made."""

import itertools
import os
import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring, tostring

import page as pdf_checker
import pytest
from bs4 import Tag
from casebook.pdf import factory
from casebook.pdf.cache import KEPT_SECONDS, Cache
from casebook.pdf.document import Document, digest_of
from casebook.pdf.factory import Outcome, Workshop, make
from casebook.pdf.fields import AGREED, ANSWER, NOT_RELEVANT, WHO
from casebook.pdf.paper import ascii_id, for_paper, shown_address
from casebook.pdf.tree import picture_addresses
from pdf_support import MILLIMETRE, Piece, elements, pieces
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination
from site_support import (
    CASES_WITH_PDF,
    FEW,
    LANGUAGES,
    ROOT,
    SITE_URL,
    Site,
    SmallProject,
    address,
    case_address,
    run,
    text_of,
    value,
)

ASSETS = ROOT / "docs" / "assets"
BODY, SMALLEST = 10, 8.5
"""Sizes of type: of the text of a case, and of sources and notes, in points."""


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
    def pieces(self) -> list[list[Piece]]:
        """The text of each page as it comes."""
        return [pieces(page) for page in self.reader.pages]

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page, on one line."""
        return [" ".join(" ".join(piece.text for piece in page).split()) for page in self.pieces]

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
                    assert str(action["/URI"]).isascii()
                    yield number, unquote(str(action["/URI"]))


@pytest.fixture(scope="module")
def pdfs(site: Site) -> dict[str, Pdf]:
    """The PDFs of whole pages of the shared site by their file name."""
    found = {}
    briefs = set(site.root.rglob("*-brief*.pdf"))
    for file in sorted({*site.root.rglob("*.pdf")} - briefs):
        folder = file.parent.relative_to(site.root).as_posix()
        found[file.name] = Pdf(file, f"/{folder}/")
    return found


def test_a_brief_is_one_page_and_the_case_leads_to_it(site: Site) -> None:
    files = sorted(site.root.rglob("*-brief*.pdf"))
    assert len(files) == 2 * len(list(LANGUAGES))  # the test site makes two, long ones
    for file in files:
        assert len(PdfReader(file).pages) == 1
        page = site[f"/{file.parent.relative_to(site.root).as_posix()}/"]
        language = page.language
        action = page.one(".case-tools a[type='application/pdf']")
        assert text_of(action) == language.text("brief.print")
        assert file.name in value(action, "href")
        assert language.text("pdf.link_brief") in text_of(page.one(".case-dates"))


def test_cases_guides_and_forms_have_a_pdf_in_every_language(pdfs: dict[str, Pdf]) -> None:
    endings = [".pdf" if one is LANGUAGES.default else f".{one.code}.pdf" for one in LANGUAGES]
    assert {f"{id_}{ending}" for id_ in CASES_WITH_PDF for ending in endings} <= set(pdfs)
    folders = {pdf.page.split("/")[1] for pdf in pdfs.values()}
    assert folders == {"eksempler", "veiledere", "rammer", "sjekklister", "refleksjon"}


# --- the pages that link to them -----------------------------------------------------------


def test_pages_link_to_their_pdf_with_its_pages_and_size(site: Site, pdfs: dict[str, Pdf]) -> None:
    for pdf in pdfs.values():
        document = site[pdf.page]
        links = {
            site.file(str(site.place(pdf.page, value(link, "href")))): link
            for link in document.soup.select(".pdf-link a")
        }
        link = links[pdf.file]  # beside that of the brief
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
    document = site[address("om/index", LANGUAGES.default)]
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


def test_tags_tell_what_things_are(pdfs: dict[str, Pdf]) -> None:
    for name, pdf in pdfs.items():
        notes = []
        for roles, element in elements(pdf.file):
            assert roles.count("Link") <= 1, f"{name}: a link in a link"
            if roles[-1] == "Note":
                notes.append(str(element.ID))
            if roles[-1] == "TH":
                scopes = {str(one.Scope) for one in element.A if "/Scope" in one}
                assert scopes == {"/Column" if "THead" in roles else "/Row"}, name
            if roles[-1] == "TOCI":
                assert "TOC" in roles, name
        assert len(notes) == len(set(notes)), name


def test_contents_footnotes_and_headers_of_rows_are_tagged_as_such(pdfs: dict[str, Pdf]) -> None:
    guide = [roles[-1] for roles, _ in elements(pdfs["arbeidsgiverguide.pdf"].file)]
    assert guide.count("TOCI") >= 10
    assert guide.count("Note") >= 10
    case = list(elements(pdfs["jobbsjansen-sondre-nordstrand.pdf"].file))
    assert sum(roles[-1] == "TH" and "TBody" in roles for roles, _ in case) >= 5


def test_no_text_is_set_too_small_to_read(pdfs: dict[str, Pdf]) -> None:
    for name, pdf in pdfs.items():
        for page in pdf.pieces:
            for piece in page:
                # The numbers of sources and footnotes are smaller, as such numbers are.
                assert piece.size >= SMALLEST or not letters(piece.text), f"{name}: {piece}"


def test_the_text_of_a_case_is_large_enough(site: Site, pdfs: dict[str, Pdf]) -> None:
    for name, pdf in pdfs.items():
        if pdf.page.startswith("/eksempler/"):
            text = (piece for page in body(pdf) for piece in page)
            large = letters("".join(piece.text for piece in text if piece.size >= BODY))
            for part in content(site, pdf.page).select(".summary p, .prose p, .steps p"):
                assert letters(text_of(part)) in large, f"{name}: {text_of(part)}"


def body(pdf: Pdf) -> list[list[Piece]]:
    """The text of each page without what stands in its margins."""
    foot, top = 17 * MILLIMETRE, (297 - 16) * MILLIMETRE
    return [[piece for piece in page if foot < piece.height < top] for page in pdf.pieces]


# --- all that stands on the page -----------------------------------------------------------

NOT_ON_PAPER = (
    "script, template, dialog, svg, nav, aside, button:not(.term), label, [hidden],"
    " summary:not(.fold > summary), .fold-all > summary,"
    " .visually-hidden, .needs-script, .form-tools, .pdf-link, .case-tools, .report, .term-more,"
    " .agreement-choice, .back, .chart-table, .notice a, .addresses, .full-title, .brief-rows,"
    " .brief-facts, .brief-unknown a"
)
"""What a reader of a page presses, and what leads on from it."""
PIECES = ["h1", "h2", "h3", "h4", "p", "li", "td", "th", "dt", "dd", "figcaption"]
PARTS = ["p", "li", "dd", "td", "ul", "ol", "div", "dl", "h3"]


def content(site: Site, page: str) -> Tag:
    """What a page says, without what is pressed."""
    whole = copy(site[page].one("main"))
    for unwanted in whole.select(NOT_ON_PAPER):
        unwanted.decompose()
    return whole


def test_nothing_of_a_page_is_left_out(
    site: Site, pdfs: dict[str, Pdf], pages: dict[Path, list[str]]
) -> None:
    """Every heading and every sentence of the page stands in its PDF."""
    for name, pdf in pdfs.items():
        said = Said(pdf)
        for place in pages[pdf.file]:
            missing = [
                text_of(piece)
                for piece in content(site, place).find_all(PIECES)
                if not piece.find(PARTS) and letters(text_of(piece)) not in said
            ]
            assert missing == [], name


class Said:
    """The letters of a PDF; a text may go on after the footnotes of a page."""

    def __init__(self, pdf: Pdf) -> None:
        """Read a PDF."""
        pages = [letters("".join(one.text for one in page)) for page in body(pdf)]
        self._whole = "".join(pages)
        self._pages = list(itertools.pairwise(pages))

    def __contains__(self, text: str) -> bool:
        return text in self._whole or any(
            text[:cut] in page and text[cut:] in following
            for page, following in self._pages
            if text[:20] in page
            for cut in range(20, len(text))
        )


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[Path, list[str]]:
    """The pages that link to each PDF: its own, and the chapters of a guide."""
    found: dict[Path, list[str]] = {}
    for document in site:
        for link in document.soup.select(".pdf-link a") if "pdf-link" in document.html else ():
            place = site.place(document.address, value(link, "href"))
            found.setdefault(site.file(str(place)), []).append(document.address)
    return found


def letters(text: str) -> str:
    """A text by its letters alone: lines and footnotes part words and numbers."""
    return re.sub(r"[\W\d_]+", "", text).lower()


# --- guides --------------------------------------------------------------------------------


def guides(pdfs: dict[str, Pdf]) -> list[Pdf]:
    """The PDFs of guides, and that of law and money."""
    return [pdf for pdf in pdfs.values() if pdf.page.startswith(("/veiledere/", "/rammer/"))]


def test_contents_tell_the_right_pages(pdfs: dict[str, Pdf]) -> None:
    for pdf in guides(pdfs):
        contents = pdf.reader.pages[1].extract_text()
        assert "..." not in contents  # the dots are a drawing, which nobody has to listen to
        pages: dict[str, set[str]] = {}
        for title, number, _ in pdf.headings:
            pages.setdefault(letters(title), set()).add(str(number + 1))
        lines = re.findall(r"(?m)^\s*(.+?) (\d+)\s*$", contents)
        told = [(title, number) for title, number in lines if letters(title) in pages]
        assert len(told) >= 4, contents
        for title, number in told:
            assert number in pages[letters(title)], f"{pdf.file.name}: {title}"


def test_a_guide_is_small(pdfs: dict[str, Pdf]) -> None:
    for pdf in guides(pdfs):
        bytes_of_20_pages = pdf.file.stat().st_size / max(20, len(pdf.texts)) * 20
        assert bytes_of_20_pages <= 300_000, pdf.file.name


def test_addresses_of_links_stand_on_the_page_of_the_link_or_beside_it(
    pdfs: dict[str, Pdf],
) -> None:
    for pdf in guides(pdfs):
        told: dict[str, int] = {}
        for number, href in pdf.addresses():
            if href not in told:
                told[href] = number
                near = "".join(pdf.texts[max(0, number - 1) : number + 2])
                assert letters(shown_address(href)) in letters(near), (
                    f"{pdf.file.name}, page {number + 1}: {href}"
                )


@pytest.mark.parametrize(
    ("href", "shown"),
    [
        ("https://www.nav.no/", "nav.no"),
        ("https://nav.no/tre_%C3%A5r%20%2F", "nav.no/tre_år%20%2F"),
        ("https://nav.no/%E2%80%AE%FF", "nav.no/%E2%80%AE%FF"),
    ],
)
def test_an_address_is_shown_as_people_type_it(href: str, shown: str) -> None:
    assert shown_address(href) == shown


def test_a_short_text_is_never_taken_for_the_path_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text('<img src="secret.png">', encoding="utf-8")
    assert list(picture_addresses(str(file))) == []
    assert list(picture_addresses("\N{CJK UNIFIED IDEOGRAPH-4E00}" * 199)) == []
    assert list(picture_addresses('<img src="a.png">')) == ["a.png"]


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
    parts = {"sjekklister": [ANSWER, WHO, AGREED, NOT_RELEVANT], "refleksjon": [ANSWER]}
    total = 0
    for pdf in pdfs.values():
        kinds = parts.get(pdf.page.split("/")[1])
        fields = pdf.reader.get_fields() or {}
        if kinds is None:
            assert fields == {}
            continue
        total += len(fields)
        points = [value(point, "id") for point in site[pdf.page].soup.select(".point")]
        assert list(fields) == ["with", "date"] + [
            f"{id_}:{one}" for id_ in points for one in kinds
        ]
        questions = {id_: text_of(site[pdf.page].one(f"#{id_}-text")) for id_ in points}
        for name, field in fields.items():
            assert str(field["/TU"]).endswith(questions.get(name.partition(":")[0], ""))
            assert len(str(field["/TU"])) > 3
    assert total > 500


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

HTML = """<!doctype html><html lang="nb"><head><title>{0}</title></head>
<body class="form-paper" data-page="Side" data-of="av" data-site="Bank" data-place="b.no">
<h1>Prøve</h1><p>{0}</p><ul><li><p>Blåbær</p></li></ul></body></html>"""


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
        outcome = make(wanted, workshop, lambda done, total: told.append((done, total)))
        contents.append({digest: one.file.read_bytes() for digest, one in outcome.made.items()})
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
    picture = ("https://x.example/a.png", "a.png", "0")
    assert digest_of(Document("a/b.pdf", "<p>Tekst</p>", "", (picture,)), "tools") != same
    assert digest_of(Document("a/b.pdf", "<p>Tekst</p>", "cases/b.yml"), "tools") == same
    assert digest_of(document, "newer tools") != same


def made(html: str, folder: Path, *pictures: tuple[str, str, str]) -> Outcome:
    """What becomes of one document, whose digest is ``d``."""
    document = Document("x/y.pdf", HTML.format(html), "cases/y.yml", pictures)
    return make({DIGEST: document}, Workshop(Cache(folder), ASSETS), lambda *_: None)


DIGEST = "d" * 32


def fake_typst(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let processes that set PDFs find ``code`` in place of Typst."""
    (folder / "fake").mkdir()
    (folder / "fake" / "typst.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(folder / "fake"))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise ImportError('cannot load _typst.abi3.so\\nmore')", "cannot load _typst.abi3.so"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", "Typst: -4"),
    ],
)
def test_a_typst_that_cannot_run_is_told_and_nothing_else_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: str
) -> None:
    fake_typst(tmp_path, monkeypatch, code)
    outcome = made("Én", tmp_path / "cache")
    assert outcome == Outcome(unavailable=told)
    assert not (tmp_path / "cache").exists()


def test_a_document_that_ends_its_process_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_typst(
        tmp_path,
        monkeypatch,
        "import os\n"
        "class Fonts:\n    def __init__(self, **_): pass\n"
        "class Compiler:\n"
        "    def __init__(self, *, sys_inputs, **_):\n"
        "        if 'Ond' in sys_inputs['doc']: os.abort()\n"
        "    def query(self, *_, **__):\n        raise RuntimeError('not today')\n",
    )
    wanted = orders("Ærlig", "Ond", "Ånd")
    outcome = make(wanted, Workshop(Cache(tmp_path / "cache"), ASSETS), lambda *_: None)
    causes = {wanted[digest].name: cause for digest, cause in outcome.faults.items()}
    assert causes == {
        "Ærlig.pdf": "not today",
        "Ond.pdf": "it takes too long or cannot be set",
        "Ånd.pdf": "not today",
    }
    assert outcome.unavailable is None


def test_a_process_that_somebody_ends_costs_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    asked = factory._Press.ask

    def ask(press: factory._Press, order: Mapping[str, Any]) -> dict[str, Any] | None:
        if not ended:
            ended.append(press._process.pid)
            press._process.kill()
            press._process.wait()
        return asked(press, order)

    monkeypatch.setattr(factory._Press, "ask", ask)
    monkeypatch.setattr(factory, "PROCESSES", 1)
    wanted = orders("Ærlig", "Ånd")
    outcome = make(wanted, Workshop(Cache(tmp_path), ASSETS), lambda *_: None)
    assert outcome.made.keys() == wanted.keys()
    assert outcome.faults == {}


def test_two_builds_tidy_up_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cache(tmp_path).put("a" * 32, b"%PDF", 3)

    def gone(file: Path) -> os.stat_result:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "is_dir", lambda _: True)
    monkeypatch.setattr(Path, "stat", gone)
    cache = Cache(tmp_path)
    cache.tidy()
    assert cache.find("a" * 32) is None


def test_a_link_that_leads_nowhere_is_a_fault_that_is_remembered(tmp_path: Path) -> None:
    outcome = made('<a href="#nowhere">x</a>', tmp_path)
    assert outcome.made == {}
    assert re.search("#nowhere", outcome.faults[DIGEST])
    assert Cache(tmp_path).find(DIGEST) is None
    assert Cache(tmp_path).find_fault(DIGEST) == outcome.faults[DIGEST]


def test_a_letter_without_a_form_is_a_fault_of_that_document_alone(tmp_path: Path) -> None:
    wanted = orders("Ærlig", "Rakett \N{ROCKET}")
    outcome = make(wanted, Workshop(Cache(tmp_path), ASSETS), lambda *_: None)
    assert [wanted[digest].name for digest in outcome.made] == ["Ærlig.pdf"]
    (fault,) = outcome.faults.values()
    assert "\N{ROCKET}" in fault


def test_a_document_reads_no_file_but_those_it_was_handed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    for address_ in (
        secret.as_uri(),
        str(secret),
        "http://127.0.0.1:9/a.png",
        f"{ASSETS.as_uri()}/../x.svg",
        "images/ribbon.svg",
        "../../mkdocs.yml",
    ):
        outcome = made(f'<img alt="x" src="{address_}">', tmp_path / "c")
        assert "not a picture of this site" in outcome.faults[DIGEST]
        escaping = made(
            f'<img alt="x" src="{address_}">', tmp_path / "c", (address_, "../../mkdocs.yml", "0")
        )
        assert "escape the project root" in escaping.faults[DIGEST]


def test_a_picture_of_the_site_is_shown_with_its_words(tmp_path: Path) -> None:
    picture = ("https://x.example/assets/images/ribbon.svg", "images/ribbon.svg", "0")
    outcome = made(f'<p><img alt="Et vevd bånd" src="{picture[0]}"></p>', tmp_path, picture)
    (pdf,) = outcome.made.values()
    told = [str(element.Alt) for roles, element in elements(pdf.file) if roles[-1] == "Figure"]
    assert told == ["Et vevd bånd"]


@pytest.mark.parametrize("ci", ["", "true"])
def test_a_fault_costs_its_pdf_and_is_an_error_in_ci(tmp_path: Path, ci: str) -> None:
    project = SmallProject(tmp_path / "project")
    project.replace(
        "overrides/pdf/form.html", "{{ chapter.text }}", '<a href="#x">{{ doc.text }}</a>'
    )
    done = run(["tools/build.py"], project.root, SITE_PDF="tiltaksavtale case", CI=ci)
    told = done.stderr if ci else done.stdout
    for language in LANGUAGES:
        name = address("sjekklister/tiltaksavtale", language).strip("/")
        ending = "" if language is LANGUAGES.default else ".en"
        source = f"docs/sjekklister/tiltaksavtale{ending}.md"
        assert f"{name}/tiltaksavtale{ending}.pdf" in told
        assert source in told
    if ci:
        assert done.returncode == 1
        assert not project.site.exists()
        return
    assert done.returncode == 0, done.stderr
    built = Site(project.site, "")
    assert len(list(project.site.rglob("*.pdf"))) == len(FEW) * len(LANGUAGES.codes)
    for language in LANGUAGES:
        page = built[address("sjekklister/tiltaksavtale", language)]
        assert page.soup.select(".pdf-link") == []
        for id_ in FEW:
            assert built[case_address(id_, language)].soup.select(".pdf-link")


# --- from screen to paper ------------------------------------------------------------------


def on_paper(body: str) -> str:
    """What becomes of the body of a document."""
    root: Element = fromstring(f"<html><body>{body}</body></html>")
    for_paper(root)
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


def test_bars_become_boxes_and_other_drawings_go() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" class="{0}"><rect class="b" width="25%"/></svg>'
    html = on_paper(f"<p>{svg.format('chart-bar')}{svg.format('icon')}tekst</p>")
    assert '<span class="b" style="left: 0; width: 25%" />' in html
    assert html.count("<span") == 2
    assert html.endswith("tekst</p></body>")

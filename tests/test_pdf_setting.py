"""How a PDF is set: what stays together on a line and on a page, and what fills its last page."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import page as pdf_checker
import pytest
from casebook.pdf.paper import for_paper
from casebook.pdf.together import keep_together
from casebook.pdf.typeset import Sheet, Typesetter
from pypdf import PdfReader
from site_support import ROOT

HTML = (
    '<!doctype html><html lang="nb"><head><title>Prøve</title></head>'
    '<body class="case-paper"><h1>Prøve</h1>{}</body></html>'
)
PARAGRAPH = "<p>Vi møttes hver uke, og hver gang skrev vi ned hva vi ble enige om.</p>"


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    """What sets documents, with the typeface of the site."""
    return Typesetter(ROOT / "docs" / "assets")


def lines(sheet: Sheet) -> list[str]:
    """Every line of a PDF."""
    pages = PdfReader(BytesIO(sheet.content)).pages
    return [line.strip() for page in pages for line in page.extract_text().splitlines()]


# --- lines -------------------------------------------------------------------------------------


def test_a_text_before_a_link_is_not_broken_after_its_first_word(typesetter: Typesetter) -> None:
    """Whatever the width of the line, also where nothing but the space after it has no room."""
    text = 'Gå gjennom de seks punktene i møtet nå <a href="#top">Refleksjon</a>.'
    body = "".join(f'<p style="width: {width}px">{text}</p>' for width in range(226, 240))
    sheet = typesetter.set(HTML.format(f'<div id="top"><p>Først:</p>{body}</div>'), 0)
    starts = {line for line in lines(sheet) if line.startswith("Gå")}
    whole = "Gå gjennom de seks punktene i møtet nå"
    assert starts == {whole, whole.removesuffix(" nå")}
    assert sheet.faults == []


def test_a_link_with_emphasis_in_it_passes_pdf_ua(typesetter: Typesetter, tmp_path: Path) -> None:
    link = '<a href="https://imdi.no/">Kurset <b>for alle</b> 2014–2015</a>'
    file = tmp_path / "link.pdf"
    file.write_bytes(typesetter.set(HTML.format(f"<p>{link}</p>"), 0).content)
    failures = pdf_checker.validate_pdf(str(file), profile="ua1").failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []


def test_a_font_tool_that_is_missing_is_no_fault(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian does not install HarfBuzz-Subset with Pango; fontTools does its work."""
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    assert typesetter.set(HTML.format(PARAGRAPH), 0).faults == []


def together(html: str) -> str:
    """What becomes of the body of a document."""
    body = fromstring(f"<body>{html}</body>")
    keep_together(body)
    return tostring(body, encoding="unicode").removeprefix("<body>").removesuffix("</body>")


def test_a_span_of_years_stays_on_one_line() -> None:
    html = together("<p>I 2014–2015 og <b>1999–2000</b>, så 2017–2019.</p>")
    assert re.findall(r'<span class="together">(.*?)</span>', html) == [
        "2014–2015",
        "1999–2000",
        "2017–2019",
    ]
    assert re.sub(r"</?span.*?>", "", html) == (
        "<p>I 2014–2015 og <b>1999–2000</b>, så 2017–2019.</p>"
    )


def test_an_address_may_be_broken_anywhere() -> None:
    html = '<span class="address">a.no/2014-2015/b</span>'
    assert together(html) == html


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("JobbLoop: praksis i tre bedrifter etter tur", "etter tur"),
        ("Sosial profil: sertifisering av bedrifter i Asker", "i Asker"),
        ("Det trengs fagfolk og innovasjon", None),
        ("Tilpasset arbeidsmarkedskvalifisering", None),
        ("En lang vei til arbeidsmarkedskvalifisering", None),
    ],
)
def test_a_title_does_not_end_with_a_short_word_alone(title: str, kept: str | None) -> None:
    found = re.findall(r'<span class="together">(.*?)</span>', together(f"<h1>{title}</h1>"))
    assert found == ([] if kept is None else [kept])


# --- pages -------------------------------------------------------------------------------------


def test_what_leads_on_stays_with_what_it_leads_to() -> None:
    html = together("<p>Dette får dere:</p><ul><li>ord</li></ul><p>Se her:</p><p>Der.</p><ol />")
    assert html.startswith('<p class="leads-on">Dette får dere:</p>')
    assert html.count("leads-on") == 1


def test_a_last_page_with_next_to_nothing_is_saved_by_smaller_type(typesetter: Typesetter) -> None:
    pages = []
    for paragraphs in (40, 58, 90):
        sheet = typesetter.set(HTML.format(PARAGRAPH * paragraphs), 0)
        said = "".join(lines(sheet)).replace("-", "").replace(" ", "")
        assert said.count(PARAGRAPH[3:12].replace(" ", "")) == paragraphs
        pages.append(sheet.pages)
    assert pages == [1, 1, 2]


def test_nothing_is_said_to_be_missing_when_nothing_is() -> None:
    for html, shortened in (('<p data-priority="1">A</p>', True), ("<p>A</p>", False)):
        root = fromstring(f"<html><body>{html}</body></html>")
        for_paper(root, 2)
        body = root.find("body")
        assert body is not None
        assert ("shortened" in body.get("class", "").split()) is shortened

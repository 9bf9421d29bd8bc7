"""How a PDF is set: what stays together on a line and on a page, and what fills its last page."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import page as pdf_checker
import pytest
from casebook.pdf.together import keep_together
from casebook.pdf.typeset import Sheet, Typesetter
from pdf_support import MILLIMETRE, elements, pieces
from pypdf import PdfReader
from site_support import ROOT

HTML = (
    '<!doctype html><html lang="nb"><head><title>Prøve</title></head>'
    '<body class="form-paper" data-page="Side" data-of="av" data-site="Bank" data-place="b.no">'
    "<h1>Prøve</h1>{}</body></html>"
)
CASE = HTML.replace("form-paper", "case-paper").replace("<h1>Prøve</h1>{}", "<article>{}</article>")
GUIDE = HTML.replace("form-paper", "guide-paper").replace(
    "<h1>Prøve</h1>{}",
    '<section class="cover"><h1>Prøve</h1></section><section class="toc" data-contents="h2">'
    '<p class="toc-title">Innhold</p></section><article class="chapter"><h2>A</h2>{}</article>',
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


def test_no_word_is_parted_at_the_end_of_a_line(typesetter: Typesetter) -> None:
    word = "arbeidsmarkedskvalifisering"
    sheet = typesetter.set(HTML.format(f"<p>{f'{word} ' * 60}</p>"))
    assert " ".join(lines(sheet)).split().count(word) == 60


def test_a_word_that_no_line_holds_is_broken_without_a_sign(typesetter: Typesetter) -> None:
    word = "ab" * 300
    sheet = typesetter.set(HTML.format(f"<p>{word}</p>"))
    found = lines(sheet)
    assert len([line for line in found if set(line) == {"a", "b"}]) >= 4
    assert word in "".join(found)


def test_an_address_is_broken_without_a_sign(typesetter: Typesetter) -> None:
    address = "kommune.no/" + "/".join(["arbeid-og-velferd"] * 12)
    sheet = typesetter.set(HTML.format(f'<p><span class="address">{address}</span></p>'))
    assert address in "".join(lines(sheet))


def test_a_link_with_emphasis_in_it_passes_pdf_ua(typesetter: Typesetter, tmp_path: Path) -> None:
    link = '<a href="https://imdi.no/">Kurset <b>for alle</b> 2014–2015</a>'
    file = tmp_path / "link.pdf"
    file.write_bytes(typesetter.set(HTML.format(f"<p>{link}</p>")).content)
    failures = pdf_checker.validate_pdf(str(file), profile="ua1").failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []


LETTERS = (
    "Kurmanji şêrîn ûçî, samisk Kárášjohka Ŋŋ, polsk źdźbło, vietnamesisk Nguyễn",
    "Київ і Харків",
    "ሰላም ትግርኛ",
    "தமிழ் சங்கம்",
    "ภาษาไทย",
    "မြန်မာဘာသာ",
    "挪威語言學校 中文学校",
    "नेपाली संघ",
    "ქართული Հայերեն",
)


@pytest.mark.parametrize("text", LETTERS)
def test_letters_of_the_world_are_set_and_can_be_read(typesetter: Typesetter, text: str) -> None:
    sheet = typesetter.set(HTML.format(f"<p>{text}</p><p><strong>{text}</strong></p>"))
    assert sheet.faults == []
    assert "\ufffd" not in "".join(lines(sheet))


@pytest.mark.parametrize("name", ["مركز اللقاء", "انجمن دیدار ۱۲", "ناوەندی کوردی", "מרכז"])
def test_names_from_right_to_left_keep_what_stands_beside_them(
    typesetter: Typesetter, name: str
) -> None:
    """The order on the page is the order of reading in a line from left to right."""
    sheet = typesetter.set(HTML.format(f"<p>Før <bdi>{name}</bdi> (2016), 34 etter</p>"))
    (page,) = PdfReader(BytesIO(sheet.content)).pages
    places = [
        next(piece.left for piece in pieces(page) if word in piece.text)
        for word in ("Før", name[0], "2016")
    ]
    assert places == sorted(places)
    text = " ".join(lines(sheet))
    assert re.search(r"Før .*\( *2016\), 34 etter", text)


# --- whatever Markdown makes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<h2>A</h2><h5>Nivåer</h5><h6>hoppet</h6><h2>B</h2>", "A Nivåer hoppet B"),
        ("<h2></h2><p>En overskrift uten ord</p>", "En overskrift uten ord"),
        ("<p>Før<!-- a --> og</p><!-- b --><p>etter</p>", "Før og etter"),
        ("<dl><dd>Uten</dd><dd>ord</dd></dl><p>x</p>", "Uten ord x"),
        ("<b>Fet<p>avsnitt</p><table><tbody><tr><td>celle</td></tr></tbody></table></b>", "celle"),
        ('<p id="a">En</p><p id="a">to <a href="#a">tre</a></p>', "En to tre"),
        ('<h2 id="b">Om <a href="https://x.no">x</a> <sup id="c">1</sup></h2>', "Om x 1"),
        ("<hr><p>Etter</p><pre>  kode\n    og mer</pre>", "kode og mer"),
        ("<ul><li>1<ul><li>2<ol><li>3</li></ol></li></ul></li></ul>", "3"),
        ("<blockquote><p>Sagt</p></blockquote><p>#set $a$ @ref // c *d* <b>e</b></p>", "*d* e"),
    ],
)
@pytest.mark.parametrize("kind", ["form", "guide", "case"])
def test_what_markdown_makes_can_be_set(
    typesetter: Typesetter, tmp_path: Path, html: str, said: str, kind: str
) -> None:
    documents = {"form": HTML, "guide": GUIDE, "case": CASE.replace("{}", "<h1>P</h1>{}")}
    sheet = typesetter.set(documents[kind].format(html))
    assert sheet.faults == []
    assert said in " ".join(" ".join(lines(sheet)).split())
    file = tmp_path / "made.pdf"
    file.write_bytes(sheet.content)
    assert list(pdf_checker.validate_pdf(str(file), profile="ua1").failures) == []


def test_a_header_with_a_link_is_not_repeated_on_the_next_page(typesetter: Typesetter) -> None:
    """What is repeated is an artifact, and no link may stand in one."""
    row = "<tr><td>rad</td></tr>"
    for head, times in (("Hode", 2), ('<a href="https://x.no">Hode</a>', 1)):
        table = f"<table><thead><tr><th>{head}</th></tr></thead><tbody>{row * 60}</tbody></table>"
        assert lines(typesetter.set(HTML.format(table))).count("Hode") == times


# --- tables ------------------------------------------------------------------------------------


def test_headers_of_rows_are_tagged_in_tables_of_any_shape(
    typesetter: Typesetter, tmp_path: Path
) -> None:
    table = (
        "<table><thead><tr><th>Hvem</th><th>Hva</th><th>Når</th></tr></thead><tbody>"
        '<tr><th scope="row">Nav</th><td>Kurs</td><td>2016</td></tr>'
        '<tr><td>Ingen</td><td colspan="2">Alt</td></tr></tbody></table>'
    )
    sheet = typesetter.set(HTML.format(f"<p>A</p>{table}<p>B</p>{table}"))
    cells = [roles[-1] for roles, _ in elements(BytesIO(sheet.content))]
    roles = [role for role in cells if role in ("TH", "TD")]
    one = ["TH", "TH", "TH", "TH", "TD", "TD", "TD", "TD"]
    assert roles == one * 2
    file = tmp_path / "table.pdf"
    file.write_bytes(sheet.content)
    assert list(pdf_checker.validate_pdf(str(file), profile="ua1").failures) == []


@pytest.mark.parametrize("columns", [2, 5, 9])
def test_no_word_of_a_table_runs_into_the_next_column(typesetter: Typesetter, columns: int) -> None:
    words = ["kommunestyret", "34", "introduksjonsprogram", "Nei", "2016–2017", "endring"]
    cells = [words[number % len(words)] for number in range(columns)]
    row = "".join(f"<td>{cell} {cell}</td>" for cell in cells)
    head = "".join(f"<th>{cell}</th>" for cell in cells)
    html = f"<table><thead><tr>{head}</tr></thead><tbody>{f'<tr>{row}</tr>' * 3}</tbody></table>"
    sheet = typesetter.set(HTML.format(html))
    text = " ".join(lines(sheet)).split()
    for cell in set(cells):
        assert text.count(cell) >= 3 * 2 + 1


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


def test_a_last_page_with_next_to_nothing_is_saved_by_less_space(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(paragraphs: int) -> int:
        sheet = typesetter.set(GUIDE.format(PARAGRAPH * paragraphs))
        assert " ".join(lines(sheet)).count(PARAGRAPH[3:12]) == paragraphs
        return sheet.pages

    assert [pages(30), pages(44), pages(52)] == [3, 3, 4]
    monkeypatch.setattr("casebook.pdf.typeset.NEXT_TO_NOTHING", 0)
    assert pages(44) == 4


@pytest.mark.parametrize("paragraphs", [3, 40, 61, 90, 140])
def test_the_columns_of_the_last_page_end_alike(typesetter: Typesetter, paragraphs: int) -> None:
    flow = f'<div class="flow">{PARAGRAPH * paragraphs}</div>'
    sheet = typesetter.set(CASE.format(f"<h1>Prøve</h1>{flow}"))
    page = PdfReader(BytesIO(sheet.content)).pages[-1]
    text = [piece for piece in pieces(page) if piece.height > 18 * MILLIMETRE]
    left = min(piece.height for piece in text if piece.left < 297)
    right = min((piece.height for piece in text if piece.left > 297), default=left)
    assert abs(left - right) < 15 * MILLIMETRE


def test_a_header_that_no_sheet_holds_takes_as_many_as_it_needs(typesetter: Typesetter) -> None:
    facts = "".join(f"<dt>Felt {n}</dt><dd>{'Svar ' * 40}</dd>" for n in range(60))
    body = (
        f'<h1>Prøve</h1><section class="facts"><h2>Fakta</h2><dl>{facts}</dl></section>'
        f'<div class="flow">{PARAGRAPH * 4}</div>'
    )
    sheet = typesetter.set(CASE.format(body))
    said = " ".join(lines(sheet))
    assert all(f"Felt {n}" in said for n in range(60))
    assert said.count("Svar") == 60 * 40
    assert said.count(PARAGRAPH[3:12]) == 4

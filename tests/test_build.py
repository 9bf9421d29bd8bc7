"""Building the site: what a fault costs, what stays the same, and what can be changed."""

import copy
import gzip
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from build import build_time
from casebook.languages import STRINGS, Language
from casebook.pdf.cache import Made
from conftest import Figure
from site_support import (
    BUILD_SECONDS,
    DEFAULT,
    DOORS,
    ENGLISH,
    EVERY_PDF,
    FEW,
    LANGUAGES,
    NORWEGIAN,
    NOT_FOUND,
    PAGES,
    ROOT,
    SITE_URL,
    SOME_PDFS,
    Project,
    Site,
    SmallProject,
    address,
    case_address,
    in_language,
    record,
    run,
    text_of,
    value,
)
from website.pdf_links import Pdfs

CASE = "cases/intro-sandefjord.yml"
BELOW = "https://site.example/kunnskap/"
"""A site may be published below a path."""


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in a folder: name, bytes and time of change."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def contents_only(folder: Path) -> dict[str, bytes]:
    """Everything in a folder: name and bytes."""
    return {name: data for name, (data, _) in contents(folder).items()}


def break_two_records(project: Project) -> list[str]:
    """Put three faults into two records; return where the problems must be told."""
    project.replace("cases/sisters-in-business.yml", "\nupdated: 2026", "\nupdatet: 2026")
    project.replace("cases/vintage-imdi-2019.yml", "part_of: cafe-vintage", "part_of: cafe-vintag")
    project.replace("cases/vintage-imdi-2019.yml", "depth: full", "depth: deep")
    return [
        line_of(project, "cases/sisters-in-business.yml", "updatet: 2026"),
        line_of(project, "cases/vintage-imdi-2019.yml", "part_of: cafe-vintag"),
        line_of(project, "cases/vintage-imdi-2019.yml", "depth: deep"),
    ]


def line_of(project: Project, name: str, text: str) -> str:
    """Where a text stands, as problems tell it."""
    before = (project.root / name).read_text(encoding="utf-8").partition(text)[0]
    return f"{name}:{before.count(chr(10)) + 1}:"


# --- faults --------------------------------------------------------------------------------


def has_a_site(project: Project) -> None:
    """Put a small site where a build has left it."""
    project.write("site/index.html", "whole")
    project.write(".site.files", "index.html")


def test_faulty_records_are_told_once_and_cost_nothing(project: Project) -> None:
    has_a_site(project)
    before = contents(project.site)
    places = break_two_records(project)
    done = run(["tools/build.py"], project.root)
    assert done.returncode == 1
    for place in places:
        assert done.stderr.count(place) == 1
    assert "Traceback" not in done.stderr
    assert contents(project.site) == before
    assert {path.name for path in project.root.glob(".site*")} == {".site.files", ".site.lock"}


def test_a_site_that_a_killed_build_left_away_is_back_before_records_are_checked(
    project: Project,
) -> None:
    has_a_site(project)
    project.site.rename(project.root / ".site.old")
    break_two_records(project)
    assert run(["tools/build.py"], project.root).returncode == 1
    assert (project.site / "index.html").read_text(encoding="utf-8") == "whole"
    assert {path.name for path in project.root.glob(".site*")} == {".site.files", ".site.lock"}


def test_faults_of_pages_are_told_with_their_lines(project: Project) -> None:
    guide = "docs/veiledere/fire-samarbeidsformer.en.md"
    project.replace(guide, "  - afi-2021\n", "  - afi-2012\n")
    project.replace(guide, "  - cafe-vintage\n", "  - cafe-vintag\n")
    project.append(guide, "[a](../eksempler/no-such-case.en.md) and 16 [@afi-2012]")
    places = [
        line_of(project, guide, text)
        for text in ("afi-2012\n", "cafe-vintag\n", "no-such-case.en.md")
    ]
    has_a_site(project)
    before = contents(project.site)
    done = run(["tools/build.py"], project.root)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    for place in places:
        assert place in said
    assert "Traceback" not in said
    assert contents(project.site) == before


# --- the same every time -------------------------------------------------------------------


def build_elsewhere(project: Project, **environment: str) -> None:
    """Build a copy as ``make build`` does, with the PDFs and on the day of the shared site."""
    epoch = str(build_time(ROOT))
    command = ["tools/build.py", "--site-url", SITE_URL]
    same = {"SITE_PDF": SOME_PDFS, "SOURCE_DATE_EPOCH": epoch}
    done = run(command, project.root, **(same | environment))
    assert done.returncode == 0, done.stderr


def test_two_builds_are_the_same_to_the_byte(site: Site, project: Project) -> None:
    # Another folder, other times of change, another order of sets, another clock and language. The
    # PDFs are those that lie ready: `make audit` makes them anew as well.
    shutil.copytree(ROOT / ".cache" / "pdf", project.root / ".cache" / "pdf")
    build_elsewhere(project, PYTHONHASHSEED="4711", TZ="Pacific/Auckland", LC_ALL="C")
    first, second = contents_only(site.root), contents_only(project.site)
    assert sorted(second) == sorted(first)
    assert [name for name, data in first.items() if second[name] != data] == []


def digests(site: Path) -> dict[str, str]:
    """The digest of each file of a site."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in contents_only(site).items()}


def locales() -> list[str]:
    """The locales of this machine; Norwegian ones first, C last."""
    done = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True)
    norwegian = ("nb", "no")
    return sorted(done.stdout.split(), key=lambda it: (not it.startswith(norwegian), it == "C"))


@pytest.mark.audit
@pytest.mark.timeout(2 * BUILD_SECONDS)
def test_builds_are_the_same_to_the_byte_anywhere(tmp_path: Path, figure: Figure) -> None:
    """In two folders, without any PDF made before; what is different is all that may be."""
    one, other = Project(tmp_path / "en mappe" / "prosjekt"), Project(tmp_path / "b")
    usual = os.umask(0o077)
    try:
        build_elsewhere(one, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C", SITE_PDF=EVERY_PDF)
    finally:
        os.umask(usual)
    language = locales()[0]
    there = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": language}
    build_elsewhere(other, **there, SITE_PDF=EVERY_PDF)
    first, second = digests(one.site), digests(other.site)
    different = sorted(name for name in {*first, *second} if first.get(name) != second.get(name))
    figure("files compared by digest", len(first))
    figure("of these, PDFs", sum(name.endswith(".pdf") for name in first))
    figure("locales, umasks, hash seeds", f"C and {language}, 077 and {usual:03o}, 1 and 4711")
    figure("files that differ", len(different))
    assert different == []


def test_nothing_of_this_machine_is_published(site: Site) -> None:
    built = b"".join(contents_only(site.root).values())
    assert str(ROOT).encode() not in built
    assert str(site.root).encode() not in built


# --- languages -----------------------------------------------------------------------------


def test_a_language_without_strings_is_told(project: Project) -> None:
    project.replace(
        "mkdocs.yml", "        en: English\n", "        en: English\n        xx: Xish\n"
    )
    done = project.try_build()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "mkdocs.yml: plugins/i18n" in done.stderr
    assert "hooks/casebook/strings" in done.stderr


def name_language(project: Project) -> None:
    """Name a third language in mkdocs.yml."""
    english = "        en: English\n"
    project.replace("mkdocs.yml", english, f"{english}        xx: Xish\n")
    project.replace("mkdocs.yml", "  *.en.md\n", "  *.en.md\n  *.xx.md\n")


def add_language(project: Project) -> None:
    """Add a third language: the strings of English under another name."""
    name_language(project)
    strings = project.root / "hooks" / "casebook" / "strings"
    assert strings.relative_to(project.root) == STRINGS.relative_to(ROOT)
    shutil.copytree(strings / "en", strings / "xx", copy_function=shutil.copyfile)
    project.write(
        "hooks/casebook/strings/xx/language.yml",
        "code: xx\nname: Xish\nhtml: xx\nlocale: en_GB\norder: 3\nrequired: false\n",
    )
    project.replace(
        "hooks/casebook/strings/xx/interface.yml", "skip: Skip to content", "skip: Xkip"
    )
    project.replace(
        "mkdocs.yml", "        en: English\n", "        en: English\n        xx: Xish\n"
    )


def test_a_language_without_a_front_page_is_told(project: Project) -> None:
    add_language(project)
    done = project.try_build()
    assert done.returncode == 1
    assert "docs/index.xx.md:1:1: error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_third_language_needs_no_code(tmp_path: Path) -> None:
    project = SmallProject(tmp_path / "project")
    add_language(project)
    for name in ("index", "eksempler/index"):
        text = (project.root / "docs" / f"{name}.en.md").read_text(encoding="utf-8")
        project.write(f"docs/{name}.xx.md", text.replace(".en.md", ".xx.md"))
    built = project.build()
    assert built.broken_links() == []
    home = built["/index.xx/"]
    assert value(home.one("html"), "lang") == "xx"
    assert text_of(home.soup.select("body a")[0]) == "Xkip"
    cards = built["/eksempler/alle/index.xx/"]
    assert {f"/eksempler/{id_}.xx/" for id_ in FEW} <= cards.targets(cards.main)
    for page in (built["/"], built["/index.en/"]):
        assert "/index.xx/" in page.targets(page.header)
        assert len(page.soup.select('link[rel="alternate"]')) == 4
    case = built["/eksempler/moving-mamas.xx/"]
    # What nobody has written in the new language stands in the default one.
    assert text_of(case.one("h1")) == in_language(record("moving-mamas")["title"], DEFAULT)
    # This part has no page in the new language: the menu leads to the default one.
    assert "/om/" in home.targets(home.header)


# --- where the site is published -----------------------------------------------------------


def test_a_site_below_a_path_holds_together(edited: Site) -> None:
    assert edited.broken_links() == []
    for door, front in DOORS.items():
        refresh = value(edited[door].one('meta[http-equiv="refresh"]'), "content")
        assert edited.place(door, refresh.removeprefix("0; url=")) == front
    not_found = edited[NOT_FOUND]
    for element in not_found.soup.select("[href], [src]"):
        href = value(element, "href" if element.has_attr("href") else "src")
        # An empty one loads the page again.
        assert not href or href.startswith(("/kunnskap/", "#", "https://")), href
    canonical = edited["/eksempler/"].one('link[rel="canonical"]')
    assert value(canonical, "href") == f"{BELOW}eksempler/"
    named = {case_address(id_, language) for id_ in (FORMER, GONE) for language in LANGUAGES}
    found = {document.address for document in edited}
    assert found == {*PAGES, *DOORS, *named, "/om/alene/", NOT_FOUND}
    sitemap = (edited.root / "sitemap.xml").read_text(encoding="utf-8")
    places = re.findall(r"<loc>(.*?)</loc>", sitemap)
    listed = found - named - {NOT_FOUND, *DOORS}
    assert sorted(places) == sorted(f"{BELOW}{page[1:]}" for page in listed)


def test_broken_links_are_seen(site: Site, tmp_path: Path) -> None:
    broken = Site(Path(shutil.copytree(site.root, tmp_path / "site")))
    for name, old, new in (
        ("404.html", 'href="/eksempler/"', 'href="eksempler/"'),
        ("index.html", 'href="eksempler/"', 'href="eksempel/"'),
        ("om/index.html", 'href="#main"', 'href="#mian"'),
        ("assets/stylesheets/base.css", "../fonts/", "../font/"),
    ):
        text = (broken.root / name).read_text(encoding="utf-8")
        assert old in text
        (broken.root / name).write_text(text.replace(old, new), encoding="utf-8")
    assert {line.split(": ")[0] for line in broken.broken_links()} == {
        "/404.html",
        "/",
        "/om/",
        "/assets/stylesheets/base.css",
    }


# --- what editors may write and settings may say -------------------------------------------

# As long as a title may be.
TRAPS = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ config }} {% raw %}"
    " </title><style>a{}</style> \" onclick='"
)
TRAPPED = ("title", "lead", "result", "about", "hard_parts")
FORMER, GONE = "asker-modellen", "raskt-i-jobb-trondheim"
WITHDRAWN: dict[str, Any] = {
    "is": "withdrawn",
    "as_of": "2026-11-30",
    "note": {"nb": "Kilden er trukket.", "en": "The source was withdrawn."},
}
TABLE = "| Left | Middle | Right | Plain |\n|:--|:-:|--:|---|\n| a | b | 1 | c |"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a hostile record, a page in one language, an aligned table, and settings.

    One of its cases had another name before, and one is withdrawn.
    """
    project = Project(tmp_path_factory.mktemp("edited") / "project")
    record_ = copy.deepcopy(record("intro-sandefjord"))
    for field in TRAPPED:
        record_[field]["nb"] = TRAPS
    project.write(CASE, yaml.safe_dump(record_, allow_unicode=True, sort_keys=False))
    former = copy.deepcopy(record("sisters-in-business")) | {"former_ids": [FORMER]}
    project.write("cases/sisters-in-business.yml", yaml.safe_dump(former, allow_unicode=True))
    gone = copy.deepcopy(record(GONE)) | {"status": WITHDRAWN}
    project.write(f"cases/{GONE}.yml", yaml.safe_dump(gone, allow_unicode=True))
    head = "---\ntitle: Alene\ndescription: Bare her.\ntranslated: false\n---\n\n# Alene\n\n"
    project.write("docs/om/alene.md", f"{head}{TABLE}\n")
    for old, new in (
        ("not_in_nav: |\n", "not_in_nav: |\n  /om/alene.md\n"),
        ("owner: {}", "owner: {name: IMDi & venner, url: https://www.imdi.no/}"),
        ("hosting: {}", "hosting: {nb: Driftes i Norge., en: Hosted in Norway.}"),
        ('report: ""', 'report: "https://example.org/new?case={id}&title={title}"'),
        ('  editors: ""', "  editors: post@etaten.example"),
    ):
        project.replace("mkdocs.yml", old, new)
    return project.build(BELOW)


def test_markup_in_a_record_is_shown_as_text(edited: Site) -> None:
    case = edited[case_address("intro-sandefjord", NORWEGIAN)]
    for place in ("title", "h1", "#summary", "#about", "#hard-parts"):
        assert TRAPS in text_of(case.one(place)), place
    assert text_of(case.main).count(TRAPS) > len(TRAPPED)  # some stand in the brief too
    assert TRAPS in value(case.one('meta[name="description"]'), "content")
    for place in (case.address, "/eksempler/alle/", case_address("sandefjord-sosent", NORWEGIAN)):
        document = edited[place]
        assert TRAPS in text_of(document.soup)
        assert document.soup.select("style, img, [onclick], [onerror]") == []
        assert [tag for tag in document.soup.find_all("script") if not tag.get("src")] == []


@pytest.mark.parametrize("language", [NORWEGIAN, ENGLISH], ids=lambda language: language.code)
def test_a_former_address_leads_on(language: Language, edited: Site) -> None:
    old = edited[case_address(FORMER, language)]
    now = edited[case_address("sisters-in-business", language)]
    assert edited.place(old.address, value(old.one(".leads-on a"), "href")) == now.address
    refresh = value(old.one('meta[http-equiv="refresh"]'), "content")
    assert edited.place(old.address, refresh.removeprefix("0; url=")) == now.address
    canonical = 'link[rel="canonical"]'
    assert value(old.one(canonical), "href") == value(now.one(canonical), "href")
    assert value(old.one('meta[name="robots"]'), "content") == "noindex"


def test_a_pdf_lies_at_the_former_address_too(tmp_path: Path) -> None:
    (tmp_path / "made").write_bytes(b"%PDF")
    name = "eksempler/now.en/now.en.pdf"
    pdfs = Pdfs({"eksempler/now.en.md": (name, "PDF")}, {name: Made(tmp_path / "made", 1, 4)})
    old, now, other = (
        SimpleNamespace(src_uri=f"eksempler/{id_}.en.md", url=f"eksempler/{id_}.en/")
        for id_ in ("old", "now", "other")
    )
    pdfs.write(tmp_path / "site", [(old, now), (now, other)])  # type: ignore[list-item]
    assert contents_only(tmp_path / "site") == {
        name: b"%PDF",
        "eksempler/old.en/old.en.pdf": b"%PDF",
    }


@pytest.mark.parametrize("language", [NORWEGIAN, ENGLISH], ids=lambda language: language.code)
def test_of_a_withdrawn_case_the_page_says_that_and_why(language: Language, edited: Site) -> None:
    gone = edited[case_address(GONE, language)]
    assert WITHDRAWN["note"][language.code] in text_of(gone.main)
    for person in ("organisations", "contacts"):
        for entry in record(GONE).get(person, ()):
            named = entry.get("name") or entry["organisation"]
            assert named not in text_of(gone.main)
    assert value(gone.one('meta[name="robots"]'), "content") == "noindex"


def test_neither_stands_where_cases_are_listed(edited: Site) -> None:
    sitemap = (edited.root / "sitemap.xml").read_text(encoding="utf-8")
    every = text_of(edited["/eksempler/alle/"].main)
    found = [gzip.decompress(file.read_bytes()) for file in edited.root.glob("pagefind/fragment/*")]
    assert found
    for id_ in (FORMER, GONE):
        assert f"/{id_}" not in sitemap
        assert not any(f"/eksempler/{id_}".encode() in text for text in found)
        for place in ("/eksempler/", "/eksempler/alle/"):
            hrefs = [value(link, "href") for link in edited[place].main.select("a[href]")]
            assert not any(f"/{id_}/" in f"/{href}" for href in hrefs)
    assert record(GONE)["title"]["nb"] not in every


def test_a_page_in_one_language_says_so(edited: Site) -> None:
    alone = edited["/om/alene/"]
    assert alone.soup.select('link[rel="alternate"]') == []
    (switch,) = alone.header.select("a[hreflang]")
    assert edited.place(alone.address, value(switch, "href")) == address("index", ENGLISH)
    assert NORWEGIAN.text("chrome.only_front_page") in text_of(switch)
    assert NORWEGIAN.text("chrome.no_counterpart", language=ENGLISH.name) in text_of(alone.soup)
    sitemap = (edited.root / "sitemap.xml").read_text(encoding="utf-8")
    (entry,) = re.findall(r"<url>\s*<loc>[^<]*/om/alene/</loc>.*?</url>", sitemap, re.DOTALL)
    assert "hreflang" not in entry


def test_an_aligned_table_needs_no_inline_style(edited: Site) -> None:
    alone = edited["/om/alene/"]
    assert alone.soup.select("[style]") == []
    headings, cells = alone.soup.select("main th"), alone.soup.select("main td")
    assert [value(heading, "scope") for heading in headings] == ["col"] * 4
    # Each side has a class of its own, the same for the heading as for what is below it.
    assert len({str(cell.get("class")) for cell in cells}) == 4
    assert [cell.get("class") for cell in headings] == [cell.get("class") for cell in cells]
    styles = (edited.root / "assets" / "stylesheets" / "base.css").read_text(encoding="utf-8")
    for side in ("center", "right"):
        assert f".align-{side} {{" in styles


def test_the_owner_is_named_when_there_is_one(site: Site, edited: Site) -> None:
    for language in LANGUAGES:
        for place in (address("index", language), case_address("cafe-vintage", language)):
            footer = edited[place].one("body > footer")
            assert f"{language.text('chrome.owner')} IMDi & venner" in text_of(footer)
            (link,) = footer.select('a[href="https://www.imdi.no/"]')
            assert text_of(link) == "IMDi & venner"
            assert language.text("chrome.owner") not in text_of(site[place].soup)


def test_pages_about_the_site_tell_who_publishes_and_hosts_it(edited: Site) -> None:
    for language, hosted in zip(LANGUAGES, ("Driftes i Norge.", "Hosted in Norway."), strict=True):
        (link,) = edited[address("om/index", language)].main.select(
            'a[href="https://www.imdi.no/"]'
        )
        assert text_of(link) == "IMDi & venner"
        assert hosted in text_of(edited[address("om/personvern", language)].main)


def test_errors_are_reported_to_the_address_that_is_set(edited: Site) -> None:
    case = edited[case_address("jobbsjansen-sondre-nordstrand", NORWEGIAN)]
    (link,) = [
        link
        for link in case.main.select("a[href]")
        if text_of(link) == NORWEGIAN.text("case.report_link")
    ]
    assert value(link, "href") == (
        "https://example.org/new?case=jobbsjansen-sondre-nordstrand"
        "&title=Jobbsjansen%20S%C3%B8ndre%20Nordstrand%3A%20Tilpasset%20Supported%20Employment"
    )
    # Where a brief says what is not known, it asks for more there.
    lines = edited[case_address("cafe-vintage", NORWEGIAN)].main.select(".brief-unknown")
    (asking,) = [link for line in lines for link in line.select("a")]
    assert text_of(asking) == NORWEGIAN.text("about.tell")
    assert value(asking, "href").startswith("https://example.org/new?case=cafe-vintage&")


def test_pages_for_what_is_missing_lead_to_how_the_editors_are_reached(edited: Site) -> None:
    for language in LANGUAGES:
        page = edited[address("eksempler/index", language)]
        tell = {
            edited.place(page.address, value(link, "href"))
            for link in page.soup.select("a[href]")
            if text_of(link) == language.text("search.missing_link")
        }
        assert tell == {address("bidra/tips", language)}

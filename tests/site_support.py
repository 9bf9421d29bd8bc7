"""What the tests of the built site share: which pages there must be, and questions about them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from casebook.languages import Language, load_languages

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = "https://kunnskapsbanken.example/"
"""Where the shared site says it is published: another host than the one that serves it here."""
LANGUAGES = load_languages()
DEFAULT = LANGUAGES.default
NORWEGIAN, ENGLISH = LANGUAGES["nb"], LANGUAGES["en"]
CASE_FILES = {
    path.stem: path
    for path in sorted((ROOT / "cases").rglob("*.yml"))
    if "_vocabulary" not in path.parts
}
SITE_NAMES = {"nb": "Kunnskapsbanken", "en": "Knowledge bank"}
NOT_FOUND = "/404.html"
KINDS_OF_PDF = "guide case form cafe-vintage-brief vintage-imdi-2019-brief"
"""The shared site has every PDF."""
BUILD_SECONDS = 900
"""How long the first build may take, with PDFs, on a slow machine; later ones find them made."""


# --- which pages there must be -------------------------------------------------------------


def address(source: str, language: Language) -> str:
    """Where the page of a source file ("eksempler/index", without ending) stands."""
    if language is not DEFAULT:
        return f"/{source}.{language.code}/"
    folder, _, name = source.rpartition("/")
    if name == "index":
        return f"/{folder}/" if folder else "/"
    return f"/{source}/"


def case_address(id_: str, language: Language) -> str:
    """Where a case's page stands."""
    return address(f"eksempler/{id_}", language)


def _sources() -> Iterator[tuple[str, Language]]:
    for file in sorted((ROOT / "docs").rglob("*.md")):
        source, code = file.relative_to(ROOT / "docs").as_posix().removesuffix(".md"), ""
        if source.rpartition(".")[2] in LANGUAGES:
            source, _, code = source.rpartition(".")
        yield source, LANGUAGES[code] if code else DEFAULT
    for source in _generated():
        yield from ((source, language) for language in LANGUAGES)


LISTED_FACETS = (
    "target_groups",
    "measures",
    "sectors",
    "collaboration",
    "funding",
    "result_types",
    "barriers",
)
"""Facets that a record names as lists of terms."""


def _carried(id_: str) -> Iterator[tuple[str, str]]:
    """Which terms a case carries, read from the record as it is written: facet and term."""
    written = record(id_)
    for facet in LISTED_FACETS:
        yield from ((facet, term) for term in written.get(facet, ()))
    status = written["status"]
    yield "status", status if isinstance(status, str) else status["is"]
    yield "evidence", written["evidence"]["level"]
    if "direction" in written:
        yield "direction", written["direction"]["is"]
    for organisation in written["organisations"]:
        if "type" in organisation:
            yield "partner_types", organisation["type"]
    for place in written["places"]:
        surroundings = [place]
        while within := places()[surroundings[-1]].get("within"):
            surroundings.append(within)
        yield "county", surroundings[-1]
        sizes = [places()[around]["size"] for around in surroundings if "size" in places()[around]]
        yield from (("size", size) for size in sizes[:1])


@cache
def carriers() -> dict[tuple[str, str], list[str]]:
    """The cases that carry each term of each facet, by facet and term."""
    found: dict[tuple[str, str], list[str]] = {}
    for id_ in CASE_FILES:
        for facet, term in dict.fromkeys(_carried(id_)):
            found.setdefault((facet, term), []).append(id_)
    return found


STEPS = {
    "size": ("small", "medium", "large"),
    "status": ("planned", "pilot", "active", "ended", "scaled"),
}
"""Facets whose terms stand in no vocabulary."""


@cache
def facet_terms() -> dict[tuple[str, str], list[str]]:
    """The cases of each term that has a page, by facet and term; some terms have no case yet."""
    found = {}
    for facet in dict.fromkeys(facet for facet, _ in carriers()):
        if facet == "county":
            known = [id_ for id_, place in places().items() if place["kind"] == "county"]
        elif facet in STEPS:
            known = list(STEPS[facet])
        else:
            known = list(_written(ROOT / "cases" / "_vocabulary" / f"{facet}.yml"))
        found.update({(facet, term): carriers().get((facet, term), []) for term in known})
    return found | carriers()


def facet_source(facet: str, term: str = "index") -> str:
    """What the page of a facet or of one of its terms is made from."""
    return f"eksempler/{facet.replace('_', '-')}/{term}"


def _generated() -> Iterator[str]:
    yield from (f"eksempler/{id_}" for id_ in CASE_FILES)
    yield "eksempler/alle/index"
    yield from dict.fromkeys(facet_source(facet) for facet, _ in carriers())
    yield from (facet_source(facet, term) for facet, term in facet_terms())


@cache
def record(id_: str) -> dict[str, Any]:
    """A case as it is written: nothing but text, lists and mappings."""
    return _written(CASE_FILES[id_])


@cache
def references() -> dict[str, dict[str, Any]]:
    """All sources that records may name."""
    return _written(ROOT / "cases" / "_vocabulary" / "references.yml")


@cache
def places() -> dict[str, dict[str, Any]]:
    """All places that records may name; of most municipalities no more than one line is told."""
    vocabulary = ROOT / "cases" / "_vocabulary"
    listed = _written(vocabulary / "municipalities.yml")
    municipalities = {id_: {**entry, "kind": "municipality"} for id_, entry in listed.items()}
    found = {**_written(vocabulary / "places.yml"), **municipalities}
    counts = _written(vocabulary / "inhabitants.yml")["inhabitants"]
    for place in found.values():
        if place["kind"] == "municipality":
            count = int(counts[place["number"]])
            size = "small" if count < 5_000 else "medium" if count < 20_000 else "large"
            place["size"] = size
    return found


def _written(file: Path) -> dict[str, Any]:
    found = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


PAGES = {address(source, language): (source, language) for source, language in _sources()}
"""Every page there must be: its address, what it is made from and its language."""
CASES_IN_LANGUAGES = [(id_, language) for id_ in CASE_FILES for language in LANGUAGES]


def other_versions(page: str) -> dict[str, str]:
    """The addresses of a page in every language it exists in, this one too, by code."""
    source, _ = PAGES[page]
    found = {language.code: address(source, language) for language in LANGUAGES}
    return {code: place for code, place in found.items() if place in PAGES}


def in_language(text: str | dict[str, str], language: Language) -> str:
    """A text of a record in one language, on one line."""
    chosen = text if isinstance(text, str) else text[language.code]
    return one_line(chosen)


# --- questions about HTML ------------------------------------------------------------------


def one_line(text: str) -> str:
    """A text with every run of white space, also the kind that does not break, as one space."""
    return " ".join(text.split())


def text_of(element: Tag) -> str:
    """What an element says, on one line; an explained word is part of the text around it."""
    said, goes_on = "", False
    for node in element.strings:
        holder = node.parent
        word = holder if isinstance(holder, Tag) and holder.get("class") == ["term"] else None
        in_text = word is not None and word.previous_sibling is not None
        said += node if goes_on or in_text else f" {node}"
        goes_on = word is not None and word.next_sibling is not None
    return one_line(said)


def value(element: Tag, name: str) -> str:
    """An attribute that must be there."""
    found = element.get(name)
    assert found is not None, f"no {name} on {element}"
    return found if isinstance(found, str) else " ".join(found)


def language_at(element: Tag) -> str:
    """What ``lang`` says about an element."""
    nearest = element if element.has_attr("lang") else element.find_parent(lang=True)
    assert nearest is not None
    return value(nearest, "lang")


class Anchors(HTMLParser):
    """Collects ids and links, as often as they occur; faster than growing a whole tree."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is called and where it leads."""
        self.ids += [text or "" for name, text in attrs if name == "id"]
        self.links += [text or "" for name, text in attrs if name in ("href", "src")]


@dataclass(frozen=True)
class Document:
    """One page as it was built."""

    site: "Site"
    address: str

    @cached_property
    def html(self) -> str:
        """The page's own text."""
        return self.site.file(self.address).read_text(encoding="utf-8")

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as a tree."""
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def anchors(self) -> "Anchors":
        """The ids and links of the page."""
        anchors = Anchors()
        anchors.feed(self.html)
        return anchors

    @property
    def language(self) -> Language:
        """The language the page must be in."""
        return PAGES[self.address][1] if self.address in PAGES else DEFAULT

    @property
    def main(self) -> Tag:
        """What the page is about, without its frame."""
        return self.one("main")

    @property
    def header(self) -> Tag:
        """The band with name, menu and languages on top of every page."""
        found = self.soup.find("header")
        assert isinstance(found, Tag)
        return found

    def one(self, selector: str) -> Tag:
        """The only element that a selector finds."""
        if selector not in self._found:
            self._found[selector] = list(self.soup.select(selector))
        return self._only(selector, self._found[selector])

    def part(self, id_: str) -> Tag:
        """The element with an id."""
        return self._only(f"#{id_}", self._by_id.get(id_, []))

    def _only(self, what: str, found: list[Tag]) -> Tag:
        assert len(found) == 1, f"{self.address}: {len(found)} × {what}"
        return found[0]

    @cached_property
    def _found(self) -> dict[str, list[Tag]]:
        return {}

    @cached_property
    def _by_id(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {}
        for tag in self.soup.find_all(id=True):
            found.setdefault(value(tag, "id"), []).append(tag)
        return found

    def targets(self, element: Tag | None = None) -> set[str]:
        """The addresses within the site that links lead to, without anchors."""
        links = (element or self.soup).select("a[href]")
        found = {self.site.place(self.address, value(link, "href")) for link in links}
        return {urldefrag(place).url for place in found if place is not None}

    def says(self) -> Iterator[tuple[str, str]]:
        """Every whole piece of text that readers meet, with the language it is said to be in."""
        for node in self.soup.find_all(string=True):
            comment_or_doctype = isinstance(node, PreformattedString)
            if isinstance(node.parent, Tag) and not comment_or_doctype and node.strip():
                yield one_line(node), language_at(node.parent)
        for element in self.soup.find_all(True):
            for name in element.attrs:
                if name in {"aria-label", "title", "alt", "placeholder"} or name[:5] == "data-":
                    yield one_line(value(element, name)), language_at(element)


class Site:
    """A built site: a folder, and the address it was built for."""

    def __init__(self, root: Path, url: str = SITE_URL) -> None:
        """Ask about the site in ``root``."""
        self.root = root
        self.url = url
        self._documents: dict[str, Document] = {}

    def __getitem__(self, page: str) -> Document:
        """The page at an address."""
        return self._documents.setdefault(page, Document(self, page))

    def __iter__(self) -> Iterator[Document]:
        """Every page, 404 too, by its address."""
        for file in sorted(self.root.rglob("*.html")):
            name = file.relative_to(self.root).as_posix()
            yield self[f"/{name.removesuffix('index.html')}"]

    def file(self, place: str) -> Path:
        """The file that a host sends for an address."""
        path = unquote(urlsplit(place).path).lstrip("/")
        return self.root / (f"{path}index.html" if path.endswith("/") or not path else path)

    def place(self, page: str, href: str) -> str | None:
        """Where a link on a page leads within the site ("/a/#b"), None when it leaves it."""
        whole = urljoin(urljoin(self.url, page.lstrip("/")), href)
        if not whole.startswith(self.url):
            return None
        return f"/{whole.removeprefix(self.url)}"

    def broken_links(self) -> list[str]:
        """Everything on pages and in stylesheets that leads to nothing in this site."""
        return [
            f"{origin}: {href}: {fault}"
            for origin, page, href in self._all_links()
            if (fault := self._fault(origin, page, href))
        ]

    def _all_links(self) -> Iterator[tuple[str, str, str]]:
        """Yield in which file a link stands, the address it is read at, and the link."""
        for document in self:
            # A 404 page answers at every address, so its links may not depend on one.
            not_found = document.address == NOT_FOUND
            read_at = ["/missing", "/a/b/missing/"] if not_found else [document.address]
            for href in document.anchors.links:
                for page in read_at:
                    yield document.address, page, href
        for file in self.root.rglob("*.css"):
            name = f"/{file.relative_to(self.root).as_posix()}"
            for href in re.findall(r"url\(\s*[\"']?(.*?)[\"']?\s*\)", file.read_text()):
                yield name, name, href

    def _fault(self, origin: str, page: str, href: str) -> str | None:
        place = self.place(page, href)
        if place is None:
            own_host = urlsplit(href).netloc in ("", urlsplit(self.url).netloc)
            on_the_web = urlsplit(href).scheme in ("", "http", "https")
            return "leaves the folder of the site" if own_host and on_the_web else None
        target, fragment = urldefrag(place)
        if target == page:
            target = origin
        if not self.file(target).is_file():
            return "no such file"
        if fragment and unquote(fragment) not in self[target].anchors.ids:
            return "no such id"
        return None


# --- builds --------------------------------------------------------------------------------

_RENDER = """
import sys
from pathlib import Path
from build import render_site
from messages import run_tool
root, site, url = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None
site.mkdir(parents=True, exist_ok=True)
sys.exit(run_tool(lambda: render_site(root, site, url) or 0))
"""


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment in ``folder`` and keep what it prints."""
    ours = {name: text for name, text in os.environ.items() if name != "SITE_URL"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={
            **ours,
            "PYTHONUTF8": "1",
            "NO_MKDOCS_2_WARNING": "true",
            "SITE_PDF": "",
            **environment,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=BUILD_SECONDS if "SITE_PDF" in environment else 400,
        check=False,
    )


def render(
    project: Path, site: Path, url: str | None = SITE_URL, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build a project as ``make build`` does once the records are checked: strictly."""
    command = ["-c", _RENDER, str(project), str(site), url or ""]
    # The tools are looked for beside the working folder.
    return run(command, project / "tools", **environment)


class Project:
    """A copy of the whole project, to be changed and built."""

    def __init__(self, root: Path) -> None:
        """Copy the project to ``root``."""
        self.root = root
        self.site = root / "site"
        skip = shutil.ignore_patterns("__pycache__", "*.egg-info")
        for name in ("cases", "docs", "hooks", "overrides", "tools"):
            # Without times of change: a build may not depend on them.
            shutil.copytree(ROOT / name, root / name, ignore=skip, copy_function=shutil.copyfile)
        shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name}: {text.count(old)} × {old!r}"
        self.write(name, text.replace(old, new))

    def append(self, name: str, text: str) -> None:
        """Add a paragraph to a page."""
        self.write(name, f"{(self.root / name).read_text(encoding='utf-8')}\n{text}\n")

    def build(self, url: str | None = SITE_URL, **environment: str) -> Site:
        """Build the site, which must succeed without a warning."""
        done = self.try_build(url, **environment)
        assert done.returncode == 0, done.stderr
        assert not done.stderr, done.stderr
        return Site(self.site, url or SITE_URL)

    def try_build(
        self, url: str | None = SITE_URL, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Build the site as far as it goes."""
        return render(self.root, self.site, url, **environment)


FEW = ("moving-mamas", "art-for-all", "e-women", "asylmottak-aktivitet")
"""The cases of a small project."""
_FEW_PAGES = ("index", "avtaler-som-holder")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s#]+\.md)[^)]*\)")


class SmallProject(Project):
    """A copy with few cases and guides, built in half the time: for what does not need them all."""

    def __init__(self, root: Path) -> None:
        """Copy the project to ``root``, and take out most of its content."""
        super().__init__(root)
        shutil.rmtree(root / "cases" / "_vocabulary" / "overviews")
        for file in (root / "cases").glob("*.yml"):
            if file.stem not in FEW:
                file.unlink()
                continue
            self._rewrite(file, lambda text: _without(text, "related", "part_of"))
        for folder in ("veiledere", "refleksjon", "rammer"):
            for path in (root / "docs" / folder).iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name.partition(".")[0] not in _FEW_PAGES:
                    path.unlink()
        for page in (root / "docs").rglob("*.md"):
            self._rewrite(page, partial(self._linked, page.parent))
        glossary = root / "cases" / "_vocabulary" / "glossary.yml"
        self._rewrite(glossary, partial(self._linked, root / "docs"))
        self._rewrite(root / "mkdocs.yml", self._navigation)

    def _rewrite(self, file: Path, change: Callable[[str], str]) -> None:
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")

    def _linked(self, folder: Path, text: str) -> str:
        """A text, whose links start from ``folder``, without what leads to pages that are gone."""

        def kept(link: re.Match[str]) -> str:
            target = (folder / link[2]).resolve()
            case = target.parent.name == "eksempler" and target.name.partition(".")[0] in FEW
            return link[0] if case or target.exists() else link[1]

        return _LINK.sub(kept, _without(text, "cases"))

    def _navigation(self, text: str) -> str:
        """The settings without pages that are gone."""
        before, _, rest = text.partition("nav:\n")
        entries, _, after = rest.partition("not_in_nav:")

        def kept(items: list[Any]) -> Iterator[Any]:
            for item in items:
                if isinstance(item, str):
                    if (self.root / "docs" / item).exists():
                        yield item
                    continue
                for name, below in item.items():
                    if left := list(kept(below)):
                        yield {name: left}

        left = yaml.safe_dump({"nav": list(kept(yaml.safe_load(entries)))}, allow_unicode=True)
        return f"{before}{left}not_in_nav:{after}"


def _without(text: str, *fields: str) -> str:
    """A record or the front matter of a page without some of its fields."""
    return re.sub(rf"(?m)^(?:{'|'.join(fields)}):.*\n(?: +.*\n)*", "", text)

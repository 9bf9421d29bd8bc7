"""What the templates of the page frame are told: ``site`` and ``t``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from casebook.collection.library import Library
from casebook.handwritten.front_matter import DESK_VIEWS, GLOSSARY_VIEW
from casebook.handwritten.places import (
    CATALOGUE,
    CHECKLISTS,
    COMPARE,
    GLOSSARY,
    GUIDES,
    HOME,
    LAW,
    LIST,
    PRIVACY,
    TIP,
)
from casebook.languages import Language
from casebook.page.tips import EMAIL, REPOSITORY
from casebook.page.view import Day
from casebook.render.pages import PdfLink
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from website.addresses import Addresses
from website.generated import GeneratedPage, NoticePage
from website.navigation import Node, SiteNavigation
from website.policy import REFERRER, policies
from website.scripts import imported
from website.search_frame import SearchFrames

_PICKING = "picking.script."
BUILT_DAYS = 60
"""After so many days the pages say that they have not been made again: they are made each week."""
_LAW_FOLDER = f"{LAW.rpartition('/')[0]}/"
_SCRIPTS = {
    "cards.js": ("home", "catalogue", "facet"),
    "catalogue/main.js": ("catalogue",),
    "reading.js": ("case", "guide", "page"),
    "folding.js": ("case",),
    "terms.js": ("case", "guide", "page"),
    "form/main.js": ("form",),
    "picking/main.js": ("home", "catalogue", "case", "facet"),
}
"""Scripts that only some layouts have."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page frame."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Chapter(Link):
    """A chapter of the same guide; ``current`` is the page itself."""

    current: bool


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the navigation; ``active`` when the page is this one or below it."""

    title: str
    href: str
    current: bool
    active: bool
    children: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page in another language, or that language's front page when it has no counterpart."""

    code: str
    name: str
    html_lang: str
    href: str
    current: bool
    has_counterpart: bool


@dataclass(frozen=True, slots=True)
class Alternate:
    """An address for search engines: the same page in a language."""

    hreflang: str
    href: str


@dataclass(frozen=True, slots=True)
class TocItem:
    """A heading of the page."""

    id: str
    title: str
    children: tuple[TocItem, ...]


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page for the sitemap: its address, when its content changed, and its other languages."""

    address: str
    changed: str | None
    alternates: tuple[Alternate, ...]


class Frame:
    """Builds the frame's context for pages of one build."""

    def __init__(
        self,
        config: MkDocsConfig,
        files: Files,
        addresses: Addresses,
        navigation: SiteNavigation,
        library: Library,
    ) -> None:
        """Build for the pages in ``files``."""
        self._config = config
        self._today = library.today
        self._files = files.src_uris
        self._addresses = addresses
        self._languages = addresses.languages
        self._site_navigation = navigation
        self._menus: dict[tuple[str, str, int], tuple[MenuItem, ...]] = {}
        self._search = SearchFrames(library, addresses)
        self._policies = policies(config.site_url or "/")
        self._picking = {it.code: it.for_script(_PICKING) for it in self._languages}

    def page(self, page: Page, sources: str | None, pdf: PdfLink | None) -> dict[str, Any]:
        """Return the context of an ordinary or generated page."""
        language = self._addresses.language_of(page.file.src_uri)
        layout = _layout(page)
        values = self._common(language, page.file.src_uri, page.url)
        name, title = values["name"], page.title or ""
        previous, following = self._neighbours(page, language)
        notice = self._notice(page) if isinstance(page, NoticePage) else {}
        return values | {
            "layout": layout,
            "changed": None if isinstance(page, GeneratedPage) else day_of(page, language),
            "head_title": name if layout == "home" else f"{title} – {name}",
            "description": str(page.meta.get("description", "")),
            "canonical": page.canonical_url,
            "leads_to": None,
            "is_listed": True,
            "alternates": self._alternates(page),
            "breadcrumbs": self._breadcrumbs(page, language, layout),
            "toc": _toc(page),
            "previous": previous,
            "next": following,
            "chapters": self._chapters(page, language),
            "sources": sources,
            "pdf": pdf,
            **self._scripts(layout, page.meta),
            **notice,
        }

    def _scripts(self, layout: str, meta: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return the scripts of a page, and what they import."""
        scripts = ["menu.js", "theme.js", "paper.js", "list/counter.js"]
        scripts.append("search/ui-page.js" if layout == "search" else "search/ui.js")
        scripts += [name for name, layouts in _SCRIPTS.items() if layout in layouts]
        if meta.get("type"):
            scripts.append("forms/main.js")
        if meta.get("view") == GLOSSARY_VIEW:
            scripts.append("glossary.js")
        if layout == "desk":
            scripts.append(f"{meta['view']}/main.js")
        return {"scripts": scripts, "imports": imported(Path(self._config.docs_dir), scripts)}

    def _notice(self, page: NoticePage) -> dict[str, Any]:
        """Return what the page of a case that was renamed or withdrawn has of its own."""
        if page.leads_to is None:
            return {"is_listed": False}
        target = self._files[page.leads_to]
        return {
            "is_listed": False,
            "leads_to": get_relative_url(target.url, page.url),
            "canonical": target.page and target.page.canonical_url,
            "alternates": (),
        }

    def renamed(self) -> Iterator[tuple[File, File]]:
        """Yield the file of each former address, and that of the page that it leads to."""
        for file in self._files.values():
            if isinstance(file.page, NoticePage) and file.page.leads_to is not None:
                yield file, self._files[file.page.leads_to]

    def error(self, language: Language) -> dict[str, Any]:
        """Return the context of an error page, whose links must hold at any address."""
        values = self._common(language, None, None)
        title = language.text("chrome.not_found")
        return values | {
            "layout": "error",
            "head_title": f"{title} – {values['name']}",
            "description": "",
            "canonical": None,
            "leads_to": None,
            "is_listed": False,
            "alternates": (),
            "breadcrumbs": (),
            "toc": (),
            "previous": None,
            "next": None,
            "chapters": (),
            "sources": None,
            "pdf": None,
            **self._scripts("error", {}),
        }

    def sitemap(self) -> list[SitemapEntry]:
        """Return every page with its address (none while the site has no address)."""
        return [
            SitemapEntry(file.page.canonical_url, _changed(file.page), self._alternates(file.page))
            for _, file in sorted(self._files.items())
            if file.page is not None and file.page.canonical_url is not None
            if not isinstance(file.page, NoticePage)
        ]

    def has(self, uri: str) -> bool:
        """Say whether the site has the page ``uri``."""
        return uri in self._files

    def href(self, uri: str, language: Language, base: str | None) -> str:
        """Return the address of the page ``uri`` in ``language`` as seen from ``base``.

        Without a base (error pages) the address is absolute within the host.
        """
        file = self._files.get(self._addresses.in_language(uri, language)) or self._files[uri]
        if base is None:
            return urljoin(urlsplit(self._config.site_url or "/").path or "/", _url(file))
        return get_relative_url(file.url, base)

    def report_href(self, id_: str, title: str) -> str | None:
        """Return where a reader reports an error in a case; None where nobody can be reached.

        ``extra.report`` in mkdocs.yml is an address with ``{id}`` and ``{title}``.  Without it the
        editors get an e-mail, or the repository an issue.
        """
        address = str(self._config.extra.get("report") or "")
        if address:
            return address.replace("{id}", quote(id_)).replace("{title}", quote(title))
        editors, repository = self.ways
        if editors:
            return f"mailto:{editors}?subject={quote(title)}"
        return f"{repository}/issues/new?title={quote(title)}" if repository else None

    def tell_href(self, language: Language, base: str | None) -> str | None:
        """Return the page that tells how to reach the editors; None where nobody can be reached."""
        return self.href(TIP, language, base) if any(self.ways) and self.has(TIP) else None

    @property
    def ways(self) -> tuple[str, str]:
        """The editors' e-mail address and that of the repository, "" for none.

        One that is no such address is told of by the check, and left out.
        """
        repository = self.setting("repository") or {}
        editors, url = str(self.setting("editors") or ""), str(repository.get("url") or "")
        return (
            editors if EMAIL.fullmatch(editors) else "",
            url if REPOSITORY.fullmatch(url) else "",
        )

    def setting(self, name: str) -> Any:
        """Return a setting of the site from ``extra`` in mkdocs.yml, or None."""
        return self._config.extra.get(name)

    def _common(self, language: Language, uri: str | None, base: str | None) -> dict[str, Any]:
        names: Mapping[str, str] = self._config.extra.get("site_names", {})
        owner = self._config.extra.get("owner") or {}
        return {
            "language": language.code,
            "html_lang": language.html,
            "name": names.get(language.code, self._config.site_name),
            "languages": self._language_links(language, uri, base),
            "home_href": self.href(HOME, language, base),
            "privacy_href": self.href(PRIVACY, language, base),
            "navigation": self._navigation(language, uri, base),
            "owner": owner if owner.get("name") else None,
            "built": Day(language.day(self._today), self._today.isoformat()),
            "built_until": (self._today + timedelta(days=BUILT_DAYS)).isoformat(),
            "policies": self._policies,
            "referrer": REFERRER,
            "search": self._search.frame(
                language, lambda uri, spoken: self.href(uri, spoken, base)
            ),
            "catalogue_href": self.href(CATALOGUE, language, base),
            "guides_href": self.href(GUIDES, language, base),
            "checklists_href": self.href(CHECKLISTS, language, base),
            "glossary_href": self.href(GLOSSARY, language, base),
            "tell_href": self.tell_href(language, base),
            "list_href": self.href(LIST, language, base),
            "at_list": uri == self._addresses.in_language(LIST, language),
            "compare_href": self.href(COMPARE, language, base),
            "picking": self._picking[language.code],
        }

    def _navigation(
        self, language: Language, uri: str | None, base: str | None
    ) -> tuple[MenuItem, ...]:
        """Return the menu; generated pages as deep share theirs: none of them stands in it."""
        nodes = self._site_navigation.nodes
        file = self._files.get(uri or "")
        if file is None or not isinstance(file.page, GeneratedPage):
            return self._menu(nodes, language, uri, base)
        key = language.code, file.url.partition("/")[0], file.url.count("/")
        if key not in self._menus:
            self._menus[key] = self._menu(nodes, language, uri, base)
        return self._menus[key]

    def _language_links(
        self, current: Language, uri: str | None, base: str | None
    ) -> tuple[LanguageLink, ...]:
        links = []
        for language in self._languages:
            counterpart = self._addresses.in_language(uri, language) if uri else HOME
            exists = counterpart in self._files
            href = self.href(counterpart if exists else HOME, language, base)
            links.append(
                LanguageLink(
                    code=language.code,
                    name=language.name,
                    html_lang=language.html,
                    href=href,
                    current=language is current,
                    has_counterpart=exists,
                )
            )
        return tuple(links)

    def _alternates(self, page: Page) -> tuple[Alternate, ...]:
        """Return this page in every language, or nothing when it exists in one only."""
        if page.canonical_url is None:
            return ()
        found = []
        for language in self._languages:
            file = self._files.get(self._addresses.in_language(page.file.src_uri, language))
            if file is not None:
                found.append(Alternate(language.html, self._absolute(file)))
        default = self._files.get(
            self._addresses.in_language(page.file.src_uri, self._languages.default)
        )
        if len(found) < 2 or default is None:
            return ()
        return (*found, Alternate("x-default", self._absolute(default)))

    def _absolute(self, file: File) -> str:
        site = self._config.site_url or ""
        return urljoin(site if site.endswith("/") else f"{site}/", _url(file))

    def _menu(
        self, nodes: list[Node], language: Language, uri: str | None, base: str | None
    ) -> tuple[MenuItem, ...]:
        items = []
        for node in nodes:
            if node.file is None or node.file.src_uri == HOME:
                continue
            own = self._addresses.in_language(node.file.src_uri, language)
            children = self._menu(node.children, language, uri, base)
            folder = own.rpartition("/")[0]
            below = own.rpartition("/")[2].startswith("index.") and (uri or "").startswith(
                f"{folder}/"
            )
            items.append(
                MenuItem(
                    title=self._site_navigation.title(node, language.code, self._files, own),
                    href=self.href(node.file.src_uri, language, base),
                    current=own == uri,
                    active=own == uri or below or any(child.active for child in children),
                    children=children,
                )
            )
        return tuple(items)

    def _breadcrumbs(self, page: Page, language: Language, layout: str) -> tuple[Link, ...]:
        if layout == "home":
            return ()
        home = self._files[self._addresses.in_language(HOME, language)]
        trail = [Link(language.text("chrome.to_home"), get_relative_url(home.url, page.url))]
        folders = page.file.src_uri.split("/")[:-1]
        for depth in range(1, len(folders) + 1):
            folder = "/".join(folders[:depth])
            above = self._page_of(f"{folder}/index.md", language) or self._page_of(
                f"{folder}.md", language
            )
            if above is not None and above is not page.file and above.page is not None:
                trail.append(Link(above.page.title or "", get_relative_url(above.url, page.url)))
        return tuple(trail)

    def _page_of(self, uri: str, language: Language) -> File | None:
        return self._files.get(self._addresses.in_language(uri, language))

    def _neighbours(self, page: Page, language: Language) -> tuple[Link | None, Link | None]:
        default = self._addresses.in_language(page.file.src_uri, self._languages.default)
        found = self._site_navigation.pages_beside(default)
        if found is None or "/" not in default:
            return None, None
        siblings, place = found
        around = (place - 1, place + 1)
        links = [
            self._link(siblings[n], language, page) if 0 <= n < len(siblings) else None
            for n in around
        ]
        return links[0], links[1]

    def _chapters(self, page: Page, language: Language) -> tuple[Chapter, ...]:
        """Return the pages of the guide, or of the part on the law, that a page is a chapter of."""
        default = self._addresses.in_language(page.file.src_uri, self._languages.default)
        found = self._site_navigation.pages_beside(default)
        if found is None or not (default.count("/") > 1 or default.startswith(_LAW_FOLDER)):
            return ()
        siblings, place = found
        links = [(n, self._link(node, language, page)) for n, node in enumerate(siblings)]
        return tuple(Chapter(link.title, link.href, n == place) for n, link in links if link)

    def _link(self, node: Node, language: Language, page: Page) -> Link | None:
        if node.file is None:
            return None
        uri = self._addresses.in_language(node.file.src_uri, language)
        title = self._site_navigation.title(node, language.code, self._files, uri)
        return Link(title, self.href(node.file.src_uri, language, page.url))


def _url(file: File) -> str:
    return "" if file.url in (".", "./") else file.url


def _changed(page: Page) -> str | None:
    if isinstance(page, GeneratedPage):
        return page.changed
    day = page.meta.get("date")
    return str(day) if day else None


def day_of(page: Page, language: Language) -> Day | None:
    """Return when a page changed, for people and machines; None when it does not tell."""
    changed = _changed(page)
    return Day(language.day(date.fromisoformat(changed)), changed) if changed else None


def _layout(page: Page) -> str:
    if isinstance(page, GeneratedPage):
        return page.layout
    if page.meta.get("view") in ("home", "catalogue", "search", "form"):
        return str(page.meta["view"])
    if page.meta.get("view") in DESK_VIEWS:
        return "desk"
    return "guide" if page.meta.get("sources") or page.meta.get("statements") else "page"


def _toc(page: Page) -> tuple[TocItem, ...]:
    """Return the headings below the page's title."""
    entries = list(page.toc)
    if len(entries) == 1 and entries[0].level == 1:
        entries = entries[0].children
    return tuple(_toc_item(entry) for entry in entries)


def _toc_item(entry: Any) -> TocItem:
    children = tuple(_toc_item(child) for child in entry.children)
    return TocItem(entry.id, entry.title, children)

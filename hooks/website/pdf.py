"""PDFs of cases, briefs and guides: what they are made from, when, and links to them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin

from casebook.files.pictures import FOLDER
from casebook.gate.lists import PAPER
from casebook.handwritten.front_matter import TYPES
from casebook.handwritten.places import LAW
from casebook.languages import Language
from casebook.letters.isolation import isolated
from casebook.page.view import CasePage, Day
from casebook.pdf.cache import Cache, Made
from casebook.pdf.document import Document, digest_of, workshop_digest
from casebook.pdf.factory import Workshop, make
from casebook.pdf.pages import Chapter, PaperRenderer, Title
from casebook.pdf.tree import picture_addresses
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from website.explanations import with_terms
from website.frame import day_of
from website.gate import let_through
from website.generated import RecordPage
from website.guides import guide_parts
from website.later import OnlyPdfs, Pdf, Tell
from website.pdf_links import BRIEF, Pdfs, named
from website.views import render_sources

if TYPE_CHECKING:
    from website.build import Build


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A document, with what kind it is, its language, and the pages that link to it."""

    document: Document
    kind: str
    language: Language
    pages: tuple[File, ...]
    link: str
    """The text of links to it."""

    @property
    def stem(self) -> str:
        """What it is called in every language."""
        return self.document.name.rpartition("/")[2].partition(".")[0]


def make_pdfs(config: MkDocsConfig, files: Files, build: Build) -> Pdfs:
    """Make the PDFs that ``extra.pdf`` asks for and that are not there since an earlier build.

    In a build that leaves work for later, pages link to those of earlier builds until then.

    A document with a fault costs its own PDF, and the links to it: that is told, and where nobody
    would read it (in CI), it is an error.

    Raises Abort in CI when a PDF could not be made.
    """
    pdfs, later = Pdfs(), build.later
    if later is None:
        _make_all(config, files, build, pdfs.hear)
        return pdfs
    for pdf in later.pdfs.values():
        pdfs.hear(pdf)
    later.jobs.append(partial(_make_all, config, files, build))
    return pdfs


def _make_all(config: MkDocsConfig, files: Files, build: Build, tell: Tell) -> None:
    """Make all PDFs, and tell of each as soon as it is there."""
    asked_for = str(config.extra.get("pdf") or "").split()
    if not asked_for:
        return
    cache = Cache(Path(config.config_file_path or "mkdocs.yml").parent / ".cache" / "pdf")
    workshop = Workshop(cache, Path(config.docs_dir) / "assets")
    tools = workshop_digest(workshop.assets)
    wanted = {
        digest_of(one.document, tools): one
        for one in _Papers(config, files, build).all()
        if one.kind in asked_for or one.stem in asked_for
    }
    tell(OnlyPdfs(frozenset(one.document.name for one in wanted.values())))
    missing = dict(wanted)

    def tell_ready() -> None:
        for digest in list(missing):
            made = cache.find(digest)
            if made is not None:
                tell(_pdf(missing.pop(digest), made))

    def tell_progress(done: int, total: int) -> None:
        _tell_progress(done, total)
        tell_ready()

    tell_ready()
    if missing:
        documents = {digest: one.document for digest, one in missing.items()}
        _make(build, workshop, documents, tell_progress)
        made = wanted.keys() - missing.keys()
        tell(OnlyPdfs(frozenset(wanted[digest].document.name for digest in made)))
    cache.tidy()


def _make(
    build: Build,
    workshop: Workshop,
    documents: Mapping[str, Document],
    tell: Callable[[int, int], None],
) -> None:
    faults = {digest: workshop.cache.find_fault(digest) for digest in documents}
    wanted = {digest: one for digest, one in documents.items() if faults[digest] is None}
    unavailable = None
    if wanted:
        _tell(build, "pdf.making", len(wanted))
        outcome = make(wanted, workshop, tell)
        faults |= outcome.faults
        unavailable = outcome.unavailable
    told = [
        language.text("pdf.fault", name=documents[digest].name, source=documents[digest].source)
        + f" ({fault})"
        for digest, fault in sorted(faults.items(), key=lambda item: documents[item[0]].name)
        if fault is not None
        for language in build.languages
    ]
    if unavailable is not None:
        told += [one.text("pdf.unavailable", cause=unavailable) for one in build.languages]
    if told and os.environ.get("CI"):
        raise Abort("\n".join(["PDF:", *told]))
    for sentence in told:
        print(sentence, flush=True)


def _tell(build: Build, key: str, number: int) -> None:
    for language in build.languages:
        print(language.count(key, number), flush=True)


def _tell_progress(done: int, total: int) -> None:
    """Tell of every tenth part, so that a log does not drown in it."""
    if done == total or done * 10 // total != (done - 1) * 10 // total:
        print(f"  PDF {done}/{total}", flush=True)


def _pdf(one: _Wanted, made: Made) -> Pdf:
    pages = tuple(file.src_uri for file in one.pages)
    return Pdf(one.document.name, made, _text(one, made), pages, is_brief=one.kind == "brief")


def _text(one: _Wanted, made: Made) -> str:
    language = one.language
    size = language.number(max(1, round(made.size / 1000)))
    pages = language.count("pdf.pages", made.pages)
    return f"{language.text(one.link)}, {pages}, {language.text('pdf.size', value=size)}"


class _Papers:
    """Everything that can become a PDF."""

    def __init__(self, config: MkDocsConfig, files: Files, build: Build) -> None:
        self._config = config
        self._files = files
        self._build = build
        self._paper = PaperRenderer(build.templates)

    def all(self) -> Iterator[_Wanted]:
        for language in self._build.languages:
            yield from self._guides(language)
            yield from self._forms(language)
            yield from self._cases(language)

    def _cases(self, language: Language) -> Iterator[_Wanted]:
        for id_ in self._build.library.cases:
            file = self._files.src_uris[self._build.addresses.case_uri(id_, language)]
            page = file.page
            if not isinstance(page, RecordPage):
                continue
            view = page.view
            title = self._title(file, view.title, view.lead, view.updated, language)
            yield self._brief(view, title, file, language)
            href = partial(self._case, language=language)
            body = self._paper.case(view, title, language, href, self._picture)
            body = with_terms(body, language, title.address, self._build)
            html = self._paper.document("case-paper", title, body, language)
            document = self._document(file, html, f"cases/{id_}.yml")
            yield _Wanted(document, "case", language, (file,), "pdf.link_case")

    def _brief(self, view: CasePage, title: Title, file: File, language: Language) -> _Wanted:
        body = self._paper.brief(view, title, language)
        html = self._paper.document("brief-paper", title, body, language)
        document = self._document(file, html, f"cases/{view.id}.yml", BRIEF)
        return _Wanted(document, "brief", language, (file,), "pdf.link_brief")

    def _guides(self, language: Language) -> Iterator[_Wanted]:
        for pages in guide_parts(language, self._files, self._build):
            first = pages[0]
            title = self._title_of(first, language)
            chapters = [self._chapter(page, pages, language) for page in pages]
            body = self._paper.guide(title, chapters, language)
            html = self._paper.document("guide-paper", title, body, language)
            files = tuple(page.file for page in pages)
            is_law = first.file.src_uri == self._build.addresses.in_language(LAW, language)
            link = "pdf.link_law" if is_law else "pdf.link_guide"
            yield _Wanted(self._document(first.file, html), "guide", language, files, link)

    def _forms(self, language: Language) -> Iterator[_Wanted]:
        for file in sorted(self._files.documentation_pages(), key=lambda file: file.src_uri):
            page = file.page
            type_ = page.meta.get("type") if page is not None else None
            if page is None or type_ not in TYPES:
                continue
            if self._build.addresses.language_of(file.src_uri) is not language:
                continue
            title = self._title_of(page, language)
            body = self._paper.form(title, self._chapter(page, [page], language), type_, language)
            html = self._paper.document("form-paper", title, body, language)
            document = self._document(file, html)
            yield _Wanted(document, "form", language, (file,), "pdf.link_form")

    def _document(
        self, file: File, html: str, source: str | None = None, ending: str = ""
    ) -> Document:
        docs = Path(self._config.docs_dir)
        source = source or f"{docs.name}/{file.src_uri}"
        head, start, body = html.partition("<body")
        html = f"{head}{isolated(f'{start}{body}')}"
        let_through(html, PAPER, source, self._build)
        return Document(_name(file, ending), html, source, tuple(self._pictures(html)))

    def _pictures(self, html: str) -> Iterator[tuple[str, str, str]]:
        """Yield the pictures of a document: address, file below the assets, and its digest.

        Only whole files that lie in the folder of assets themselves are handed on.
        """
        assets = (Path(self._config.docs_dir) / "assets").resolve()
        for address in sorted(set(picture_addresses(html))) if "<img" in html else ():
            name = unquote(address.removeprefix(urljoin(self._start, "assets/")))
            file = (assets / name).resolve()
            if name != address and file.is_relative_to(assets) and file.is_file():
                digest = hashlib.sha256(file.read_bytes()).hexdigest()
                yield address, file.relative_to(assets).as_posix(), digest

    def _title_of(self, page: Page, language: Language) -> Title:
        return self._title(
            page.file,
            str(page.title or ""),
            str(page.meta.get("description", "")),
            day_of(page, language),
            language,
        )

    def _chapter(self, page: Page, pages: list[Page], language: Language) -> Chapter:
        _, heading, text = (page.content or "").partition("</h1>")
        name: str | None = str(page.title or "")
        if page is pages[0]:
            name = language.text("pdf.introduction") if len(pages) > 1 else None
        sources = render_sources(page, self._config)
        return Chapter(
            title=name,
            lead=None if page is pages[0] else str(page.meta.get("description") or "") or None,
            address=self._address(page.file),
            text=Markup(text if heading else page.content or ""),  # noqa: S704 - our own page
            sources=None if sources is None else Markup(sources),  # noqa: S704 - our own
        )

    def _title(
        self, file: File, text: str, description: str, changed: Day | None, language: Language
    ) -> Title:
        names: Mapping[str, str] = self._config.extra.get("site_names", {})
        site = names.get(language.code, self._config.site_name)
        return Title(text, description, changed, self._address(file), site)

    def _case(self, id_: str, language: Language) -> str:
        return self._address(self._files.src_uris[self._build.addresses.case_uri(id_, language)])

    def _picture(self, name: str) -> str:
        return urljoin(self._start, f"{FOLDER}/{quote(name)}")

    def _address(self, file: File) -> str:
        return urljoin(self._start, file.url)

    @property
    def _start(self) -> str:
        """The address that the site begins at."""
        return self._config.site_url or "http://127.0.0.1/"


def _name(file: File, ending: str) -> str:
    """Return where a page's PDF stands: in the page's folder, called as its source file."""
    parts = [part for part in file.src_uri.removesuffix(".md").split("/") if part]
    stem = parts[-1]
    if stem.partition(".")[0] == "index" and len(parts) > 1:
        stem = parts[-2] + stem.removeprefix("index")
    return f"{file.url}{named(stem, ending)}"

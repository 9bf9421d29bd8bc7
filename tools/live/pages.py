"""One build, as a plugin of MkDocs sees it: the pages that people look at come first."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Collection, Iterable
from pathlib import Path, PurePosixPath
from shutil import copyfile

from casebook.handwritten.front_matter import DESK_VIEWS
from casebook.handwritten.page import CASES_FOLDER
from jinja2 import Environment
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from website.build import Build, current_build
from website.later import LATER, Later, Pdf
from website.pdf_links import Pdfs

from live.kept import Kept, KeptPage

_LAST = -1000
_NEEDS_DATA = ("catalogue", "form", *DESK_VIEWS)
"""Views that read files which are written when all pages are."""


class Superseded(BaseException):
    """There is a newer order: what is being built is out of date.

    No ``Exception``, which MkDocs would report as a fault of the page at hand.
    """


class Pages(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Puts the pages that are asked for first, and tells when they are written.

    Attributes:
        warnings: What MkDocs has warned of.
    """

    def __init__(
        self,
        later: Later,
        kept: Kept,
        wanted: tuple[Collection[str], Collection[str]],
        is_out_of_date: Callable[[], bool],
        tell_early: Callable[[list[str]], None],
    ) -> None:
        """Take part in one build.

        Args:
            later: Takes the work that is left for later.
            kept: What is known of earlier builds.
            wanted: Changed sources, and addresses of pages that are open.
            is_out_of_date: Tells whether to stop.
            tell_early: Called with files of the site, when the first pages are written.
        """
        super().__init__()
        self.later = later
        self.warnings: list[str] = []
        self._kept = kept
        self._changed, self._open = wanted
        self._is_out_of_date = is_out_of_date
        self._tell_early = tell_early
        self._early: list[str] = []
        self._told = False

    def enter(self, config: MkDocsConfig) -> None:
        """Join the build with this configuration."""
        self._config = config
        config.extra[LATER] = self.later
        config.plugins["live"] = self
        logging.getLogger("mkdocs").addHandler(_Warnings(self.warnings))

    @property
    def build(self) -> Build | None:
        """What the hooks share, once they have begun."""
        try:
            return current_build(self._config)
        except KeyError:
            return None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take what templates there are; this process ends when one changes."""
        build, kept = current_build(config), self._kept
        if kept.renderer is None or kept.environment is None:
            kept.renderer, kept.environment = build.renderer, config.theme.get_env()
        build.renderer, environment = kept.renderer, kept.environment
        config.theme.get_env = lambda: environment  # type: ignore[method-assign]
        return config

    @event_priority(_LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Sort the files, and let hand-written pages be what they were."""
        build = current_build(config)
        default = build.languages.default
        changed = {self._page_of(source) for source in self._changed}
        self._first = {
            file.src_uri
            for file in files.documentation_pages()
            if file.url in self._open
            or build.addresses.in_language(file.src_uri, default) in changed
        }
        for file in files.documentation_pages():
            if file.page is None:
                KeptPage(file, config, self._kept)
        return type(files)(sorted(files, key=lambda file: file.src_uri not in self._first))

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Stop when all this is out of date."""
        self._check()
        return page

    @event_priority(_LAST)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep what it takes to write a page again."""
        self._env, self._files = env, files
        return env

    @event_priority(_LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Tell of the first pages when the next one comes."""
        if self._told:
            return output
        self._check()
        if page.file.src_uri in self._first:
            if page.meta.get("view") not in _NEEDS_DATA:
                self._early.append(page.file.dest_uri)
        else:
            self._told = True
            self._tell_early(self._early)
        return output

    def put(self, pdf: Pdf) -> None:
        """Put a PDF into the site, whole."""
        place = Path(self._config.site_dir, pdf.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_suffix(".new")
        copyfile(pdf.made.file, unfinished)
        unfinished.replace(place)

    def remove(self, name: str) -> None:
        """Remove a PDF that is out of date from the site."""
        Path(self._config.site_dir, name).unlink(missing_ok=True)

    def write_again(self, uris: Iterable[str], pdfs: Iterable[Pdf]) -> None:
        """Write the pages of source files again with links to ``pdfs``.

        Each gets its place whole, since it may be read at this moment.
        """
        build = current_build(self._config)
        build.pdfs = Pdfs()
        for pdf in pdfs:
            build.pdfs.hear(pdf)
        site, all_files = Path(self._config.site_dir), self._files.documentation_pages()
        with tempfile.TemporaryDirectory(dir=site.parent) as side:
            for uri in uris:
                file = self._files.src_uris.get(uri)
                if file is None or file.page is None:
                    continue
                file.dest_dir = side
                _build_page(file.page, self._config, all_files, Navigation([], []), self._env)
                Path(file.abs_dest_path).replace(site / file.dest_uri)
                file.dest_dir = str(site)

    def _page_of(self, source: str) -> str:
        """Return the source file, in the default language, of the page that a file is shown on."""
        folder, _, rest = source.partition("/")
        if folder == "cases":
            return f"{CASES_FOLDER}/{PurePosixPath(rest).stem}.md"
        build = current_build(self._config)
        return build.addresses.in_language(rest, build.languages.default)

    def _check(self) -> None:
        if self._is_out_of_date():
            raise Superseded


class _Warnings(logging.Handler):
    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        self._found.append(record.getMessage())

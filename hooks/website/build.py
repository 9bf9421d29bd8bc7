"""State of one build: made in ``on_config``, handed on through the configuration, then gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from casebook.browser.catalogue_data import CatalogueData
from casebook.browser.form_data import FormData
from casebook.collection.library import Library, load_library
from casebook.collection.status import CaseStatus, case_statuses
from casebook.files.pictures import FOLDER, Size, check_pictures, size_of
from casebook.files.published import find_files
from casebook.gate.check import check_pages
from casebook.handwritten.navigation import expanded
from casebook.handwritten.page import read_pages
from casebook.languages import Languages, load_languages
from casebook.page.chart_lines import ChartLine
from casebook.page.references import ReferenceList
from casebook.problem import Problem
from casebook.render.pages import Renderer
from casebook.render.terms import Explainer, explainer
from mkdocs.config.defaults import MkDocsConfig

from website.addresses import Addresses
from website.frame import Frame
from website.later import LATER, Later
from website.navigation import SiteNavigation
from website.pdf_links import Pdfs

_KEY = "casebook_build"


@dataclass
class Build:
    """Everything that one build shares between its hooks."""

    languages: Languages
    library: Library
    problems: list[Problem]
    templates: Path
    pages: Path
    """The folder of hand-written pages and assets."""
    published: frozenset[str] = frozenset()
    """The files below it that may be published, as they were found and judged."""
    later: Later | None = None
    """Takes the work that can wait; None: everything is made at once."""
    navigation: SiteNavigation = field(default_factory=SiteNavigation)
    references: dict[str, ReferenceList] = field(default_factory=dict)
    """Source file of a hand-written page -> the sources it names, numbered."""
    marked: dict[str, list[int]] = field(default_factory=dict)
    """Source file of a hand-written page -> the numbers of the sources cited in its text."""
    charts: dict[str, list[ChartLine]] = field(default_factory=dict)
    """The figures that hand-written pages ask for, by source file."""
    page_problems: list[Problem] = field(default_factory=list)
    """What is wrong in hand-written pages; told together when every page has been read."""
    catalogue_data: dict[str, CatalogueData] = field(default_factory=dict)
    """By language code; made with the catalogue's page, written after all pages."""
    form_data: dict[str, FormData] = field(default_factory=dict)
    """By language code; made with the page of the form, written after all pages."""
    pdfs: Pdfs = field(default_factory=Pdfs)
    """Made when every page has been read."""
    frame: Frame = field(init=False)
    """Set when all files are there."""

    @cached_property
    def addresses(self) -> Addresses:
        """Where pages lie."""
        return Addresses(self.languages)

    @cached_property
    def statuses(self) -> tuple[CaseStatus, ...]:
        """How every case stands, for editors."""
        return case_statuses(self.library)

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer of generated pages."""
        return Renderer(self.templates)

    @cached_property
    def pictures(self) -> dict[str, Size]:
        """How large the pictures of cases are, by the names of their files."""
        names = {image.file for case in self.library.cases.values() for image in case.images}
        sizes = {name: size_of((self.pages / FOLDER / name).read_bytes()) for name in sorted(names)}
        return {name: size for name, size in sizes.items() if size is not None}

    @cached_property
    def explainers(self) -> dict[str, Explainer]:
        """What explains the terms of the glossary, by code of the language."""
        glossary = self.library.vocabulary.glossary
        return {code: explainer(glossary, code) for code in self.languages.codes}


def start_build(config: MkDocsConfig) -> Build:
    """Read languages and records for this build and keep them in ``config``."""
    home = Path(config.config_file_path or "mkdocs.yml").parent
    folder = home / "cases"
    languages = load_languages()
    library, problems = load_library(folder, languages, name="cases")
    pages = Path(config.docs_dir)
    problems += check_pictures(folder, pages, "cases")
    problems += check_pages(pages, library, pages.name)
    templates = Path(config.theme.custom_dir or home / "overrides")
    found = find_files(pages, pages.name)
    left_out = config.not_in_nav
    written = [  # what is wrong with them is told by the check
        page
        for page in read_pages(found, languages)[0]
        if left_out is None or not left_out.match_file(page.name)
    ]
    config.nav = expanded(config.nav or [], written)
    published = frozenset(found.files)
    later = config.extra.get(LATER)
    build = Build(languages, library, problems, templates, pages, published, later)
    config.extra[_KEY] = build
    return build


def current_build(config: MkDocsConfig) -> Build:
    """Return the state of the build under way."""
    build: Build = config.extra[_KEY]
    return build

"""All pages together, with what they may refer to."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from casebook.collection.facets import FACETS, RESERVED, Facet
from casebook.collection.names import CaseNames
from casebook.handwritten.front_matter import GLOSSARY_VIEW
from casebook.handwritten.inline import anchors, without_code
from casebook.handwritten.page import CASES_FOLDER, SUFFIX, HandwrittenPage, name_in
from casebook.languages import Languages
from casebook.record.vocabulary import Vocabulary

SOURCES_ANCHOR = "sources"
"""Anchor of the list of sources, which every page with sources has."""


@dataclass
class SitePages:
    """The pages of a site by name, its languages, the names of its cases, and its files."""

    pages: Mapping[str, HandwrittenPage]
    languages: Languages
    vocabulary: Vocabulary
    cases: CaseNames
    files: Collection[str]

    def __post_init__(self) -> None:
        """Prepare what is asked for page by page."""
        self._anchors: dict[str, set[str]] = {}

    @cached_property
    def originals(self) -> dict[str, list[HandwrittenPage]]:
        """The pages of each name in the default language, in the order of the languages."""
        found: dict[str, list[HandwrittenPage]] = {}
        for page in self.pages.values():
            found.setdefault(page.original, []).append(page)
        order = list(self.languages.codes)
        for pages in found.values():
            pages.sort(key=lambda page: order.index(page.language.code))
        return found

    def resolve(self, page: HandwrittenPage, path: str) -> str:
        """Return the name of the page that ``path`` leads to from ``page``."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path))

    def case_id(self, name: str) -> str | None:
        """Return the id of the case whose page would be called ``name``; None: it is no such."""
        folder, _, file = name.rpartition("/")
        if folder != CASES_FOLDER or name in self.pages:
            return None
        stem = file.removesuffix(SUFFIX)
        base, _, code = stem.rpartition(".")
        return base if base and code in self.languages else stem

    def is_generated(self, name: str) -> bool:
        """Say whether ``name`` stands below the catalogue, where facets have their pages."""
        folder, _, rest = name.partition("/")
        return folder == CASES_FOLDER and rest.partition("/")[0] in RESERVED

    def facet_and_term(self, name: str) -> tuple[Facet, str] | None:
        """Return whose page ``name`` is below the catalogue; None: it is that of no single term."""
        _, slug, *rest = name.removesuffix(SUFFIX).split("/")
        facet = next((facet for facet in FACETS if facet.slug == slug), None)
        stem = rest[0] if rest else ""
        base, _, code = stem.rpartition(".")
        term = base if base and code in self.languages else stem
        return None if facet is None or term in ("", "index") else (facet, term)

    def anchors_of(self, page: HandwrittenPage) -> set[str] | None:
        """Return the anchors of a page, or None when most of it is made from the site."""
        view = page.value("view")
        if view and view != GLOSSARY_VIEW:
            return None
        if page.name not in self._anchors:
            found = {SOURCES_ANCHOR} if page.listed("sources") else set()
            found.update(anchors(without_code(page.head.text[page.body_start :])))
            for block in page.blocks:
                if block.kind == "heading" and not block.id:
                    found.add(_slug(block.passage.text))
            if view == GLOSSARY_VIEW:
                found.update(self.glossary_ids)
            if subject := self.vocabulary.statements.get(page.value("statements")):
                found.update((SOURCES_ANCHOR, *subject))
            self._anchors[page.name] = found
        return self._anchors[page.name]

    @property
    def glossary_ids(self) -> list[str]:
        """The anchors that the glossary gives to its terms and themes."""
        glossary = self.vocabulary.glossary
        return [*glossary.terms, *glossary.groups]

    def translation_names(self, page: HandwrittenPage) -> list[str]:
        """Return the names of the page in the other languages that every text must exist in."""
        names = [
            name_in(page.original, self.languages[code], self.languages)
            for code in self.languages.required
        ]
        return [name for name in names if name != page.name]


def _slug(heading: str) -> str:
    """Return the anchor that Markdown gives to a heading without an id of its own."""
    words = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", words).strip().lower())

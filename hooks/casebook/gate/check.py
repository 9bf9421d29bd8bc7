"""The check of all hand-written pages."""

from __future__ import annotations

from pathlib import Path

from casebook.collection.library import Library
from casebook.files.published import check_files, find_files
from casebook.gate.pages import PageGate
from casebook.handwritten.addresses import check_addresses
from casebook.handwritten.characters import check_characters
from casebook.handwritten.contents import check_contents
from casebook.handwritten.links import check_glossary, check_links
from casebook.handwritten.navigation import check_navigation
from casebook.handwritten.page import read_pages
from casebook.handwritten.parity import check_parity
from casebook.handwritten.points import check_points
from casebook.handwritten.site import SitePages
from casebook.problem import Problem
from casebook.record.effort import too_hard


def check_pages(root: Path, library: Library, name: str | None = None) -> list[Problem]:
    """Return all problems of the pages and files below ``root``; ``name`` is how they call it."""
    files = find_files(root, name if name is not None else root.as_posix())
    pages, problems = read_pages(files, library.languages)
    problems += check_files(files)
    by_name = {page.name: page for page in pages}
    site = SitePages(by_name, library.languages, library.vocabulary, library.names, files.files)
    gate = PageGate()
    for page in pages:
        hard = too_hard(page.head.text[page.body_start :])
        if hard is not None:
            problems.append(page.problem(page.body_start + hard.start, hard.rule))
            continue
        problems += check_contents(page, site)
        problems += check_links(page, site)
        problems += check_characters(page)
        problems += gate.check(page)
        problems += check_points(page)
    problems += check_glossary(site)
    problems += check_parity(site)
    problems += check_addresses(files, site)
    problems += check_navigation(files, pages, library.languages)
    return sorted(set(problems))

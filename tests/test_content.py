"""The languages carry the same content, and every page can be found from the front page."""

from collections import Counter
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import Tag
from site_support import DEFAULT, PAGES, Site, address, other_versions, value

PARTS = {
    "headings": "h1, h2, h3, h4",
    "list items": "li",
    "things to tick off": ".task-list-item",
    "table rows": "tr",
    "table cells": "td, th",
    "terms": "dt",
    "notes": ".admonition",
    "bars": "svg.bar",
    "figures": "figure.chart",
    "paragraphs of the summary": ".summary p",
}
"""What must be there as often in every language, and how it is found on a page."""


def structure(main: Tag) -> dict[str, int]:
    # Which words of a text are explained differs: languages do not have the same words. So does
    # which cases come first in the alphabet: what stands on their cards is compared on their pages.
    # The glossary has a letter for each that its words begin with.
    found = {name: main.select(selector) for name, selector in PARTS.items()}
    return {
        name: sum(
            tag.find_parent(class_=("terms", "card", "glossary-find")) is None for tag in tags
        )
        for name, tags in found.items()
    }


def headings(main: Tag) -> list[str]:
    return [value(tag, "id") for tag in main.select("h2[id], h3[id]")]


TRANSLATED = sorted(page for page, (_, language) in PAGES.items() if language is DEFAULT)


@pytest.mark.parametrize("page", TRANSLATED)
def test_every_language_has_the_page_with_the_same_parts(site: Site, page: str) -> None:
    versions = other_versions(page)
    original = site[page].main
    for code, other in versions.items():
        translation = site[other].main
        assert structure(translation) == structure(original), f"{code}: {other}"
        assert headings(translation) == headings(original), f"{code}: {other}"
    assert len(versions) > 1, f"{page} has no translation"


def links_between_pages(site: Site) -> dict[str, set[str]]:
    found = {}
    for page in PAGES:
        links = site[page].main.select("a[href]") + site[page].soup.select("nav a[href]")
        targets = {urldefrag(urljoin(page, value(link, "href"))).url for link in links}
        found[page] = targets & PAGES.keys()
    return found


def test_every_page_is_three_clicks_from_the_front_page_of_its_language(site: Site) -> None:
    links = links_between_pages(site)
    for language in {language.code: language for _, language in PAGES.values()}.values():
        own = {page for page, (_, spoken) in PAGES.items() if spoken is language}
        reached = {address("index", language)}
        for _ in range(3):
            reached |= {target for page in reached for target in links[page] if target in own}
        assert own - reached == set()


def test_no_page_is_an_orphan(site: Site) -> None:
    named = Counter(
        target
        for page, targets in links_between_pages(site).items()
        for target in targets
        if target != page and PAGES[target][1] is PAGES[page][1]
    )
    assert [page for page in PAGES if named[page] == 0] == []

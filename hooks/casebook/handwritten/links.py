"""Links of a page: the page, case, term or part of a page that each leads to must exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import unquote

from casebook.handwritten.front_matter import GLOSSARY_VIEW
from casebook.handwritten.inline import Link, links, without_code
from casebook.handwritten.page import SUFFIX, HandwrittenPage, name_in
from casebook.handwritten.places import GLOSSARY
from casebook.handwritten.site import SitePages
from casebook.page.case_page import case_anchors
from casebook.problem import Problem
from casebook.record.citing import texts
from casebook.record.model import closest, some

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")


def check_links(page: HandwrittenPage, site: SitePages) -> Iterator[Problem]:
    """Yield the problems of the links of ``page``."""
    for block in page.blocks:
        for link in links(without_code(block.passage.text)):
            at = block.passage.at(link.target_start)
            # What leads elsewhere is judged by the gate, as a browser reads it.
            if _ELSEWHERE.match(unescape(link.target)) is None:
                yield from _check(page, site, link, at)


def check_glossary(site: SitePages) -> Iterator[Problem]:
    """Yield the problems of the links of the glossary, which stand in it as on its page."""
    document = site.vocabulary.glossary.document
    if document is None or GLOSSARY not in site.pages:
        return
    for steps, scalar in texts(document.root):
        code = str(steps[-1]) if steps[-1] in site.languages else site.languages.default.code
        language = site.languages[code]
        name = name_in(GLOSSARY, language, site.languages)
        page = HandwrittenPage(document.path, name, GLOSSARY, language, document, 0)
        for link in links(scalar.text):
            if _ELSEWHERE.match(link.target) is None:
                yield from _check(page, site, link, document.find(steps, link.target).index)


def _check(page: HandwrittenPage, site: SitePages, link: Link, at: int) -> Iterator[Problem]:
    path, hash_, anchor = link.target.partition("#")
    name = site.resolve(page, unquote(path)) if path else page.name
    if path and not path.endswith(SUFFIX):
        if name not in site.files:
            near = closest(name, site.files)
            yield page.problem(at, "unknown-file", value=name, closest=near)
        return
    target = site.pages.get(name)
    if target is not None:
        if hash_:
            yield from _check_anchor(page, site, target, anchor, at + len(path) + 1)
        return
    id_ = site.case_id(name)
    if id_ is None:
        if not site.is_generated(name):
            near = closest(name, site.pages)
            yield page.problem(at, "unknown-page", value=name, closest=near)
        else:
            yield from _check_term(page, site, name, at + path.rfind("/") + 1)
            yield from _check_part(page, anchor, (), at + len(path) + 1)
        return
    if told := site.cases.fault(id_):
        yield page.problem(at + path.rindex(id_), told[0], **told[1])
    yield from _check_part(page, anchor, case_anchors(page.language), at + len(path) + 1)


def _check_part(
    page: HandwrittenPage, anchor: str, known: Collection[str], at: int
) -> Iterator[Problem]:
    """Yield a problem where a link leads to a part that no page of this kind can have."""
    if anchor and anchor not in known:
        near, allowed = closest(anchor, known), some(known, len(known)) or "–"
        yield page.problem(at, "unknown-part", value=anchor, closest=near, allowed=allowed)


def _check_term(page: HandwrittenPage, site: SitePages, name: str, at: int) -> Iterator[Problem]:
    found = site.facet_and_term(name)
    if found is None:
        return
    facet, term = found
    known = list(facet.known(site.vocabulary))
    if term not in known:
        near, allowed = closest(term, known), some(known)
        yield page.problem(
            at, "unknown-term-page", value=term, facet=facet.id, closest=near, allowed=allowed
        )


def _check_anchor(
    page: HandwrittenPage, site: SitePages, target: HandwrittenPage, anchor: str, at: int
) -> Iterator[Problem]:
    known = site.anchors_of(target)
    if known is None or anchor in known:
        return
    near, allowed = closest(anchor, sorted(known)), some(known)
    if target.value("view") == GLOSSARY_VIEW:
        terms = site.glossary_ids
        near, allowed = closest(anchor, terms), some(terms)
        yield page.problem(at, "unknown-glossary-term", value=anchor, closest=near, allowed=allowed)
    else:
        yield page.problem(
            at, "unknown-anchor", value=anchor, page=target.path, closest=near, allowed=allowed
        )

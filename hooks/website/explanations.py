"""Terms explained in place: what the core marks, with the list of explanations below the text."""

from __future__ import annotations

from casebook.handwritten.places import GLOSSARY
from casebook.languages import Language
from casebook.render.terms import terms
from markupsafe import Markup

from website.build import Build


def with_terms(html: str, language: Language, base: str, build: Build) -> Markup:
    """Return the text of the page at ``base`` with its terms explained.

    A site without a glossary page explains nothing.
    """
    if not build.frame.has(GLOSSARY):
        return Markup(html)  # noqa: S704 - the page as it came
    # A plain string: the text is HTML already, and what is added to it must not escape it.
    marked, ids = build.explainers[language.code].explain(str(html))
    if ids:
        page = build.frame.href(GLOSSARY, language, base)
        found = terms(build.library.vocabulary.glossary, ids, language.code, page)
        marked = f"{marked}{build.renderer.terms(found, language)}"
    return Markup(marked)  # noqa: S704 - only our own buttons were put in

"""Statements on their page: headings as Markdown, and what stands below each put in afterwards.

Headings go through Markdown with the page, so that its contents and the links to them are those of
any page.  The rest is made by a template, with escaping on.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

from casebook.languages import Language
from casebook.record.statements import Subject
from casebook.render.glossary import escaped

_MARKER = re.compile(r"<!--statement-([a-z0-9-]+)-->")


def statement_headings(subject: Subject, language: Language) -> str:
    """Return a heading for each statement, with a mark below it for what it says."""
    return "\n\n".join(
        f"## {escaped(statement.label[language.code])} {{#{id_}}}\n\n<!--statement-{id_}-->"
        for id_, statement in subject.items()
    )


def put_in_statements(html: str, top: Markup, body: Callable[[str], Markup]) -> str:
    """Return a page's HTML with ``top`` below its title, and statements where their marks are."""
    title, end, text = html.partition("</h1>")
    return f"{title}{end}{top}{_MARKER.sub(lambda match: body(match[1]), text)}"

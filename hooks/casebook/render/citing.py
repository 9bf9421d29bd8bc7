"""Citations in hand-written pages: a way through Markdown for ``[@reference-id]``."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from casebook.record.citations import cited

# Before links and images, after code and escapes: a mark in code is shown as it is.
_PRIORITY = 176
_MARKS = r"(?:(?<=\S)[ \t\xa0\u202f]*+(?:\n[ \t\xa0\u202f]*+)?)?\[@[^\[\]]*\]"


class CitationExtension(Extension):
    """Puts a token with the id of the source where a page cites one.

    Which number a source has depends on the page: see ``casebook.record.citations.numbered``.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add the pattern."""
        md.inlinePatterns.register(_Citation(_MARKS, md), "citation", _PRIORITY)


class _Citation(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        """Return the token, or nothing when the mark is not written as it should be."""
        del data
        tokens = cited(m.group().lstrip(), str)
        if tokens.startswith("["):
            return None, None, None
        return AtomicString(tokens), m.start(), m.end()

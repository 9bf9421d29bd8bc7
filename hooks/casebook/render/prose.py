"""Prose of records: a small part of Markdown becomes HTML that cannot do harm.

Two nets, one behind the other.  Markdown's own ways to raw HTML, images and headings are taken
out, so that such input is shown as the text it is; then the result passes an allow-list of tags,
attributes and address schemes.
"""

from __future__ import annotations

import re

import markdown
import nh3
from markdown.inlinepatterns import InlineProcessor
from markupsafe import Markup

from casebook.page.view import Prose
from casebook.record.citations import has_tokens, out_of_links
from casebook.record.kinds import PROSE_SCHEMES

_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "code", "br"}
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_BEGINNINGS = tuple(
    f"{scheme}://" if scheme.startswith("http") else f"{scheme}:" for scheme in PROSE_SCHEMES
)

_PREPROCESSORS_OUT = ("html_block",)
_BLOCKS_OUT = ("hashheader", "setextheader", "code", "hr", "quote")
# Without one of these, nothing inside a line can be Markdown.
_INLINE_MARK = re.compile(r"[*_`\[\]<>&\\]|  \n")
_INLINE_OUT = ("html", "entity", "image_link", "image_reference", "short_image_ref")


class _Ampersand(InlineProcessor):
    """An ampersand is shown as one: it never begins an entity."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        """Keep what Markdown would take for an entity as it stands."""
        del data
        return self.md.htmlStash.store("&amp;"), m.start(), m.end()


def _whole_address(tag: str, attribute: str, value: str) -> str | None:
    """Leave out an address that is not whole: it would lead to a page of this site.

    A citation is no part of an address either: its mark is HTML, which must not stand in one.
    Blanks, which a pasted address may hold, are written as the standard for addresses has them.
    """
    if has_tokens(value):
        return None
    whole = (tag, attribute) != ("a", "href") or value.lower().startswith(_BEGINNINGS)
    return re.sub(r"\s", "%20", value) if whole else None


def restricted_markdown() -> markdown.Markdown:
    """Return Markdown with only the parts that prose may use."""
    made = markdown.Markdown(extensions=["sane_lists"], output_format="html")
    for registry, names in (
        (made.preprocessors, _PREPROCESSORS_OUT),
        (made.parser.blockprocessors, _BLOCKS_OUT),
        (made.inlinePatterns, _INLINE_OUT),
    ):
        for name in names:
            registry.deregister(name)
    made.inlinePatterns.register(_Ampersand("&", made), "ampersand", 80)
    return made


_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
"""The space between the groups of a number ("168 000"), at which no line may break."""


class ProseRenderer:
    """Turns prose into HTML.  One instance serves a whole build: making one is the slow part."""

    def __init__(self) -> None:
        """Prepare Markdown with only the parts that prose may use."""
        self._markdown = restricted_markdown()
        # Looking for marks in every line is most of the work, and half of all prose has none.
        self._plain = restricted_markdown()
        self._plain.treeprocessors.deregister("inline")

    def render(self, text: Prose) -> Markup:
        """Return ``text`` as safe HTML; tokens of citations stay where they are."""
        whole = _GROUPS.sub("\N{NO-BREAK SPACE}", text)
        converter = self._markdown if _INLINE_MARK.search(whole) else self._plain
        cleaned = nh3.clean(
            converter.reset().convert(whole),
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=_whole_address,
            url_schemes=set(PROSE_SCHEMES),
            link_rel=None,
            strip_comments=True,
        )
        return Markup(out_of_links(cleaned))  # noqa: S704 - just passed the allow-list

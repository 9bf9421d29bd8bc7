"""Code in running text: a word of it with a hyphen, such as ``--into``, stays on one line."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_AFTER_INLINE = 11  # inline patterns run at 20, and settings in braces behind them right after


class UnbrokenExtension(Extension):
    """Puts words with a hyphen into elements of their own, which the stylesheet keeps together."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add the step."""
        md.treeprocessors.register(_Words(md), "unbroken-words", _AFTER_INLINE)


class _Words(Treeprocessor):
    def run(self, root: Element) -> None:
        """Wrap the words; what stands between them stays text."""
        blocks = [code for block in root.iter("pre") for code in block]
        for code in [code for code in root.iter("code") if code not in blocks]:
            before, *rest = re.split(r"([^\s-]*-\S*)", code.text or "")
            code.text = AtomicString(before)
            for word, after in zip(rest[::2], rest[1::2], strict=True):
                span = SubElement(code, "span", {"class": "unbroken"})
                span.text, span.tail = AtomicString(word), AtomicString(after)

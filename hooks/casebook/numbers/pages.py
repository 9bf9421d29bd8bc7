"""The numbers of a hand-written page.

A number has what is cited where it stands.  Without that it is ours where the front matter says so
(``own_numbers``), else it is from the page's source when there is only one.  Titles and headings
take the source of the same number elsewhere on the page, and words that lead to another page are
answered for there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.handwritten.blocks import Block
from casebook.handwritten.page import HandwrittenPage
from casebook.handwritten.passage import Passage
from casebook.numbers.cover import covering
from casebook.numbers.found import Number, number_at, numbers_in, with_inherited
from casebook.numbers.records import scalar_lines
from casebook.numbers.tokens import number_tokens
from casebook.record.citations import OWN
from casebook.record.source import Scalar
from casebook.record.source import Sequence as ListNode

HEAD_FIELDS = ("title", "menu", "description")
"""Fields of the front matter that people read."""
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^()\s>#]+\.md)(?:#[^()\s>]*)?>?\s*\)")


def page_numbers(page: HandwrittenPage, caption_words: Sequence[str]) -> list[Number]:
    """Return the numbers of ``page``, in the order of the file."""
    sources = [item.text.strip() for item in page.listed("sources")]
    only = tuple(sources) if len(sources) == 1 else ()
    own = _own_parts(page)
    found = list(_head(page, (OWN,) if own is True else only))
    cited = covering(page.blocks, caption_words)
    ours: list[int] = []  # levels of the headings that the open parts of our own stand under
    for block, ids in zip(page.blocks, cited, strict=True):
        if block.kind == "heading":
            ours = [level for level in ours if level < block.level]
            if isinstance(own, set) and block.id in own:
                ours.append(block.level)
        here = ids or ((OWN,) if own is True or ours else only)
        found += _block(page, block, here)
    return with_inherited(found)


def _own_parts(page: HandwrittenPage) -> bool | set[str]:
    node = page.head.root.entries.get("own_numbers")
    if isinstance(node, ListNode):
        return {item.text.strip() for item in node.items if isinstance(item, Scalar)}
    return True if page.value("own_numbers") == "true" else set()


def _head(page: HandwrittenPage, sources: tuple[str, ...]) -> Iterator[Number]:
    for key in HEAD_FIELDS:
        node = page.head.root.entries.get(key)
        if isinstance(node, Scalar):
            passage = Passage.of(scalar_lines(page.head, node))
            for number in numbers_in(page.head, passage, sources):
                yield replace(number, inherits=True)


def _block(page: HandwrittenPage, block: Block, sources: tuple[str, ...]) -> Iterator[Number]:
    text = block.passage.text
    links = list(_LINK.finditer(text)) if not sources else []
    for token in number_tokens(text):
        number = number_at(page.head, block.passage, token, sources)
        link = next((link for link in links if link.start(1) <= token.start < link.end(1)), None)
        if block.kind in ("heading", "note-title"):
            yield replace(number, inherits=True)
        elif link is not None:
            target = posixpath.join(posixpath.dirname(page.name), link.group(2))
            yield replace(number, inherits=True, leads_to=posixpath.normpath(target))
        else:
            yield number

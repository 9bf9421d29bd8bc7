"""What people fill in, in Markdown: an item that ends with ``{#id}`` becomes a point of the page.

    - [ ] Who is the offer for? {#offer-for facets=target_groups from=target-groups}

becomes an item with that id, its settings as data attributes, and its text in one element that
fields can refer to.  ``casebook.handwritten.points`` checks what stands in the braces.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from casebook.handwritten.blocks import POINT, settings_of
from casebook.handwritten.points import SETTINGS

# Braces are taken before Markdown looks for emphasis in them; text is wrapped when it has become
# elements.  Inline patterns run at 20, lists of tasks at 25.
_BEFORE_INLINE, _AFTER_INLINE = 22, 12
_CHECKBOX = re.compile(r"\s*\x02[^\x03]*\x03")
"""What stands for the box of a task until the page is written."""
_LISTS = ("ul", "ol")


class PointExtension(Extension):
    """Gives items their ids, and their text an element of its own: ``<id>-text``."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add both steps."""
        md.treeprocessors.register(_Ids(md), "point-ids", _BEFORE_INLINE)
        md.treeprocessors.register(_Texts(md), "point-texts", _AFTER_INLINE)


class _Ids(Treeprocessor):
    def run(self, root: Element) -> None:
        """Take the braces off, and put what they say on the item."""
        for item in root.iter("li"):
            # Between blank lines, an item holds a paragraph.
            holder = item if (item.text or "").strip() or not len(item) else item[0]
            text = holder.text or ""
            if holder.tag not in ("li", "p") or (match := POINT.search(text)) is None:
                continue
            holder.text = text[: match.start()]
            item.set("id", match.group(1))
            item.set("class", f"{item.get('class', '')} point".lstrip())
            for key, value in settings_of(match.group(2)).items():
                if key in SETTINGS:
                    item.set(f"data-{key}", value)


class _Texts(Treeprocessor):
    def run(self, root: Element) -> None:
        """Wrap what an item says, up to a list inside it."""
        for item in root.iter("li"):
            if "point" not in item.get("class", "").split():
                continue
            said = Element("div", {"class": "point-text", "id": f"{item.get('id')}-text"})
            box = _CHECKBOX.match(item.text or "")
            start = box.end() if box else 0
            said.text = (item.text or "")[start:].lstrip()
            said.extend(child for child in list(item) if child.tag not in _LISTS)
            for child in said:
                item.remove(child)
            item.text = (item.text or "")[:start]
            item.insert(0, said)

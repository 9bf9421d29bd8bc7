"""From the HTML of a document to the tree that the Typst template reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

import tinyhtml5

from casebook.pdf.paper import for_paper

_SPACE = re.compile(r"[ \t\r\n\f]+")
_LENGTH = re.compile(r"(left|width): *([0-9.]+)(%|px)?")
_SHARES = {"left": "from", "width": "share"}
"""What the template calls places and lengths of bars, told in per cent of the drawing."""
_ADDRESS = "!#$%&'()*+,/:;=?@[]~"
"""Stays as it is in an address; a PDF has the rest encoded (ISO 32000-1, 12.6.4.7)."""
_POINTS_IN_PIXEL = 0.75  # CSS Values 4, 6.2: 96 pixels and 72 points are an inch
_BLOCKS = frozenset(
    (
        *("article", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "ol", "p"),
        *("section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)
_KEPT = frozenset(
    (
        *("alt", "colspan", "data-contents", "href", "id", "lang", "name", "rows", "src", "start"),
        *("title", "type", "value", "width"),
    )
)
"""Attributes that the template reads."""

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

Node = dict[str, Any]
"""``t``: the tag; ``k``: what stands in it (nodes and texts); ``c``: classes; ``a``: attributes."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field to fill in: its tooltip, and whether it is a ``text``, an ``area`` or a ``box``."""

    tooltip: str
    kind: str


def picture_addresses(html: str) -> Iterator[str]:
    """Yield the addresses of the pictures that a document shows."""
    root = _read(html)
    for_paper(root)
    for picture in root.iter("img"):
        yield picture.get("src", "")


class Tree:
    """The tree of a document, and what has to be known of it when the PDF is finished.

    Attributes:
        data: What the template gets: title, words of the margins, and ``body``, a list of nodes.
        faults: What is wrong with the document: links within it that lead nowhere, and pictures
            that are not there.
        fields: Each field to fill in, by its name.
        row_headers: For each table, in order: for each row of its body, which cells are headers.
    """

    def __init__(self, html: str, pictures: Mapping[str, str]) -> None:
        """Read a document.

        Args:
            html: The whole document.
            pictures: The file of each picture below the folder of assets, by its address.
        """
        root = _read(html)
        for_paper(root)
        head, body = _part(root, "head"), _part(root, "body")
        meta = {one.get("name"): one.get("content") or "" for one in head.iter("meta")}
        self._pictures = pictures
        self._ids = {one.get("id") for one in body.iter() if one.get("id")}
        self.faults: list[str] = []
        self.data: dict[str, Any] = {
            "title": head.findtext("title") or "",
            "lang": root.get("lang") or "",
            "author": meta.get("author", ""),
            "description": meta.get("description", ""),
            "date": meta.get("dcterms.modified", ""),
            "kind": (body.get("class") or "").split(),
            "words": {
                name.removeprefix("data-"): value
                for name, value in body.attrib.items()
                if name.startswith("data-")
            },
            "body": self._kids(body),
        }
        self.fields = {
            one.get("name", ""): Field(one.get("title", ""), _field_kind(one))
            for one in body.iter()
            if one.tag in ("input", "textarea")
        }
        self.row_headers = [
            list(_row_headers(table))
            for table in body.iter("table")
            if table.find(".//tr") is not None
        ]

    def _node(self, element: Element) -> Node:
        attributes: dict[str, Any] = {
            name: value for name, value in element.attrib.items() if name in _KEPT
        }
        href = attributes.get("href", "")
        if href.startswith("#") and href != "#top" and href[1:] not in self._ids:
            self.faults.append(f"no element has the id that a link leads to: {href}")
            del attributes["href"]
        elif href:
            attributes["href"] = quote(href, safe=_ADDRESS)
        if element.tag == "img":
            self._picture(attributes)
        for name, number, unit in _LENGTH.findall(element.get("style", "")):
            if unit == "px":
                attributes["points"] = float(number) * _POINTS_IN_PIXEL
            else:
                attributes[_SHARES[name]] = float(number)
        node: Node = {"t": element.tag, "k": self._kids(element)}
        if classes := element.get("class", "").split():
            node["c"] = classes
        if attributes:
            node["a"] = attributes
        return node

    def _picture(self, attributes: dict[str, Any]) -> None:
        file = self._pictures.get(attributes.get("src", ""))
        if file is None:
            self.faults.append(f"not a picture of this site: {attributes.get('src', '')}")
        attributes["src"] = file or ""

    def _kids(self, element: Element) -> list[Node | str]:
        """Return what stands in an element; space counts as in a browser."""
        is_block = element.tag in _BLOCKS
        holds_blocks = is_block and any(child.tag in _BLOCKS for child in element)
        kids: list[Node | str] = []

        def add(text: str | None) -> None:
            shown = _SPACE.sub(" ", text or "") if element.tag != "pre" else text
            if shown and not (shown == " " and holds_blocks):
                kids.append(shown)

        add(element.text)
        for child in element:
            before = kids[-1] if kids else None
            if _is_mark(child) and isinstance(before, str):
                # The number of a source stays on the line of the word before it.
                kids[-1] = before.rstrip(" ") + NO_BREAK_SPACE
            if isinstance(child.tag, str):  # comments have none
                if child.tag != "img" or child.get("src") in self._pictures:
                    kids.append(self._node(child))
                else:
                    self._picture(dict(child.attrib))
            add(child.tail)
        if is_block:
            for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
                edge = kids[place] if kids else None
                if isinstance(edge, str):
                    kids[place] = strip(edge, " ")
        return [kid for kid in kids if kid != ""]


def _read(html: str) -> Element:
    # Not as text: it takes a short one for the path of a file, and reads that.
    root: Element = tinyhtml5.parse(StringIO(html), namespace_html_elements=False)
    return root


def _part(root: Element, name: str) -> Element:
    part = root.find(name)
    assert part is not None  # noqa: S101 - every document has both, also one that names neither
    return part


def _is_mark(element: Element) -> bool:
    return not {"mark", "mark-in-text"}.isdisjoint(element.get("class", "").split())


def _field_kind(element: Element) -> str:
    if element.tag == "textarea":
        return "area"
    return "box" if element.get("type") == "checkbox" else "text"


def _row_headers(table: Element) -> Iterator[list[bool]]:
    for part in table:
        if part.tag == "tbody":
            for row in part.iter("tr"):
                yield [cell.tag == "th" for cell in row if cell.tag in ("td", "th")]

"""From a page of the site to one on paper, as changes to the tree of a document.

What a reader presses, unfolds or scrolls becomes text; drawings of bars become boxes; links get
their address as a footnote, or stay within the document when they lead to another part of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

from casebook.pdf.fields import add_fields
from casebook.pdf.together import keep_together

_SVG = "{http://www.w3.org/2000/svg}"
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_.-]+")
_HEADING = re.compile(r"h[1-6]")
_ONLY_ON_SCREEN = frozenset(
    ("visually-hidden", "back", "chart-table", "needs-script", "footnote-backref")
)


def for_paper(root: Element) -> None:
    """Change the document ``root`` for paper."""
    body = root.find("body")
    if body is None:
        return
    _Elements(body).apply()
    keep_together(body)
    add_fields(body)
    _Terms(body).gather()
    _Chapters(body).join()
    _Headings(body).mend()
    _only_first_ids(body)


def ascii_id(text: str) -> str:
    """Return an id that every reader of PDFs finds again: letters with marks lose them."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return _NOT_IN_ID.sub("-", plain.encode("ascii", "ignore").decode())


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _add_class(element: Element, name: str) -> None:
    element.set("class", " ".join([*_classes(element), name]))


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _remove(root: Element, unwanted: Callable[[Element], bool]) -> bool:
    """Remove elements, but not the text that follows them; tell whether there were any."""
    found = False
    for parent in list(root.iter()):
        for child in list(parent):
            if unwanted(child):
                _take_out(parent, child)
                found = True
    return found


def _take_out(parent: Element, child: Element) -> None:
    tail = child.tail or ""
    place = list(parent).index(child)
    if place == 0:
        parent.text = (parent.text or "") + tail
    else:
        before = parent[place - 1]
        before.tail = (before.tail or "") + tail
    child.tail = None
    parent.remove(child)


def _unwanted(element: Element) -> bool:
    classes = _classes(element)
    return (
        callable(element.tag)  # a comment
        or not _ONLY_ON_SCREEN.isdisjoint(classes)
        or "hidden" in element.attrib
        or element.tag in ("script", "template", "dialog")
        or (element.tag == "input" and "name" not in element.attrib)
        or (element.tag == f"{_SVG}svg" and not _is_drawing(element))
    )


def _is_drawing(svg: Element) -> bool:
    return bool({"bar", "chart-bar"} & set(_classes(svg)))


class _Elements:
    """The changes that each element needs by itself."""

    def __init__(self, body: Element) -> None:
        self._body = body

    def apply(self) -> None:
        _remove(self._body, _unwanted)
        for element in list(self._body.iter()):
            self._change(element)

    def _change(self, element: Element) -> None:
        for name in ("tabindex", "role", "aria-label", "aria-labelledby", "popover"):
            element.attrib.pop(name, None)
        if element.tag == "button":
            element.tag = "span"
        elif element.tag == f"{_SVG}svg":
            _draw_with_boxes(element)
        elif element.tag == "details" or (
            element.tag == "summary" and any(_HEADING.fullmatch(one.tag) for one in element)
        ):
            element.tag = "div"
        elif element.tag == "summary":
            element.tag = "p"
            _add_class(element, "summary-line")


def _draw_with_boxes(svg: Element) -> None:
    """Turn a drawing of bars, whose places are shares of its width, into boxes.

    Readers of a tagged PDF would take each drawing for a figure without words; the words stand
    beside it already.
    """
    shapes = [shape for shape in svg if shape.tag in (f"{_SVG}rect", f"{_SVG}circle")]
    classes, tail = svg.get("class", ""), svg.tail
    svg.clear()
    svg.tag, svg.tail = "span", tail
    svg.set("class", classes)
    for shape in shapes:
        round_ = shape.tag == f"{_SVG}circle"
        left = shape.get("cx" if round_ else "x", "0")
        style = f"left: {left}"
        if not round_:
            width = shape.get("width", "0")
            style += f"; width: {width if width.endswith('%') else width + 'px'}"
        box = Element("span", {"class": shape.get("class", ""), "style": style})
        svg.append(box)


class _Terms:
    """Gathers the words that are explained, from every part of the document, into one list."""

    def __init__(self, body: Element) -> None:
        self._body = body

    def gather(self) -> None:
        place = next((e for e in self._body.iter() if "data-terms" in e.attrib), None)
        found: dict[str, tuple[str, str]] = {}
        for section in [e for e in self._body.iter() if "terms" in _classes(e)]:
            for note in section:
                if "term-note" in _classes(note):
                    title, explanation, *_ = list(note)
                    found[note.get("id", "")] = _text(title), _text(explanation)
        _remove(self._body, lambda element: "terms" in _classes(element))
        if place is None:
            return
        if not found:
            _remove(self._body, lambda element: element is place)
            return
        words = Element("dl", {"class": "words"})
        for name, text in sorted(found.values(), key=lambda pair: pair[0].casefold()):
            for tag, content in (("dt", name), ("dd", text)):
                line = Element(tag)
                line.text = content
                words.append(line)
        place.append(words)


class _Chapters:
    """Gives every part its own ids, and links their address.

    A part is an element with ``data-address``: the address of the page it came from.  Its ids get
    ``data-prefix`` in front, and its headings go down by ``data-deeper`` levels.
    """

    def __init__(self, body: Element) -> None:
        self._body = body
        self._parts = [e for e in body.iter() if "data-address" in e.attrib]
        self._prefixes = {
            part.get("data-address", ""): part.get("data-prefix", "") for part in self._parts
        }

    def join(self) -> None:
        for part in self._parts:
            address, prefix = part.get("data-address", ""), part.get("data-prefix", "")
            deeper = int(part.get("data-deeper", "0"))
            for element in part.iter():
                if "id" in element.attrib and element is not part:
                    element.set("id", prefix + ascii_id(element.get("id", "")))
                if deeper and _HEADING.fullmatch(element.tag):
                    element.tag = f"h{min(6, int(element.tag[1]) + deeper)}"
                if element.tag == "a" and "href" in element.attrib:
                    element.set("href", self._target(element.get("href", ""), address))
                if element.tag == "img":
                    element.set("src", urljoin(address, element.get("src", "")))
            if part.get("data-footnotes") != "no":
                for section in _sections(part):
                    _Footnotes().add(section)
            for name in ("address", "prefix", "deeper", "footnotes"):
                part.attrib.pop(f"data-{name}", None)

    def _target(self, href: str, address: str) -> str:
        whole = urljoin(address, href)
        page, fragment = urldefrag(whole)
        if page not in self._prefixes:
            return whole
        prefix = self._prefixes[page]
        if fragment:
            return f"#{prefix}{ascii_id(fragment)}"
        return f"#{prefix}top"


class _Headings:
    """Leaves out headings without words, and lets none be more than a level below the one before.

    PDF/UA-1 asks for both (ISO 14289-1, 7.4.2).
    """

    def __init__(self, body: Element) -> None:
        self._body = body

    def mend(self) -> None:
        _remove(self._body, lambda one: bool(_HEADING.fullmatch(one.tag)) and not _text(one))
        level = 0
        for element in self._body.iter():
            if _HEADING.fullmatch(element.tag):
                level = min(int(element.tag[1]), level + 1)
                element.tag = f"h{level}"


def _only_first_ids(body: Element) -> None:
    """Take ids away that stand before: links lead to the first."""
    seen: set[str] = set()
    for element in body.iter():
        id_ = element.get("id")
        if id_ in seen:
            del element.attrib["id"]
        elif id_:
            seen.add(id_)


def _sections(part: Element) -> Iterator[list[Element]]:
    """Yield runs of elements, each beginning with a heading of the second or third level."""
    run: list[Element] = []
    for child in part.iter():
        if child.tag in ("h2", "h3") and run:
            yield run
            run = []
        run.append(child)
    if run:
        yield run


class _Footnotes:
    """Gives the links of a section their addresses as footnotes, each address once."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def add(self, elements: list[Element]) -> None:
        parents = {child: parent for parent in elements for child in parent}
        for link in elements:
            href = link.get("href", "") if link.tag == "a" else ""
            if urlsplit(href).scheme not in ("http", "https") or href in self._told:
                continue
            parent = parents.get(link)
            shown = shown_address(href)
            if parent is None or shown_address(_text(link)) == shown:
                continue
            self._told.add(href)
            note = Element("span", {"class": "link-note"})
            note.text = shown
            note.tail, link.tail = link.tail, None
            parent.insert(list(parent).index(link) + 1, note)


def shown_address(href: str) -> str:
    """Return an address as people type it ("år", not "%C3%A5r")."""
    typed = re.sub(r"^https?://(www\.)?", "", href).rstrip("/")
    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", _letters, typed)


def _letters(encoded: re.Match[str]) -> str:
    text = unquote(encoded[0])
    return text if text.isalpha() else encoded[0]

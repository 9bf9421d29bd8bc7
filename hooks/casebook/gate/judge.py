"""The gate: what HTML holds that may not go out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.gate.lists import ADDRESSES, ATTRIBUTES, TAGS, Allowed
from casebook.gate.markup import Attribute, Comment, Element, Unbalanced, Unclear, read_markup
from casebook.record.hosts import looks_alike
from casebook.record.kinds import PROSE_SCHEMES, read_address

LEADING_ASTRAY = (
    "page-link-refused",
    "address-refused",
    "address-looks-alike",
    "picture-elsewhere",
)
"""What can be wrong with where something leads."""
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
"""Browsers leave some of these out of addresses, and read ``\\`` as ``/``."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that may not go out: the rule, its place in the HTML, and what it is.

    ``value`` is for the message; ``written`` is how it stands in the HTML, to find it again.
    """

    place: int
    rule: str
    value: str
    written: str

    @property
    def is_address(self) -> bool:
        """Whether it is where something leads."""
        return self.rule in LEADING_ASTRAY

    @property
    def details(self) -> dict[str, str]:
        """What the message needs to know."""
        if self.rule == "raw-html":
            return {"value": self.value, "allowed": ", ".join(TAGS)}
        if self.rule == "raw-attribute":
            return {"value": self.value, "allowed": ", ".join(ATTRIBUTES)}
        if self.rule == "page-link-refused":
            return {"address": self.value, "allowed": ", ".join(PROSE_SCHEMES)}
        return {"value": self.value}

    def forms(self) -> Iterator[str]:
        """Yield how it may stand in the text that the HTML was made from, as patterns."""
        if self.rule == "raw-html":
            yield rf"<{re.escape(self.value)}(?![\w-])"
        elif self.value.startswith("class="):
            for before in (r"(?:\.|class=[\"']?)", r"\s"):
                for name in reversed(self.written.split()):
                    yield rf"{before}{re.escape(name)}(?![\w-])"
        elif self.rule == "raw-attribute" and self.written == self.value:
            yield rf"(?<![\w-]){re.escape(self.written)}(?=\s*=)"
            yield rf"(?<![\w-]){re.escape(self.written)}(?![\w-])"
        else:
            for text in (self.written, self.value, *self.written.split()[:1]):
                if text:
                    yield re.escape(text)


def judge(html: str, allowed: Allowed) -> list[Refusal]:
    """Return all refusals of ``html`` by a list, in order."""
    if allowed.document and (match := _DOCTYPE.match(html)):
        html = " " * match.end() + html[match.end() :]
    refusals = [refusal for piece in read_markup(html) for refusal in _refusals(piece, allowed)]
    refusals += [
        Refusal(match.start(), "html-unclear", f"U+{ord(match[0]):04X}", match[0])
        for match in _CONTROL.finditer(html)
        if match[0] not in allowed.tokens
    ]
    return sorted(refusals, key=lambda refusal: refusal.place)


def _refusals(
    piece: Element | Comment | Unclear | Unbalanced, allowed: Allowed
) -> Iterator[Refusal]:
    if isinstance(piece, Unclear):
        value = " ".join("".join(piece.written.partition(">")[:2]).split())
        yield Refusal(piece.place, "html-unclear", value, piece.written)
    elif isinstance(piece, Unbalanced):
        rule = "html-not-closed" if piece.open else "html-not-open"
        yield Refusal(piece.place, rule, piece.written, piece.written)
    elif isinstance(piece, Element):
        attributes = allowed.elements.get(piece.name)
        if attributes is None:
            yield Refusal(piece.place, "raw-html", piece.name, piece.written)
            return
        for attribute in piece.attributes:
            yield from _attribute(piece, attribute, allowed)
        if piece.name in allowed.needs_class and "class" not in _names(piece):
            yield Refusal(piece.place, "raw-html", piece.name, piece.written)


def _names(element: Element) -> set[str]:
    return {attribute.name for attribute in element.attributes}


def _attribute(element: Element, attribute: Attribute, allowed: Allowed) -> Iterator[Refusal]:
    name, value = attribute.name, attribute.value
    known = allowed.elements[element.name].get(name) or allowed.everywhere.get(name)
    if name == "class":
        known = allowed.classes
    if known is None and not name.startswith(allowed.beginnings):
        yield Refusal(element.place, "raw-attribute", name, name)
    elif known is not None and known.fullmatch(value) is None:
        yield Refusal(element.place, "raw-attribute", f'{name}="{value}"', attribute.written)
    elif name in ADDRESSES:
        picture = name != "href"  # what is fetched or sent stays on this site
        rule = _refused(value, whole=allowed.document, picture=picture)
        if rule:
            yield Refusal(element.place, rule, value, attribute.written)


def _refused(address: str, *, whole: bool, picture: bool) -> str | None:
    """Return the rule that an address breaks, None when it may go out."""
    match = _SCHEME.match(address)
    scheme = match[1].lower() if match else ""
    on_the_web = scheme in ("http", "https")
    rule = None
    if picture and not whole and (scheme or address.startswith("//")):
        rule = "picture-elsewhere"
    elif _HIDDEN.search(address) or address.startswith("/") or scheme not in ("", *PROSE_SCHEMES):
        rule = "page-link-refused"
    elif on_the_web and not whole and read_address(address) is None:
        rule = "address-refused"
    elif on_the_web and looks_alike(address):
        rule = "address-looks-alike"
    return rule

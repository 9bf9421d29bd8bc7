"""SVG pictures: drawings only.  An SVG may hold scripts, pages and links, so it passes a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

_NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    (
        *("svg", "g", "defs", "title", "desc", "style", "text", "tspan", "clipPath", "mask"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop"),
    )
)
"""What draws.  Not here: ``script``, ``foreignObject``, ``a``, ``image``, what animates, and what
draws the same thing many times (``use``), with which a few lines make a picture without an end."""
# Styles may fetch: by url(), by @import, and by either of them written with escapes.
_FETCHES = re.compile(r"""\\|@import|(?:url|src|image|image-set)\(\s*+(?!["']?#)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refused:
    """What no picture may hold, and where; ``what`` is "" when it is no SVG at all."""

    line: int
    column: int
    what: str


class _Stop(Exception):  # noqa: N818 - no error: what was looked for is found
    """Something was refused: no need to read on."""


def refused_in_svg(data: bytes) -> Refused | None:
    """Return the first thing in an SVG that is more than a drawing, or None.

    Nothing is expanded and nothing is fetched: a document type ends the reading before it could
    name entities.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[Refused] = []
    depth: list[str] = []

    def refuse(what: str) -> None:
        found.append(Refused(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, what))
        raise _Stop

    def start(name: str, attributes: Mapping[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if space != _NAMESPACE or element not in _ELEMENTS or (not depth and element != "svg"):
            refuse(f"<{element}>")
        depth.append(element)
        for full, value in attributes.items():
            attribute = _refused_attribute(full, value)
            if attribute:
                refuse(attribute)

    def text(data: str) -> None:
        if depth[-1:] == ["style"]:
            styles.append(data)

    def end(name: str) -> None:
        del name
        if depth.pop() == "style":
            if _FETCHES.search("".join(styles)):
                refuse("<style>")
            styles.clear()

    styles: list[str] = []
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = lambda *_: refuse("<!DOCTYPE>")
    parser.ProcessingInstructionHandler = lambda target, _: refuse(f"<?{target}?>")
    try:
        parser.Parse(data, True)
    except _Stop:
        return found[0]
    except (expat.ExpatError, ValueError, LookupError):
        return Refused(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, "")
    return None


def _refused_attribute(full: str, value: str) -> str:
    """Return the name of an attribute that may not stand, or ""."""
    space, _, name = full.rpartition(" ")
    if space not in ("", _XLINK, _XML) or (space == _XML and name == "base"):
        return name
    if name.lower().startswith("on"):
        return name
    if name == "href" or space == _XLINK:
        return "" if value.startswith("#") or name in ("title", "type", "space") else name
    return name if _FETCHES.search(value) else ""

"""What a line or a page should not part.

A span of years stays whole.  A title does not end with a short word on a line of its own.  A
paragraph that ends with a colon stays with what it leads on to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

_SPAN_OF_NUMBERS = re.compile(r"(?<!\d)\d++[–-]\d++")
_LAST_WORDS = re.compile(r"(?<!\S)\S++ \S++$")
LAST_WORDS, LAST_WORD = 18, 8
"""The last two words of a title stay together when both, and the last, have no more letters."""
_LED_TO = frozenset(("ul", "ol", "dl", "table", "div", "figure"))
_INLINE_ONLY = frozenset(("title", "style", "script", "textarea", "option"))


def keep_together(body: Element) -> None:
    """Put what belongs on one line into elements of the class ``together``, and mark what leads on.

    Addresses are left alone: their hyphens are where a line may be broken.
    """
    for element in list(body.iter()):
        if element.tag in _INLINE_ONLY or "address" in element.get("class", "").split():
            continue
        pattern = _SPAN_OF_NUMBERS
        if element.tag == "h1" and len(element) == 0:
            words = _LAST_WORDS.search(element.text or "")
            if words and words.start() and _is_short(words[0]):
                pattern = _LAST_WORDS
        _wrap(element, pattern)
    for parent in body.iter():
        for before, after in zip(list(parent), list(parent)[1:], strict=False):
            if before.tag == "p" and after.tag in _LED_TO and _ends_with_colon(before):
                before.set("class", f"{before.get('class', '')} leads-on".strip())


def _is_short(words: str) -> bool:
    return len(words) <= LAST_WORDS and len(words.rpartition(" ")[2]) <= LAST_WORD


def _ends_with_colon(element: Element) -> bool:
    return "".join(element.itertext()).rstrip().endswith(":")


def _wrap(element: Element, pattern: re.Pattern[str]) -> None:
    """Wrap what ``pattern`` finds in the text of an element, before and between its children."""
    children = list(element)
    text, spans = _parted(element.text, pattern)
    element.text = text
    rebuilt = spans
    for child in children:
        child.tail, spans = _parted(child.tail, pattern)
        rebuilt += [child, *spans]
    if len(rebuilt) != len(children):
        element[:] = rebuilt


def _parted(text: str | None, pattern: re.Pattern[str]) -> tuple[str | None, list[Element]]:
    """Return the text before the first find, and the finds with the text after each as its tail."""
    if not text:
        return text, []
    finds = list(pattern.finditer(text))
    if not finds:
        return text, []
    return text[: finds[0].start()], list(_spans(text, finds))


def _spans(text: str, finds: list[re.Match[str]]) -> Iterator[Element]:
    ends = [find.start() for find in finds[1:]] + [len(text)]
    for find, end in zip(finds, ends, strict=True):
        span = Element("span", {"class": "together"})
        span.text = find[0]
        span.tail = text[find.end() : end]
        yield span

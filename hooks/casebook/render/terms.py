"""Words from the glossary, explained in place: the first of each on a page becomes a button.

Works on finished HTML of our own, in one walk over its tags and text.  Nothing but whole words of
running text is marked, and what a reader reads stays the same to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casebook.record.glossary import WORD, Glossary

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<attributes>[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*)>",
    re.DOTALL,
)
_WORD = re.compile(WORD)
_WORD_IN_HTML = re.compile(rf"(?<![\w&#-]){WORD}")
_OPENING = re.compile(r"(?:[(\[«“‘]|&#34;|&quot;)+\Z")
_CLOSING = re.compile(r"(?:[.,;:!?…)\]»”’]|&#34;|&quot;)+")
"""What keeps to the word after it, or before it."""
_GAP = r"(?:\s|&nbsp;|&#160;)+"
_END = r"(?!\w|-\w)"
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_OUTSIDE = frozenset(
    (
        *("a", "button", "summary", "label", "legend", "select", "option", "textarea"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "nav", "th", "caption", "dt"),
        *("code", "pre", "kbd", "samp", "var", "abbr", "dfn", "q", "cite", "time"),
        *("script", "style", "template", "noscript", "svg", "math", "object", "video", "audio"),
    )
)
"""Elements whose text is no running text, or that may hold no button."""
_OUTSIDE_BY_ATTRIBUTE = re.compile(
    r"""\b(?:lang|hidden|contenteditable|popover|data-no-terms)(?=[\s=/]|$)|\brole=(["'])img\1"""
    r"""|\bclass=(["'])(?:[^"']*\s)?(?:task-list-item|terms|footnote)(?:\s[^"']*)?\2"""
)
"""Text in another language, hidden text, pictures, and what its template keeps free of marks."""
_TARGET = re.compile(r"""\bpopovertarget=["']term-([a-z0-9-]+)["']""")


@dataclass(frozen=True, slots=True)
class Term:
    """A term that is explained on a page; ``href`` leads to its entry in the glossary."""

    id: str
    label: str
    brief: str
    href: str


class Explainer:
    """Knows the forms of all terms in one language.  One instance serves a whole build."""

    def __init__(self, forms: Mapping[str, Iterable[str]]) -> None:
        """Take id of a term -> its forms.

        A form in small letters fits any letters; another one fits only as it is written.
        """
        by_first: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
        for id_, written in forms.items():
            for form in written:
                first = _WORD.match(form)
                if first is not None:
                    pattern = _GAP.join(map(re.escape, form.split())) + _END
                    flags = re.IGNORECASE if form == form.lower() else re.NOFLAG
                    entry = form, id_, re.compile(pattern, flags)
                    by_first.setdefault(first.group().lower(), []).append(entry)
        # The longest form wins: "thin co-creation" before "co-creation".
        self._by_first = {
            first: [(id_, pattern) for _, id_, pattern in sorted(entries, key=_longest)]
            for first, entries in by_first.items()
        }
        self._firsts = frozenset(by_first)

    def explain(self, html: str) -> tuple[str, tuple[str, ...]]:
        """Return ``html`` with the first of each term as a button, and the ids in their order.

        Terms that have a button already are among the ids and get no second one, so that doing
        it again changes nothing.
        """
        used = dict.fromkeys(_TARGET.findall(html))
        pieces: list[str] = []
        place = 0
        for start, end in _running_text(html):
            for at, length, id_ in self._found(html, start, end):
                if id_ not in used:
                    used[id_] = None
                    first, last = _held(html, max(place, start), at, at + length, end)
                    button = _button(id_, html[at : at + length])
                    if last - first > length:
                        before, after = html[first:at], html[at + length : last]
                        button = f'<span class="term-held">{before}{button}{after}</span>'
                    pieces += (html[place:first], button)
                    place = last
        pieces.append(html[place:])
        return "".join(pieces), tuple(used)

    def _found(self, html: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield where a term stands in the text between two tags, how long it is, and its id."""
        # Most pieces of text hold no term: those are passed over without a step for each word.
        if self._firsts.isdisjoint(_WORD.findall(html[start:end].lower())):
            return
        taken = start
        for word in _WORD_IN_HTML.finditer(html, start, end):
            candidates = self._by_first.get(word.group().lower())
            if candidates is None or word.start() < taken:
                continue
            for id_, pattern in candidates:
                match = pattern.match(html, word.start(), end)
                if match is not None:
                    taken = match.end()
                    yield word.start(), taken - word.start(), id_
                    break


def explainer(glossary: Glossary, code: str) -> Explainer:
    """Return what explains the terms of ``glossary`` in the language ``code``."""
    return Explainer({id_: term.forms.get(code, ()) for id_, term in glossary.terms.items()})


def terms(glossary: Glossary, ids: Iterable[str], code: str, page: str) -> tuple[Term, ...]:
    """Return the terms ``ids`` for the list below a text; ``page`` is where the glossary is."""
    return tuple(
        Term(id_, entry.label[code], entry.brief(code), f"{page}#{id_}")
        for id_, entry in ((id_, glossary.terms[id_]) for id_ in ids if id_ in glossary.terms)
    )


def _longest(entry: tuple[str, str, re.Pattern[str]]) -> tuple[int, str]:
    form, id_, _ = entry
    return -len(form), id_


def _held(html: str, start: int, at: int, until: int, end: int) -> tuple[int, int]:
    """Return from where to where text must keep to the word that stands ``at`` … ``until``.

    Browsers break a line at both sides of a button: a comma would begin the next line.
    """
    opening = _OPENING.search(html[max(start, at - 8) : at])
    closing = _CLOSING.match(html, until, end)
    return (at - len(opening[0]) if opening else at), (closing.end() if closing else until)


def _button(id_: str, words: str) -> str:
    return f'<button type="button" class="term" popovertarget="term-{id_}">{words}</button>'


def _running_text(html: str) -> Iterator[tuple[int, int]]:
    """Yield where running text starts and ends, outside the elements that may hold no mark."""
    outside, depth, place = "", 0, 0  # in which such element we are, and how deep in its like
    for tag in _TAG.finditer(html):
        if not outside and tag.start() > place:
            yield place, tag.start()
        place = tag.end()
        name = tag["name"]
        if name is None:  # a comment
            continue
        name = name.lower()
        if outside:
            if name == outside:
                depth += -1 if tag["end"] else 1
                if depth == 0:
                    outside = ""
        elif not tag["end"] and name not in _VOID:
            attributes = tag["attributes"]
            if name in _OUTSIDE or (attributes and _OUTSIDE_BY_ATTRIBUTE.search(attributes)):
                outside, depth = name, 1
    if not outside and place < len(html):
        yield place, len(html)

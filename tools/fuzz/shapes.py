"""Texts of any length that have kept some program busy, some day."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple


class Shape(NamedTuple):
    """A text of any length: ``start``, then ``unit`` again and again, then ``end``."""

    unit: str
    start: str = ""
    end: str = ""

    def text(self, length: int) -> str:
        """Return the text with ``length`` characters, or nearly."""
        inside = max(0, length - len(self.start) - len(self.end))
        return f"{self.start}{(self.unit * (inside // len(self.unit) + 1))[:inside]}{self.end}"

    def __str__(self) -> str:
        """Return how messages call it."""
        parts = [part for part in (self.start, f"{self.unit}×n", self.end) if part]
        return " + ".join(repr(part) for part in parts)


ORDINARY = Shape("Kommunen og Nav inviterte til kurs i språk, og 14 av 20 fikk arbeid. ")
"""What people write: other texts are compared with it."""

_UNITS = (
    *("[", "[a](", "![", "[a][", "[a]: b\n", "[^1]", "[^1]: a\n\n", "[@", "[@a] ", "](", "]"),
    "][]",
    *("<", "<!--", "<a ", "<a href='", "<![CDATA[", "<?", "</", "&", "&amp;", "&#", "]]>", "-->"),
    *("`", "``a`", "```\n", "~~~\n", "*", "**", "***a", "*a ", "_", "_a", "__a ", "*_", "~~", "^"),
    *("(", ")", "()", "{", "}", "{#a}", "{: #a .b }", "{a:", "{{", "$", "#", "# a\n", "a\n=\n"),
    *("> ", ">", "- ", "1. ", "* > ", ":   ", "- a\n", "  - a\n", "1) a\n", "- a\n\n", "• a "),
    "o ",
    *("a\n", "a  \n", "\n\n", "\n \n", "a\n\n", "\n- a\n\n    b", "---\n", "***\n", "!!! note\n"),
    "? ",
    *("|", "|a", "|-", "| a |\n", "a|b\n-|-\n", "||\n", "\\", "\\\\", "\\[", "a\\\n", "\t"),
    "a\tb\n",
    *("a", "a ", "aa ", "å", "ø ", "a-", "a.", "a,", "a/", "a'", 'a"', "“", "«", "»", "–", "… "),
    "1",
    *("1 ", "1 000 ", "1,", "1.", "12 %", "§ 1 ", "2020–", "kr ", "AB", "aB", "A. ", "a: ", "www."),
    "@",
    *("https://a.b/", "http://", "://", "a@b.c ", "a@", "mailto:", "*[A]: b\n", "a\u0301"),
    "\u0301",
    *("\u0627 ", "\u0627", "\u05d0a", "\u0644\u200d", "\u4e00", "\u0915\u094d", "\u00a0", "\u202f"),
)
UNITS = (
    *map(Shape, _UNITS),
    *(Shape(" ", "a", "b"), Shape("\n", "a", "b"), Shape("\t", "a", "b"), Shape("[", "", "]")),
    *(Shape("a", "[", "](b)"), Shape("a", "https://a.b/", ""), Shape("a.", "https://", "no")),
    *(Shape("*", "a", "b"), Shape("_", "a", "_ b"), Shape(" ", "- a\n", "b"), Shape("a", "@")),
    *(Shape("a", "#", ""), Shape("0", "1", ""), Shape("a ", "", "."), Shape("-a", "a", "")),
    *(
        Shape(" - a", "a:", ""),
        Shape("a@", "", "b.c"),
        Shape("\\\n", "", "a"),
        Shape("<b", "a"),
    ),
)


def staircase(length: int) -> str:
    """Return words of which each is one letter longer: parts of each other, all of them."""
    words: list[str] = []
    left = length
    for size in count(3):
        left -= size + 1
        if left < 0:
            return " ".join(words)
        words.append("a" * size)
    raise AssertionError("unreachable")

"""Structure that people paste into a text: shown as what it is, or told of, never as raw signs.

Prose has paragraphs, lists, emphasis and links.  ``with_lists`` writes lists as Markdown knows
them, where there is no doubt that they are meant: right below a line, with ``•`` or ``1)``.  All
else that comes from Word, Markdown or a web editor (headings, tables, quotations …) is a fault.

The form for cases looks for the same faults (``docs/assets/scripts/form/structure.js``).  It gets
the expressions below in its data, so they keep to what Python and JavaScript read alike, and none
of them needs more than one way through a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

FORMS = ("prose", "text", "line", "name")
"""Forms of text: with Markdown, with paragraphs, on one line, and a proper name."""
WRITTEN = ("prose", "text", "line")
"""Those that somebody wrote for a record; a name is as it is."""
SHOWN = 60
"""How many characters of the faulty words a message names."""

BULLETS = "•‣\u2043◦▪▫●○■□∙➢➤"
"""Signs that people begin the items of a list with."""
_DASHES = "–—✓✔☐☑☒✗✘"
_B = r"[^\S\n]"
_ITEM = rf"(?:[-*+]{_B}|[{BULLETS}]{_B}*|\d{{1,2}}\){_B})"
_START = rf"^{_B}*(?:(?:[-*+]|[{BULLETS}]|\d{{1,2}}[.)]){_B}+)?"
_DELIMITERS = rf"\|?{_B}*:?-{{2,}}:?{_B}*(?:\|{_B}*:?-{{2,}}:?{_B}*)+\|?{_B}*$"
_TABBED = rf"(?!{_ITEM})[^\n\t]*[^\s]{{2}}\t+[^\s][^\n]*"
_SOON = r"(?=(?:\n[^\n]*){0,12}?\n"

_IN_PLAIN_TEXT_RULES = {
    "list-on-one-line": "list-in-plain-text",
    "unclear-list": "list-in-plain-text",
    "bare-address": "link-in-plain-text",
}
"""What a rule is called where a text has no lists and no links at all."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What gives a structure away: the rule that it breaks, and an expression.

    The group of the expression is what messages name.  Most texts hold none of ``needs``, without
    which it cannot fit.  Of signs for blocks the first that fits counts; the others stand within
    lines.
    """

    rule: str
    needs: tuple[str, ...]
    pattern: str
    forms: tuple[str, ...] = FORMS
    block: bool = True

    def rules(self) -> dict[str, str]:
        """Return the rule for each form of text that it is about."""
        return {
            form: self.rule if form == "prose" else _IN_PLAIN_TEXT_RULES.get(self.rule, self.rule)
            for form in self.forms
        }

    def data(self) -> list[Any]:
        """Return it as the form's data hold it."""
        return [self.pattern, self.rules(), self.block]


SIGNS = (
    Sign(
        "table-in-text",
        ("|", "\t"),
        rf"^(?={_B}*\|[^|\n]*\||[^|\n]*\|[^\n]*\n{_B}*{_DELIMITERS}|{_TABBED}\n{_TABBED})"
        r"([^\n]*)(?:\n[^\n]*[|\t][^\n]*)*",
    ),
    Sign(
        "heading-in-text",
        ("#",),
        rf"{_START}(#{{1,6}}{_B}+[^\s][^\n]*|#{{2,6}}[^\s#][^\n]*)",
    ),
    Sign(
        "quotation-in-text",
        (">",),
        rf"{_START}((?:>{_B}?)+[^\s\d=>][^\n]*)(?:\n{_B}*>[^\n]*)*",
    ),
    Sign(
        "line-across-text",
        ("---", "===", "___", "***", "- - -", "* * *", "```", "~~~"),
        rf"^{_B}*(-{{3,}}|={{3,}}|_{{3,}}|\*{{3,}}|- - -|\* \* \*|(?:`{{3}}|~{{3}})[^\n]*){_B}*$",
    ),
    # More items in a line that begins with one, or behind a colon, or with several bullets.
    Sign(
        "list-on-one-line",
        tuple(BULLETS),
        rf"^(?:{_B}*[{BULLETS}][^\n{BULLETS}]*|[^\n{BULLETS}]*:{_B}*|[^\n{BULLETS}]*{_B}"
        rf"(?=[{BULLETS}][^\n{BULLETS}]*[{BULLETS}]))([{BULLETS}][^\n]*)",
        WRITTEN,
    ),
    Sign(
        "list-on-one-line",
        (": - ", ": * "),
        r"^(?:[^\n:]*:)+? ([-*] [^\n]*? [-*] [^\n]*)",
        WRITTEN,
    ),
    Sign("list-on-one-line", ("2)",), rf"^{_B}*(1\){_B}[^\n]*?{_B}2\){_B}[^\n]*)", WRITTEN),
    Sign(
        "list-on-one-line",
        ("2.",),
        rf"^(?:{_B}*|[^\n:]*:{_B}+)(1\.{_B}[^\n]*?{_B}2\.{_B}+[A-ZÆØÅ][^\n]*)",
        WRITTEN,
    ),
    # Signs that Word has for lists, and numbers and letters that Markdown does not know.
    Sign(
        "unclear-list",
        ("o ", "o\t", "o\xa0", "o\u202f", "§"),
        rf"^{_B}*((?:o{_B}+[^\s]|§{_B}+[^\s\d§])[^\n]*)(?:\n{_B}*[o§–—]{_B}[^\n]*)*",
        WRITTEN,
    ),
    Sign(
        "unclear-list",
        tuple(_DASHES),
        rf"^{_B}*([{_DASHES}]{_B}+[^\s][^\n]*)"
        rf"(?:(?:\n{_B}+[^\s{_DASHES}][^\n]*)*\n{_B}*[{_DASHES}]{_B}[^\n]*)+",
        WRITTEN,
    ),
    Sign("unclear-list", ("a.", "a)"), rf"(?<=[^\s]\n){_B}*(\(?a[.)]{_B}+[^\s][^\n]*)", WRITTEN),
    Sign(
        "unclear-list",
        ("b.", "b)"),
        rf"^{_B}*(\(?a[.)]{_B}+[^\s][^\n]*){_SOON}{_B}*\(?b[.)]{_B})",
        WRITTEN,
    ),
    Sign(
        "unclear-list", ("(2)",), rf"^{_B}*(\(1\){_B}+[^\s][^\n]*){_SOON}{_B}*\(2\){_B})", WRITTEN
    ),
    Sign(
        "unclear-list",
        ("2 -", "2 –"),
        rf"^{_B}*(1 [-–] [^\s\d][^\n]*){_SOON}{_B}*2 [-–] )",
        WRITTEN,
    ),
    # Where there are no lists at all.
    Sign(
        "list-in-plain-text",
        ("-", "*", "+", ")", *BULLETS),
        rf"^{_B}*({_ITEM}[^\s][^\n]*)(?:\n{_B}*{_ITEM}[^\n]*)*",
        ("text", "line", "name"),
    ),
    Sign(
        "list-in-plain-text",
        ("2.",),
        rf"^{_B}*(1\.{_B}+[^\s][^\n]*){_SOON}{_B}*2\.{_B})",
        ("text", "line"),
    ),
    Sign(
        "break-in-text",
        ("\\",),
        r"([^\s\\]{0,40}\\)(?![^\s])(?:\s+\\(?![^\s]))*",
        block=False,
    ),
    Sign(
        "picture-in-text",
        ("![",),
        r"(!\[[^\[\]\n]{0,200}\])(?=[(\[])",
        block=False,
    ),
    Sign(
        "bare-address",
        ("://", "www."),
        r"(?<![^\s(«“,:;])(?<!\]\()(?<!\]\( )(?<!\]:)(?<!\]: )"
        r'((?:[Hh]ttps?://|www\.(?=[a-z0-9-]+\.[a-z]))[^\s<>]*[^\s<>.,;:!?)\]*_"»”])',
        WRITTEN,
        block=False,
    ),
    Sign(
        "marks-in-plain-text",
        ("*", "_"),
        r"(\*\*[^\s*](?:[^*\n]{0,300}[^\s*])?\*\*|__[^\s_](?:[^_\n]{0,300}[^\s_])?__"
        r'|(?<![^\s(«“"])(?:\*[^\s*](?:[^*\n]{0,300}[^\s*])?\*|_[^\s_](?:[^_\n]{0,300}[^\s_])?_)'
        r'(?![^\s.,;:!?)»”"]))',
        ("text", "line"),
        block=False,
    ),
    Sign(
        "marks-in-plain-text",
        ("~~",),
        r"(~~[^\s~](?:[^~\n]{0,300}[^\s~])?~~)",
        WRITTEN,
        block=False,
    ),
)
_SIGNS_FOR = {
    form: [
        (sign.needs, re.compile(sign.pattern, re.MULTILINE), sign.rules()[form], sign.block)
        for sign in SIGNS
        if form in sign.forms
    ]
    for form in FORMS
}


class Found(NamedTuple):
    """Where a structure begins in a text, what stands there, and the rule that it breaks."""

    start: int
    words: str
    rule: str


def structures(text: str, form: str) -> Iterator[Found]:
    """Yield what would be shown as raw signs in a text of a form."""
    taken = bytearray(len(text))
    for needs, pattern, rule, block in _SIGNS_FOR[form]:
        for needed in needs:  # quicker than any(), and nearly all of the work
            if needed in text:
                break
        else:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if block:
                if taken.find(1, start, end) >= 0:
                    continue
                taken[start:end] = b"\1" * (end - start)
            yield Found(match.start(1), _short(match[1]), rule)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else words[:SHOWN].rstrip() + "…"


_FOLDED = re.compile(rf"([ ]*)(?:[-*+]{_B}|[{BULLETS}]|(\d{{1,2}})[.)]{_B}){_B}*[^\s].*")

_IN_FOLDED = re.compile(rf"\n[ ]+(?:[-*+{BULLETS}]|\d{{1,2}}[.)]{_B})")


def folded_list(source: str) -> Found | None:
    """Return the first item of a list that YAML would put on the line above.

    ``source`` is a text below ``>`` as it stands in the file, with its first line.
    """
    if _IN_FOLDED.search(source) is None:
        return None
    start, above, number = 0, "", 0
    for line in source.split("\n"):
        item, before = _FOLDED.match(line), _FOLDED.match(above)
        indent = len(line) - len(line.lstrip(" "))
        joined = above.strip() and len(above) - len(above.lstrip(" ")) == indent
        if item is not None and item[2]:
            follows = number > 0 and int(item[2]) == number + 1
            number = int(item[2])
        else:
            follows = above.endswith(":") or (before is not None and not before[2])
        if item is not None and joined and follows:
            return Found(start + indent, _short(line), "list-in-folded-text")
        start, above = start + len(line) + 1, line
    return None


# --- lists ---------------------------------------------------------------------------------------

_LISTED = re.compile(
    rf"(?P<indent>[ ]*)(?:(?P<bullet>[-*+](?={_B})|[{BULLETS}])"
    rf"|(?P<number>\d{{1,3}})(?P<end>[.)])(?={_B})){_B}*(?P<words>[^\s].*)"
)
_STEP = 4
"""How far Markdown wants a list within a list to be indented."""


def with_lists(text: str) -> str:
    """Return prose with its lists as Markdown knows them.

    They stand apart from the lines above, begin with ``-`` or ``1.``, and lie four spaces deep in
    each other.
    """
    parts, follows = [], False
    for block in re.split(r"(\n[ \t]*(?:\n[ \t]*)*(?=\n))", text):
        if not block.strip():
            parts.append(block)
            continue
        lines, follows = _with_lists(block.removeprefix("\n").split("\n"), follows)
        parts.append("\n" * block.startswith("\n") + "\n".join(lines))
    return "".join(parts)


def _with_lists(lines: list[str], follows: bool) -> tuple[list[str], bool]:
    """Do it for lines with no empty one between; ``follows`` says that a list stands above.

    Return with the lines whether they belong to a list.
    """
    made: list[str] = []
    depths: list[int] = []  # the indentation of each list that is open
    kinds: list[str] = []
    number = 0  # the last one
    for place, line in enumerate(lines):
        item = _LISTED.match(line)
        if item is None or not (place == 0 or _begins(item, number, lines, place)):
            made.append(line)
            continue
        number = int(item["number"] or number)
        indent, kind = len(item["indent"]), "bullet" if item["bullet"] else "number"
        while depths and indent < depths[-1]:
            depths.pop()
            kinds.pop()
        if not depths or indent > depths[-1] + 1:
            if place and not depths:
                made.append("")
            depths.append(indent)
            kinds.append(kind)
        elif kinds[-1] != kind:
            if len(kinds) == 1:
                made.append("")
            kinds[-1] = kind
        outer = indent if indent < _STEP or follows else 0
        made.append(_item(item, _STEP * (len(depths) - 1) or outer))
    return made, bool(kinds) or (follows and lines[0].startswith(" "))


def _begins(item: re.Match[str], number: int, lines: list[str], place: int) -> bool:
    """Say whether an item is one below another line: dates too begin with a number."""
    if item["bullet"]:
        return True
    if number and int(item["number"]) == number + 1:
        return True
    if item["number"] != "1":
        return False
    below = lines[place + 1 :]
    return (
        item["end"] == ")"
        or lines[place - 1].rstrip().endswith(":")
        or any(line.lstrip().startswith("2. ") for line in below)
    )


def _item(item: re.Match[str], indent: int) -> str:
    line, bullet = item[0], item["bullet"]
    mark = (bullet if bullet in "-*+" else "-") if bullet else f"{item['number']}."
    if indent == len(item["indent"]) and line[indent:].startswith(f"{mark} "):
        return line
    return f"{' ' * indent}{mark} {item['words']}"

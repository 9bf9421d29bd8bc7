"""What was typed or pasted in another way than a record has it, turned where only one is meant.

Bullets become the dashes of a list, no-break spaces an indent, curly quotation marks round a value
straight ones, and days and numbers in the Norwegian way those of the format.  Text that people read
is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.record.case import NumberOrRange
from casebook.record.citing import kinds_of_fields, texts
from casebook.record.kinds import (
    Address,
    Number,
    OneOf,
    Pattern,
    Place,
    ReferenceId,
    Term,
    When,
    Year,
    mended_date,
    mended_number,
)
from casebook.record.mistakes import BLANK_INDENT, BULLET
from casebook.record.source import Document, Scalar, parse_text

_WORDS = (Address, OneOf, Pattern, Place, ReferenceId, Term, Year)
"""Kinds of values that never stand in quotation marks."""
_MOST_READ = 15_000_000
"""How many characters are read to mend a file, all rounds together: more takes over a second."""
_QUOTED = re.compile(r"[“”„‟«»‘’](.*)[“”„‟«»‘’]")
_CURLY = re.compile(r"^( *(?:- +)?(?:[\w-]+: +)?)([“”„‟])([^“”„‟\"\\\n]*)[“”„‟][ \t]*$")
_GUILLEMETS = re.compile(r"^( *(?:- +)?(?:[\w-]+: +)?)(«[^\"\\\n]*»)[ \t]*$")


def turned(text: str) -> str:
    """Return the text of a record with what can be turned; the same text when there is nothing."""
    lines = text.split("\n")
    document = None
    # Each round mends one place at which the file could not be read on, and reads it again.
    for _ in range(max(1, _MOST_READ // (len(text) + 1))):
        document, problems = parse_text("\n".join(lines), "")
        if document is not None or not _mend(lines, problems[-1].rule, problems[-1].line - 1):
            break
    if document is None:
        return text
    edits = sorted({*_edits(document)}, reverse=True)
    changed = document.text
    for start, end, words in edits:
        changed = changed[:start] + words + changed[end:]
    return changed


def _mend(lines: list[str], rule: str, number: int) -> bool:
    """Mend the line at which a parser gave up; say whether that was possible."""
    line = lines[number]
    if rule == "syntax-no-break-space":
        lines[number] = _with_spaces(line)
    elif rule == "syntax-bullet":
        while number < len(lines) and (bullet := BULLET.match(lines[number])):
            lines[number] = _with_dash(lines[number], bullet)
            number += 1
    elif rule == "syntax-curly-quotes":
        lines[number] = _GUILLEMETS.sub(r'\1"\2"', _CURLY.sub(r'\1"\3"', line))
    return lines[number - 1 if rule == "syntax-bullet" else number] != line


def _with_spaces(line: str) -> str:
    words = line.lstrip()
    return " " * (len(line) - len(words)) + words


def _with_dash(line: str, bullet: re.Match[str]) -> str:
    return f"{line[: bullet.start('at')]}- {line[bullet.end('at') :].lstrip()}"


def _edits(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield what to exchange: where it begins and ends, and what stands there then."""
    taken = bytearray(len(document.text) + 1)
    for path, scalar in texts(document.root):
        start, end = scalar.start.index, scalar.end
        raw = document.text[start:end]
        if not raw:
            continue
        yield from _listed(document, scalar, raw)
        taken[start:end] = b"\1" * (end - start)
        word = _meant(path, scalar.text.strip())
        if word and "\n" not in raw:
            yield start, end, word
    at = 0
    for line in document.text.split("\n"):
        blank = BLANK_INDENT.match(line)
        if blank is not None and not taken[at + blank.start("at")]:
            yield at, at + len(line), _with_spaces(line)
        at += len(line) + 1


def _listed(document: Document, scalar: Scalar, raw: str) -> Iterator[tuple[int, int, str]]:
    """Yield the lines of a list with bullets, which YAML takes for one text."""
    start = scalar.start.index
    begin = document.text.rfind("\n", 0, start) + 1
    if document.text[begin:start].strip() or BULLET.match(raw) is None:
        return
    lines = document.text[begin : start + len(raw)].split("\n")
    found = [BULLET.match(line) for line in lines]
    if all(found):
        made = [_with_dash(line, one) for line, one in zip(lines, found, strict=True) if one]
        yield begin, start + len(raw), "\n".join(made)


def _meant(path: tuple[str, ...], word: str) -> str:
    """Return how a value is written in a record, "" where it is right or nobody can tell."""
    kind = kinds_of_fields().get(path) or kinds_of_fields().get(path[:-1])
    if isinstance(kind, When):
        return mended_date(word)
    if isinstance(kind, Number | NumberOrRange):
        return mended_number(word)
    quoted = _QUOTED.fullmatch(word) if isinstance(kind, _WORDS) else None
    plain = quoted[1].strip() if quoted else ""
    return plain if re.fullmatch(r"[\w./:@-]+", plain) else ""

"""Write problems for a person, for GitHub's annotations, or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TextIO

from casebook.languages import Language
from casebook.problem import Problem

FORMATS = ("text", "github", "json")

# A file name may hold anything: control characters could rewrite the terminal's screen.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def write_report(
    problems: Sequence[Problem], form: str, language: Language, stream: TextIO
) -> None:
    """Write ``problems`` in one of ``FORMATS`` to ``stream``, in the order given.

    Raises ValueError for another format.
    """
    if form == "json":
        entries = [_entry(problem, language) for problem in problems]
        stream.write(json.dumps(entries, ensure_ascii=False, indent=2) + "\n")
    elif form == "github":
        stream.writelines(_annotation(problem, language) for problem in problems)
    elif form == "text":
        stream.writelines(_text(problem, language) for problem in problems)
    else:
        raise ValueError(f"no such format: {form}")


def visible(text: str) -> str:
    """Return ``text`` with control characters written as codes."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match.group()):02x}", text)


def _text(problem: Problem, language: Language) -> str:
    message, hint = language.message(problem)
    place = f"{problem.path}:{problem.line}:{problem.column}"
    said = f"{visible(place)}: {_level(problem)}: {visible(message)} [{problem.rule}]"
    return f"{said}\n    {visible(hint)}\n"


def _level(problem: Problem) -> str:
    return "warning" if problem.is_warning else "error"


def _entry(problem: Problem, language: Language) -> dict[str, str | int]:
    message, hint = language.message(problem)
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "level": _level(problem),
        "rule": problem.rule,
        "message": message,
        "hint": hint,
    }


def _annotation(problem: Problem, language: Language) -> str:
    """Return a workflow command; its rules of escaping are those of GitHub's actions/toolkit."""
    message, hint = language.message(problem)

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return visible(data(text)).replace(":", "%3A").replace(",", "%2C")

    return (
        f"::{_level(problem)} file={value(problem.path)},line={problem.line},col={problem.column},"
        f"title={value(problem.rule)}::{data(visible(message))}%0A{data(visible(hint))}\n"
    )

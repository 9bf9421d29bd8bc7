"""The gate in the build: nothing is written that may not go out."""

from __future__ import annotations

import sys

from casebook.gate.judge import judge
from casebook.gate.lists import Allowed
from casebook.problem import Problem
from casebook.report import write_report
from mkdocs.exceptions import Abort

from website.build import Build


def problems_of(html: str, allowed: Allowed, path: str) -> list[Problem]:
    """Return what ``html`` holds that may not go out; ``path`` is what it was made from."""
    return [
        Problem.make(path, 1, 1, refusal.rule, **refusal.details)
        for refusal in judge(html, allowed)
    ]


def let_through(html: str, allowed: Allowed, path: str, build: Build) -> None:
    """Stop the build when ``html`` holds anything that may not go out.

    Whoever writes is told earlier, with the line: what is stopped here slipped past the check.

    Raises Abort.
    """
    problems = problems_of(html, allowed, path)
    if problems:
        write_report(problems, "text", build.languages.default, sys.stderr)
        raise Abort(f"{path}: not published / ikke publisert")

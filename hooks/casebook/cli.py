"""The ``casebook`` command: check records, and show what will stand on a page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from casebook.languages import Languages, load_languages
from casebook.library import load_library
from casebook.page.case_page import build_case_page
from casebook.problem import Problem
from casebook.report import FORMATS, visible, write_report
from casebook.terminal import write_case
from casebook.vocabulary import FOLDER

OK, PROBLEMS, WRONG_USE = 0, 1, 2
"""Exit codes: nothing wrong; problems found; the command was used wrongly."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (the process's own by default); return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that is not UTF-8 must not end in an error
            stream.reconfigure(errors="replace")
    languages = load_languages()
    options = _parser(languages).parse_args(arguments)
    try:
        if options.command == "check":
            return _check(options, languages)
        return _show(options, languages)
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away (``casebook check | head``): nothing to tell
        return OK


def _parser(languages: Languages) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casebook", description="Check case records and show what they become."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="list all problems of all records")
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="folder or files [cases]"
    )
    check.add_argument("--format", choices=FORMATS, default="text", help="how to write them [text]")
    show = commands.add_parser("show", help="print what will stand on a case's page")
    show.add_argument("id", metavar="ID", help="id of the case (its file name without .yml)")
    show.add_argument("--cases", type=Path, default=Path("cases"), help="folder of records [cases]")
    for command in (check, show):
        command.add_argument(
            "--lang",
            choices=languages.codes,
            default=languages.default.code,
            help=f"language [{languages.default.code}]",
        )
        command.add_argument(
            "--vocabulary", type=Path, help=f"folder of vocabularies [{FOLDER} among the records]"
        )
    return parser


def _check(options: argparse.Namespace, languages: Languages) -> int:
    problems: set[Problem] = set()
    for root, wanted in _roots(options.paths or [Path("cases")]).items():
        _, found = load_library(root, languages, vocabulary_folder=options.vocabulary)
        problems |= {problem for problem in found if not wanted or problem.path in wanted}
    write_report(sorted(problems), options.format, languages[options.lang], sys.stdout)
    return PROBLEMS if problems else OK


def _roots(paths: Sequence[Path]) -> dict[Path, set[str]]:
    """Return each folder of records to load, with the files asked for (none means all).

    A file is checked together with its library, since relations can only be judged there; the
    library's root is the closest folder above with a vocabulary.
    """
    roots: dict[Path, set[str]] = {}
    everything: set[Path] = set()
    for path in paths:
        if not path.exists():
            _wrong_use(f"{path}: no such file or folder")
        if path.is_dir():
            roots.setdefault(path, set())
            everything.add(path)
            continue
        root = next((above for above in path.parents if (above / FOLDER).is_dir()), path.parent)
        roots.setdefault(root, set()).add(path.as_posix())
    return {root: set() if root in everything else wanted for root, wanted in roots.items()}


def _show(options: argparse.Namespace, languages: Languages) -> int:
    if not options.cases.is_dir():
        _wrong_use(f"{options.cases}: no such folder")
    library, problems = load_library(options.cases, languages, vocabulary_folder=options.vocabulary)
    if options.id in library.cases:
        page = build_case_page(options.id, library, languages[options.lang])
        write_case(page, library, languages[options.lang], sys.stdout)
        return OK
    own = [problem for problem in problems if Path(problem.path).stem == options.id]
    if not own:
        known = ", ".join(library.cases) or "none"
        _wrong_use(f"{options.id}: no such case. There are: {known}")
    write_report(own, "text", languages[options.lang], sys.stderr)
    return PROBLEMS


def _wrong_use(message: str) -> NoReturn:
    print(f"casebook: {visible(message)}", file=sys.stderr)
    raise SystemExit(WRONG_USE)


if __name__ == "__main__":
    sys.exit(main())

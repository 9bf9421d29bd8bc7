"""``casebook format``: put records in their form, or tell which are not."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.command_line import add_language
from casebook.formatting import format_text
from casebook.languages import Language, Languages
from casebook.library import record_files
from casebook.problem import Problem
from casebook.report import visible, write_report
from casebook.source import decode, parse_text
from casebook.storage import replace_file


def add_format(commands: Any, languages: Languages, told: Language) -> None:
    """Add the command to ``commands``, what ``argparse`` calls subparsers."""
    parser = commands.add_parser(
        "format",
        help=told.text("command.format.help"),
        description=told.text("command.format.about"),
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=told.text("command.format.paths")
    )
    parser.add_argument("--check", action="store_true", help=told.text("command.format.check"))
    add_language(parser, languages, told)


def run_format(options: argparse.Namespace, languages: Languages) -> bool:
    """Format records; return whether all could be read and, with ``--check``, had their form.

    Raises OSError when a file or folder cannot be read or written.
    """
    language = languages[options.lang]
    problems: list[Problem] = []
    changed = 0
    for file, path in _files(options.paths or [Path("cases")], problems):
        before = file.read_bytes()
        text, found = decode(before, path)
        if text is not None:
            found = parse_text(text, path)[1]
        problems += found
        if text is None or found:
            continue
        formatted = format_text(text, languages)
        if formatted == text:
            continue
        changed += 1
        if not options.check:
            replace_file(file, before, formatted)
        said = "command.format.would" if options.check else "command.format.done"
        print(language.text(said, path=visible(path)))
    write_report(sorted(problems), "text", language, sys.stdout)
    return not problems and not (options.check and changed)


def _files(paths: list[Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        path.lstat()  # one that is not there is told as such
        if path.is_symlink():
            problems.append(Problem.make(path.as_posix(), 1, 1, "symbolic-link"))
        elif path.is_dir():
            yield from record_files(path, path.as_posix(), problems)
        else:
            yield path, path.as_posix()

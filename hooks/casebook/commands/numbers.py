"""``casebook numbers``: every number with the source that it is from, or those that lack one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from casebook.commands.command_line import add_language
from casebook.languages import Language, Languages
from casebook.numbers.listing import list_numbers, missing, unknown_to
from casebook.numbers.report import FORMATS, write_numbers
from casebook.report import write_report


def add_numbers(commands: Any, languages: Languages, told: Language) -> None:
    """Add the command to ``commands``, what ``argparse`` calls subparsers."""
    parser = commands.add_parser("numbers", help=told.text("command.numbers.help"))
    parser.add_argument(
        "--cases", type=Path, default=Path("cases"), help=told.text("command.option.cases")
    )
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), help=told.text("command.option.docs")
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help=told.text("command.option.format")
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--missing", action="store_true", help=told.text("command.numbers.missing"))
    which.add_argument(
        "--facts", type=Path, metavar="FILE", help=told.text("command.numbers.facts")
    )
    add_language(parser, languages, told)


def run_numbers(options: argparse.Namespace, languages: Languages) -> bool:
    """Write the list; return whether it is as it should be.

    Raises OSError when a folder or file cannot be read.
    """
    language = languages[options.lang]
    facts = options.facts.read_text(encoding="utf-8") if options.facts else None
    for folder in (options.cases, options.docs):
        folder.stat()
    numbers, problems = list_numbers(options.cases, options.docs, languages)
    write_report(sorted(problems), "text", language, sys.stderr)
    without = missing(numbers)
    if facts is not None:
        shown = unknown_to(facts, numbers)
        said = language.text("numbers.not_in_facts", count=len(shown), file=options.facts)
    else:
        shown = without if options.missing else numbers
        said = language.text("numbers.total", count=len(numbers), missing=len(without))
    write_numbers(shown, options.format, sys.stdout)
    print(said, file=sys.stderr)
    return not problems and not (shown if facts is not None or options.missing else ())

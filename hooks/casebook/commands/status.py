"""``casebook status``: how every record stands, and which statements are to be checked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from casebook.collection.library import load_library, read_records
from casebook.collection.status import case_statuses
from casebook.collection.status_report import FORMATS, write_statuses
from casebook.collection.unread import unread_sources
from casebook.commands.command_line import add_language
from casebook.languages import Language, Languages
from casebook.problem import errors
from casebook.record.statements import due_statements


def add_status(commands: Any, languages: Languages, told: Language) -> None:
    """Add the command to ``commands``, what ``argparse`` calls subparsers."""
    parser = commands.add_parser(
        "status",
        help=told.text("command.status.help"),
        description=told.text("command.status.about"),
    )
    parser.add_argument(
        "--cases", type=Path, default=Path("cases"), help=told.text("command.option.cases")
    )
    parser.add_argument("--vocabulary", type=Path, help=told.text("command.option.vocabulary"))
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help=told.text("command.option.format")
    )
    add_language(parser, languages, told)


def run_status(options: argparse.Namespace, languages: Languages) -> bool:
    """Write the table; return whether no record has problems.

    Raises OSError when the folder cannot be read.
    """
    options.cases.stat()
    library, problems = load_library(options.cases, languages, vocabulary_folder=options.vocabulary)
    faults = errors(problems)
    documents = read_records(options.cases)[0] if faults else {}
    statuses = case_statuses(library, documents, faults)
    unread = unread_sources(library)
    due = due_statements(library.vocabulary.statements, library.today)
    write_statuses(statuses, unread, due, options.format, languages[options.lang], sys.stdout)
    return not faults

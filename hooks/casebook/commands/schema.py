"""``casebook schema``: the JSON Schema of a record, for programs in which records are written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from casebook.edit.storage import write_file
from casebook.languages import Language, Languages
from casebook.record.schema import schema_text
from casebook.record.vocabulary import FOLDER, load_vocabulary
from casebook.report import write_report


def add_schema(commands: Any, languages: Languages, told: Language) -> None:
    """Add the command to ``commands``, what ``argparse`` calls subparsers."""
    parser = commands.add_parser("schema", help=told.text("command.schema.help"))
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help=told.text("command.schema.output")
    )
    parser.add_argument(
        "--cases", type=Path, default=Path("cases"), help=told.text("command.option.cases")
    )
    parser.add_argument("--vocabulary", type=Path, help=told.text("command.option.vocabulary"))
    parser.add_argument("--lang", choices=languages.codes, help=told.text("command.schema.lang"))


def run_schema(options: argparse.Namespace, languages: Languages) -> bool:
    """Write the schema; return whether the vocabulary had no problems.

    Raises OSError when a file cannot be read or written.
    """
    folder = options.vocabulary or options.cases / FOLDER
    vocabulary, problems = load_vocabulary(folder, languages, folder.as_posix())
    told = (languages[options.lang],) if options.lang else tuple(languages)
    if problems:
        write_report(sorted(problems), "text", told[0], sys.stderr)
        return False
    text = schema_text(vocabulary, languages, told)
    if options.output is None:
        sys.stdout.write(text)
    else:
        write_file(options.output, text)
    return True

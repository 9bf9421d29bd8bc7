"""``casebook new``: a new record, asked for or taken from a file, never over another."""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from casebook.collection.library import RESERVED_IDS, load_library, record_files
from casebook.commands.command_line import add_language, told_of_file
from casebook.edit.asking import ask_record
from casebook.edit.kept import KeptAnswers
from casebook.edit.storage import create_file
from casebook.edit.template import new_record
from casebook.languages import Language, Languages
from casebook.problem import Problem
from casebook.record.days import today
from casebook.record.kinds import ID_SHAPE
from casebook.record.source import read
from casebook.record.vocabulary import FOLDER, Context, load_vocabulary
from casebook.report import visible, write_report

_ANEW = "0"
"""The answer that leaves the answers of an earlier time."""


def add_new(commands: Any, languages: Languages, told: Language) -> None:
    """Add the command to ``commands``, what ``argparse`` calls subparsers."""
    parser = commands.add_parser(
        "new", help=told.text("command.new.help"), description=told.text("command.new.about")
    )
    parser.add_argument("id", metavar="ID", help=told.text("command.new.id"))
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--from", dest="source", type=Path, metavar="FILE", help=told.text("command.new.from")
    )
    source.add_argument("--blank", action="store_true", help=told.text("command.new.blank"))
    parser.add_argument(
        "--cases", type=Path, default=Path("cases"), help=told.text("command.option.cases")
    )
    parser.add_argument("--vocabulary", type=Path, help=told.text("command.option.vocabulary"))
    add_language(parser, languages, told)


def run_new(options: argparse.Namespace, languages: Languages) -> bool:
    """Write the new record; return whether that was done.

    What is not filled in yet is told, and no fault.  Raises OSError when a file cannot be read or
    written.
    """
    language = languages[options.lang]
    path = options.cases / f"{options.id}.yml"
    problems = _unfit(options.id, path, options.cases)
    folder = options.vocabulary or options.cases / FOLDER
    vocabulary, found = load_vocabulary(folder, languages, folder.as_posix())
    problems += found
    given: dict[str, Any] = {}
    if options.source is not None:
        document, found = read(options.source)
        problems += found
        given = document.plain() if document is not None else {}
    if problems:
        write_report(sorted(problems), "text", language, sys.stderr)
        return False
    kept = KeptAnswers(options.cases.parent, options.id)
    if options.source is None and not options.blank:
        given = _ask(kept, options.id, language, Context(languages, vocabulary))
    text = new_record(given, languages, language, vocabulary, today())
    create_file(path, text)
    kept.clear()
    _, found = load_library(options.cases, languages, vocabulary_folder=options.vocabulary)
    left = sum(Path(problem.path).resolve() == path.resolve() for problem in found)
    key = "command.new.done" if left else "command.new.whole"
    print(language.text(key, path=visible(path.as_posix()), left=left))
    return True


def _ask(kept: KeptAnswers, id_: str, language: Language, context: Context) -> dict[str, Any]:
    """Return a person's answers, begun now or at an earlier time, as a record holds them."""
    answers = kept.read()
    if answers:
        with suppress(EOFError):
            if input(language.text("command.new.resume", anew=_ANEW)).strip() == _ANEW:
                answers = {}
    told = False

    def keep(answers: dict[str, str]) -> None:
        nonlocal told
        try:
            kept.write(answers)
        except OSError as error:
            if not told:
                told = True
                why = told_of_file(error, language)
                print(language.text("command.new.not_kept", why=visible(why)))

    try:
        return ask_record(input, print, language, context, answers, keep)
    except KeyboardInterrupt:
        if kept.read():
            print(f"\n{language.text('command.new.kept', id=id_)}")
        raise


def _unfit(id_: str, path: Path, cases: Path) -> list[Problem]:
    """Return what keeps a record from getting this id."""
    cases.stat()
    named = visible(path.as_posix())
    if re.fullmatch(ID_SHAPE, id_) is None:
        return [Problem.make(named, 1, 1, "not-an-id", value=visible(id_))]
    if id_ in RESERVED_IDS:
        return [Problem.make(named, 1, 1, "reserved-id", value=id_)]
    others = [
        other for file, other in record_files(cases, cases.as_posix(), []) if file.stem == id_
    ]
    return [Problem.make(named, 1, 1, "same-id", value=id_, other=other) for other in others]

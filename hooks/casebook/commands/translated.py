"""``casebook translated``: a person has seen to it that a translation follows its original."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.collection.library import Library, load_library, record_files
from casebook.commands.command_line import add_language
from casebook.edit.recording import record_translation
from casebook.edit.storage import replace_file
from casebook.languages import Language, Languages
from casebook.record.model import closest
from casebook.record.source import parse
from casebook.record.translation import digest
from casebook.report import visible, write_report


def add_translated(commands: Any, languages: Languages, told: Language) -> None:
    """Add the command to ``commands``, what ``argparse`` calls subparsers."""
    parser = commands.add_parser(
        "translated",
        help=told.text("command.translated.help"),
        description=told.text("command.translated.about"),
    )
    parser.add_argument("ids", nargs="+", metavar="ID", help=told.text("command.option.id"))
    parser.add_argument(
        "--by",
        choices=("human", "machine"),
        default="human",
        help=told.text("command.translated.by"),
    )
    parser.add_argument(
        "--to", choices=_others(languages), help=told.text("command.translated.to"), default=None
    )
    parser.add_argument(
        "--cases", type=Path, default=Path("cases"), help=told.text("command.option.cases")
    )
    parser.add_argument("--vocabulary", type=Path, help=told.text("command.option.vocabulary"))
    add_language(parser, languages, told)


def run_translated(options: argparse.Namespace, languages: Languages) -> bool:
    """Record it in each file; return whether all of them could be.

    Nothing is written when one of the ids is wrong.  Raises OSError when a file cannot be read or
    written.
    """
    language = languages[options.lang]
    options.cases.stat()
    library, problems = load_library(options.cases, languages, vocabulary_folder=options.vocabulary)
    files = {file.stem: (file, path) for file, path in record_files(options.cases, "", [])}
    unknown = [id_ for id_ in options.ids if id_ not in files]
    for id_ in unknown:
        near = closest(id_, files)
        key = "command.translated.near" if near else "command.translated.unknown"
        print(language.text(key, id=visible(id_), closest=near), file=sys.stderr)
    faulty = {*options.ids} - {*library.cases, *library.withdrawn, *unknown}
    own = [problem for problem in problems if Path(problem.path).stem in faulty]
    write_report(own, "text", language, sys.stderr)
    if unknown or faulty:
        return False
    codes = [options.to] if options.to else _others(languages)
    for said in _record(dict.fromkeys(options.ids), files, library, codes, options.by):
        print(language.text(said[0], id=said[1], language=language.called(said[2]) or said[2]))
    return True


def _record(
    ids: Any, files: Any, library: Library, codes: list[str], by: str
) -> Iterator[tuple[str, str, str]]:
    """Write each file and yield what to say: string, id and language."""
    for id_ in ids:
        file, path = files[id_]
        before = file.read_bytes()
        case = library.cases.get(id_) or library.withdrawn[id_]
        for code in codes:
            document, _ = parse(before, path)
            if document is None:  # it was read a moment ago
                raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), path)
            text = record_translation(document, code, by, digest(case, library.languages))
            if text == document.text:
                yield "command.translated.already", id_, code
                continue
            replace_file(file, before, text)
            before = file.read_bytes()
            yield "command.translated.done", id_, code


def _others(languages: Languages) -> list[str]:
    return [code for code in languages.codes if code != languages.default.code]

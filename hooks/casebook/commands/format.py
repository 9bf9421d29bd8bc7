"""``casebook format``: put records in their form, or tell which are not.

What can be put right in one way only in any text (``casebook.letters.faults.mended``) is put right
in the vocabulary and in hand-written pages too; nothing else is changed there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.collection.brought import parted
from casebook.collection.library import record_files
from casebook.commands.command_line import add_language
from casebook.edit.formatting import format_text
from casebook.edit.storage import replace_file
from casebook.edit.turning import turned
from casebook.handwritten.page import SUFFIX
from casebook.languages import Language, Languages
from casebook.letters.faults import mended
from casebook.problem import Problem
from casebook.record.source import parse, text_of
from casebook.record.vocabulary import FOLDER, REFERENCES
from casebook.report import visible, write_report


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
    for file, path, is_record in _files(options.paths or [Path("cases")], problems):
        before = file.read_bytes()
        text, found = text_of(before, path)
        formatted = mended(text) if text is not None else ""
        formatted = turned(formatted) if is_record else formatted
        if text is not None and is_record:
            document, found = parse(formatted.encode(), path)
            text = None if document is None else text
            formatted = format_text(formatted, languages)
        problems += found
        moves = is_record and bool(parted(formatted)[1]) and _references_of(file) is not None
        if text is None or (formatted == text and not moves):
            continue
        changed += 1
        if not options.check:
            replace_file(
                file, before, _with_sources_moved(file, formatted) if is_record else formatted
            )
        said = "command.format.would" if options.check else "command.format.done"
        print(language.text(said, path=visible(path)))
    write_report(sorted(problems), "text", language, sys.stdout)
    return not problems and not (options.check and changed)


def _with_sources_moved(file: Path, text: str) -> str:
    """Move the sources that a record brings along to the list of references; return the record."""
    record, sources = parted(text)
    references = _references_of(file)
    if not sources or references is None:
        return text
    before = references.read_bytes()
    known, _ = text_of(before, references.as_posix())
    if known is None:
        return text
    replace_file(references, before, known.rstrip("\n") + f"\n{sources}")
    return record


def _references_of(file: Path) -> Path | None:
    """Return the list of references that a record belongs to, where there is one."""
    lists = (folder / FOLDER / f"{REFERENCES}.yml" for folder in file.absolute().parents)
    return next((path for path in lists if path.is_file() and not path.is_symlink()), None)


def _files(paths: list[Path], problems: list[Problem]) -> Iterator[tuple[Path, str, bool]]:
    """Yield each file, how it is called, and whether it is a record."""
    for path in paths:
        path.lstat()  # one that is not there is told as such
        if path.is_symlink():
            problems.append(Problem.make(path.as_posix(), 1, 1, "symbolic-link"))
        elif path.is_dir():
            for file, called in record_files(path, path.as_posix(), problems):
                yield file, called, True
            pages = sorted((path.parent / "docs").rglob(f"*{SUFFIX}"))
            for file in (*sorted((path / FOLDER).rglob("*.yml")), *pages):
                if not file.is_symlink():
                    yield file, file.as_posix(), False
        else:
            yield (
                path,
                path.as_posix(),
                path.suffix != SUFFIX and FOLDER not in path.absolute().parts,
            )

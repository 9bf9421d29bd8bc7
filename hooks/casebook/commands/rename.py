"""``casebook rename``: give a case another id everywhere, or let another case take its place.

Where the file was renamed by hand and names its former id, what still names that is corrected.

All edits are worked out before anything is written.  When one cannot be written, or the check finds
an error afterwards that was not there before, everything is put back as it was.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from casebook.collection.library import RESERVED_IDS, Library, check_library, record_files
from casebook.collection.relations import FORMER, LIST_FIELDS
from casebook.commands.command_line import add_language
from casebook.edit.lists import Edit, applied, ids_in, items_added, items_removed
from casebook.edit.storage import replace_file
from casebook.files.published import find_files
from casebook.gate.check import check_pages
from casebook.handwritten.inline import links, without_code
from casebook.handwritten.page import CASES_FOLDER, SUFFIX, HandwrittenPage, read_pages
from casebook.handwritten.site import SitePages
from casebook.languages import Language, Languages
from casebook.problem import Problem, errors
from casebook.record.kinds import ID_SHAPE
from casebook.record.model import closest
from casebook.record.source import Document, Scalar, parse, parse_text, text_of
from casebook.record.vocabulary import FOLDER
from casebook.report import visible, write_report


def add_rename(commands: Any, languages: Languages, told: Language) -> None:
    """Add the command to ``commands``, what ``argparse`` calls subparsers."""
    parser = commands.add_parser(
        "rename",
        help=told.text("command.rename.help"),
        description=told.text("command.rename.about"),
    )
    parser.add_argument("old", metavar="OLD", help=told.text("command.rename.old"))
    parser.add_argument("new", metavar="NEW", help=told.text("command.rename.new"))
    parser.add_argument("--into", action="store_true", help=told.text("command.rename.into"))
    parser.add_argument(
        "--cases", type=Path, default=Path("cases"), help=told.text("command.option.cases")
    )
    parser.add_argument("--docs", type=Path, help=told.text("command.option.docs"))
    add_language(parser, languages, told)


class _RefusedError(Exception):
    """It cannot be done: the string that says why, and what stands in it."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def run_rename(options: argparse.Namespace, languages: Languages) -> bool:
    """Make all edits or none; return whether they were made.

    Raises OSError when a file cannot be read or written.
    """
    language = languages[options.lang]
    options.cases.stat()
    renaming = _Renaming(options.cases, options.docs or options.cases.parent / "docs", languages)
    try:
        edited = renaming.run(options.old, options.new, into=options.into)
    except _RefusedError as refused:
        values = {name: visible(value) for name, value in refused.values.items()}
        print(language.text(f"command.rename.{refused.key}", **values), file=sys.stderr)
        write_report(renaming.problems, "text", language, sys.stderr)
        return False
    for path, number in sorted(edited.items()):
        print(language.count("command.rename.edited", number, path=visible(path)))
    done = "merged" if options.into else "done"
    print(language.text(f"command.rename.{done}", old=options.old, new=options.new))
    return True


@dataclass(slots=True)
class _Renaming:
    """One renaming: what is to be changed, and what was changed."""

    cases: Path
    docs: Path
    languages: Languages
    texts: dict[Path, tuple[bytes, str]] = field(default_factory=dict)
    """What each file held, and what it is to hold."""
    problems: list[Problem] = field(default_factory=list)

    def run(self, old: str, new: str, *, into: bool) -> dict[str, int]:
        """Do it; return how many places were edited in each file.

        Raises _RefusedError when nothing was done.
        """
        files = {file.stem: file for file, _ in record_files(self.cases, "", [])}
        library, before = self._check()
        by_hand = old not in files and library.names.former.get(old) == new
        if not by_hand:
            self._refuse(old, new, files, library, into=into)
        stays = new if into or by_hand else old
        edited = {
            **self._edit_records(old, new, stays, files, library),
            **self._edit_vocabulary(old, new, files),
            **self._edit_pages(old, new, library),
        }
        undo: list[Callable[[], object]] = [
            partial(path.write_bytes, held) for path, (held, _) in self.texts.items()
        ]
        try:
            for path, (held, text) in self.texts.items():
                replace_file(path, held, text)
            if into and not by_hand:
                kept = files[old].read_bytes()
                files[old].unlink()
                undo.insert(0, partial(files[old].write_bytes, kept))
            elif not by_hand:
                target = files[old].with_name(f"{new}.yml")
                files[old].rename(target)
                undo.insert(0, partial(target.rename, files[old]))
            found = errors(self._check()[1])
            if len(found) > len(errors(before)):
                self.problems = sorted(found)
                raise _RefusedError("undone")
        except BaseException:
            for step in undo:
                step()
            raise
        return edited

    def _check(self) -> tuple[Library, list[Problem]]:
        library, problems = check_library(self.cases, self.languages)
        if self.docs.is_dir():
            problems += check_pages(self.docs, library)
        return library, problems

    @staticmethod
    def _refuse(
        old: str, new: str, files: dict[str, Path], library: Library, *, into: bool
    ) -> None:
        if old not in files:
            near = closest(old, files)
            raise _RefusedError("near" if near else "unknown", old=old, closest=near)
        if into:
            if new not in files or new == old:
                near = closest(new, [id_ for id_ in files if id_ != old])
                raise _RefusedError("near" if near else "unknown", old=new, closest=near)
            return
        if re.fullmatch(ID_SHAPE, new) is None or new in RESERVED_IDS:
            raise _RefusedError("no_id", new=new)
        if new in files or library.names.former.get(new, old) != old:
            raise _RefusedError("taken", new=new, other=library.names.now(new))

    def _edit_records(
        self, old: str, new: str, stays: str, files: dict[str, Path], library: Library
    ) -> dict[str, int]:
        """Edit what records name; ``stays`` is the id of the file that the case stands in."""
        edited = {}
        formers = [former for former, now in library.names.former.items() if now == old]
        for id_, file in files.items():
            if id_ == old != stays:  # merged into another: its file goes
                continue
            document = self._read(file)
            is_own = id_ == stays
            edits = list(_relations(document, old, new, new if is_own else id_))
            if is_own:
                edits += _former(document, [old] if stays == old else [old, *formers], new)
            if edits:
                edited[file.as_posix()] = len(edits)
                self._change(file, document.text, edits)
        return edited

    def _edit_vocabulary(self, old: str, new: str, files: dict[str, Path]) -> dict[str, int]:
        edited = {}
        link = re.compile(rf"(?<![\w-]){CASES_FOLDER}/{old}(?=(?:\.\w+)?\{SUFFIX}\b)")
        for file in sorted((self.cases / FOLDER).rglob("*.yml")):
            text, _ = text_of(file.read_bytes(), file.as_posix())
            if text is None or old not in text:
                continue
            edits: list[Edit] = [
                (match.end() - len(old), match.end(), new) for match in link.finditer(text)
            ]
            document, _ = parse(file.read_bytes(), file.as_posix())
            if document is not None and "cases" in document.root.entries:  # an overview
                edits += _in_list(document, "cases", old, new, "")
            if edits:
                edited[file.as_posix()] = len(edits)
                self._change(file, text, edits)
        return edited

    def _edit_pages(self, old: str, new: str, library: Library) -> dict[str, int]:
        if not self.docs.is_dir():
            return {}
        files = find_files(self.docs, self.docs.as_posix())
        pages, _ = read_pages(files, self.languages)
        by_name = {page.name: page for page in pages}
        site = SitePages(by_name, self.languages, library.vocabulary, library.names, files.files)
        edited = {}
        for page in pages:
            edits = [
                *_in_list(page.head, "cases", old, new, ""),
                *((at, at + len(old), new) for at in {*_places(page, site, old)}),
            ]
            if edits:
                edited[page.path] = len(edits)
                self._change(self.docs / page.name, page.head.text, edits)
        return edited

    @staticmethod
    def _read(file: Path) -> Document:
        document, _ = parse(file.read_bytes(), file.as_posix())
        if document is None:
            raise _RefusedError("unreadable", path=file.as_posix())
        return document

    def _change(self, file: Path, text: str, edits: list[Edit]) -> None:
        changed = applied(text, edits)
        if file.suffix != SUFFIX and parse_text(changed, file.as_posix())[1]:
            raise _RefusedError("unreadable", path=file.as_posix())
        self.texts[file] = file.read_bytes(), changed


def _relations(document: Document, old: str, new: str, own: str) -> Iterator[Edit]:
    """Yield the edits of what a record names; no case may come to name itself."""
    part_of = document.root.entries.get("part_of")
    if isinstance(part_of, Scalar) and part_of.text == old:
        yield part_of.start.index, part_of.end, new
    for field_ in LIST_FIELDS:
        yield from _in_list(document, field_, old, new, own)


def _in_list(document: Document, field_: str, old: str, new: str, own: str) -> Iterator[Edit]:
    """Yield the edits of a list of cases in which ``old`` becomes ``new``, which stands there once.

    A list in which ``own`` would come to stand loses it.
    """
    items = ids_in(document, field_)
    there = [item.text.strip() for item in items]
    places = [place for place, text in enumerate(there) if text == old]
    if places and (new == own or new in there):
        yield from items_removed(document, field_, places)
    elif places:
        yield items[places[0]].start.index, items[places[0]].end, new


def _former(document: Document, before: list[str], new: str) -> Iterator[Edit]:
    """Yield the edits by which a record comes to say what it was called before.

    When it takes back a name that it had, that is no former one any more.
    """
    there = [item.text.strip() for item in ids_in(document, FORMER)]
    fresh = [id_ for id_ in before if id_ not in there]
    if new in there:
        yield from items_removed(document, FORMER, [there.index(new)])
    elif fresh:
        yield items_added(document, FORMER, fresh)


def _places(page: HandwrittenPage, site: SitePages, old: str) -> Iterator[int]:
    """Yield where the links of a page name the case."""
    for block in page.blocks:
        for link in links(without_code(block.passage.text)):
            path = link.target.partition("#")[0]
            name = site.resolve(page, unquote(path)) if path.endswith(SUFFIX) else ""
            if name and site.case_id(name) == old:
                yield block.passage.at(link.target_start) + path.rindex(old)

"""The ``casebook`` command: check records, show what they become, and help to write them.

``--lang`` anywhere on the command line chooses the language of all it says, its help too.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from casebook.collection.library import check_library, load_library
from casebook.commands.command_line import (
    WRONG_USE,
    CommandParser,
    WrongUseError,
    add_language,
    language_last,
    told_of_file,
)
from casebook.commands.format import add_format, run_format
from casebook.commands.new import add_new, run_new
from casebook.commands.numbers import add_numbers, run_numbers
from casebook.commands.rename import add_rename, run_rename
from casebook.commands.schema import add_schema, run_schema
from casebook.commands.show import write_case
from casebook.commands.status import add_status, run_status
from casebook.commands.translated import add_translated, run_translated
from casebook.files.pictures import check_pictures
from casebook.gate.check import check_pages
from casebook.handwritten.page import SUFFIX
from casebook.languages import Language, Languages, load_languages
from casebook.page.case_page import build_case_page
from casebook.page.notices import withdrawn
from casebook.problem import Problem, errors
from casebook.record.model import closest
from casebook.record.vocabulary import FOLDER
from casebook.report import FORMATS, visible, write_report

OK, PROBLEMS = 0, 1
"""Exit codes: nothing wrong; problems found.  ``WRONG_USE`` is the third."""
INTERRUPTED = 130
"""Exit code when a person stopped the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (the process's own by default); return its exit code."""
    _replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that is not UTF-8 must not end in an error
            stream.reconfigure(errors="replace")
    languages = load_languages()
    given = language_last(sys.argv[1:] if arguments is None else arguments)
    told = languages.get(_wanted_language(given))
    options = _parser(languages, told).parse_args(given)
    try:
        code = OK if _COMMANDS[options.command](options, languages) else PROBLEMS
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        # What could not be written would be tried, and fail, once more when Python ends.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return OK  # the reader went away (``casebook check | head``): nothing to tell
        _wrong_use(told_of_file(error, told))
    except WrongUseError as error:
        _wrong_use(error.told(told))
    return code


def _replace_closed_streams() -> None:
    """Let what is written to a closed stream (``casebook check >&-``) go nowhere.

    The exit code still tells what was found.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _wanted_language(arguments: Sequence[str]) -> str:
    """Return the code after ``--lang``, for what is said before the arguments are understood."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return ""


def _speaking(told: Language) -> Any:
    """Return what makes a parser for one command; mypy knows classes only."""
    return partial(CommandParser, told=told)


def _parser(languages: Languages, told: Language) -> argparse.ArgumentParser:
    parser = CommandParser(
        told=told,
        prog="casebook",
        description=told.text("command.about"),
        epilog=told.text("command.codes"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar="COMMAND",
        title=told.text("command.commands"),
        parser_class=_speaking(told),
    )
    check = commands.add_parser("check", help=told.text("command.check.help"))
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=told.text("command.check.paths")
    )
    check.add_argument("--docs", type=Path, help=told.text("command.option.docs"))
    check.add_argument(
        "--format", choices=FORMATS, default="text", help=told.text("command.option.format")
    )
    show = commands.add_parser("show", help=told.text("command.show.help"))
    show.add_argument("id", metavar="ID", help=told.text("command.option.id"))
    show.add_argument(
        "--cases", type=Path, default=Path("cases"), help=told.text("command.option.cases")
    )
    for command in (check, show):
        add_language(command, languages, told)
        command.add_argument("--vocabulary", type=Path, help=told.text("command.option.vocabulary"))
    add_numbers(commands, languages, told)
    add_new(commands, languages, told)
    add_format(commands, languages, told)
    add_status(commands, languages, told)
    add_schema(commands, languages, told)
    add_translated(commands, languages, told)
    add_rename(commands, languages, told)
    return parser


def _check(options: argparse.Namespace, languages: Languages) -> bool:
    problems: set[Problem] = set()
    if options.docs is not None and not options.docs.is_dir():
        raise WrongUseError("no_folder", path=options.docs)
    paths = options.paths or [Path("cases")]
    pages = {path.resolve() for path in paths if path.suffix == SUFFIX and path.is_file()}
    records = [path for path in paths if path.resolve() not in pages]
    # A page is checked beside the records, whose ids it names.
    roots = _roots(records or [Path("cases")])
    for root, wanted in roots.items():
        library, found = check_library(root, languages, vocabulary_folder=options.vocabulary)
        if records:
            problems.update(_concerning(wanted, found) if wanted else found)
        docs = options.docs or root.parent / "docs"
        if docs.is_dir() and records:
            missing = list(check_pictures(root, docs))
            problems.update(_concerning(wanted, missing) if wanted else missing)
        if docs.is_dir() and (pages or not wanted):
            found = check_pages(docs, library)
            problems.update(_concerning(pages, found) if pages else found)
    write_report(sorted(problems), options.format, languages[options.lang], sys.stdout)
    return not errors(problems)


def _concerning(wanted: set[Path], problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems of the ``wanted`` files, and what keeps all files from being judged."""
    named = {problem.path for problem in problems}
    paths = {path for path in named if Path(path).resolve() in wanted}
    for problem in problems:
        if problem.path in paths or problem.rule == "no-vocabulary":
            yield problem


def _roots(paths: Sequence[Path]) -> dict[Path, set[Path]]:
    """Return each folder of records to load, with the files asked for (none means all).

    A file is checked together with its library, since relations can only be judged there.
    """
    roots: dict[Path, set[Path]] = {}
    everything: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise WrongUseError("no_path", path=path)
        if path.is_dir():
            roots.setdefault(path, set())
            everything.add(path)
            continue
        roots.setdefault(_library_of(path), set()).add(path.resolve())
    return {root: set() if root in everything else wanted for root, wanted in roots.items()}


def _library_of(file: Path) -> Path:
    """Return the closest folder above with a vocabulary, else the file's own folder."""
    above = [*file.parents]
    if not file.is_absolute():  # its last parent is ".": go on to the folders around that
        above += [Path(*[".."] * steps) for steps in range(1, len(Path.cwd().parts))]
    return next((folder for folder in above if (folder / FOLDER).is_dir()), file.parent)


def _show(options: argparse.Namespace, languages: Languages) -> bool:
    if not options.cases.is_dir():
        raise WrongUseError("no_folder", path=options.cases)
    library, problems = load_library(options.cases, languages, vocabulary_folder=options.vocabulary)
    id_ = library.names.now(options.id)
    if id_ in library.withdrawn:
        notice = withdrawn(id_, library, languages[options.lang])
        print(visible("\n\n".join((notice.title, *notice.paragraphs))))
        return True
    if id_ in library.cases:
        page = build_case_page(id_, library, languages[options.lang])
        write_case(page, library, languages[options.lang], sys.stdout)
        return True
    own = [problem for problem in problems if Path(problem.path).stem == options.id]
    if not own:
        near = closest(options.id, library.cases)
        if near:
            raise WrongUseError("no_case_near", id=options.id, closest=near)
        known = ", ".join(library.cases) or languages[options.lang].text("usage.none")
        raise WrongUseError("no_case", id=options.id, known=known)
    write_report(own, "text", languages[options.lang], sys.stderr)
    return False


_COMMANDS: Mapping[str, Callable[[argparse.Namespace, Languages], bool]] = {
    "check": _check,
    "show": _show,
    "new": run_new,
    "format": run_format,
    "status": run_status,
    "numbers": run_numbers,
    "schema": run_schema,
    "translated": run_translated,
    "rename": run_rename,
}
"""What each command does: it returns whether all is well."""


def _wrong_use(message: str) -> NoReturn:
    print(f"casebook: {visible(message)}", file=sys.stderr)
    raise SystemExit(WRONG_USE)


if __name__ == "__main__":
    sys.exit(main())

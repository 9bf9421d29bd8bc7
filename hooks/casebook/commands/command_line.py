"""What the commands of ``casebook`` have in common: how they speak, also of what went wrong."""

from __future__ import annotations

import argparse
import errno
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from casebook.languages import Language, Languages
from casebook.record.model import closest
from casebook.report import visible

WRONG_USE = 2
"""Exit code: the command was used wrongly, or a file cannot be read or written."""

# What argparse says, for which there is no other way to get hold of than its English words.  The
# rest of what it can say is about parsers that are made wrongly.
_SAID = (
    (
        r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)",
        "choice",
    ),
    (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", "together"),
    (r"argument (?P<name>.+?): expected .*argument", "value"),
    (r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)", "no_value"),
    (r"the following arguments are required: (?P<name>.+)", "required"),
    (r"unrecognized arguments: (?P<value>.+)", "unknown"),
    (r"ambiguous option: (?P<value>.+?) could match (?P<choices>.+)", "ambiguous"),
)
_OF_FILES = {
    errno.ENOENT: "missing",
    errno.EEXIST: "exists",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "no_folder",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ELOOP: "link",
    errno.EAGAIN: "changed",
    errno.ENAMETOOLONG: "long_name",
}


class WrongUseError(Exception):
    """The command was used wrongly: the string that tells how, and what stands in it."""

    def __init__(self, key: str, **values: object) -> None:
        """Name the string below ``usage.``."""
        super().__init__(key)
        self.key = key
        self.values = values

    def told(self, language: Language) -> str:
        """Return what is wrong, in ``language``."""
        return language.text(f"usage.{self.key}", **self.values)


class CommandParser(argparse.ArgumentParser):
    """A parser whose help and faults stand in one language."""

    def __init__(self, *, told: Language, **options: Any) -> None:
        """Make a parser that speaks the language ``told``."""
        shape = type("Shape", (_Formatter, options.pop("formatter_class", object)), {"told": told})
        super().__init__(**{**options, "add_help": False, "formatter_class": shape})
        self._told = told
        self._positionals.title = told.text("command.arguments")
        self._optionals.title = told.text("command.options")
        self.add_argument("-h", "--help", action="help", help=told.text("command.help"))

    def error(self, message: str) -> NoReturn:
        """Tell how the command is used and what was wrong, and end with ``WRONG_USE``."""
        said = f"{self.format_usage()}{self.prog}: {visible(self._translated(message))}\n"
        self.exit(WRONG_USE, said)

    def _translated(self, message: str) -> str:
        for pattern, key in _SAID:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                values = found.groupdict()
                choices = re.findall(r"[\w-]+", values.get("choices") or "")
                near = closest((values.get("value") or "").strip("'"), choices)
                text = self._told.text(f"usage.{key}", **values)
                return f"{text} {self._told.text('usage.near', closest=near)}" if near else text
        return message


class _Formatter(argparse.HelpFormatter):
    """Writes "usage:" in the language ``told``."""

    told: Language

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Add how the command is used."""
        super().add_usage(usage, actions, groups, prefix or f"{self.told.text('usage.usage')} ")


def add_language(parser: argparse.ArgumentParser, languages: Languages, told: Language) -> None:
    """Add ``--lang``, the language of all that a command says."""
    default = languages.default.code
    parser.add_argument(
        "--lang",
        choices=languages.codes,
        default=default,
        help=told.text("command.option.lang", default=default),
    )


def language_last(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a ``--lang`` that stands before the command moved behind it."""
    rest = list(arguments)
    moved: list[str] = []
    while rest and (rest[0] == "--lang" or rest[0].startswith("--lang=")):
        taken = 2 if rest[0] == "--lang" else 1
        moved, rest = moved + rest[:taken], rest[taken:]
    return [*rest[:1], *moved, *rest[1:]] if rest else moved


def told_of_file(error: OSError, language: Language) -> str:
    """Return what the system says of a file, in ``language``."""
    key = _OF_FILES.get(error.errno or 0)
    if key is None:
        return str(error)
    path = "" if error.filename is None else f"{error.filename}: "
    return f"{path}{language.text(f'usage.file.{key}')}"

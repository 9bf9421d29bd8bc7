"""What the commands of ``casebook`` have in common: help in the language asked for."""

from __future__ import annotations

import argparse
from typing import Any

from casebook.languages import Language, Languages


class CommandParser(argparse.ArgumentParser):
    """A parser whose help stands in one language; a paragraph each for what is told below it."""

    def __init__(self, *, told: Language, **options: Any) -> None:
        """Make a parser that speaks the language ``told``."""
        super().__init__(**{**options, "add_help": False})
        self._positionals.title = told.text("command.arguments")
        self._optionals.title = told.text("command.options")
        self.add_argument("-h", "--help", action="help", help=told.text("command.help"))


def add_language(parser: argparse.ArgumentParser, languages: Languages, told: Language) -> None:
    """Add ``--lang``, the language of all that a command says."""
    default = languages.default.code
    parser.add_argument(
        "--lang",
        choices=languages.codes,
        default=default,
        help=told.text("command.option.lang", default=default),
    )

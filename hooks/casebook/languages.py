"""Languages of the site: their strings, and how each writes dates, numbers and plurals.

A language is a folder of YAML files in ``strings/``; adding one adds the language.  No code knows
a language by name: order, default and fallback come from ``language.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import babel
import yaml
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

if TYPE_CHECKING:
    from casebook.problem import Problem

# libyaml's parser when PyYAML was built with it: ten times as fast, and every command waits for it.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

STRINGS = Path(__file__).parent / "strings"
"""Where the languages' strings stand: one folder a language."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: ``code`` as in file names, ``name`` in itself, ``html`` for ``lang=``.

    ``required`` says that every text of a record must exist in it.
    """

    code: str
    name: str
    html: str
    required: bool
    locale: babel.Locale
    strings: Mapping[str, str]
    words: frozenset[str] = frozenset()
    """Words that give the language away (``casebook.record.tongues``)."""

    def text(self, key: str, **values: Any) -> str:
        """Return the string ``key`` with its placeholders filled.

        Raises KeyError when the language has no such string or a placeholder gets no value.
        """
        return self.strings[key].format(**values) if values else self.strings[key]

    def count(self, key: str, number: float, **values: Any) -> str:
        """Return ``key`` in the plural form that ``number`` takes, ``{value}`` written out.

        Forms are ``key.one``, ``key.other`` and so on, by the rules of Unicode CLDR.
        """
        form = f"{key}.{self.locale.plural_form(number)}"
        chosen = form if form in self.strings else f"{key}.other"
        return self.text(chosen, value=self.number(number), **values)

    def for_script(self, prefix: str) -> dict[str, str]:
        """Return the strings below ``prefix`` as a script reads them: ``a_b.c`` becomes a-b-c."""
        return {
            key.removeprefix(prefix).replace(".", "-").replace("_", "-"): text
            for key, text in self.strings.items()
            if key.startswith(prefix)
        }

    def number(self, value: float) -> str:
        """Write a number, every digit of it, with the language's decimal mark and separators."""
        return str(format_decimal(value, locale=self.locale, decimal_quantization=False))

    def day(self, value: date) -> str:
        """Write a whole date, for instance "1. mars 2024"."""
        return str(format_date(value, format="long", locale=self.locale))

    def month(self, value: date) -> str:
        """Write a month and year, for instance "mars 2024"."""
        return str(format_skeleton("yMMMM", value, locale=self.locale))

    def called(self, code: str) -> str:
        """Return what this language calls the language ``code``, "" when it has no word for it."""
        return str(self.locale.languages.get(code, ""))

    def message(self, problem: Problem) -> tuple[str, str]:
        """Return what is wrong and what to do about it.

        Raises KeyError when the language has no message for the rule.
        """
        values = dict(problem.details)
        if "language" in values:
            values["name"] = self.called(values["language"]) or values["name"]
        if "written" in values:
            values["written"] = self.called(values["written"]) or values["written"]
        rule = f"problems.{problem.rule}"
        # With a close match the hint proposes it; otherwise it lists what may stand there.
        hint = f"{rule}.near" if values.get("closest") else f"{rule}.hint"
        return self.strings[f"{rule}.message"].format(**values), self.strings[hint].format(**values)


class Languages:
    """All languages in order; the first is the default that the others fall back on."""

    def __init__(self, languages: list[Language]) -> None:
        """Take the languages in the order in which the site shows them (at least one)."""
        self._by_code = {language.code: language for language in languages}
        self.default = languages[0]
        self.required = tuple(language.code for language in languages if language.required)
        """The codes of the languages in which every text must be written."""

    def __iter__(self) -> Iterator[Language]:
        """Iterate in order, the default first."""
        return iter(self._by_code.values())

    def __getitem__(self, code: str) -> Language:
        """Return the language with this code, or raise KeyError."""
        return self._by_code[code]

    def get(self, code: str) -> Language:
        """Return the language with this code, or the default one when there is none."""
        return self._by_code.get(code, self.default)

    def __contains__(self, code: object) -> bool:
        """Say whether the site has the language."""
        return code in self._by_code

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order."""
        return tuple(self._by_code)


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{path}.")
        else:
            yield path, str(value)


def load_languages(folder: Path = STRINGS) -> Languages:
    """Read every language below ``folder``.

    Raises OSError when a file cannot be read, KeyError when ``language.yml`` lacks an entry.
    """
    found = []
    for home in sorted(path for path in folder.iterdir() if (path / "language.yml").is_file()):
        about = yaml.safe_load((home / "language.yml").read_text(encoding="utf-8"))
        strings: dict[str, str] = {}
        for file in sorted(home.glob("*.yml")):
            if file.name != "language.yml":
                text = file.read_text(encoding="utf-8")
                tree = yaml.load(text, Loader=LOADER)  # noqa: S506 - text only
                strings.update(_flatten(tree or {}))
        language = Language(
            code=about["code"],
            name=about["name"],
            html=about["html"],
            required=about["required"],
            locale=babel.Locale.parse(about["locale"]),
            strings=strings,
            words=frozenset(about.get("words", "").split()),
        )
        found.append((about["order"], language))
    return Languages([language for _, language in sorted(found, key=lambda pair: pair[0])])

"""What tests of the core share: the golden vocabulary, a smallest record, and libraries of text."""

import shutil
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from casebook.collection.library import Library, load_library
from casebook.languages import load_languages
from casebook.page.case_page import build_case_page
from casebook.page.view import CasePage, Tag
from casebook.problem import Problem
from casebook.report import write_report

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
VOCABULARY = GOLDEN / "_vocabulary"
"""A vocabulary of the tests' own, which stays as it is when that of the site grows."""
LANGUAGES = load_languages()
NB, EN = LANGUAGES["nb"], LANGUAGES["en"]
MINIMAL = (GOLDEN / "valid" / "minimal.yml").read_text(encoding="utf-8")
"""The text of a record that has only what it must have."""

Files = Mapping[str, str | bytes]
"""Path below a folder -> content."""


def record(**fields: str) -> str:
    """The smallest record with ``fields`` put in or replaced, each by YAML text on one line.

    A field given as "" is left out.
    """
    lines = [line for line in MINIMAL.splitlines() if line.split(":")[0] not in fields]
    lines += [f"{name}: {value}" for name, value in fields.items() if value]
    return "\n".join(lines) + "\n"


def write_files(folder: Path, files: Files) -> Path:
    """Write files below ``folder``, with the folders they lie in; return ``folder``."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def write_cases(folder: Path, files: Files) -> Path:
    """Write a folder of records with the golden vocabulary beside them."""
    shutil.copytree(VOCABULARY, folder / "_vocabulary")
    return write_files(folder, files)


def load(folder: Path, files: Files) -> tuple[Library, list[Problem]]:
    """Write records into ``folder`` and read them; problems name them as if in ``cases``."""
    cases = write_files(folder / "cases", files)
    own = (cases / "_vocabulary").is_dir()
    vocabulary = None if own else VOCABULARY
    return load_library(cases, LANGUAGES, name="cases", vocabulary_folder=vocabulary)


def library_of(folder: Path, **records: str) -> Library:
    """A library of records without problems; ``_`` in a name stands for a hyphen."""
    files = {f"{name.replace('_', '-')}.yml": text for name, text in records.items()}
    library, problems = load(folder, files)
    assert not problems, report(problems)
    return library


def page_of(folder: Path, text: str, code: str = "nb") -> CasePage:
    """The page in one language of a record that stands alone."""
    return build_case_page("case", library_of(folder, case=text), LANGUAGES[code])


def faults(folder: Path, text: str | bytes) -> list[tuple[str, int, int]]:
    """The rules that a record breaks, each with line and column."""
    _, problems = load(folder, {"case.yml": text})
    return [(problem.rule, problem.line, problem.column) for problem in problems]


def report(problems: list[Problem], code: str = "en", form: str = "text") -> str:
    """What is written about ``problems``."""
    stream = StringIO()
    write_report(problems, form, LANGUAGES[code], stream)
    return stream.getvalue()


class PlainLinks:
    """Addresses on a site that does not exist."""

    site = "https://site.example"

    def case(self, id_: str) -> str:
        """The address of a case."""
        return f"{self.site}/{id_}/"

    def facet(self, facet: str, term: str | None = None, number: int = 1) -> str:
        """The address of a facet or one of its terms."""
        return f"{self.site}/{facet}/{term or ''}/{number}/"

    def all(self, number: int = 1) -> str:
        """The address of the list of all cases."""
        return f"{self.site}/all/{number}/"

    def narrowed(self, *tags: Tag) -> str:
        """The address of the catalogue narrowed by terms."""
        return f"{self.site}/?{'&'.join(f'{tag.facet}={tag.term}' for tag in tags)}"

    def checklist(self, name: str) -> str:
        """The address of a checklist for agreements."""
        return f"{self.site}/agreements/{name}/"

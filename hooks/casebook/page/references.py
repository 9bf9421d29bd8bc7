"""The numbered list of a page's sources: each gets the next number where it is first used."""

from __future__ import annotations

from collections.abc import Mapping

from casebook.languages import Language, Languages
from casebook.page.view import Reference
from casebook.page.writing import Writer
from casebook.record.citations import cited
from casebook.record.vocabulary import ReferenceEntry, Vocabulary


class ReferenceList:
    """Gives sources their numbers in the order in which a page names them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Number sources that stand in ``vocabulary``."""
        self._vocabulary = vocabulary
        self._numbers: dict[str, int] = {}

    def number(self, id_: str) -> int:
        """Return the number of a source; a new one gets the next."""
        return self._numbers.setdefault(id_, len(self._numbers) + 1)

    def entries(self, writer: Writer) -> tuple[Reference, ...]:
        """Return all sources that were numbered, in order."""
        return tuple(
            _reference(number, id_, self._vocabulary.references[id_], writer)
            for id_, number in self._numbers.items()
        )


class CitingWriter(Writer):
    """Writes text with the numbers of the sources that it cites (``record.citations``)."""

    def __init__(self, language: Language, languages: Languages, references: ReferenceList) -> None:
        """Write in ``language`` and number what is cited in ``references``."""
        super().__init__(language, languages)
        self._references = references

    def pair(self, translations: Mapping[str, str]) -> str:
        """Return the text in this language, else in the default one, with its citations."""
        return cited(self.as_written(translations), self._references.number)


def _reference(number: int, id_: str, entry: ReferenceEntry, writer: Writer) -> Reference:
    title, title_language = writer.title(entry.title, entry.language)
    return Reference(
        number=number,
        id=id_,
        title=title,
        title_language=title_language,
        url=entry.url,
        details=writer.reference_details(entry),
        note=writer.one_line(entry.note),
    )

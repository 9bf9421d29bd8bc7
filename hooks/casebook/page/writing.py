"""How typed values are written out in a language: dates, periods, numbers, details of a source."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from casebook.languages import Language, Languages
from casebook.page.view import Day
from casebook.record.case import Case, DocumentLink, Range, Value
from casebook.record.citations import uncited
from casebook.record.kinds import PartialDate
from casebook.record.vocabulary import ReferenceEntry


class Writer:
    """Writes values in one language; text that is missing in it comes from the default one."""

    def __init__(self, language: Language, languages: Languages) -> None:
        """Write in ``language``, one of ``languages``."""
        self.language = language
        self._default = languages.default.code
        self._languages = languages

    def text(self, key: str, **values: object) -> str:
        """Return an interface string."""
        return self.language.text(key, **values)

    def label(self, field: str) -> str:
        """Return what a field of a record is called."""
        return self.text(f"record.case.{field}.label")

    def pair(self, translations: Mapping[str, str]) -> str:
        """Return the text in this language, else in the default one; without citations."""
        return uncited(self.as_written(translations))

    def as_written(self, translations: Mapping[str, str]) -> str:
        """Return the text in this language, else in the default one, as its author wrote it."""
        return translations.get(self.language.code) or translations[self._default]

    def maybe(self, translations: Mapping[str, str] | None) -> str | None:
        """Return the text, or None when there is none."""
        return None if translations is None else self.pair(translations)

    def paragraphs(self, translations: Mapping[str, str]) -> tuple[str, ...]:
        """Return a text as paragraphs: blank lines separate them, line breaks are spaces."""
        blocks = self.pair(translations).split("\n\n")
        return tuple(" ".join(block.split()) for block in blocks if block.strip())

    def one_line(self, translations: Mapping[str, str] | None) -> str | None:
        """Return a text of paragraphs run together."""
        return None if translations is None else " ".join(self.paragraphs(translations))

    def date(self, value: PartialDate) -> str:
        """Write a year, a month or a day, as exactly as it is known."""
        parts = value.count("-")
        if parts == 0:
            return str(value)
        return self.language.month(value.first_day) if parts == 1 else self._whole(value)

    def _whole(self, value: PartialDate) -> str:
        return self.language.day(value.first_day)

    def day(self, value: PartialDate | None) -> Day | None:
        """Write a whole date and keep it as ISO 8601."""
        return None if value is None else Day(self._whole(value), str(value))

    def period(self, case: Case) -> str | None:
        """Write start and end as exactly as they are known; None when neither is."""
        return self._span(case, self.date)

    def years(self, case: Case) -> str | None:
        """Write the years of start and end; None when neither is known."""
        return self._span(case, lambda date: str(date.first_day.year))

    def _span(self, case: Case, write: Callable[[PartialDate], str]) -> str | None:
        """Write start and end alike everywhere: "2017–2021", "2017–", "until 2021"."""
        period = case.period
        if period is None or (period.start is None and period.end is None):
            return None
        if period.start is None and period.end is not None:
            return self.text("page.until", when=write(period.end))
        start, end = (write(date) if date else "" for date in (period.start, period.end))
        return start if start == end else f"{start}–{end}"

    def amount(self, value: float | Range, unit: str) -> tuple[str, float | None]:
        """Write a number or a range with its unit; also return the number for drawing."""
        key = f"page.units.{unit}"
        if isinstance(value, Range):
            low, high = self.language.number(value.from_), self.language.number(value.to)
            return self.text(f"{key}.other", value=f"{low}–{high}"), None
        return self.language.count(key, value), value

    def money(self, amount: float | Range, unit: str) -> str:
        """Write an amount of Norwegian kroner, or a range, and what it is for."""
        key, number = f"page.cost.{unit}", self.language.number
        if isinstance(amount, Range):
            return self.text(key, value=f"{number(amount.from_)}–{number(amount.to)}")
        return self.text(key, value=number(amount))

    def when(self, value: Value) -> str:
        """Write the time of a figure; without one it is undated."""
        if value.date is not None:
            return self.date(value.date)
        return str(value.year) if value.year is not None else self.text("page.undated")

    def title(self, title: str | Mapping[str, str], language: str | None) -> tuple[str, str | None]:
        """Return a title, and its language when that is not the one of the page."""
        if not isinstance(title, str):
            return self.pair(title), None
        return title, language if language and language != self.language.code else None

    def language_name(self, code: str) -> str:
        """Return the name of a language in this language, as it stands inside a sentence."""
        return self.language.called(code) or code

    def document_details(self, link: DocumentLink) -> str:
        """Write publisher, date, language and place in a film on one line."""
        return self._details(link.publisher, (), link.date, link.language, link.time)

    def reference_details(self, entry: ReferenceEntry) -> str:
        """Write on one line what a source is, and how much of it was read where not all was."""
        kind = self.text(f"page.reference_kinds.{entry.kind}")
        line = self._details(entry.publisher, entry.authors, entry.date, entry.language, None)
        known = entry.authors or entry.publisher or entry.date
        if line:  # without a publisher, only the language is known
            kind = f"{kind}. {line}" if known else f"{kind}, {line}"
        told = [kind if entry.licence is None else f"{kind}, {entry.licence}"]
        if entry.seen != "full":
            told.append(self.text(f"page.reference_seen.{entry.seen}"))
        if entry.looked_up is not None:
            told.append(self.text("page.looked_up", date=self.date(entry.looked_up)))
        text = ". ".join(told)
        return text if line or len(told) > 1 else f"{text}."

    def _details(
        self,
        publisher: str | None,
        authors: tuple[str, ...],
        date: PartialDate | None,
        language: str | None,
        time: str | None,
    ) -> str:
        parts = [*authors]
        if publisher and publisher not in authors:
            parts.append(publisher)
        if date is not None:
            parts.append(self.date(date))
        if language is not None and language != self.language.code:
            parts.append(self.text("page.in_language", language=self.language_name(language)))
        if time is not None:
            parts.append(self.text("page.from_time", time=time))
        return ", ".join(parts)

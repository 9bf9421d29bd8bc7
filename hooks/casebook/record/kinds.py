"""Kinds of values: how each piece of text in a record is read, and what may stand in it.

A kind is put on a field with ``Annotated``; it validates and says in its faults what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, islice
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from babel import Locale
from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from casebook.record.citations import OPENING, uncited
from casebook.record.days import last_day
from casebook.record.effort import MOST_WORK_OF_PROSE, too_hard
from casebook.record.hosts import looks_alike
from casebook.record.labels import id_meant, place_names, term_names
from casebook.record.model import Fault, closest, fault, report, some
from casebook.record.source import loosely
from casebook.record.structure import structures, with_lists

PROSE_LIMIT = 12_000
"""Greatest number of characters of a piece of prose: about four printed pages."""
MOST_TERMS = 20
"""So many terms of a vocabulary are named to choose from."""
MOST_STRUCTURES = 50
"""How much pasted structure of one text is told: finding the place of each takes its time."""
PROSE_SCHEMES = ("https", "http", "mailto", "tel")
"""What a link in prose may start with."""

# A link, and the definition of one, with or without a title: ``[word]: address "title"``.
# Possessive (``++``), so that no text makes the search slow.
_LINK = re.compile(
    r"\]\(\s*<?([^)\s>]*)"
    r"|^[ ]{0,3}\[[^\[\]]*\]:[ ]*+(?:\n[ ]*+)?(\S++)[ ]*+(?:\n[ ]*+)?"
    r"(?:(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\))[ ]*+)?$",
    re.MULTILINE,
)
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,200}\]\([^)\n]{0,2000}\)")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:(?://[^<>]*|[^\s<>]*))>")
_SPACES = re.compile(r"\s+")


class Kind:
    """Base of kinds: a function from raw value to typed value that reports faults."""

    cites: bool = False
    """Whether a text of this kind may name its sources where it stands."""

    def read(self, value: Any, context: Any) -> Any:
        """Return the typed value; raise ValidationError with every fault found.

        ``context`` is the ``casebook.record.vocabulary.Context`` of the file being read.
        """
        raise NotImplementedError(f"{type(self).__name__} does not say how to read {value!r}")

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Tell pydantic to use ``read``."""
        del source, handler
        return core_schema.with_info_plain_validator_function(
            lambda value, info: self.read(value, info.context)
        )


def _text(value: Any) -> str:
    """Return the value as text with outer white space removed, or report what it is instead."""
    if value is not None and not isinstance(value, str):
        report([fault("expected-text", given=value)])
    words = str(value or "").strip()
    if not words:
        report([fault("empty-text", given=value)])
    return words


@dataclass(frozen=True)
class Name(Kind):
    """One line of text that is the same in every language (a proper name)."""

    limit: int = 200

    def read(self, value: Any, context: Any) -> str:
        """Return the name on one line."""
        words = _SPACES.sub(" ", _text(value))
        found = (_text_faults(words, "line", self.limit), _structure_faults(words, "name"))
        report((*chain(*found), *_citation_faults(words)))
        return words


@dataclass(frozen=True)
class Text(Kind):
    """Text in every language: ``line`` (one line), ``text`` (paragraphs) or ``prose`` (Markdown).

    ``limit`` is the greatest number of characters.  ``cites`` says that the text may name its
    sources where it stands: ``[@reference-id]``.
    """

    form: Literal["line", "text", "prose"]
    limit: int
    cites: bool = False

    def read(self, value: Any, context: Any) -> dict[str, str]:
        """Return language code -> text; every required language must be there."""
        languages = context.languages
        if not isinstance(value, dict):
            example = ", ".join(f"{code}: …" for code in languages.codes)
            report([fault("expected-translations", given=value, example=f"{{{example}}}")])
        faults: list[Fault] = []
        texts: dict[str, str] = {}
        for code, words in value.items():
            if code not in languages:
                allowed = ", ".join(languages.codes)
                faults.append(fault("unknown-language", code, key=code, allowed=allowed))
            elif words is not None and not isinstance(words, str):
                faults.append(fault("expected-text", code))
            elif words is not None and words.strip():
                clean = _SPACES.sub(" ", words).strip() if self.form == "line" else words.strip()
                texts[code] = with_lists(clean) if self.form == "prose" else clean
                faults.extend(_text_faults(clean, self.form, self.limit, code))
                faults.extend(_structure_faults(words.strip(), self.form, code))
                if not self.cites:
                    faults.extend(_citation_faults(clean, code))
        faults.extend(
            fault("missing-language", code, language=code, name=languages[code].name)
            for code in languages.required
            if code not in texts and not isinstance(value.get(code), dict | list)
        )
        report(faults)
        return texts


def _text_faults(words: str, form: str, limit: int, *place: str) -> Iterator[Fault]:
    length = len(uncited(words))
    if length > limit:
        yield fault("text-too-long", *place, limit=limit, length=length)
    hard = too_hard(words, MOST_WORK_OF_PROSE) if form == "prose" else None
    if hard is not None:
        rule = hard.rule
        yield fault(rule, *place, find=words[hard.start : hard.start + 20])
    for address in _links(words):
        scheme = address.partition(":")[0].lower() if ":" in address else ""
        if scheme not in PROSE_SCHEMES:
            allowed = ", ".join(PROSE_SCHEMES)
            yield fault("link-refused", *place, address=address, allowed=allowed, find=address)
        elif scheme.startswith("http") and read_address(address) is None:
            yield fault("address-refused", *place, value=address, find=address)
        elif scheme.startswith("http") and looks_alike(address):
            yield fault("address-looks-alike", *place, value=address, find=address)
        elif form != "prose":
            yield fault("link-in-plain-text", *place, address=address, find=address)


def _structure_faults(words: str, form: str, *place: str) -> Iterator[Fault]:
    """Find what was pasted and would be shown as raw signs, as much of it as anyone looks at."""
    for start, shown, rule in islice(structures(words, form), MOST_STRUCTURES):
        find = shown.rstrip("…")
        skip = sum(1 for _ in loosely(find).finditer(words[:start]))
        yield fault(rule, *place, words=shown, address=shown, find=find, skip=skip)


def _citation_faults(words: str, *place: str) -> Iterator[Fault]:
    """Find a citation in a text that takes none.

    Those in texts that take them are checked with the whole record (``casebook.record.citing``).
    """
    if OPENING in words:
        yield fault("citation-not-here", *place, find=OPENING)


def _links(words: str) -> Iterator[str]:
    words = _PICTURE.sub("", words) if "![" in words else words  # refused as what it is
    if "]" in words:  # most texts hold no link: looking for the signs of one is quick
        for match in _LINK.finditer(words):
            inline, defined = match.groups()
            yield inline if inline is not None else defined.lstrip("<").rstrip(">")
    if "<" in words:
        for match in _AUTOLINK.finditer(words):
            yield match.group(1)


def _known(
    word: str,
    known: Collection[str],
    rule: str,
    most: int = 8,
    called: Mapping[str, Iterable[str]] | None = None,
    **details: str,
) -> str:
    """Return ``word`` when it is known; else report it, with the one that was meant.

    That is the one of this name, as ``called`` tells them, or else the closest.  At most ``most``
    of those that are known are named.
    """
    if word not in known:
        candidates = list(known)
        near = id_meant(word, called or {}) or closest(word, candidates)
        allowed = some(candidates, most)
        report([fault(rule, value=word, closest=near, allowed=allowed, **details)])
    return word


@dataclass(frozen=True)
class Term(Kind):
    """The id of a term in the vocabulary ``facet``."""

    facet: str

    def read(self, value: Any, context: Any) -> str:
        """Return the id; an unknown one is reported with the closest that exists."""
        terms = context.vocabulary.facet(self.facet)
        if not terms:
            report([fault("no-facet", facet=self.facet)])
        called = term_names(terms)
        return _known(
            _text(value), terms, "unknown-term", MOST_TERMS, called=called, facet=self.facet
        )


@dataclass(frozen=True)
class Place(Kind):
    """The id of a place (municipality, district, county …)."""

    def read(self, value: Any, context: Any) -> str:
        """Return the id; an unknown one is reported with the closest that exists."""
        places = context.vocabulary.places
        if not places:
            report([fault("no-facet", facet="places")])
        return _known(_text(value), places, "unknown-place", called=place_names(places))


@dataclass(frozen=True)
class ReferenceId(Kind):
    """The id of a source in the list of references."""

    def read(self, value: Any, context: Any) -> str:
        """Return the id; an unknown one is reported with the closest that exists."""
        references = context.vocabulary.references
        if not references:
            report([fault("no-facet", facet="references")])
        return _known(_text(value), references, "unknown-reference")


@dataclass(frozen=True)
class OneOf(Kind):
    """One of a few fixed words that are part of the format itself."""

    words: tuple[str, ...]

    def read(self, value: Any, context: Any) -> str:
        """Return the word; another is reported with those that may stand here."""
        return _known(_text(value), self.words, "unknown-word", most=len(self.words))


@dataclass(frozen=True)
class Pattern(Kind):
    """A short text of a fixed shape; ``rule`` names the fault when it does not fit."""

    expression: str
    rule: str

    def read(self, value: Any, context: Any) -> str:
        """Return the text as it stands."""
        word = _text(value)
        if re.fullmatch(self.expression, word) is None:
            report([fault(self.rule, value=word)])
        return word


@dataclass(frozen=True)
class PhoneNumber(Pattern):
    """A telephone number, with spaces of any kind and the country code in brackets or not."""

    def read(self, value: Any, context: Any) -> str:
        """Return the number with plain spaces and without brackets."""
        word = super().read(value, context)
        digits = re.sub(r"\D", "", word)
        here = digits.removeprefix("47") if word.lstrip("(").startswith("+47") else digits
        abroad = here is digits and word.lstrip("(").startswith("+")
        if len(digits) < 7 if abroad and len(here) != 5 else len(here) not in (5, 8):
            report([fault("too-few-digits", value=word, digits=len(here))])
        return _SPACES.sub(" ", word.replace("(", "").replace(")", " ")).strip()


@cache
def domains() -> frozenset[str]:
    """Return every ending of two letters that an address on the internet can have."""
    places = {str(code).lower() for code in Locale("en").territories if len(str(code)) == 2}
    return frozenset(places - {"zz", "xa", "xb"} | {"ac", "eu", "su", "uk"})


MISTYPED_DOMAINS = frozenset(
    ("cmo", "comm", "con", "coom", "cpm", "ner", "nett", "nte", "ocm", "ogr", "orgg", "rog", "vom")
)
"""Endings that no address has, and that people type for those that many have."""


@dataclass(frozen=True)
class EmailAddress(Pattern):
    """An e-mail address whose domain there can be."""

    def read(self, value: Any, context: Any) -> str:
        """Return the address as it stands."""
        word = super().read(value, context)
        ending = word.rpartition(".")[2].lower()
        no_place = len(ending) < 3 and ending not in domains()
        if no_place or ending in MISTYPED_DOMAINS or not ending.isalpha():
            report([fault("no-such-domain", value=word, ending=ending)])
        return word


class PartialDate(str):
    """A year, a month or a day in ISO 8601: ``2016``, ``2016-10`` or ``2016-10-31``."""

    __slots__ = ()

    @property
    def first_day(self) -> date:
        """The first day that it covers (for sorting and for writing out)."""
        parts = [int(part) for part in self.split("-")]
        return date(*[*parts, 1, 1][:3])

    @property
    def last_day(self) -> str:
        """A text that sorts after every date inside it (for comparing an end with a start)."""
        return f"{self}~"


FIRST_YEAR, LAST_YEAR = 1800, 2100
"""No case is from before or after."""


def mended_date(word: str) -> str:
    """Return a day that is written as in Norway (``31.5.2024``) as a record has it, else ""."""
    parts = re.fullmatch(r"(\d{1,2})[./] ?(\d{1,2})[./] ?(\d{4})", word, re.ASCII)
    mended = f"{parts[3]}-{parts[2]:0>2}-{parts[1]:0>2}" if parts else ""
    return mended if read_date(mended) else ""


def mended_number(word: str) -> str:
    """Return a number with spaces, a comma or a sign of per cent as a record has it, else ""."""
    mended = re.sub(r"(?<=\d)\s(?=\d{3}(?!\d))", "", word)
    mended = re.sub(r"^(-?\d+),(\d+)", r"\1.\2", mended).removesuffix("%").rstrip()
    return mended if mended != word and read_number(mended) is not None else ""


def read_date(word: str) -> PartialDate | None:
    """Return the date that ``word`` writes, or None when the calendar has no such day."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", word, re.ASCII):
        return None
    found = PartialDate(word)
    try:
        return found if found.first_day.year >= FIRST_YEAR else None
    except ValueError:  # such as 2021-02-30
        return None


@dataclass(frozen=True)
class When(Kind):
    """A date: with ``whole`` a day, else a year, a month or a day; ``past`` when it has been."""

    whole: bool = False
    past: bool = False

    def read(self, value: Any, context: Any) -> PartialDate:
        """Return the date; a day that the calendar does not have is a fault."""
        word = _text(value)
        found = read_date(word)
        if found is None or (self.whole and found.count("-") < 2):
            near = mended_date(word)
            report([fault("not-a-day" if self.whole else "not-a-date", value=word, closest=near)])
            raise AssertionError("unreachable")
        last = last_day() if self.past else date(LAST_YEAR, 12, 31)
        if found.first_day > last:
            report([fault("ahead-in-time", value=word)])
        return found


@dataclass(frozen=True)
class Year(Kind):
    """A year of four digits; ``010`` is a fault, never the octal eight of YAML 1.1."""

    def read(self, value: Any, context: Any) -> int:
        """Return the year."""
        word = _text(value)
        if not re.fullmatch(r"\d{4}", word, re.ASCII) or int(word) < FIRST_YEAR:
            report([fault("not-a-year", value=word)])
        if int(word) > LAST_YEAR:
            report([fault("ahead-in-time", value=word)])
        return int(word)


def read_number(word: str) -> float | None:
    """Return the number that ``word`` writes in decimal digits, or None."""
    return float(word) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", word, re.ASCII) else None


@dataclass(frozen=True)
class Number(Kind):
    """A number in decimal digits with a point; leading zeros mean nothing."""

    def read(self, value: Any, context: Any) -> float:
        """Return the number."""
        word = _text(value)
        number = read_number(word)
        if number is None:
            report([fault("not-a-number", value=word, closest=mended_number(word))])
            raise AssertionError("unreachable")
        return number


def read_address(value: str) -> str | None:
    """Return the web address if it is whole and safe to link to, else None.

    Only http and https with a host and without a user name; no characters that an address bar
    would hide or reinterpret.
    """
    if len(value) > 2000 or not value.isprintable() or re.search(r"[\s\\<>\"'`{}|^]", value):
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc
    return value if good else None


@dataclass(frozen=True)
class Address(Kind):
    """A web address: http or https, with a host."""

    def read(self, value: Any, context: Any) -> str:
        """Return the address as it stands."""
        word = _text(value)
        if read_address(word) is None:
            report([fault("address-refused", value=word)])
        if looks_alike(word):
            report([fault("address-looks-alike", value=word)])
        return word


@dataclass(frozen=True)
class NameOrText(Kind):
    """A proper name, or a line in every language (a title that is translated)."""

    limit: int = 200

    def read(self, value: Any, context: Any) -> str | dict[str, str]:
        """Return the name or the translations."""
        if isinstance(value, dict):
            return Text("line", self.limit).read(value, context)
        return Name(self.limit).read(value, context)


@dataclass(frozen=True)
class Synonyms(Kind):
    """Words that people search for, as lists by language.

    Any language code of two letters may stand here, also of languages that the site is not
    written in: a nynorsk word should find the page too.
    """

    def read(self, value: Any, context: Any) -> dict[str, tuple[str, ...]]:
        """Return language code -> words in small letters."""
        if not isinstance(value, dict):
            report([fault("expected-mapping", given=value)])
        faults = []
        for code, words in value.items():
            if not (isinstance(code, str) and len(code) == 2 and code.isalpha()):
                faults.append(fault("not-a-language-code", code, value=code))
            elif not isinstance(words, list):
                faults.append(fault("expected-list", code))
            else:
                rules = [_rule_of_word(word) for word in words]
                faults += [fault(rule, code, at) for at, rule in enumerate(rules) if rule]
        report(faults)
        return {code: tuple(word.strip() for word in words) for code, words in value.items()}


def _rule_of_word(word: Any) -> str:
    """Return the rule that a search word breaks, or "" when it is one."""
    if word is not None and not isinstance(word, str):
        return "expected-text"
    return "" if word and word.strip() else "empty-text"


Translations = Mapping[str, str]
"""Language code -> text."""
Line = Annotated[Translations, Text("line", 300)]
Paragraphs = Annotated[Translations, Text("text", 1_200)]
CitedLine = Annotated[Translations, Text("line", 300, cites=True)]
CitedParagraphs = Annotated[Translations, Text("text", 1_200, cites=True)]
ProseText = Annotated[Translations, Text("prose", PROSE_LIMIT, cites=True)]
ShortName = Annotated[str, Name()]
ID_SHAPE = r"[a-z0-9]+(-[a-z0-9]+)*"
"""Shape of every id: also a file name and part of an address, on every system."""
Id = Annotated[str, Pattern(ID_SHAPE, "not-an-id")]
"""An id: small letters a–z, digits and single hyphens."""
Email = Annotated[str, EmailAddress(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", "not-an-email")]
Phone = Annotated[
    str, PhoneNumber(r"(\(\+[0-9]{1,3}\)|\+?[0-9])[0-9 \xa0\u202f]{4,19}", "not-a-phone")
]
ClockTime = Annotated[str, Pattern(r"([0-9]{1,2}:)?[0-5]?[0-9]:[0-5][0-9]", "not-a-time")]
"""Where in a film or recording: ``mm:ss`` or ``h:mm:ss``; text, never sixty-based arithmetic."""

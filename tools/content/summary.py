"""What a reviewer reads of a proposal, as HTML: for GitHub's summary, and for a page of its own.

GitHub shows HTML within Markdown as long as no line is empty.  Everything that is told is escaped,
so no text of a proposal can become markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from content.changes import ADDED, CHANGED, REMOVED, Change
from content.findings import ERROR, Finding
from content.sites import Difference, Lines, alike, steps

LANGUAGES = ("nb", "en")
MOST_ALIKE, MOST_LINES, MOST_NAMES = 60, 12, 8
"""How many changes that follow are told, with how many lines and pages each."""
_WORD = re.compile(r"\w+|\W")
_HEADING = re.compile(r"(#{1,6}) (.*)")
_LINE_END = re.compile(r"[\r\n]+")

Link = Callable[[str], str | None]
"""Where a page can be looked at, by its address; None: nowhere."""

TEXTS = {
    "title": ("Forslaget, slik leserne vil se det", "The proposal, as readers will see it"),
    "errors": ("Må rettes ({})", "Has to be put right ({})"),
    "warnings": (
        "Se på dette ({}). Det stopper ingenting.",
        "Look at this ({}). It stops nothing.",
    ),
    "none": ("Ingen feil.", "No problems."),
    "left_out": (
        "Disse filene har feil eller viser til en som har det, og er ikke med i forhåndsvisningen. "
        "Resten er.",
        "These files have problems or refer to one that has, and are not part of the preview. "
        "The rest is.",
    ),
    "not_shown": (
        "Det er ingen forhåndsvisning: feilene må rettes først.",
        "There is no preview: the problems have to be put right first.",
    ),
    "nothing": (
        "Leserne vil ikke merke noe: alle sider sier det samme som før.",
        "Readers will notice nothing: every page says what it said before.",
    ),
    "changed": ("Endret", "Changed"),
    "added": ("Ny", "New"),
    "removed": ("Blir borte", "Goes away"),
    "same": (
        "Siden sier det samme som før.",
        "The page says what it said before.",
    ),
    "was": ("Før", "Before"),
    "will_be": ("Etter", "After"),
    "derived": (
        "{} andre sider følger med: kort, lister og tall",
        "{} other pages follow: cards, lists and counts",
    ),
    "new": ("Nye sider som følger av det", "New pages that follow from it"),
    "gone": ("Sider som blir borte", "Pages that go away"),
    "frames": (
        "{} sider der bare merking, lenker, topp eller bunn endres",
        "{} pages of which only markup, links, header or footer change",
    ),
    "assets": ("{} filer for utseende og virkemåte", "{} files of looks and behaviour"),
    "more": ("… og {} til.", "… and {} more."),
    "too_much": (
        "Resten er for langt til å stå her. Alt står i index.html i «preview».",
        "The rest is too long to stand here. All of it is in index.html in “preview”.",
    ),
    "how": (
        "Last ned «preview» under Artifacts nederst på denne siden, pakk ut og åpne index.html: "
        "der er hele nettstedet slik det blir.",
        "Download “preview” below Artifacts at the end of this page, unpack it and open "
        "index.html: it holds the whole site as it will be.",
    ),
}
"""What is told, in each of ``LANGUAGES``."""


class Proposal(NamedTuple):
    """All that is told."""

    findings: list[Finding]
    left_out: list[str]
    """Files with problems that the preview does without."""
    sources: list[tuple[Change, list[str]]]
    """What was changed, with the addresses of the pages made from it."""
    vocabulary: Mapping[str, tuple[Lines, Lines]]
    """What is changed and is no page, as it is written."""
    difference: Difference | None
    """None: there are no two sites to compare."""


class Told:
    """Tells in one language, with links where pages can be looked at."""

    def __init__(self, language: str, link: Link, file: Link) -> None:
        """Take where a page, and where a file at a line (``path#L3``), can be looked at."""
        self._texts = {key: both[LANGUAGES.index(language)] for key, both in TEXTS.items()}
        self._link = link
        self._file = file

    def sections(self, proposal: Proposal) -> Iterator[str]:
        """Yield what is told, in pieces that can stand alone, the most important first."""
        yield f"<h2>{self._say('title')}</h2>"
        yield from self._findings(proposal)
        difference = proposal.difference
        own = [address for _, addresses in proposal.sources for address in addresses]
        for kind in (CHANGED, ADDED, REMOVED):
            for change, addresses in proposal.sources:
                if change.kind == kind:
                    yield from self._source(change, addresses, proposal)
        if difference is None:
            return
        derived = {name: it for name, it in difference.changed.items() if name not in own}
        told = self._derived(difference, derived, own)
        if not told and not own and not proposal.vocabulary:
            yield f"<p>{self._say('nothing')}</p>"
        yield from told

    def _say(self, key: str, number: int | None = None) -> str:
        return html.escape(self._texts[key].format(number))

    def _findings(self, proposal: Proposal) -> Iterator[str]:
        errors = [it for it in proposal.findings if it.level == ERROR]
        others = [it for it in proposal.findings if it.level != ERROR]
        if errors:
            yield f"<h3>❌ {self._say('errors', len(errors))}</h3>{self._list(errors)}"
        else:
            yield f"<p>✅ {self._say('none')}</p>"
        if others:
            told = f"⚠️ {self._say('warnings', len(others))}"
            yield f"<details><summary>{told}</summary>{self._list(others)}</details>"
        if proposal.left_out:
            files = "".join(f"<li>{_code(path)}</li>" for path in proposal.left_out)
            yield f"<p>{self._say('left_out')}</p><ul>{files}</ul>"
        if errors and proposal.difference is None:
            yield f"<p>{self._say('not_shown')}</p>"

    def _list(self, findings: Iterable[Finding]) -> str:
        return f"<ul>{''.join(map(self._finding, findings))}</ul>"

    def _finding(self, it: Finding) -> str:
        place = _linked(_code(it.place), self._file(f"{it.path}#L{it.line}")) if it.path else ""
        advice = f"<br>{_text(it.advice)}" if it.advice else ""
        return f"<li>{place} {_text(it.message)}{advice}</li>"

    def _source(self, change: Change, addresses: list[str], proposal: Proposal) -> Iterator[str]:
        head = f"<strong>{self._say(change.kind)}:</strong> {_code(change.path)}"
        if change.path in proposal.vocabulary:
            yield f"<h3>{head}</h3>{self._table(*proposal.vocabulary[change.path])}"
            return
        difference = proposal.difference
        if difference is None:
            yield f"<p>{head}</p>"
            return
        differing = [name for name in addresses if name in {*difference.changed, *difference.texts}]
        if not differing:
            yield f"<p>{head} – {self._say('same')}</p>"
        for address in differing:
            text = difference.changed.get(address)
            title, *words = text[1] if text else difference.texts[address]
            if text:
                shown = self._table(*text)
            else:
                shown = _prose(words) if address in difference.new else ""
            place = f"{_linked(_text(_bare(title)), self._link(address))} {_code(address)}"
            told = f"<blockquote>{shown}</blockquote>" if shown else ""
            yield f"<details open><summary>{head} – {place}</summary>{told}</details>"

    def _table(self, before: Lines, after: Lines) -> str:
        rows = "".join(
            f"<tr><td>{was}</td><td>{now}</td></tr>"
            for context, go, come in steps(before, after)
            for was, now in (*((_text(_bare(line)), "…") for line in context), *_beside(go, come))
        )
        heads = f"<th>{self._say('was')}</th><th>{self._say('will_be')}</th>"
        return f"<table><tr>{heads}</tr>{rows}</table>"

    def _derived(
        self, difference: Difference, derived: dict[str, tuple[Lines, Lines]], own: list[str]
    ) -> list[str]:
        parts = []
        if derived:
            groups = alike(derived)
            told = [self._alike(key, names) for key, names in list(groups.items())[:MOST_ALIKE]]
            told += [self._more(len(groups) - MOST_ALIKE)]
            parts.append(self._folded(self._say("derived", len(derived)), "".join(told)))
        for key in ("new", "gone"):
            names = [name for name in getattr(difference, key) if name not in own]
            if names:
                parts.append(self._folded(f"{self._say(key)} ({len(names)})", self._names(names)))
        frames = [name for name in difference.frames if name not in own]
        for key, names in (("frames", frames), ("assets", difference.assets)):
            if names:
                parts.append(self._folded(self._say(key, len(names)), self._names(names)))
        return parts

    def _alike(self, key: tuple[str, ...], names: list[str]) -> str:
        lines = "<br>".join(map(_text, key[:MOST_LINES]))
        shown = ", ".join(self._name(name) for name in names[:MOST_NAMES])
        more = self._more(len(key) - MOST_LINES), self._more(len(names) - MOST_NAMES)
        return f"<p>{lines}{more[0]}<br>{shown}{more[1]}</p>"

    def _more(self, number: int) -> str:
        return f" {self._say('more', number)}" if number > 0 else ""

    def _names(self, names: list[str]) -> str:
        return f"<ul>{''.join(f'<li>{self._name(name)}</li>' for name in names)}</ul>"

    def _name(self, address: str) -> str:
        return _linked(_code(address), self._link(address))

    def _folded(self, summary: str, text: str) -> str:
        return f"<details><summary>{summary}</summary>{text}</details>"

    def short(self, sections: Iterable[str], most: int) -> str:
        """Return what fits into ``most`` bytes of GitHub's summary, which holds no more."""
        title, *others = sections
        parts = [title, f"<p>{self._say('how')}</p>"]
        for section in others:
            most -= len(section.encode()) + 2
            if most < 0:
                parts.append(f"<p>{self._say('too_much')}</p>")
                break
            parts.append(section)
        return "\n\n".join([*parts, ""])


def _beside(go: Lines, come: Lines) -> Iterator[tuple[str, str]]:
    """Yield rows of what goes beside what comes, with the words marked that differ."""
    for at in range(max(len(go), len(come))):
        was, now = (lines[at] if at < len(lines) else "" for lines in (go, come))
        yield _marked(was, now)


def _marked(was: str, now: str) -> tuple[str, str]:
    old, new = (_WORD.findall(_bare(line)) for line in (was, now))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    left, right = [], []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        go, come = (_text("".join(it)) for it in (old[start:end], new[new_start:new_end]))
        left.append(go if tag == "equal" or not go else f"<del>{go}</del>")
        right.append(come if tag == "equal" or not come else f"<ins>{come}</ins>")
    return "".join(left), "".join(right)


def _bare(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    return heading[2] if heading else line


def _prose(lines: Lines) -> str:
    """Return the paragraphs and headings of a page."""
    parts = []
    for line in lines:
        heading = _HEADING.fullmatch(line)
        if heading:
            level = min(len(heading[1]) + 2, 6)
            parts.append(f"<h{level}>{_text(heading[2])}</h{level}>")
        else:
            parts.append(f"<p>{_text(line)}</p>")
    return "".join(parts)


def _linked(text: str, address: str | None) -> str:
    return f'<a href="{html.escape(address)}">{text}</a>' if address else text


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"


def _text(text: str) -> str:
    return html.escape(_LINE_END.sub(" ", text))

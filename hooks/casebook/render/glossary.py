"""The body of the glossary page, as Markdown: its headings and links are those of any page.

Text from the data is escaped, so that it is shown as it stands; only emphasis and links, which the
glossary knows itself, become Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.languages import Language
from casebook.record.glossary import Glossary, GlossaryTerm, Inline, inlines

_MARKS = re.compile(r"[\\`*_{}\[\]#!>]")
_FIRST = re.compile(r"^(\d*)([-+:|=~.)])")
"""What makes a line more than a paragraph when it comes first."""


_LAST_LETTERS = str.maketrans("æøå", "{|}")
"""Letters that come after z, as signs that do so too."""


@dataclass(frozen=True, slots=True)
class GlossaryLink:
    """A term as the index of the glossary leads to it."""

    id: str
    label: str


def glossary_markdown(glossary: Glossary, language: Language) -> str:
    """Return every group with its terms: headings with their ids, explanations, other forms."""
    return "\n\n".join(_blocks(glossary, language)) + "\n"


def letters(glossary: Glossary, language: Language) -> list[tuple[str, list[GlossaryLink]]]:
    """Return all terms in the order of the alphabet, by their first letter."""
    links = [GlossaryLink(id_, term.label[language.code]) for id_, term in glossary.terms.items()]
    found: dict[str, list[GlossaryLink]] = {}
    for link in sorted(links, key=lambda link: link.label.casefold().translate(_LAST_LETTERS)):
        found.setdefault(link.label[:1].upper(), []).append(link)
    return list(found.items())


def _blocks(glossary: Glossary, language: Language) -> Iterator[str]:
    code = language.code
    for group, entry in glossary.groups.items():
        yield f"## {escaped(entry.label[code])} {{#{group}}}"
        for id_, term in glossary.of_group(group).items():
            yield f"### {escaped(term.label[code])} {{#{id_}}}"
            yield _markdown(term.explanation[code])
            last = " ".join(_last_line(term, glossary, language))
            if last:
                yield last


def _last_line(term: GlossaryTerm, glossary: Glossary, language: Language) -> Iterator[str]:
    """Yield how the term is called elsewhere, and where to read on."""
    if term.also_called is not None:
        yield _markdown(term.also_called[language.code])
    if term.see:
        labels = {id_: escaped(glossary.terms[id_].label[language.code]) for id_ in term.see}
        links = ", ".join(f"[{label}](#{id_})" for id_, label in labels.items())
        yield f"{language.text('glossary.see')} {links}."


def _markdown(text: str) -> str:
    """Return a paragraph; a mark that would make more of its line is shown as it stands."""
    paragraph = "".join(map(_inline, inlines(text)))
    return _FIRST.sub(lambda match: f"{match.group(1)}&#{ord(match.group(2))};", paragraph)


def _inline(part: Inline) -> str:
    text = escaped(part.text)
    if part.target is not None:
        return f"[{text}]({part.target})"
    if part.emphasis:
        return f"*{text}*" + (f"{{lang={part.language}}}" if part.language else "")
    return text


def escaped(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it stands."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return _MARKS.sub(lambda match: f"\\{match.group()}", text)

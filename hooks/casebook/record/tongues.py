"""Whether a text is written in the language that it stands under.

Each language names words that stand in nearly every sentence of it and in none of the others
(``language.yml``).  A text without any of them, as names and titles often are, is not judged.  The
form does the same (``docs/assets/scripts/form/tongues.js``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from casebook.languages import Language, Languages
from casebook.problem import Problem
from casebook.record.source import Document, Mapping, Node, Scalar

LEAST_WORDS = 6
"""So long must a text be that is the same in two languages: shorter ones are often names."""
LEAST_SIGNS = 3
"""So many words of another language make a text one of that language."""

_WORD = re.compile(r"[^\W\d_]+")


class Wrong(NamedTuple):
    """The rule that a text breaks, and the code of the language it stands under."""

    rule: str
    code: str


def check_tongues(document: Document, languages: Languages) -> Iterator[Problem]:
    """Yield what stands under the wrong language, at its place in the file."""
    nodes: list[Node] = [document.root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, Scalar):
            continue
        if not isinstance(node, Mapping):
            nodes += node.items
            continue
        nodes += node.entries.values()
        texts = {
            code: entry
            for code, entry in node.entries.items()
            if code in languages and isinstance(entry, Scalar)
        }
        original = texts.get(languages.default.code)
        for language in languages:
            text = texts.get(language.code)
            if original is None or text is None or text is original:
                continue
            found = wrong_tongue(original.text, text.text, languages.default, language)
            if found is not None:
                default, code = languages.default.code, found.code
                yield document.problem(
                    texts[code].start.index,
                    found.rule,
                    language=code,
                    name=languages[code].name,
                    written=default if code != default else language.code,
                )


def wrong_tongue(original: str, text: str, default: Language, language: Language) -> Wrong | None:
    """Return the rule that a text and its translation break."""
    first, second = _words(original), _words(text)
    if first == second:
        same = len(first) >= LEAST_WORDS and _signs(first, default)
        return Wrong("untranslated", language.code) if same else None
    ahead = 0 if _signs(first, default) else _signs(first, language)
    behind = 0 if _signs(second, language) else _signs(second, default)
    if ahead and behind:
        return Wrong("languages-swapped", default.code)
    if behind >= LEAST_SIGNS:
        return Wrong("other-language", language.code)
    return Wrong("other-language", default.code) if ahead >= LEAST_SIGNS else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _signs(words: list[str], language: Language) -> int:
    return sum(word in language.words for word in words)

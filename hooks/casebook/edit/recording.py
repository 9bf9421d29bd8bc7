"""Recording in a record's text that a translation follows its original.

Only the few characters that tell it are put in or replaced; everything else in the file stays as
its author wrote it.
"""

from __future__ import annotations

import re

from casebook.record.source import Document, Mapping, Scalar, Step, parse_text

FIELD = "translation"


def record_translation(document: Document, code: str, by: str, fingerprint: str) -> str:
    """Return the text of a record that says who translated it into ``code``, and what.

    Raises ValueError when the text is written in a way in which that cannot be put in.
    """
    edits = [*_edits(document, code, by, _quoted(fingerprint))]
    text = document.text
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    expected = document.plain()
    entries = expected.get(FIELD) or {}
    if not isinstance(entries, dict):
        raise ValueError(f"{document.path}: {FIELD}")
    expected[FIELD] = {**entries, code: {"by": by, "of": fingerprint}}
    changed, problems = parse_text(text, document.path)
    if changed is None or problems or changed.plain() != expected:
        raise ValueError(f"{document.path}: {FIELD}.{code}")
    return text


def _quoted(fingerprint: str) -> str:
    """Return it in quotes where other programs would take it for a number."""
    return f'"{fingerprint}"' if re.fullmatch(r"\d+(e\d+)?", fingerprint) else fingerprint


Edit = tuple[int, int, str]


def _edits(document: Document, code: str, by: str, of: str) -> list[Edit]:
    whole = f"{{by: {by}, of: {of}}}"
    entries = _filled(document, (FIELD,))
    entry = _filled(document, (FIELD, code))
    if isinstance(entry, Mapping):
        return _change_entry(document, code, by, of)
    if entry is None and isinstance(entries, Mapping):
        return [_first_in(document, entries, f"{code}: {whole}")]
    if entries is None and FIELD not in document.root.entries:
        return [_at_the_end(document, f"{FIELD}: {{{code}: {whole}}}")]
    if entries is None:  # the key stands there with nothing behind it
        place = document.root.keys[FIELD].index + len(FIELD)
        place = document.text.index(":", place) + 1
        return [(place, place, f" {{{code}: {whole}}}")]
    return []


def _filled(document: Document, steps: tuple[Step, ...]) -> object:
    node = document.node(steps)
    return None if isinstance(node, Scalar) and node.empty else node


def _change_entry(document: Document, code: str, by: str, of: str) -> list[Edit]:
    told = document.node((FIELD, code, "by"))
    print_ = document.node((FIELD, code, "of"))
    if not isinstance(told, Scalar) or told.empty:
        return []
    edits = [(told.start.index, told.end, by)] if told.text != by else []
    if isinstance(print_, Scalar) and not print_.empty:
        return [*edits, (print_.start.index, print_.end, of)]
    if print_ is not None:
        return []
    entry = document.node((FIELD, code))
    if isinstance(entry, Mapping) and document.text[entry.start.index] == "{":
        return [*edits, (told.end, told.end, f", of: {of}")]
    indentation = document.position((FIELD, code, "by")).column - 1
    end = document.text.find("\n", told.end)
    end = len(document.text) if end < 0 else end
    return [*edits, (end, end, f"\n{' ' * indentation}of: {of}")]


def _first_in(document: Document, group: Mapping, words: str) -> Edit:
    start = group.start.index
    if document.text[start] == "{":
        return (start + 1, start + 1, f"{words}, " if group.entries else words)
    return (start, start, f"{words}\n{' ' * (group.start.column - 1)}")


def _at_the_end(document: Document, words: str) -> Edit:
    start = document.root.start.index
    if document.text[start] == "{":
        return (start + 1, start + 1, f"{words}, ")
    end = len(document.text)
    return (end, end, f"{'' if document.text.endswith(chr(10)) else chr(10)}{words}\n")

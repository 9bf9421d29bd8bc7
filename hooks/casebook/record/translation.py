"""The fingerprint that tells whether a translation still follows its original."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from casebook.languages import Languages
from casebook.letters.faults import mended
from casebook.record.case import Case
from casebook.record.citations import uncited


def digest(case: Case, languages: Languages) -> str:
    """Return the fingerprint of a record's text in the default language (16 hex digits).

    It changes when any of that text changes, and with nothing else: neither citations, nor where
    lines break, nor what ``casebook format`` puts right in it are text.
    """
    texts = list(_texts(case.model_dump(by_alias=True), languages))
    packed = mended(json.dumps(texts, ensure_ascii=False, separators=(",", ":"))).encode()
    return hashlib.blake2b(packed, digest_size=8).hexdigest()


def untranslated(case: Case, code: str, languages: Languages) -> bool:
    """Say whether some text of a record is not written in the language ``code``."""
    return _lacks(case.model_dump(by_alias=True), code, languages.default.code)


def _lacks(value: Any, code: str, default: str) -> bool:
    if isinstance(value, dict):
        if isinstance(value.get(default), str):
            return not value.get(code)
        return any(_lacks(inner, code, default) for inner in value.values())
    if isinstance(value, list | tuple):
        return any(_lacks(inner, code, default) for inner in value)
    return False


def _texts(value: Any, languages: Languages, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        text = value.get(languages.default.code)
        if isinstance(text, str):
            yield place, " ".join(uncited(text).split())
        else:
            for key, inner in value.items():
                yield from _texts(inner, languages, f"{place}/{key}")
    elif isinstance(value, list | tuple):
        for inner in value:  # without its number: what has no text may come and go
            yield from _texts(inner, languages, place)

"""Names of hosts that look like another, since some of their letters do."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

_LATIN = "LATIN"


def looks_alike(address: str) -> bool:
    """Say whether the host of a web address may be read as another.

    Letters of one script are read as they are, when the whole name is written in it; letters of
    another script than Latin among Latin ones are not.  The form for machines (``xn--…``) deceives
    nobody.
    """
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    if host.isascii():
        return False
    scripts = {_script(letter) for letter in host if letter.isalpha()}
    return len(scripts) > 1 or not all(letter.isalnum() or letter in ".-" for letter in host)


def _script(letter: str) -> str:
    """Return the script of a letter, as far as its name tells it."""
    name = unicodedata.name(letter, "")
    first = name.partition(" ")[0]
    # Letters that only look like Latin ones: fullwidth, mathematical and such.
    return first if first != _LATIN or unicodedata.is_normalized("NFKC", letter) else name

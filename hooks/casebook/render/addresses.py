"""Where links lead, for readers on paper: a letter at each link, and the addresses as a list.

The letter stands in an attribute (``data-note``), so the page's text, its search index and what is
read aloud stay as they were; the print style shows it.  Lists of sources and documents print each
address below its title and need no letter.
"""

from __future__ import annotations

import re
from html import unescape
from string import ascii_lowercase

_LINK = re.compile(
    r'<(?P<list>ol|ul) class="(?:references|documents)">.*?</(?P=list)>'
    r'|<a\b(?P<before>[^>]*?)\bhref="(?P<href>https?://[^"]*)"(?P<after>[^>]*)>(?P<text>.*?)</a>',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def with_letters(html: str) -> tuple[str, list[str]]:
    """Return trusted ``html`` with a letter at each link that leaves the site, and the addresses.

    The same address has the same letter.  A link whose text is its address gets none.
    """
    if 'href="http' not in html:
        return html, []
    letters: dict[str, str] = {}

    def lettered(match: re.Match[str]) -> str:
        whole, href = match[0], match["href"]
        if href is None or _shown(match["text"], unescape(href)):
            return whole
        address = unescape(href)
        letter = letters.setdefault(address, letter_of(len(letters)))
        return f'<a data-note="{letter}"{whole.removeprefix("<a")}'

    html = _LINK.sub(lettered, html)
    return html, list(letters)


def letter_of(place: int) -> str:
    """Return the letter at a place: a … z, aa, ab …; ``place`` counts from nought."""
    name = ""
    place += 1
    while place:
        place, last = divmod(place - 1, len(ascii_lowercase))
        name = ascii_lowercase[last] + name
    return name


def _shown(text: str, address: str) -> bool:
    """Say whether the text of a link tells its address already."""
    return unescape(_TAG.sub("", text)).strip().rstrip("/") in _spellings(address)


def _spellings(address: str) -> tuple[str, str]:
    whole = address.rstrip("/")
    return whole, whole.partition("://")[2].removeprefix("www.")

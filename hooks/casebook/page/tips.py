"""How readers tell of an initiative: a prepared e-mail, a form, or a text to copy.

``{show: tip}`` puts it into a page.  Where to send it stands in mkdocs.yml; what is not set there
is not offered.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from casebook.languages import Language

QUESTIONS = ("what", "achieved", "contact")
"""What a tip answers, in the order of the form (.github/ISSUE_TEMPLATE/tips.yml)."""
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
REPOSITORY = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+", re.ASCII)
"""Addresses that editors and records may be at, of those that mkdocs.yml names."""
_FORM = "/issues/new?template=tips.yml"


def tip_markdown(editors: str, repository: str, language: Language) -> str:
    """Return the ways to send a tip, as Markdown.

    Args:
        editors: The editors' e-mail address, or nothing.
        repository: The repository's address at its host, or nothing.
        language: The language of the page.

    Raises:
        ValueError: A setting is not the address it has to be; the message names it.
    """
    if editors and EMAIL.fullmatch(editors) is None:
        raise ValueError(f"extra.editors: {editors!r} is no e-mail address")
    if repository and REPOSITORY.fullmatch(repository) is None:
        raise ValueError(f"extra.repository: {repository!r} is no address at GitHub")
    parts = []
    if editors:
        link = mail_address(editors, language)
        parts.append(f"**[{language.text('tips.mail')}]({link})**")
        parts.append(language.text("tips.mail_help", address=f"`{editors}`"))
    if repository:
        parts.append(
            f"**[{language.text('tips.form')}]({repository}{_FORM})**"
            if not editors
            else language.text(
                "tips.form_help", link=f"[{language.text('tips.form')}]({repository}{_FORM})"
            )
        )
    if not parts:
        parts.append(language.text("tips.nowhere"))
    parts.append(language.text("tips.copy"))
    parts.append("\n".join(f"    {line}".rstrip() for line in letter(language).split("\n")))
    return "\n\n".join(parts)


def letter(language: Language) -> str:
    """Return the text to fill in: each question, with room below it."""
    return "\n\n\n".join(language.text(f"tips.question_{name}") for name in QUESTIONS)


def mail_address(editors: str, language: Language) -> str:
    """Return the address that opens a prepared e-mail to the editors."""
    subject = quote(language.text("tips.subject"), safe="")
    body = quote(letter(language).replace("\n", "\r\n") + "\r\n", safe="")
    return f"mailto:{editors}?subject={subject}&body={body}"

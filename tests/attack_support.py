"""The attacks in ``tests/attacks``: data, and the folders of pages, files and records made of them.

What is refused stands there under its rule; what is published has none, and must do no harm.
Whatever gets as far as running sets ``window.pwned``, and what leads away leads to another host.
"""

import base64
import os
import re
import socket
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from casebook.collection.library import load_library
from casebook.files.pictures import FOLDER as PICTURES
from casebook.languages import load_languages
from casebook.problem import Problem, errors
from casebook.render.page_markdown import page_markdown
from site_support import Project
from support_casebook import ROOT, VOCABULARY, write_files
from test_pictures import JPEG, PNG, claiming

_FOLDED = re.compile(r"(REPEAT (?P<times>\d+) (?P<unit>.*))|DEEP (?P<depth>\d+)", re.DOTALL)
FOLDER = ROOT / "tests" / "attacks"
HARMLESS = "harmless"
SECRET = "words that no site may show"
HEAD = {"title": "Et angrep", "description": "Om angrepet.", "translated": "false"}


def read(name: str) -> Any:
    """What a file of attacks holds."""
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Attack:
    """A page or a file that was written to do harm."""

    group: str
    name: str
    rule: str
    text: str
    """What it is: the part of a page, or the content of a file."""
    line: int = 1
    """The line that is named, within the text of an attack on a page."""
    kind: str = ""
    """The type of page, or the file that it stands in."""

    @property
    def is_harmless(self) -> bool:
        """Whether it is published."""
        return self.rule == HARMLESS

    @property
    def page(self) -> tuple[str, int]:
        """The whole page, and how many lines stand above the attack."""
        head = dict(HEAD, own_numbers="true", terms="false")
        if self.group == "heads":
            for key in re.findall(r"^(\w+):", self.text, re.MULTILINE):
                head.pop(key, None)
            lines, body = [self.text, *_lines(head)], "Tekst."
            return "\n".join(["---", *lines, "---", "", body, ""]), 1
        if self.group == "points":
            head["type"] = self.kind
        above = ["---", *_lines(head), "---", ""]
        above += ["## Del {#del}", ""] if self.group == "points" else []
        return "\n".join([*above, self.text]), len(above)


def unfolded(text: str) -> str:
    """A text in full: in "REPEAT 9 ?q=a" what follows "=" stands nine times, and "DEEP 9" nests."""

    def unfold(found: re.Match[str]) -> str:
        if found["depth"]:
            return "[" * int(found["depth"])
        first, mark, unit = found["unit"].rpartition("=")
        return first + mark + unit * int(found["times"])

    return _FOLDED.sub(unfold, text)


def _lines(head: Mapping[str, str]) -> list[str]:
    return [f"{key}: {value}" for key, value in head.items()]


def _attacks(group: str) -> Iterator[Attack]:
    for rule, named in read(group).items():
        for name, told in named.items():
            *more, text = told if isinstance(told, list) else [told]
            lines = [it for it in more if isinstance(it, int)]
            kinds = [it for it in more if isinstance(it, str)]
            yield Attack(group, name, rule, unfolded(text), (lines or [1])[0], "".join(kinds))


ON_PAGES = [attack for group in ("pages", "heads", "points") for attack in _attacks(group)]
FILES = list(_attacks("files"))
STRUCTURES = list(_attacks("structures"))
TEXTS: dict[str, str] = read("records")
"""What is put into every field of a record."""


@dataclass(frozen=True)
class Visit:
    """A page that somebody is led to, with something hostile in its address or in the browser."""

    page: str
    behind: str = ""
    """What follows the address of the page."""
    name: str = ""
    """What is stored, by its name in the browser's storage."""
    stored: str = ""
    file: str = ""
    """A file that is brought in."""


KEPT_BY = {
    "my-list": ("/min-liste/", "/min-liste/hefte/"),
    "forms": ("/sjekklister/tiltaksavtale/",),
    "case-drafts": ("/bidra/ny/",),
    "like-us": ("/eksempler/",),
    "theme": ("/om/",),
    "compare": ("/eksempler/",),
}
"""The pages that read what is stored under a name."""


def _visits() -> Iterator[Visit]:
    told = read("visits")
    for page, endings in told["addresses"].items():
        yield from (Visit(page, unfolded(behind)) for behind in endings)
    for name, texts in told["stored"].items():
        for page in KEPT_BY[name]:
            yield from (Visit(page, name=name, stored=unfolded(text)) for text in texts)
    for page, texts in told["files"].items():
        yield from (Visit(page, file=unfolded(text)) for text in texts)


VISITS = list(_visits())


# --- files -------------------------------------------------------------------------------------


def content(told: str) -> bytes:
    """What a file holds; links, pipes and sockets hold nothing."""
    how, _, rest = told.partition(" ")
    if how == "png":
        width, height = map(int, rest.split("x"))
        return claiming(width, height)
    if how == "svg":
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' viewBox="0 0 9 9">\n{rest}</svg>'
        ).encode()
    beginning = {"after-png": PNG, "after-jpeg": JPEG[:4]}.get(how)
    if beginning is not None:
        return beginning + rest.encode()
    return base64.b64decode(rest) if how == "base64" else told.encode()


def write_attacks(docs: Path, attacks: list[Attack]) -> None:
    """Write attacks by files below a folder of pages, beside which a secret lies."""
    write_files(docs.parent, {"secret.txt": SECRET, "private/notes.md": SECRET})
    for attack in attacks:
        path = docs / attack.name
        path.parent.mkdir(parents=True, exist_ok=True)
        how, _, rest = attack.text.partition(" ")
        if how == "link":
            path.symlink_to(docs.parent / rest if rest in ("secret.txt", "private") else rest)
        elif how == "pipe":
            os.mkfifo(path)
        elif how == "socket":
            _listen(path)
        else:
            path.write_bytes(content(attack.text))


def _listen(path: Path) -> None:
    home = Path.cwd()
    os.chdir(path.parent)  # sockets allow short paths only
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(home)


# --- records -----------------------------------------------------------------------------------

EVERY_FIELD = ROOT / "tests" / "golden" / "valid" / "every-field" / "every-field.yml"
Steps = tuple[str | int, ...]


def leaves(tree: Any, steps: Steps = ()) -> list[Steps]:
    """Every place of a record that holds a value, in the order they stand in."""
    if not isinstance(tree, dict | list):
        return [steps]
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree)
    return [leaf for step, value in inner for leaf in leaves(value, (*steps, step))]


def with_text(tree: Any, places: Collection[Steps], text: str, steps: Steps = ()) -> Any:
    """The tree with a text in some of its places."""
    if isinstance(tree, dict):
        return {it: with_text(tree[it], places, text, (*steps, it)) for it in tree}
    if isinstance(tree, list):
        return [with_text(it, places, text, (*steps, at)) for at, it in enumerate(tree)]
    return text if steps in places else tree


def every_field() -> Any:
    """A record with every field, as a tree of texts."""
    return yaml.load(EVERY_FIELD.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def written(tree: Any) -> str:
    """A record as text, each value on a line of its own."""
    return yaml.safe_dump(tree, default_style='"', width=10**6, sort_keys=False)


def refuse_until_clean(
    cases: Path, texts: Mapping[str, str], check: Callable[[], list[Problem]]
) -> tuple[dict[str, list[Steps]], list[Problem]]:
    """Write a record for each text, with it in every field that takes it.

    Args:
        cases: The folder of records, with those that ``every_field`` names.
        texts: The id of each record, and its text.
        check: Reads the folder, and returns all problems.

    Returns:
        Where each record has its text at last, and what was told of the other places.
    """
    tree = every_field()
    places = leaves(tree)
    takes = dict.fromkeys(texts, places)
    told: list[Problem] = []
    while True:
        where: dict[tuple[str, int], Steps] = {}
        for id_, text in texts.items():
            lines = written(with_text(tree, takes[id_], text))
            # No two records were called the same before.
            lines = lines.replace("kafe-asker", f"for-{id_}")
            (cases / f"{id_}.yml").write_text(lines, encoding="utf-8")
            numbers = [at for at, line in enumerate(lines.splitlines(), 1) if line[-1] != ":"]
            where |= {(id_, line): place for line, place in zip(numbers, places, strict=True)}
        problems = check()
        refused = {(Path(it.path).stem, it.line) for it in problems} & where.keys()
        if not refused:
            assert problems == [], problems
            return takes, told
        told += problems
        for id_, line in refused:
            takes[id_] = [place for place in takes[id_] if place != where[id_, line]]


# --- in the project ----------------------------------------------------------------------------


def write_into(project: Project, share: int) -> list[str]:
    """Write what is let through into a project; return the addresses where it stands.

    Args:
        project: Is not built yet.
        share: Of the texts for records, one in so many.
    """
    addresses = []
    for number, attack in enumerate(attack for attack in ON_PAGES if attack.is_harmless):
        project.write(f"docs/side-{number}.md", attack.page[0])
        addresses.append(f"/side-{number}/")
    project.replace("mkdocs.yml", "  min-liste/\n", "  min-liste/\n  side-*.md\n")
    write_attacks(project.root / "docs", [attack for attack in FILES if attack.is_harmless])
    vocabulary = project.root / "cases" / "_vocabulary"
    for file in VOCABULARY.glob("*.yml"):
        terms = {
            # Other terms of the site have the same synonyms.
            id_: {name: value for name, value in entry.items() if name != "synonyms"}
            for id_, entry in _entries(file).items()
        }
        _add_terms(vocabulary / file.name, terms)
    for number, attack in enumerate(attack for attack in STRUCTURES if attack.is_harmless):
        (entry,) = yaml.load(attack.text, Loader=yaml.BaseLoader).values()
        entries = {f"angrep-{number}": entry}
        if attack.kind == "glossary.yml":
            entry["group"] = "methods"
        _add_terms(vocabulary / attack.kind, entries, "  " * (attack.kind == "glossary.yml"))
    return [*addresses, *_write_records(project, share)]


def _entries(file: Path) -> dict[str, Any]:
    entries: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return entries


def _add_terms(file: Path, entries: Mapping[str, Any], margin: str = "") -> None:
    known = _entries(file)
    more = {id_: entry for id_, entry in entries.items() if id_ not in known}
    if more:
        text = yaml.safe_dump(more, sort_keys=False, default_style='"')
        with file.open("a", encoding="utf-8") as vocabulary:
            vocabulary.write("\n" + "".join(f"{margin}{line}\n" for line in text.splitlines()))


def _write_records(project: Project, share: int) -> list[str]:
    cases = project.root / "cases"
    for file in EVERY_FIELD.parent.rglob("*.yml"):
        (cases / file.name).write_bytes(file.read_bytes())
    pictures = write_files(project.root / "docs" / PICTURES, {"kafe-1.jpg": JPEG})
    assert pictures.is_dir()
    texts = {f"angrep-{number}": text for number, text in enumerate(list(TEXTS.values())[::share])}
    languages = load_languages()
    refuse_until_clean(cases, texts, lambda: errors(load_library(cases, languages)[1]))
    endings = [f".{language.code}" * (language is not languages.default) for language in languages]
    return [f"/eksempler/{id_}{ending}/" for id_ in texts for ending in endings]


# --- past the check ----------------------------------------------------------------------------


def forced() -> dict[str, str]:
    """HTML such as it would be if nothing judged it: the name of each attack, and what it makes.

    Markdown has its turn, and the text stands there as it is too: in a paragraph, in attributes,
    and in elements whose ends it may hold.
    """
    found = {}
    for attack in ON_PAGES:
        if attack.group == "heads":
            found[f"heads: {attack.name}"] = everywhere(attack.text)
        else:
            made = page_markdown().convert(attack.text)
            found[f"{attack.group}: {attack.name}"] = f"{made}\n{attack.text}"
    for name, text in TEXTS.items():
        made = page_markdown().convert(text) if text.isprintable() else ""
        found[f"records: {name}"] = made + everywhere(text)
    for attack in STRUCTURES:
        found[f"structures: {attack.name}"] = everywhere(attack.text)
    return found


def everywhere(text: str) -> str:
    """A text in every place of HTML where one may stand, not escaped."""
    return (
        f'<p>{text}</p><p title="{text}">a</p><p title=\'{text}\'>b</p><a href="{text}">c</a>'
        f'<script type="application/json">{text}</script><textarea>{text}</textarea>'
        f'<svg viewBox="0 0 9 9"><title>{text}</title></svg>{text}'
    )

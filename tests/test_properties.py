"""Whatever a file holds: the check ends with an answer, and what it lets through becomes a page.

Hypothesis makes up the inputs, always the same ones, so that a run says the same on every machine.
``EXAMPLES=20 make test ARGS=tests/test_properties.py`` tries others, twenty times as many.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from casebook import letters
from casebook.cli import main
from casebook.collection.facets import FACETS
from casebook.collection.library import Library, load_library
from casebook.commands.show import write_case
from casebook.page.case_page import build_case_page
from casebook.page.catalogue import build_catalogue
from casebook.page.facet_pages import FacetPages
from casebook.page.home import build_home
from casebook.page.view import Prose
from casebook.record import source
from casebook.record.case import Case
from casebook.record.source import (
    MAX_BYTES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse,
    position_at,
    read,
)
from casebook.record.vocabulary import FOLDER
from casebook.render.pages import Renderer
from casebook.render.prose import ProseRenderer
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support_casebook import (
    GOLDEN,
    LANGUAGES,
    MINIMAL,
    ROOT,
    VOCABULARY,
    PlainLinks,
    record,
    write_files,
)

MORE = int(os.environ.get("EXAMPLES", "1"))


def examples(number: int) -> settings:
    """Try ``number`` inputs and keep nothing on disk."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=number * MORE,
        derandomize=MORE == 1,
        database=None,
        deadline=None,
        suppress_health_check=slow,
    )


@pytest.fixture(scope="module", autouse=True)
def _languages_read_once() -> Iterator[None]:
    """Reading the strings anew for every input would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("casebook.cli.load_languages", lambda: LANGUAGES)
        yield


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of records, with a copy of the golden vocabulary, that inputs are written into."""
    folder = tmp_path_factory.mktemp("properties") / "cases"
    folder.mkdir()
    shutil.copytree(VOCABULARY, folder / FOLDER)
    return folder


# --- inputs ------------------------------------------------------------------------------------

VALID = [
    (GOLDEN / "valid" / name).read_text(encoding="utf-8")
    for name in ("minimal.yml", "yaml-traps.yml", "figures.yml", "every-field/every-field.yml")
]
FIELDS = sorted({key for text in VALID for key in re.findall(r"^(\w+):", text, re.MULTILINE)})
INNER = sorted({key for text in VALID for key in re.findall(r"[{ ](\w+):", text)})

FRAGMENTS = [
    *("no", "~", "null", "", " ", "010", "12:30", "1e400", "9" * 400, "-0", ".nan", "2021-02-30"),
    *("[", "]", "{", "}", "[]", "{}", "[[]]", "{a: b}", "[{}]", "- ", "? ", ": ", ":", ",", "#"),
    *("&a", "*a", "!!int", "!x", "|", ">-", "|+3", "'", '"', "%", "@", "`", "---", "...", "<<: *a"),
    *("\t", "\r", "\x00", "\x07", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u2028", "\u202e"),
    *("\ufeff", "\ufffe", "\ud800", "\U0001f469\u200d\U0001f4bb", "\U00100000", "e\u0301", "\\"),
    *('"\\0"', '"\\ud800"', '"\\U0010FFFF"', '"\\u202e"', '"\\r\\n"', "'\\0'", '"\\x1b[31m"'),
    *("<script>", "{{ x }}", "{% x %}", "${x}", "&#106;", "](", "[a](javascript:x)", "<a:b>"),
    *("../..", "javascript:x", "https://", "https://[", "http://a.no:99999", "mailto:", "//a.no"),
    *("function-x: y", "tagged-x: y", "__class__: y", "is_: y", "model_config: y", "nb: a"),
    "en: b",
    *("not-known", "percent", "human", "page", "asker", "women", "0123456789abcdef", "case", "nb"),
]
"""Pieces that have meant something else to some program, some day."""

SCRAPS = st.sampled_from(FRAGMENTS) | st.text(max_size=12) | st.integers().map(str)
KEYS = st.sampled_from(FIELDS) | st.sampled_from(INNER) | st.text(max_size=8)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(FRAGMENTS[:12])
    | st.dates(date(1, 1, 1))
    | st.binary(max_size=4)
)
STRUCTURES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
FLOW = st.sampled_from([True, False, None])


def as_bytes(text: str) -> bytes:
    """Encode ``text``; a lone surrogate becomes bytes that are no UTF-8."""
    return text.encode("utf-8", errors="surrogatepass")


def changes(line: str, scrap: str, cut: int, indent: int) -> dict[str, list[str]]:
    """What may become of a line, by name."""
    value, item, key = r"(?<=: ).*", r"[^\[{,]+(?=[,}\]])", r"[\w-]+(?=:)"
    literal = scrap.replace("\\", r"\\")
    return {
        "delete": [],
        "double": [line, line],
        "value": [re.sub(value, literal, line, count=1)],
        "item": [re.sub(item, literal, line, count=1)],
        "key": [re.sub(key, literal, line, count=1)],
        "insert": [f"{line[:cut]}{scrap}{line[cut:]}"],
        "cut": [f"{line[:cut]}\n"],
        "indent": [f"{' ' * indent}{line}"],
        "dedent": [line.lstrip(" ")],
        "add": [line, f"{' ' * indent}{scrap}\n"],
    }


WAYS = sorted(changes("", "", 0, 0))


@st.composite
def mutated(draw: st.DrawFn, texts: list[str]) -> bytes:
    """A valid text in which some lines were deleted, doubled, moved, cut or written over."""
    lines = draw(st.sampled_from(texts)).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        line = lines[at] if lines else "\n"
        cut, indent = draw(st.integers(0, len(line))), draw(st.integers(0, 5))
        lines[at : at + 1] = changes(line, draw(SCRAPS), cut, indent)[draw(st.sampled_from(WAYS))]
    return as_bytes("".join(lines))


def places(tree: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a tree."""
    yield steps
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from places(value, (*steps, key))
    elif isinstance(tree, list):
        for at, value in enumerate(tree):
            yield from places(value, (*steps, at))


def grafted(tree: Any, steps: tuple[str | int, ...], branch: Any) -> Any:
    """The tree with another branch at one place."""
    if not steps:
        return branch
    first, *rest = steps
    inner = {first: grafted(tree[first], tuple(rest), branch)}
    if isinstance(tree, dict):
        return tree | inner
    return [inner.get(at, value) for at, value in enumerate(tree)]


def pruned(tree: Any, steps: tuple[str | int, ...]) -> Any:
    """The tree without what stands at one place."""
    *above, last = steps
    holder = tree
    for step in above:
        holder = holder[step]
    if isinstance(holder, dict):
        rest: Any = {key: value for key, value in holder.items() if key != last}
    else:
        rest = [value for at, value in enumerate(holder) if at != last]
    return grafted(tree, tuple(above), rest)


@st.composite
def records(draw: st.DrawFn) -> bytes:
    """A valid record as a program would write it, with places left out or filled with others."""
    document, _ = parse(as_bytes(draw(st.sampled_from(VALID))), "")
    assert document is not None
    tree: Any = document.plain()
    for _ in range(draw(st.integers(0, 2))):
        steps = draw(st.sampled_from([place for place in places(tree) if place]))
        if draw(st.booleans()):
            tree = pruned(tree, steps)
        else:
            tree = grafted(tree, steps, draw(STRUCTURES))
    return dumped(tree, draw(FLOW))


def dumped(tree: Any, flow: bool | None) -> bytes:
    return as_bytes(yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow))


# --- what always holds -------------------------------------------------------------------------


def check(folder: Path, form: str, code: str) -> tuple[int, str]:
    """Run the command on a folder; return its exit code and what it wrote."""
    output = StringIO()
    with redirect_stdout(output):
        exit_code = main(["check", str(folder), "--format", form, "--lang", code])
    return exit_code, output.getvalue()


def assert_answer(folder: Path) -> Library:
    """Check a folder in every form: the answers are whole, and they agree.

    Every problem lies inside its file, and a record is in the library exactly when it has none.
    """
    library, problems = load_library(folder, LANGUAGES)
    expected = 1 if problems else 0
    exit_code, written = check(folder, "json", CODES[len(problems) % len(CODES)])
    entries = json.loads(written)
    assert (exit_code, len(entries)) == (expected, len(problems))
    for entry in entries:
        lines = lines_of(Path(entry["path"]))
        assert 1 <= entry["line"] <= len(lines)
        assert 1 <= entry["column"] <= len(lines[entry["line"] - 1]) + 1
        assert entry["message"]
        assert entry["hint"]
    form = FORMS[len(written) % len(FORMS)]
    exit_code, written = check(folder, form, CODES[len(written) % len(CODES)])
    written_lines = written.splitlines()
    assert (exit_code, len(written_lines)) == (expected, len(problems) * LINES[form])
    assert form == "text" or all(line.startswith("::error file=") for line in written_lines)
    faulty = {problem.path for problem in problems}
    files = (path for path in folder.rglob("*.yml") if folder / FOLDER not in path.parents)
    good = [path for path in files if path.as_posix() not in faulty and path.name[0] != "."]
    assert sorted(library.cases) == sorted(path.stem for path in good)
    return library


LINES = {"text": 2, "github": 1}
"""Format for people -> lines for each problem."""
FORMS, CODES = sorted(LINES), LANGUAGES.codes
"""Formats and languages: which of them an input meets depends on the input."""


def lines_of(path: Path) -> list[str]:
    """The lines of a file as an editor counts them; one empty line for what is no file."""
    data = path.read_bytes()[:MAX_BYTES] if path.is_file() else b""
    text = data.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


RENDERER = Renderer(ROOT / "overrides")


def assert_pages(library: Library) -> None:
    """Everything that is made of records can be made of these."""
    for language in LANGUAGES:
        build_catalogue(library, language)
        build_home(library, language)
        pages = FacetPages(library, language)
        for facet in FACETS:
            pages.index(facet.id)
            for term in library.facets.terms(facet.id):
                assert pages.term(facet.id, term, 1).cases
        for id_ in library.cases:
            page = build_case_page(id_, library, language)
            html = str(RENDERER.case(page, language, PlainLinks(), None))
            assert "<script" not in html
            write_case(page, library, language, StringIO())


def assert_all_is_well(cases: Path, data: bytes) -> None:
    (cases / "case.yml").write_bytes(data)
    assert_pages(assert_answer(cases))


# --- one record --------------------------------------------------------------------------------


@examples(100)
@given(data=st.binary(max_size=200))
def test_any_bytes(cases: Path, data: bytes) -> None:
    assert_all_is_well(cases, data)


@examples(100)
@given(text=st.text(max_size=200) | st.lists(SCRAPS, max_size=30).map("".join))
def test_any_text(cases: Path, text: str) -> None:
    assert_all_is_well(cases, as_bytes(text))


@examples(100)
@given(data=mutated(VALID))
def test_a_valid_record_with_some_lines_changed(cases: Path, data: bytes) -> None:
    assert_all_is_well(cases, data)


@examples(100)
@given(tree=STRUCTURES | st.dictionaries(KEYS, STRUCTURES, max_size=6), flow=FLOW)
def test_anything_that_a_program_may_write(cases: Path, tree: object, flow: bool | None) -> None:
    assert_all_is_well(cases, dumped(tree, flow))


@examples(100)
@given(data=records())
def test_a_valid_record_with_something_else_in_some_places(cases: Path, data: bytes) -> None:
    assert_all_is_well(cases, data)


@examples(100)
@given(text=st.lists(SCRAPS, max_size=30).map("".join) | st.text(max_size=100))
def test_any_text_with_the_slow_parser_of_pyyaml(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_LOADER", yaml.SafeLoader)
        document, problems = parse(as_bytes(text), "case.yml")
    assert document is not None or problems


# --- many records ------------------------------------------------------------------------------

IDS = ("a", "b", "c", "d", "e")


@examples(50)
@given(
    parents=st.fixed_dictionaries({id_: st.sampled_from(["", *IDS, "x"]) for id_ in IDS}),
    related=st.fixed_dictionaries(
        {id_: st.lists(st.sampled_from([*IDS, "y"]), max_size=3) for id_ in IDS}
    ),
)
def test_any_relations(cases: Path, parents: dict[str, str], related: dict[str, list[str]]) -> None:
    folder = cases.parent / "relations"
    if not folder.exists():
        shutil.copytree(VOCABULARY, folder / FOLDER)
    texts = {
        id_: record(part_of=parents[id_], related=f"[{', '.join(related[id_])}]") for id_ in IDS
    }
    write_files(folder, {f"{id_}.yml": text for id_, text in texts.items()})
    library = assert_answer(folder)
    assert_pages(library)
    index = library.index
    for id_ in library.cases:
        family = {index.parent(id_), *index.parts(id_)}
        assert not {id_, *family} & set(index.related(id_))
        assert all(id_ in index.related(other) for other in index.related(id_))
        assert all(index.parent(part) == id_ for part in index.parts(id_))
        way: list[str | None] = [id_]
        while way[-1] is not None:
            parent = index.parent(way[-1])
            assert parent not in way
            way.append(parent)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse most of these names")
@examples(60)
@given(
    names=st.lists(st.binary(min_size=1, max_size=30), min_size=1, max_size=3),
    suffix=st.sampled_from([b".yml", b""]),
)
def test_any_file_names(
    tmp_path_factory: pytest.TempPathFactory, names: list[bytes], suffix: bytes
) -> None:
    folder = tmp_path_factory.mktemp("names")
    shutil.copytree(VOCABULARY, folder / FOLDER)
    for name in names:
        clean = name.replace(b"/", b"").replace(b"\0", b"") + suffix
        assume(clean not in (b"", b".", b".."))
        Path(os.fsdecode(os.fsencode(folder) + b"/" + clean)).write_text(MINIMAL, encoding="utf-8")
    assert_answer(folder)


# --- vocabularies ------------------------------------------------------------------------------

MUNICIPALITIES = GOLDEN / "valid" / "listed-municipality" / FOLDER / "municipalities.yml"
TERMS = {
    path.name: path.read_text(encoding="utf-8")
    for path in (*sorted(VOCABULARY.iterdir()), MUNICIPALITIES)
}


@st.composite
def vocabulary_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """One file of the vocabulary, changed in lines, in places, or altogether."""
    name = draw(st.sampled_from(sorted(TERMS)))
    way = draw(st.sampled_from(["lines", "places", "bytes"]))
    if way == "lines":
        return name, draw(mutated([TERMS[name]]))
    if way == "bytes":
        return name, draw(st.binary(max_size=60))
    tree: Any = yaml.load(TERMS[name], Loader=yaml.BaseLoader)
    steps = draw(st.sampled_from(list(places(tree))))
    return name, dumped(grafted(tree, steps, draw(STRUCTURES)), draw(FLOW))


@examples(60)
@given(changed=vocabulary_files())
def test_any_vocabulary(cases: Path, changed: tuple[str, bytes]) -> None:
    name, data = changed
    folder = cases.parent / "vocabularies"
    if not folder.exists():
        shutil.copytree(VOCABULARY, folder / FOLDER)
        shutil.copy(MUNICIPALITIES, folder / FOLDER)
        full = (GOLDEN / "valid" / "every-field" / "every-field.yml").read_text(encoding="utf-8")
        alone = re.sub(r"^(related|part_of):.*\n", "", full, flags=re.MULTILINE)
        write_files(folder, {"full.yml": alone, "case.yml": MINIMAL})
    path = folder / FOLDER / name
    before = path.read_bytes()
    try:
        path.write_bytes(data)
        assert_pages(assert_answer(folder))
    finally:
        path.write_bytes(before)


# --- the tree ----------------------------------------------------------------------------------

PLAIN = st.text(st.sampled_from(sorted(letters.shown())), max_size=20)
TREES = st.dictionaries(
    PLAIN,
    st.recursive(
        PLAIN,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
        max_leaves=10,
    ),
    max_size=4,
)


@examples(300)
@given(tree=TREES, flow=FLOW, width=st.sampled_from([5, 80, 10_000]))
def test_what_is_written_as_yaml_is_read_as_it_was(
    tree: dict[str, object], flow: bool | None, width: int
) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=width)
    document, problems = parse(text.encode(), "case.yml")
    assert problems == []
    assert document is not None
    assert document.plain() == tree
    for node in nodes(document.root):
        assert node.start == position_at(text, node.start.index)


def nodes(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    inner = node.entries.values() if isinstance(node, Mapping) else ()
    for child in node.items if isinstance(node, Sequence) else inner:
        yield from nodes(child)


@examples(100)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cn")))
)
def test_words_are_found_where_they_stand(text: str) -> None:
    words = f"«{text}»"
    document, _ = parse(
        as_bytes(yaml.safe_dump({"a": f"x {words}"}, allow_unicode=True, width=10**6)), ""
    )
    assert document is not None
    where = document.find(("a",), words)
    node = document.node(("a",))
    assert isinstance(node, Scalar)
    assert document.text[where.index :].startswith(words) or where == node.start


# --- prose -------------------------------------------------------------------------------------

MARKDOWN = st.sampled_from(
    [
        *("[", "]", "(", ")", "](", "![", "[a]", "[a]: ", "<", ">", "</", "/>", "<a ", "<!--"),
        "-->",
        *("javascript:", "data:", "https:", "https://a.no", "//", "mailto:", "tel:", "../", "#"),
        *("&", "&#106;", "&#x6a", "&lt;", "&colon;", "&Tab;", "\\", "`", "``", "*", "**", "_", "~"),
        *("\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n    ", "\n# ", "\n===\n", "\n---\n", "| a |"),
        "  \n",
        *(' "', '"', "'", " onclick=", "=", "script", "img src=x", "svg", "style", "\t", " ", ":"),
        "a",
        *("\x02", "\x03", "\x02wzxhzdk:0\x03", "\x02klzzwxh:0\x03", "\xad", "\u202e", "\U0001f469"),
    ]
)
ADDRESSES = st.lists(MARKDOWN, max_size=4).map("".join) | st.sampled_from(
    ["../a", "/a", "//a.no", "#a", "a", "https:a", "https://a.no/(b)", "mailto:a@b.no", "ftp://a b"]
)
WRITINGS = [
    *("[{1}]({0})", "[{1}](<{0}>)", '[{1}]({0} "{1}")', "[{1}]( {0}\n'{1}')", "[{1}][{1}]"),
    *("\n\n[{1}]: {0}\n", '\n\n[{1}]: <{0}> "{1}"\n', "<{0}>", "![{1}]({0})", "<a href='{0}'>"),
]
WORDS = st.sampled_from(["a", "b", "*a*", "a b"])
LINKS = st.builds(str.format, st.sampled_from(WRITINGS), ADDRESSES, WORDS)
TEXTS = st.lists(MARKDOWN | LINKS | st.text(max_size=5), max_size=25).map("".join)

ALLOWED = {
    **dict.fromkeys(("p", "ul", "ol", "li", "strong", "em", "code", "br"), frozenset[str]()),
    "ol": frozenset({"start"}),
    "a": frozenset({"href"}),
}
"""Tag that prose may become -> attributes that it may have."""


class Inspector(HTMLParser):
    """Fails on anything in a page that prose must never become."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        for name, value in attrs:
            assert name in ALLOWED[tag]
            if name == "href":
                assert re.match(r"(https?://|mailto:|tel:)", value or "", re.IGNORECASE)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


PROSE = ProseRenderer()


@examples(600)
@given(text=TEXTS)
def test_no_prose_becomes_more_than_prose(text: str) -> None:
    inspector = Inspector()
    inspector.feed(str(PROSE.render(Prose(text))))
    inspector.close()


@examples(100)
@given(text=TEXTS)
def test_the_check_of_any_prose_ends_with_an_answer(cases: Path, text: str) -> None:
    tree = yaml.safe_load(MINIMAL) | {
        "about": {"nb": text, "en": text},
        "lead": {"nb": text, "en": "a"},
    }
    tree["updated"] = str(tree["updated"])
    assert_all_is_well(cases, dumped(tree, None))


def test_the_inputs_know_every_field_of_the_format() -> None:
    assert set(FIELDS) >= {field.alias or name for name, field in Case.model_fields.items()}
    document, _ = read(GOLDEN / "valid" / "every-field" / "every-field.yml")
    assert document is not None
    assert set(INNER) >= {
        str(step)
        for place in places(document.plain())
        for step in place[1:]
        if isinstance(step, str)
    }

"""The strings of each language: complete, alike in shape, and none without use."""

import ast
import re
import string
from collections.abc import Iterator

import pytest
from casebook.collection.facets import FACETS
from casebook.languages import STRINGS, Language, load_languages
from casebook.letters.faults import faults
from casebook.record.case import STATUSES, UNITS
from casebook.record.vocabulary import KINDS_OF_REFERENCE
from support_casebook import LANGUAGES, ROOT, load, record, write_files

CORE = ROOT / "hooks" / "casebook"
DEFAULT = LANGUAGES.default
EVERY = list(LANGUAGES)
OTHERS = EVERY[1:]
UNIT_KEYS = "page.units."
"""Beginning of the keys that have a form for each plural of their language."""


def code_of(language: Language) -> str:
    return language.code


def keys(language: Language) -> set[str]:
    """The keys of a language, plural forms as one."""
    return {
        key.rpartition(".")[0] if key.startswith(UNIT_KEYS) else key for key in language.strings
    }


def placeholders(text: str) -> set[str]:
    """The names that are filled into a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def below(language: Language, prefix: str) -> set[str]:
    """The keys right below a prefix."""
    return {key[len(prefix) :].split(".")[0] for key in language.strings if key.startswith(prefix)}


# --- every language alike ----------------------------------------------------------------------


def test_the_site_is_in_bokmal_first_and_then_in_english() -> None:
    assert LANGUAGES.codes == ("nb", "en")
    assert LANGUAGES.default.code == "nb"
    assert LANGUAGES.required == ("nb", "en")


@pytest.mark.parametrize("language", OTHERS, ids=code_of)
def test_a_language_has_the_files_of_the_default_one(language: Language) -> None:
    def files(code: str) -> list[str]:
        return sorted(path.name for path in (STRINGS / code).iterdir())

    assert files(language.code) == files(DEFAULT.code)


@pytest.mark.parametrize("language", OTHERS, ids=code_of)
def test_a_language_has_the_keys_of_the_default_one(language: Language) -> None:
    assert keys(language) == keys(DEFAULT)


@pytest.mark.parametrize("language", OTHERS, ids=code_of)
def test_a_string_has_the_placeholders_of_the_default_one(language: Language) -> None:
    different = [
        key
        for key in language.strings.keys() & DEFAULT.strings.keys()
        if placeholders(language.strings[key]) != placeholders(DEFAULT.strings[key])
    ]
    assert different == []


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_placeholders_are_plain_names(language: Language) -> None:
    names = {name for text in language.strings.values() for name in placeholders(text)}
    assert [name for name in names if not name.isidentifier()] == []


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_no_string_is_empty(language: Language) -> None:
    assert [key for key, text in language.strings.items() if not text.strip()] == []


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_units_have_every_plural_form_of_the_language(language: Language) -> None:
    forms = {*language.locale.plural_form.tags, "other"}
    for unit in UNITS:
        assert below(language, f"{UNIT_KEYS}{unit}.") == forms


def test_a_new_language_is_a_folder_of_strings(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("strings")
    for order, code in enumerate(("nn", "nb"), start=1):
        about = f"code: {code}\nname: {code}\nhtml: {code}\nlocale: {code}_NO\norder: {order}\n"
        files = {
            "language.yml": f"{about}required: {str(order == 1).lower()}\n",
            "a.yml": "k: no\n",
        }
        write_files(folder / code, files)
    languages = load_languages(folder)
    assert (languages.codes, languages.required) == (("nn", "nb"), ("nn",))
    assert languages["nn"].text("k") == "no"


# --- problems ----------------------------------------------------------------------------------

RULE_ARGUMENT = {
    "_not_known": 2,
    "fault": 0,
    "Refusal": 1,
    "Hard": 1,
    "make": 3,
    "problem": 1,
    "_problem": 1,
    "_problem_at": 1,
    "_told": 2,
    "_unknown": 1,
    "_known": 2,
    "Pattern": 1,
    "PhoneNumber": 1,
    "EmailAddress": 1,
    "Mistake": 2,
    "Wrong": 0,
    "Fault": 2,
    "Found": 2,
    "Sign": 0,
    "Told": 0,
}
"""Function that names a rule -> which argument it is."""


def constants(node: ast.AST) -> Iterator[str]:
    """The texts that an expression may become."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)
    elif isinstance(node, ast.Tuple):
        yield from constants(node.elts[0])


def rules_in_code() -> set[str]:
    """Every rule that the core can report, as far as it is named where it is reported."""
    found: set[str] = set()
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                at = RULE_ARGUMENT.get(name)
                if at is not None and len(node.args) > at:
                    found.update(constants(node.args[at]))
            elif isinstance(node, ast.Assign):
                target = node.targets[0]
                first = target.elts[0] if isinstance(target, ast.Tuple) else target
                if isinstance(first, ast.Name) and first.id == "rule":
                    found.update(constants(node.value))
                elif isinstance(first, ast.Name) and first.id.endswith("_RULES"):
                    assert isinstance(node.value, ast.Dict)
                    found.update(text for value in node.value.values for text in constants(value))
    return found


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_every_rule_has_a_message_and_no_message_lacks_a_rule(language: Language) -> None:
    assert below(language, "problems.") == rules_in_code()


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_every_rule_says_what_is_wrong_and_what_to_do(language: Language) -> None:
    for rule in below(language, "problems."):
        parts = below(language, f"problems.{rule}.")
        assert {"message", "hint"} <= parts <= {"message", "hint", "near"}, rule


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_a_hint_about_something_near_names_it(language: Language) -> None:
    near = [text for key, text in language.strings.items() if key.endswith(".near")]
    assert near
    assert [text for text in near if "closest" not in placeholders(text)] == []


def test_a_language_without_a_message_is_an_error_and_not_silence(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    _, problems = load(tmp_path_factory.mktemp("case"), {"case.yml": record(status="no")})
    bare = load_languages(STRINGS)["nb"]
    silent = Language(bare.code, bare.name, bare.html, bare.required, bare.locale, {})
    with pytest.raises(KeyError, match=r"problems\.unknown-word"):
        silent.message(problems[0])


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_every_string_can_be_shown(language: Language) -> None:
    found = {  # what is filled in may be read from the right, so its place is isolated
        key: [*faults(re.sub("\u2068({\\w+})\u2069", r"\1", text))]
        for key, text in language.strings.items()
    }
    assert {key: wrong for key, wrong in found.items() if wrong} == {}


# --- words for what the format has -------------------------------------------------------------


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_every_fixed_word_of_the_format_has_a_label(language: Language) -> None:
    assert below(language, "page.statuses.") == set(STATUSES)
    assert below(language, UNIT_KEYS) == set(UNITS)
    assert below(language, "page.reference_kinds.") == set(KINDS_OF_REFERENCE)
    assert below(language, "page.entries.") == {facet.id for facet in FACETS if facet.is_way_in}


@pytest.mark.parametrize("language", EVERY, ids=code_of)
def test_every_part_of_a_case_has_a_heading(language: Language) -> None:
    source = (CORE / "page" / "case_page.py").read_text(encoding="utf-8")
    toc = source[source.index("def _with_toc") :]
    parts = set(re.findall(r'^ +"([a-z-]+)": ', toc, re.MULTILINE))
    assert below(language, "page.headings.") == parts


# --- writing with strings ----------------------------------------------------------------------


def test_a_string_is_filled_in() -> None:
    assert DEFAULT.text("page.from_time", time="12:30") == "fra 12:30"


def test_a_value_with_braces_is_text() -> None:
    assert DEFAULT.text("page.from_time", time="{0}{x}") == "fra {0}{x}"


def test_a_missing_string_or_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        DEFAULT.text("page.no_such_string")
    with pytest.raises(KeyError):
        DEFAULT.text("page.from_time", hour="12")

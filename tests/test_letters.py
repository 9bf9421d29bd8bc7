"""The letters of the world: which of them pages and PDFs can show, and with which fonts."""

import re
import unicodedata
from io import BytesIO

import pytest
from casebook import letters
from casebook.letters import coverage, web
from casebook.letters.faults import faults, mended
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from letter_fonts import families
from support_casebook import ROOT

OWN = ROOT / "hooks" / "casebook" / "pdf" / "fonts"

NAMES = {
    "Arabic": "جمعية النساء ٢٠٢٤، (ب)؟",
    "Persian": "انجمن زنان ۲۰۲۴ گروه پژوهش چاپ",
    "Urdu": "خواتین کی تنظیم ٹڈڑںےہھئۓؤ",
    "Sorani": "کۆمەڵەی ژنان ڕڵۆێەڤھ",
    "Pashto": "د ښځو ټولنه ټډړڼښږۀېۍئځڅ",
    "Tigrinya": "ማሕበር ደቂ ኤረ፣ ፳፻፲፯",
    "Ukrainian": "Українська спілка ЇїІіЄєҐґ",
    "Russian": "Общество женщин Ёё",
    "Greek": "Ένωση γυναικών ΐ",
    "Tamil": "பெண்கள் சங்கம்",
    "Thai": "สมาคมสตรีไทย ๒๕๖๗",
    "Burmese": "အမျိုးသမီးအဖွဲ့",
    "Karen": "ကညီပှၤဂီၢ်",
    "Kurmanji": "Komeleya jinên Şêx Çîçek Ûrî",
    "Somali": "Ururka Haweenka Soomaaliyeed",
    "Northern Sami": "Čálliid Lágádus Đđ Ŋŋ Šš Ŧŧ Žž",
    "Skolt Sami": "Ǩǩ Ǧǧ Ǥǥ Ʒʒ Ǯǯ ʹ",
    "Vietnamese": "Hội phụ nữ Nguyễn Thị Ượng Ờ",
    "Polish": "Związek kobiet Łódź Ćwiąkała",
    "Romani": "Ćhavořengo čhib ďives ťiro",
    "Chinese, simplified": "挪威华人妇女联合会",
    "Chinese, traditional": "挪威華人婦女聯合會 臺灣",
    "Korean": "노르웨이 한인회",
    "Japanese": "ノルウェー日本人会 さくら",
    "Hindi": "महिला संघ श्री",
    "Bengali": "নারী সমিতি",
    "Punjabi": "ਔਰਤਾਂ ਦੀ ਸਭਾ",
    "Malayalam": "വനിതാ സംഘടന",
    "Sinhala": "කාන්තා සංගමය ශ්‍රී",
    "Khmer": "សមាគមស្ត្រី",
    "Lao": "ສະມາຄົມແມ່ຍິງ",
    "Georgian": "ქალთა კავშირი",
    "Armenian": "Կանանց միություն",
    "Hebrew": "אגודת הנשים שָׁלוֹם",
    "Syriac": "ܟܢܘܫܝܐ",
    "Tamazight": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "signs": "‐ ‑ – — ‘’ “” „ «» ‹› … • · → ← ✓ ☐ ☑ ⌘ − × ≤ ≥ ≠ ≈ ± ½ ⅓ ₂ ² № € ₴ °",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_people_and_organisations_can_be_shown(name: str) -> None:
    assert [character for character in NAMES[name] if not letters.can_show(character)] == []


@pytest.mark.parametrize(
    ("encoding", "first", "last"),
    [("gb2312", 0xB0, 0xF7), ("big5", 0xA4, 0xC6), ("euc_kr", 0xB0, 0xC8)],
)
def test_the_signs_of_chinese_and_korean_names_can_be_shown(
    encoding: str, first: int, last: int
) -> None:
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0xA1, 0xFF))
    signs = {pair.decode(encoding, errors="ignore") for pair in pairs} - {""}
    assert len(signs) > 2_000
    assert [sign for sign in signs if not letters.can_show(sign)] == []


@pytest.mark.parametrize(
    "character",
    ["😀", "☕", "\ufe0f", "\uf0b7", "\ufffd", "\uffff", "\u0378", "\ufb01", "\u00ad"],
    ids=unicodedata.category,
)
def test_what_no_font_of_ours_has_cannot_be_shown(character: str) -> None:
    assert not letters.can_show(character)


def test_what_is_told_of_the_fonts_is_what_they_have() -> None:
    own = [OWN / "schibsted-grotesk-latin-400.ttf", OWN / "schibsted-grotesk-latin-ext-400.ttf"]
    found: dict[str, set[str]] = {}
    for file in [*own, *letters.font_files()]:
        with TTFont(file) as font:
            characters = map(chr, font.getBestCmap())
            found.setdefault(font["name"].getDebugName(1), set()).update(characters)
    assert set(found) == set(letters.covered())
    for family, ranges in letters.covered().items():
        told = set(coverage.characters(ranges))
        assert told <= found[family]
        unseen = {unicodedata.category(character) for character in found[family] - told}
        assert unseen <= {"Cf", "Cn", "Mn", "Zl", "Zp", "Cc"}, family


def test_the_families_are_named_as_in_their_fonts_and_latin_is_asked_first() -> None:
    assert letters.families()[0] == "Noto Sans"
    assert "Schibsted Grotesk" not in letters.families()
    stems = {file.stem.partition("-")[0] for file in letters.font_files()}
    assert stems == {family.replace(" ", "") for family in letters.families()}


def test_the_fonts_are_those_that_the_tool_makes() -> None:
    made = {
        f"{stem}-{'Regular' if weight == 400 else 'Bold'}.ttf"
        for stem, family in families().items()
        for weight in family.weights
    }
    assert {file.name for file in letters.font_files()} == made
    assert [name.replace(" ", "") for name in letters.families()] == list(families())


def test_no_file_is_variable_and_all_fit_in_the_repository() -> None:
    files = [*letters.font_files(), *OWN.glob("*.ttf")]
    assert sum(file.stat().st_size for file in files) < 7_400_000
    for file in files:
        with TTFont(file) as font:
            assert "fvar" not in font, file.name


def test_the_licence_names_every_family() -> None:
    licence = (letters.font_files()[0].parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for family in letters.families():
        assert f"{family.replace(' ', '')}: Copyright" in licence, family


@given(st.sets(st.characters(codec="utf-8")))
def test_ranges_hold_the_same_set(characters: set[str]) -> None:
    text = coverage.ranges(map(ord, characters))
    assert set(coverage.characters(text)) == characters


# --- what may not stand in a text --------------------------------------------------------------

LETTERS = sorted(letters.shown())
ANYTHING = st.text(
    st.sampled_from(LETTERS)
    | st.characters(codec="utf-8")
    | st.sampled_from(
        "\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2069\ufb01\ufefb\ufe0f☕\u0301یක්"
    )
)


@given(ANYTHING)
def test_what_the_check_lets_in_can_be_shown(text: str) -> None:
    refused = {index for fault in faults(text) for index in range(fault.start, fault.end)}
    for index, character in enumerate(text):
        assert index in refused or letters.can_show(character), hex(ord(character))


@given(ANYTHING)
def test_a_mended_text_has_only_faults_that_need_a_person(text: str) -> None:
    changed = mended(text)
    assert [fault for fault in faults(changed) if fault.plain is not None] == []
    assert mended(changed) == changed
    assert len([*faults(changed)]) <= len([*faults(text)])


@given(st.text(st.sampled_from(LETTERS)))
def test_letters_that_can_be_shown_are_left_alone(text: str) -> None:
    assert list(faults(text)) == []
    assert unicodedata.normalize("NFC", mended(text)) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "text",
    [
        *NAMES.values(),
        "می\u200cخواهم",  # Persian: the two parts of the word are not joined
        "ه\u200d.",  # an abbreviation that shows the form of the letter within a word
        "ශ්\u200dරී ලංකා",
        "क्\u200dष",
        "Norge (ب)\u200e 2024",
        "\u200f(2024) جمعية",
        "\u2067جمعية 2\u2069 og 3",
    ],
)
def test_what_a_script_needs_may_stand_there(text: str) -> None:
    assert list(faults(text)) == []
    assert mended(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("pro\u00adsent", "prosent"),
        ("of\ufb01sielt e\ufb00ekt \ufb03", "offisielt effekt ffi"),
        ("a\u200bb\u2060c\ufeffd\u034fe", "abcde"),
        ("norsk\u200dord og \u200cny", "norskord og ny"),
        ("\u200eTel\u200e: 22", "Tel: 22"),
        ("✓\ufe0f og ©\ufe0f", "✓ og ©"),
        ("\ufefb\ufedf", "لال"),
        ("A\u030asane og e\u0301n", "Åsane og én"),
        ("ᄒ\u1161\u11ab", "한"),
        ("Se https://a.no/A\u030a, A\u030a", "Se https://a.no/A\u030a, Å"),
    ],
)
def test_what_can_be_put_right_in_one_way_is_put_right(text: str, plain: str) -> None:
    assert mended(text) == plain


def test_a_text_with_very_many_faults_is_judged_at_once() -> None:
    text = "a\u00ad☕\u200d " * 40_000
    assert len([*faults(text)]) == 120_000
    assert mended(text).count("\u00ad") == 0


# --- fonts of the screen -----------------------------------------------------------------------


def shown_by(fonts: list[web.WebFont]) -> dict[str, set[str]]:
    """The characters that each font has, by the name of its file."""
    found = {}
    for font in fonts:
        with TTFont(BytesIO(font.content)) as opened:
            found[font.name] = set(map(chr, opened.getBestCmap()))
    return found


def in_range(rule: str) -> set[str]:
    """The characters that a rule of a style sheet is for."""
    (told,) = re.findall(r"unicode-range: (.*);", rule)
    return set(coverage.characters(told.replace("U+", "").replace(",", "").lower()))


@pytest.mark.parametrize("name", NAMES)
def test_a_font_of_the_screen_has_just_the_letters_it_is_for(name: str) -> None:
    words = web.foreign(NAMES[name])
    fonts = web.web_fonts(words)
    told = {font.name: in_range(font.rule) for font in fonts}
    assert set().union(*told.values()) >= set("".join(words))
    for file, characters in shown_by(fonts).items():
        assert told[file] <= characters
        assert characters - told[file] <= set(" \u00a0\u25cc")


def test_what_the_typeface_has_needs_no_font() -> None:
    assert web.foreign("Kafé i Åsane – 3 × 4, «Čálliid» ŋ đ ŧ Łódź √") == {"√"}
    assert web.web_fonts([]) == []
    assert web.style_sheet([]) == ""


def test_a_letter_comes_from_the_font_that_its_marks_come_from() -> None:
    assert web.foreign("e\u0301 o\u0331 š\u0301 x") == {"o\u0331", "š\u0301"}
    fonts = web.web_fonts({"o\u0331", "š\u0301"})
    assert {font.name.partition(".")[0] for font in fonts} == {"NotoSans-Bold", "NotoSans-Regular"}
    assert in_range(fonts[0].rule) == {"o", "š", "\u0301", "\u0331"}


def test_a_joiner_comes_from_the_font_that_its_letters_come_from() -> None:
    fonts = web.web_fonts(web.foreign("ශ්\u200dරී, می\u200cخواهم, 挪"))
    for font in fonts:
        joined = "SC" not in font.name
        assert ("\u200d" in in_range(font.rule)) is joined, font.name


def test_the_same_letters_make_the_same_bytes() -> None:
    words = web.foreign("".join(NAMES.values()))
    first = web.web_fonts(words)
    web._cut.cache_clear()
    assert web.web_fonts(sorted(words)) == first
    assert web.style_sheet(first).count("@font-face") == len(first)


def test_pages_have_each_letter_of_the_typeface_from_one_of_its_files() -> None:
    sheet = (ROOT / "docs/assets/stylesheets/tokens.css").read_text(encoding="utf-8")
    faces = re.findall(
        r'url\("\.\./fonts/([a-z-]+)\.woff2"\)[^;]*;\s*(unicode-range:[^;]*;)', sheet
    )
    served = {name: in_range(rule.replace("\n", " ")) for name, rule in faces}
    latin, italic, rest = served.values()
    assert latin == italic
    assert not latin & rest
    first, second = (set(coverage.characters(letters.covered()[own])) for own in letters.OWN)
    assert first | second == (first & latin) | (second & rest)
    assert not [character for character in rest if unicodedata.combining(character)]

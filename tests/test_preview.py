"""The preview of a pull request: what readers will see change, in words."""

from pathlib import Path

import pytest
from messages import ToolError
from page_text import Block, PageText, page_text
from preview import TEXTS, _main, compare, copy, report
from support_casebook import write_files

CASE = "eksempler/kafe/index.html"
STYLE = "assets/stylesheets/base.css"


def page(text: str, title: str = "Kafé", frame: str = "") -> str:
    return (
        f"<html><head><title>{title} – Banken</title></head><body><nav>{frame}</nav>"
        f"<main><h1>{title}</h1>{text}</main></body></html>"
    )


BEFORE = {
    "index.html": page("<p>Velkommen</p>", "Banken"),
    CASE: page("<h2>Resultat</h2><p>16 ansatte</p><p>Likt</p>"),
    STYLE: "a {}",
}


def told(folder: Path, after: dict[str, str], language: str = "nb") -> list[str]:
    """The lines that tell what becomes different when the site holds ``after`` instead."""
    write_files(folder / "before", BEFORE)
    write_files(folder / "after", after)
    return [
        line
        for line in report(compare(folder / "before", folder / "after"), language).splitlines()
        if line
    ]


# --- what a page says --------------------------------------------------------------------------


def test_a_page_says_its_text_in_blocks_below_their_headings() -> None:
    html = page(
        "<p>Et\n <b>ord</b></p><h2>Tall</h2><table><tr><th>År</th><td>3</td></tr></table>"
        "<figure><img src=a.png alt='Et bilde'><figcaption>Slik</figcaption></figure>"
        "<svg><text>usett</text></svg><script>x</script>",
        frame="meny",
    )
    assert page_text(html) == PageText(
        "Kafé",
        (
            Block("", "Et ord"),
            Block("Tall", "Tall"),
            Block("Tall", "År · 3"),
            Block("Tall", "Et bilde"),
            Block("Tall", "Slik"),
        ),
    )


def test_a_page_without_a_heading_is_called_what_its_head_says() -> None:
    assert page_text("<head><title>A</title></head><main><p>b</main>").title == "A"


# --- what changes ------------------------------------------------------------------------------


def test_the_same_site_changes_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, BEFORE) == ["## Hva leserne vil se", TEXTS["nb"]["nothing"]]


def test_a_changed_text_is_told_before_and_after_below_its_heading(tmp_path: Path) -> None:
    after = {**BEFORE, CASE: BEFORE[CASE].replace("16 ansatte", "17 ansatte")}
    assert told(tmp_path, after) == [
        "## Hva leserne vil se",
        "### Sider som endres",
        "#### Kafé `/eksempler/kafe/`",
        "Under **Resultat**:",
        "- Før: 16 ansatte<br>Nå: 17 ansatte",
    ]


def test_new_and_lost_pages_titles_texts_and_files_are_told(tmp_path: Path) -> None:
    after = {
        "index.html": page("<p>Velkommen</p><p>Nytt her</p>", "Bank"),
        "ny/index.html": page("<p>a</p>", "En *ny* <side>"),
        STYLE: "b {}",
        "assets/ny.js": "",
    }
    lines = told(tmp_path, after)
    assert "- **En \\*ny\\*** `/ny/`" in lines  # <side> is a tag, and no text
    assert "- **Kafé** `/eksempler/kafe/`" in lines
    assert "Tittelen var **Banken** og blir **Bank**." in lines
    assert "- Nytt: Nytt her" in lines
    assert f"- `{STYLE}`: endret" in lines
    assert "- `assets/ny.js`: ny fil" in lines


def test_what_changes_outside_the_text_is_counted(tmp_path: Path) -> None:
    after = {**BEFORE, CASE: BEFORE[CASE].replace("<nav>", "<nav>meny")}
    assert TEXTS["nb"]["frame"].format(count=1) in told(tmp_path, after)


def test_long_texts_are_told_around_what_changes(tmp_path: Path) -> None:
    long = "ord " * 200
    write_files(tmp_path / "before", {"index.html": page(f"<p>{long}før slutt</p>")})
    write_files(tmp_path / "after", {"index.html": page(f"<p>{long}nå slutt</p>")})
    text = report(compare(tmp_path / "before", tmp_path / "after"), "nb")
    (line,) = [line for line in text.splitlines() if line.startswith("- ")]
    assert line.count("… ord") == 2
    assert "før slutt" in line
    assert "nå slutt" in line
    assert len(line) < 300


def test_text_cannot_become_markup_of_the_summary(tmp_path: Path) -> None:
    hostile = "<p>&lt;img src=x&gt; [a](http://b) `c` @team #1 ![d](e)</p>"
    text = "\n".join(told(tmp_path, {**BEFORE, CASE: page(hostile)}))
    assert "<img" not in text
    assert "[a](" not in text
    assert "\\@team" in text


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_sentence_exists_in_each_language(language: str) -> None:
    assert TEXTS[language].keys() == TEXTS["nb"].keys()
    assert all(TEXTS[language].values())


# --- the copy ----------------------------------------------------------------------------------


def test_new_and_changed_pages_are_copied_with_what_they_need(tmp_path: Path) -> None:
    after = {**BEFORE, CASE: page("<p>ny</p>"), "ny/index.html": page("")}
    told(tmp_path, after)
    difference = compare(tmp_path / "before", tmp_path / "after")
    copy(difference, tmp_path / "after", tmp_path / "copy", "# Slik")
    files = {
        file.relative_to(tmp_path / "copy").as_posix()
        for file in (tmp_path / "copy").rglob("*")
        if file.is_file()
    }
    assert files == {CASE, "ny/index.html", STYLE, "changes.md"}


def test_nothing_is_copied_when_no_page_changes(tmp_path: Path) -> None:
    told(tmp_path, BEFORE)
    copy(compare(tmp_path / "before", tmp_path / "after"), tmp_path, tmp_path / "copy", "")
    assert not (tmp_path / "copy").exists()


def test_the_tool_prints_the_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told(tmp_path, {**BEFORE, CASE: page("<p>ny</p>")})
    sites = [str(tmp_path / "before"), str(tmp_path / "after")]
    monkeypatch.setattr("sys.argv", ["preview.py", *sites, "--lang", "en"])
    assert _main() == 0
    assert "### Pages that change" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["preview.py", *sites, "--copy-to", str(tmp_path / "after")])
    with pytest.raises(ToolError, match="there already"):
        _main()
    monkeypatch.setattr("sys.argv", ["preview.py", str(tmp_path), sites[1]])
    with pytest.raises(ToolError, match="no built site"):
        _main()

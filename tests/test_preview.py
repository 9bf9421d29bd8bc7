"""The preview of a pull request: what readers will see change, in words."""

from pathlib import Path

import pytest
from messages import ToolError
from page_text import page_text
from preview import LANGUAGES, TEXTS, _main, compare, copy, report
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


def test_a_page_says_its_text_in_blocks() -> None:
    html = page(
        "<p>Et\n <b>ord</b></p><h2 id=t>Tall</h2><table><tr><th>År</th><td>3</td></tr></table>"
        "<figure><img src=a.png alt='Et bilde'><figcaption>Slik</figcaption></figure>"
        "<svg><text>usett</text></svg><script>x</script><p data-x>Utelatt",
        frame="meny",
    )
    blocks = ["# Kafé", "Et ord", "## Tall {#t}", "- År · 3", "Et bilde", "Slik"]
    assert page_text(html, leave_out="data-x") == blocks


def test_a_page_without_a_heading_is_called_what_its_head_says() -> None:
    assert page_text("<head><title>A</title></head><main><p>b</main>") == ["# A", "b"]


# --- what changes ------------------------------------------------------------------------------


def test_the_same_site_changes_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, BEFORE) == ["## Hva leserne vil se", TEXTS["nothing"][0]]


def test_a_changed_sentence_is_told_before_and_after_between_its_neighbours(
    tmp_path: Path,
) -> None:
    after = {**BEFORE, CASE: BEFORE[CASE].replace("16 ansatte", "17 ansatte. Nytt")}
    assert told(tmp_path, after) == [
        "## Hva leserne vil se",
        f"### {TEXTS['changed'][0]}",
        "#### `/eksempler/kafe/`",
        "```diff",
        " ## Resultat",
        "-16 ansatte",
        "+17 ansatte.",
        "+Nytt",
        " Likt",
        "```",
    ]


def test_new_and_lost_pages_titles_and_files_are_told(tmp_path: Path) -> None:
    after = {
        "index.html": page("<p>Velkommen</p>", "Bank"),
        "ny/index.html": page("<p>a</p>", "En *ny* `side`"),
        STYLE: "b {}",
        "assets/ny.js": "",
    }
    lines = told(tmp_path, after, "en")
    assert "- `/ny/` `# En *ny* side`" in lines
    assert "- `/eksempler/kafe/` `# Kafé`" in lines
    assert lines.index("-# Banken") < lines.index("+# Bank")
    assert lines[-2:] == ["- `/assets/ny.js`", f"- `/{STYLE}`"]


def test_pages_whose_text_stays_are_named(tmp_path: Path) -> None:
    after = {**BEFORE, CASE: BEFORE[CASE].replace("<nav>", "<nav>meny")}
    assert told(tmp_path, after)[1:] == [f"### {TEXTS['frames'][0]}", "- `/eksempler/kafe/`"]


def test_much_text_is_counted(tmp_path: Path) -> None:
    many = "".join(f"<p>{number} {'ord ' * 200}</p>" for number in range(100))
    lines = told(tmp_path, {**BEFORE, CASE: page(many)})
    assert max(map(len, lines)) < 310
    assert TEXTS["more"][0].format(44) in lines


def test_text_cannot_become_markup_of_the_summary(tmp_path: Path) -> None:
    hostile = "<p>```</p><p>~~~ &lt;img src=x&gt; [a](http://b) @team #1</p><pre>\n```\n</pre>"
    lines = told(tmp_path, {**BEFORE, CASE: page(hostile, "`x` <b>"), "a.html": page("", "`a`")})
    start, end = lines.index("```diff"), lines.index("```")
    assert all(line[0] in "+- " for line in lines[start + 1 : end])
    assert "+~~~ <img src=x> [a](http://b) @team #1" in lines[start:end]
    assert lines.count("```") == 1


def test_every_sentence_exists_in_each_language() -> None:
    for texts in TEXTS.values():
        assert len(texts) == len(LANGUAGES)
        assert all(texts)


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
    assert "### Pages that change (" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["preview.py", *sites, "--copy-to", str(tmp_path / "after")])
    with pytest.raises(ToolError, match="there already"):
        _main()
    monkeypatch.setattr("sys.argv", ["preview.py", str(tmp_path), sites[1]])
    with pytest.raises(ToolError, match="no built site"):
        _main()

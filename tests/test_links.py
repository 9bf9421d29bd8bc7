"""The check of a built site's links."""

from pathlib import Path

import pytest
from links import Fault, _main, faults_within, outside, read, silent
from messages import ToolError
from support_casebook import write_files

GOOD = {
    "index.html": '<link rel=canonical href="https://x.no/"><a href="a/">a</a><a href="#b" id=b>',
    "a/index.html": '<a href="../">h</a><a href="?q=1#c">c</a><img id="c" src="../assets/i.svg">',
    "404.html": '<a href="/elsewhere/">x</a>',
    "assets/i.svg": "<svg/>",
}


def faults(folder: Path, files: dict[str, str]) -> list[Fault]:
    write_files(folder, files)
    return list(faults_within(folder, read(folder)))


def test_links_that_lead_somewhere_are_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    "link", ["b/", "../b/", "a/#d", "#d", "assets/borte.css", "../../etc/passwd"]
)
def test_a_link_to_nothing_is_told_with_its_line(tmp_path: Path, link: str) -> None:
    files = {**GOOD, "index.html": f'<p>\n<a href="{link}">x</a>'}
    assert faults(tmp_path, files) == [Fault("index.html", 2, link)]


def test_addresses_out_of_the_site_are_collected_with_their_pages(tmp_path: Path) -> None:
    away = '<a href="https://a.no/#x">a</a><a href="mailto:a@b.no">m</a>'
    write_files(tmp_path, {"b.html": away, "a.html": away, "c.html": '<a href="http://c.no">'})
    assert outside(read(tmp_path)) == {
        "http://c.no": ["c.html"],
        "https://a.no/": ["a.html", "b.html"],
    }


def test_addresses_that_do_not_answer_are_told_with_why() -> None:
    asked: list[str] = []

    def answer(address: str) -> str | None:
        asked.append(address)
        return "HTTP 404" if "borte" in address else None

    addresses = ["https://a.no/1", "https://a.no/borte", "https://b.no/"]
    assert silent(addresses, answer) == {"https://a.no/borte": "HTTP 404"}
    assert sorted(asked) == addresses


def test_the_tool_fails_on_a_dead_link_and_marks_it_for_github(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(tmp_path, {"index.html": '<a href="borte/">x</a>'})
    monkeypatch.setattr("sys.argv", ["links.py", str(tmp_path), "--format", "github"])
    assert _main() == 1
    assert "::error title=dead-link::index.html:1: borte/" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["links.py", str(tmp_path / "none")])
    with pytest.raises(ToolError):
        _main()

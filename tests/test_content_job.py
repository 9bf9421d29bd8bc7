"""A change of content: what is told of it, what its reviewer sees, and what a workflow runs."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from content import checks, run, trees
from content.changes import Change, _main, changes, usual_base
from content.findings import MOST, Finding, for_github, for_people, in_order
from content.folder import copy_site, file_of, index_page
from content.sites import addresses_of, alike, compare, steps
from content.summary import LANGUAGES as TOLD_IN
from content.summary import TEXTS, Proposal, Told
from links import Links, faults_within
from messages import ToolError
from page_text import page_text
from site_support import Site
from spelling.texts import files as spelled_files
from support_casebook import LANGUAGES, MINIMAL, record, write_cases, write_files

CASE = "eksempler/kafe/index.html"
STYLE = "assets/stylesheets/base.css"
CARD = '<ul><li class="card" data-case="annen">Kort</li></ul>'


def page(text: str, title: str = "Kafé", frame: str = "") -> str:
    return (
        f"<html><head><title>{title} – Banken</title></head><body><nav>{frame}</nav>"
        f"<main><h1>{title}</h1>{text}</main></body></html>"
    )


BEFORE = {
    "index.html": page("<p>Velkommen</p>", "Banken"),
    CASE: page(f"<h2>Resultat</h2><p>16 ansatte</p><p>Likt</p>{CARD}"),
    "eksempler/annen/index.html": page("<p>Kafé, 16 ansatte</p>", "Annen"),
    "eksempler/tredje/index.html": page("<p>Kafé, 16 ansatte</p>", "Tredje"),
    STYLE: "a {}",
}


def told(
    folder: Path, after: dict[str, str], *sources: tuple[str, str], language: str = "nb"
) -> list[str]:
    """What is told when the site holds ``after`` instead, and these sources were changed."""
    write_files(folder / "before", BEFORE)
    write_files(folder / "after", after)
    changed = [(Change(path, kind), addresses_of(path, LANGUAGES)) for path, kind in sources]
    own = [address for _, addresses in changed for address in addresses]
    difference = compare(folder / "before", folder / "after", own)
    proposal = Proposal([], [], changed, {}, difference)
    return list(Told(language, lambda _: None, lambda _: None).sections(proposal))[2:]


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


# --- what the reviewer reads -------------------------------------------------------------------


def test_the_same_site_changes_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, BEFORE) == [f"<p>{TEXTS['nothing'][0]}</p>"]


def test_the_change_comes_first_and_what_follows_is_one_line(tmp_path: Path) -> None:
    after = {
        name: text.replace("16 ansatte", "17 ansatte. Nytt").replace("Kort", "Nytt kort")
        for name, text in BEFORE.items()
    }
    own, derived = told(tmp_path, after, ("cases/kafe.yml", "changed"))
    assert "<td><del>16</del> ansatte</td><td><ins>17</ins> ansatte" in own
    assert "<td>Resultat</td><td>…</td>" in own
    assert "<ins>Nytt</ins>" in own
    assert "kort" not in own
    summary, _, text = derived.partition("</summary>")
    assert summary == "<details><summary>2 andre sider følger med: kort, lister og tall"
    # What changes in the same way is told once.
    assert text.count("+ Kafé, 17 ansatte.") == 1
    assert "<code>/eksempler/annen/</code>, <code>/eksempler/tredje/</code>" in text


def test_changed_pages_come_before_new_ones_which_are_told_in_full(tmp_path: Path) -> None:
    case = "<p>Første setning. Andre setning.</p><h2>Tall</h2><ul><li>Et punkt</li></ul>"
    after = {
        **BEFORE,
        CASE: BEFORE[CASE].replace("16", "17"),
        "eksempler/a/index.html": page(case, "A"),
        "eksempler/b/index.html": page("<p>B-tekst</p>", "B"),
        "eksempler/tekstil/index.html": page("<p>Liste</p>", "Tekstil"),
    }
    kinds = ("cases/a.yml", "added"), ("cases/b.yml", "added"), ("cases/kafe.yml", "changed")
    first, second, third, rest = told(tmp_path, after, *kinds)
    assert [it.split("<code>")[1].split("</code>")[0] for it in (first, second, third)] == [
        "cases/kafe.yml",
        "cases/a.yml",
        "cases/b.yml",
    ]
    assert all(it.startswith("<details open>") for it in (first, second, third))
    for part in ("<p>Første setning. Andre setning.</p>", "<h4>Tall</h4>", "Et punkt"):
        assert part in second
    assert rest.startswith(f"<details><summary>{TEXTS['new'][0]} (1)")
    assert "/eksempler/tekstil/" in rest


def test_lost_pages_other_frames_and_looks_are_told(tmp_path: Path) -> None:
    after = {**BEFORE, STYLE: "b {}", "index.html": BEFORE["index.html"].replace("<nav>", "<nav>m")}
    del after["eksempler/tredje/index.html"]
    lost, frames, assets = told(tmp_path, after, ("cases/tredje.yml", "removed"), language="en")
    assert "Goes away:" in lost
    assert "Tredje" in lost
    assert frames.startswith("<details><summary>1 pages of which only markup")
    assert STYLE in assets


def test_a_source_that_changes_no_word_says_so(tmp_path: Path) -> None:
    (own,) = told(tmp_path, BEFORE, ("cases/kafe.yml", "changed"))
    assert TEXTS["same"][0] in own


def test_vocabularies_are_told_as_they_are_written() -> None:
    change = Change("cases/_vocabulary/funding.yml", "changed")
    written = {change.path: (["a:", "  nb: ny"], ["a:", "  nb: nytt"])}
    proposal = Proposal([], [], [(change, [])], written, None)
    *_, table = Told("nb", lambda _: None, lambda _: None).sections(proposal)
    assert "<ins>nytt</ins>" in table


def test_text_cannot_become_markup_of_the_summary(tmp_path: Path) -> None:
    hostile = "<p>```</p><p>&lt;img src=x&gt; [a](b)</p><pre>\n\n&lt;/table&gt;\n</pre>"
    after = {**BEFORE, CASE: page(hostile, "`x` &lt;b&gt;"), "ny/index.html": page(hostile)}
    sections = told(tmp_path, after, ("cases/kafe.yml", "changed"), ("docs/ny.md", "added"))
    assert "&lt;img src=x&gt; [a](b)" in sections[1]
    for section in sections:
        assert "<img" not in section
        assert "\n" not in section  # an empty line would end the HTML within Markdown


def test_what_is_too_long_for_github_is_left_to_the_page() -> None:
    teller = Told("en", lambda _: None, lambda _: None)
    short = teller.short(["<h2>T</h2>", "<p>one</p>", f"<p>{'x' * 50}</p>"], 60)
    assert short.startswith(f"<h2>T</h2>\n\n<p>{TEXTS['how'][1][:20]}")
    assert "<p>one</p>" in short
    assert TEXTS["too_much"][1] in short
    assert "xxx" not in short


def test_findings_are_told_with_place_and_advice_and_files_left_out_too() -> None:
    found = [
        Finding("error", "cases/a.yml", 3, 1, "r", "Feil <her>", "Gjør slik"),
        Finding("warning", "cases/b.yml", 1, 1, "r", "Merk"),
    ]
    teller = Told("nb", lambda _: None, lambda place: f"https://x.no/{place}")
    text = "".join(teller.sections(Proposal(found, ["cases/a.yml"], [], {}, None)))
    assert '<a href="https://x.no/cases/a.yml#L3"><code>cases/a.yml:3:1</code></a>' in text
    assert "Feil &lt;her&gt;<br>Gjør slik" in text
    assert text.index("Gjør slik") < text.index("Merk") < text.index(TEXTS["left_out"][0])
    assert TEXTS["not_shown"][0] in text


def test_every_sentence_exists_in_each_language() -> None:
    for texts in TEXTS.values():
        assert len(texts) == len(TOLD_IN)
        assert all(texts)


@pytest.mark.parametrize(
    ("path", "addresses"),
    [
        ("cases/kafe.yml", ["/eksempler/kafe/", "/eksempler/kafe.en/"]),
        ("docs/index.md", ["/"]),
        ("docs/index.en.md", ["/index.en/"]),
        ("docs/om/index.md", ["/om/"]),
        ("docs/om/index.en.md", ["/om/index.en/"]),
        ("docs/om/personvern.en.md", ["/om/personvern.en/"]),
        ("cases/_vocabulary/funding.yml", []),
        ("docs/assets/images/a.png", []),
    ],
)
def test_a_file_leads_to_its_pages(path: str, addresses: list[str]) -> None:
    assert addresses_of(path, LANGUAGES) == addresses


def test_each_file_leads_to_pages_that_the_site_has(site: Site) -> None:
    root = Path(__file__).parent.parent
    for file in [*root.glob("cases/*.yml"), *root.glob("docs/**/*.md")]:
        for address in addresses_of(file.relative_to(root).as_posix(), LANGUAGES):
            assert (site.root / address.lstrip("/") / "index.html").is_file(), file


def test_what_differs_is_told_with_the_line_before_it() -> None:
    assert list(steps(["a", "b", "c"], ["a", "B", "c", "d"])) == [
        (["a"], ["b"], ["B"]),
        (["c"], [], ["d"]),
    ]
    groups = alike({"/1/": (["a"], ["b"]), "/2/": (["x"], ["y"]), "/3/": (["a"], ["b"])})
    assert groups == {("− a", "+ b"): ["/1/", "/3/"], ("− x", "+ y"): ["/2/"]}
    assert next(iter(groups)) == ("− a", "+ b")


# --- what is opened from disk ------------------------------------------------------------------

PUBLISHED = "https://banken.example/x/"


def test_links_of_a_copy_lead_to_files_and_others_to_the_published_site(tmp_path: Path) -> None:
    links = {
        "../": "../index.html",
        "../eksempler/?q=1&amp;r#a": "../eksempler/index.html?q=1&amp;r#a",
        "..": "../index.html",
        "#b": "#b",
        "?q=1": "?q=1",
        "../a.css": "../a.css",
        "borte/": f"{PUBLISHED}om/borte/",
        "../om.pdf": f"{PUBLISHED}om.pdf",
        "https://a.no/x/": "https://a.no/x/",
        "mailto:a@b.no": "mailto:a@b.no",
    }
    body = "".join(f'<a href="{link}">x</a>' for link in links)
    files = {"om/index.html": body, "eksempler/index.html": "", "index.html": "", "a.css": ""}
    write_files(tmp_path / "site", {**files, "404.html": '<a href="/x/">'})
    copy_site(tmp_path / "site", tmp_path / "copy", PUBLISHED)
    text = (tmp_path / "copy/om/index.html").read_text()
    assert text == "".join(f'<a href="{link}">x</a>' for link in links.values())
    assert not (tmp_path / "copy/404.html").exists()


def test_no_link_of_a_copy_of_the_site_is_dead_or_needs_a_server(
    site: Site, tmp_path: Path
) -> None:
    copy_site(site.root, tmp_path / "copy", PUBLISHED)
    # Some of each kind: all of them would take long.
    pages = {}
    for file in sorted(tmp_path.glob("copy/**/index.html"))[::15]:
        pages[file.relative_to(tmp_path / "copy").as_posix()] = links = Links()
        links.feed(file.read_text(encoding="utf-8"))
    assert list(faults_within(tmp_path / "copy", pages)) == []
    for name, it in pages.items():
        for link, _ in it.links:
            if ":" not in link and link.partition("#")[0].partition("?")[0]:
                path = link.partition("#")[0].partition("?")[0]
                assert (tmp_path / "copy" / name).parent.joinpath(path).is_file(), (name, link)


def test_the_page_that_lists_the_change_runs_nothing() -> None:
    text = index_page("A & B", "nb", ["<h2>A</h2>"])
    assert "default-src 'none'" in text
    assert "<title>A &amp; B</title>" in text
    assert file_of("/eksempler/kafe/") == "site/eksempler/kafe/index.html"


# --- what git tells ----------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    own = ["-c", "user.name=A", "-c", "user.email=a@b.no", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose main holds two records, a page and code."""
    files = dict.fromkeys(("cases/a.yml", "cases/b.yml", "docs/å.md", "hooks/x.py"), "1\n")
    write_files(tmp_path, files)
    git(tmp_path, "init", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "One")
    return tmp_path


def test_saved_committed_and_new_files_are_changes(repository: Path) -> None:
    git(repository, "switch", "--create", "work")
    write_files(repository, {"cases/a.yml": "2\n"})
    git(repository, "commit", "--all", "-m", "Two")
    (repository / "cases/b.yml").unlink()
    write_files(repository, {"docs/å.md": "2\n", "cases/-new.yml": ""})
    base = usual_base(repository)
    assert base is not None
    assert changes(repository, base) == [
        ("cases/-new.yml", "added"),
        ("cases/a.yml", "changed"),
        ("cases/b.yml", "removed"),
        ("docs/å.md", "changed"),
    ]


def test_without_git_or_the_commit_nothing_is_known(repository: Path, tmp_path: Path) -> None:
    assert changes(repository, "none") is None
    git(repository, "branch", "--move", "other")
    assert usual_base(repository) is None


@pytest.mark.parametrize(
    ("files", "base", "said"),
    [
        ({"cases/a.yml": "2", "docs/b.en.md": "", "docs/assets/images/a.jpg": ""}, "HEAD", "false"),
        ({"cases/a.yml": "2", "docs/assets/scripts/a.js": ""}, "HEAD", "true"),
        ({"hooks/x.py": "2"}, "HEAD", "true"),
        ({"cases/a.yml": "2"}, "none", "true"),
    ],
)
def test_a_workflow_is_told_whether_code_changes(
    repository: Path,
    files: dict[str, str],
    base: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_files(repository, files)
    monkeypatch.setattr("content.changes.ROOT", repository)
    monkeypatch.setattr("sys.argv", ["changes.py", base])
    assert _main() == 0
    assert capsys.readouterr().out == f"code={said}\n"


# --- what is found -----------------------------------------------------------------------------


def test_errors_and_changed_files_come_first() -> None:
    found = [
        Finding(level, path, 1, 1, "r", "m")
        for level in ("warning", "error")
        for path in ("cases/a.yml", "cases/b.yml")
    ]
    ordered = [(it.level, it.path) for it in in_order(found * 2, ["cases/b.yml"])]
    assert ordered == [
        ("error", "cases/b.yml"),
        ("error", "cases/a.yml"),
        ("warning", "cases/b.yml"),
        ("warning", "cases/a.yml"),
    ]


def test_github_is_told_as_much_as_it_shows() -> None:
    many = [Finding("error", "a.yml", line, 2, "r", "m") for line in range(1, 40)]
    more = [Finding("warning", "a,b:c.yml", 1, 2, "r", "100 %\nx", "y\x1b"), *many]
    commands = list(for_github(more))
    assert len(commands) == MOST + 1
    assert commands[0] == (
        "::warning file=a%2Cb%3Ac.yml,line=1,col=2,title=r::100 %25%0Ax%0Ay\\x1b"
    )
    assert list(for_github([Finding("error", "", 0, 0, "r", "m")])) == ["::error title=r::m"]


def test_people_are_told_place_message_and_advice() -> None:
    it = Finding("warning", "cases/a.yml", 3, 4, "form", "Slik", "Gjør")
    assert list(for_people([it])) == ["cases/a.yml:3:4: warning: Slik [form]", "    Gjør"]


def test_a_file_without_its_form_is_a_warning_and_offered_in_its_form(tmp_path: Path) -> None:
    lines = MINIMAL.splitlines(keepends=True)
    moved = "".join([lines[-1], *lines[:-1]])
    odd = {"docs/a.md": "To\u00adord\n", "cases/b.yml": MINIMAL, "cases/c.yml": "a: ["}
    write_files(tmp_path, {"cases/a.yml": moved, **odd})
    paths = ["cases/a.yml", *odd, "cases/gone.yml"]
    found = list(checks.form(tmp_path, paths, "nb"))
    assert [(it.level, it.path, it.line) for it, _ in found] == [
        ("warning", "cases/a.yml", 1),
        ("warning", "docs/a.md", 1),
    ]
    assert "formatted/cases/a.yml" in found[0][0].advice
    assert [file.text for _, file in found] == [MINIMAL, "Toord\n"]


def test_unknown_words_of_changed_files_are_warnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Known:
        def __init__(self, root: Path) -> None:
            self.known = {"nb": {"tekst"}, "en": set[str]()}

        def check(self, paths: list[Path]) -> tuple[list[tuple[str, int, int, str, str]], None]:
            return [("cases/a.yml", 2, 3, "teskt", "nb"), ("cases/b.yml", 1, 1, "x", "nb")], None

    monkeypatch.setattr(checks, "Checker", Known)
    (found,) = checks.spelling(tmp_path, ["cases/a.yml"], "en")
    assert (found.level, found.line, found.column) == ("warning", 2, 3)
    assert "teskt" in found.message
    assert "Did you mean tekst?" in found.advice

    def unreachable(self: Known, paths: list[Path]) -> None:
        raise ToolError("Uten nett", "Without a network")

    monkeypatch.setattr(Known, "check", unreachable)
    assert list(checks.spelling(tmp_path, ["cases/a.yml"], "en")) == []


def test_a_dead_link_is_told_at_the_line_of_its_source(tmp_path: Path) -> None:
    write_files(tmp_path / "site", {"om/index.html": '<a href="borte/">x</a>', "index.html": ""})
    write_files(tmp_path / "tree", {"docs/om/index.md": "# Om\n\n[x](borte/)\n"})
    (found,) = checks.dead_links(tmp_path / "site", tmp_path / "tree", "nb")
    assert (found.level, found.path, found.line) == ("error", "docs/om/index.md", 3)


# --- the project with and without what is faulty -----------------------------------------------


def test_files_with_problems_are_taken_back_with_what_refers_to_them(tmp_path: Path) -> None:
    good = record(title="{nb: God, en: Good}")
    former, tree = tmp_path / "former", tmp_path / "tree"
    write_cases(former / "cases", {"stays.yml": good, "old.yml": good})
    write_cases(
        tree / "cases",
        {
            "stays.yml": good,
            "old.yml": record(depth="deep"),
            "new.yml": record(title=""),
            "refers.yml": record(part_of="new"),
            "fine.yml": good,
        },
    )
    changed = [
        Change("cases/old.yml", "changed"),
        *(Change(f"cases/{name}.yml", "added") for name in ("fine", "new", "refers")),
    ]
    write_files(tree, {"hooks/.keep": ""})
    found = trees.problems(tree, "nb")
    assert {it["path"] for it in found} == {"cases/old.yml", "cases/new.yml"} | (
        {"cases/refers.yml"} & {it["path"] for it in found}
    )
    gone = trees.take_back(tree, former, changed, found, "nb")
    assert gone is not None
    assert sorted(gone) == ["cases/new.yml", "cases/old.yml", "cases/refers.yml"]
    assert sorted(file.name for file in (tree / "cases").glob("*.yml")) == [
        "fine.yml",
        "old.yml",
        "stays.yml",
    ]
    assert (tree / "cases/old.yml").read_text() == good


def taken_back(
    tree: Path, former: Path, changed: list[Change], faults: Callable[[], list[str]]
) -> list[str] | None:
    """What is taken back where ``faults`` names the files with problems."""

    def problems(_tree: Path, _language: str) -> list[dict[str, str]]:
        return [{"path": path} for path in faults()]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trees, "problems", problems)
        return trees.take_back(tree, former, changed, problems(tree, "nb"), "nb")


def test_a_removed_file_that_others_need_comes_back(tmp_path: Path) -> None:
    write_files(tmp_path / "former", {"cases/a.yml": "a"})
    back = tmp_path / "tree/cases/a.yml"
    removed = [Change("cases/a.yml", "removed"), Change("hooks/x.py", "changed")]
    gone = taken_back(
        tmp_path / "tree",
        tmp_path / "former",
        removed,
        lambda: [] if back.exists() else ["cases/b.yml"],
    )
    assert gone == ["cases/a.yml"]
    assert back.read_text() == "a"


def test_problems_that_no_change_made_leave_nothing_to_show(tmp_path: Path) -> None:
    changed = [Change("cases/a.yml", "added")]
    args = tmp_path / "tree", tmp_path / "former", changed
    assert taken_back(*args, lambda: ["cases/b.yml"]) is None


# --- the tool ----------------------------------------------------------------------------------


@pytest.fixture
def at_work(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tool at work in a repository whose builds are quick; a record was changed."""
    write_files(repository, {"cases/a.yml": "2\n", "requirements.txt": ""})

    def build(tree: Path, site: Path, address: str, root: Path) -> None:
        value = (tree / "cases/a.yml").read_text().strip()
        write_files(site, {"index.html": page(""), "eksempler/a/index.html": page(f"<p>{value}")})

    for name in ("run.ROOT", "changes.ROOT"):
        monkeypatch.setattr(f"content.{name}", repository)
    monkeypatch.setattr(run, "PREVIEW", repository / "reports" / "preview")
    monkeypatch.setattr(run, "spelling", lambda *_: [])
    monkeypatch.setattr(run, "form", lambda *_: [])
    monkeypatch.setattr(trees, "build", build)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository / "summary.md"))
    monkeypatch.setenv("PREVIEW_URL", "https://preview-{number}.example/")
    monkeypatch.setenv("PULL_REQUEST", "7")
    return repository


def told_by_tool(*arguments: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["run.py", "--base", "HEAD", *arguments])
        return run._main()


def test_the_tool_passes_what_has_no_errors_and_shows_it(
    at_work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warning = {"path": "cases/a.yml", "line": 1, "column": 1, "rule": "r", "message": "m"}
    found = [{**warning, "hint": "h", "level": "warning"}]
    monkeypatch.setattr(trees, "problems", lambda *_: found)
    assert told_by_tool("--format", "github") == 0
    said = capsys.readouterr().out
    assert "::warning file=cases/a.yml,line=1,col=1,title=r::m%0Ah" in said
    assert "Nothing stops the proposal." in said
    summary = (at_work / "summary.md").read_text()
    assert "<del>1</del>" in summary
    assert 'href="https://preview-7.example/eksempler/a/"' in summary
    listed = (at_work / "reports/preview/index.html").read_text()
    assert 'href="site/eksempler/a/index.html"' in listed
    assert (at_work / "reports/preview/site/eksempler/a/index.html").is_file()


def test_no_file_is_shown_that_a_link_leads_to(
    at_work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = write_files(at_work / ".git", {"secret.yml": "hemmelig: ord\n\n\n"}) / "secret.yml"
    (at_work / "cases" / "_vocabulary").mkdir()
    for name in ("cases/link.yml", "cases/_vocabulary/link.yml"):
        (at_work / name).symlink_to(secret)
    monkeypatch.setattr(run, "form", checks.form)
    monkeypatch.setattr(trees, "problems", lambda *_: [])
    told_by_tool("--format", "github")
    shown = [file.read_text() for file in (at_work / "reports").rglob("*") if file.is_file()]
    for text in (*shown, capsys.readouterr().out, (at_work / "summary.md").read_text()):
        assert "hemmelig" not in text
    assert not [file for file in spelled_files(at_work) if file.name == "link.yml"]


def test_the_tool_stops_at_errors_and_shows_the_rest(
    at_work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(at_work, {"cases/new.yml": ""})
    error = {"path": "cases/new.yml", "line": 1, "column": 1, "rule": "r", "message": "m"}

    def problems(tree: Path, language: str) -> list[dict[str, object]]:
        return [{**error, "hint": "h"}] if (tree / "cases/new.yml").exists() else []

    monkeypatch.setattr(trees, "problems", problems)
    assert told_by_tool() == 1
    said = capsys.readouterr().out
    assert "cases/new.yml:1:1: error: m [r]" in said
    assert "The proposal has problems" in said
    listed = (at_work / "reports/preview/index.html").read_text()
    assert TEXTS["left_out"][0] in listed
    assert "<ins>2</ins>" in listed


def test_a_build_that_fails_is_told(
    at_work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trees, "problems", lambda *_: [])
    monkeypatch.setattr(
        trees, "build", lambda tree, *_: "Kan ikke" if "after" in str(tree) else None
    )
    assert told_by_tool("--lang", "en") == 1
    assert "error: The site cannot be built. [build]" in capsys.readouterr().out
    monkeypatch.setattr(trees, "build", lambda *_: None)
    (found,) = checks.built("Kan ikke", None, "en")
    assert found.level == "warning"

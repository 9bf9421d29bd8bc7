"""Only files of known kinds in known folders are published; the rest is told, and never read."""

import os
import socket
from pathlib import Path

import pytest
from casebook.cli import PROBLEMS, main
from casebook.collection.library import load_library
from casebook.files.pictures import MOST_PIXELS
from casebook.files.published import check_files, find_files
from casebook.files.regular import read_regular
from casebook.files.svg import refused_in_svg
from casebook.gate.check import check_pages
from casebook.problem import Problem
from site_support import Project, SmallProject
from support_casebook import GOLDEN, LANGUAGES, MINIMAL, ROOT, write_cases, write_files
from test_golden import expect, in_every_language
from test_handwritten import HEAD
from test_pictures import JPEG, LOSSY, PNG, SVG, claiming

SECRET = "words that no site may show"


def problems_with(folder: Path) -> list[Problem]:
    return sorted(check_files(find_files(folder, "docs")))


def rules(folder: Path) -> dict[str, str]:
    """The rule that each file breaks."""
    return {problem.path.removeprefix("docs/"): problem.rule for problem in problems_with(folder)}


def test_every_file_of_the_site_is_on_the_list() -> None:
    assert problems_with(ROOT / "docs") == []


def test_pages_pictures_fonts_styles_and_scripts_may_lie_in_their_folders(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.md": HEAD,
        "guide/del-1.en.md": HEAD,
        "bidra/case.schema.json": "{}",
        "assets/images/a.png": PNG,
        "assets/images/guide/b.jpg": JPEG,
        "assets/images/c.jpeg": JPEG,
        "assets/images/d.webp": LOSSY,
        "assets/images/e.svg": SVG,
        "assets/fonts/f.woff2": b"wOF2 and so on",
        "assets/fonts/OFL.txt": "Copyright",
        "assets/stylesheets/a.css": "a {}",
        "assets/scripts/a/b.js": "1;",
    }
    write_files(tmp_path, files)
    assert problems_with(tmp_path) == []
    assert list(find_files(tmp_path, "docs").files) == sorted(files)


REFUSED = {
    "side.html": "not-published",
    "404.html": "not-published",
    "CNAME": "not-published",
    "robots.txt": "wrong-folder",
    "_headers": "not-published",
    "_redirects": "not-published",
    "web.config": "not-published",
    "rapport.pdf": "not-published",
    "rapport.docx": "not-published",
    "bilder.zip": "not-published",
    "data.json": "not-published",
    "assets/images/kart.gif": "not-published",
    "assets/images/KART.PNG": "not-published",
    "evil.js": "wrong-folder",
    "assets/evil.js": "wrong-folder",
    "assets/images/evil.js": "wrong-folder",
    "assets/scripts-2/evil.js": "wrong-folder",
    "evil.mjs": "not-published",
    "evil.wasm": "not-published",
    "style.css": "wrong-folder",
    "kart.png": "wrong-folder",
    "guide/kart.svg": "wrong-folder",
    "assets/images/side.md": "page-among-assets",
    ".htaccess": "hidden-file",
    ".well-known": "hidden-file",
    "assets/.git": "hidden-file",
    "med mellomrom.md": "file-name-refused",
    "med'hermetegn/side.md": "file-name-refused",
    "snudd\u202edm.md": "file-name-refused",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_on_the_list_is_told_with_its_path(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {"index.md": HEAD, name: "x"})
    assert rules(tmp_path) == {name: REFUSED[name]}
    assert list(find_files(tmp_path, "docs").files) == ["index.md"]


def test_a_file_must_be_what_its_name_says(tmp_path: Path) -> None:
    png, jpeg, webp, avif, svg, html = (
        f"assets/images/{name}" for name in ("a.png", "a.jpg", "a.webp", "a.avif", "a.svg", "b.svg")
    )
    write_files(
        tmp_path,
        {
            png: JPEG,
            jpeg: b"\xff\xd8\xff" + b"<script>",
            webp: b"<html>",
            avif: PNG,
            svg: "<svg",
            html: "<html><body/></html>",
            "assets/images/bombe.png": claiming(30_000, 30_000),
            "assets/images/halv.png": PNG[: len(PNG) // 2],
            "assets/images/stor.png": PNG.ljust(600_001),
            "assets/fonts/a.woff2": "<html>",
            "assets/stylesheets/a.css": b"\xff\xfe",
            "assets/scripts/a.js": b"1;\0",
            "assets/images/script.svg": drawing("<script/>"),
            "assets/images/index.md": HEAD,
            "assets/images/med mellomrom.png": PNG,
            ".htaccess": "x",
            "CNAME": "x",
            "evil.js": "x",
        },
    )
    os.mkfifo(tmp_path / "pipe.md")
    assert MOST_PIXELS < 30_000**2
    expect(GOLDEN / "parts" / "published.problems.txt", in_every_language(problems_with(tmp_path)))


def test_no_page_or_file_takes_the_place_of_another(tmp_path: Path) -> None:
    names = [
        *("om.md", "om/index.md", "Um/side.md", "um/b.md", "um/SIDE.md", "index.md"),
        *("eksempler/kafe.md", "eksempler/kafe.en.md", "eksempler/alle/x.md", "eksempler/alle.md"),
        *("eksempler/index.md", "eksempler/annet.md", "assets/images/A.png", "assets/images/a.png"),
    ]
    cases = write_cases(tmp_path / "cases", {"kafe.yml": MINIMAL})
    docs = write_files(tmp_path / "docs", {name: PNG if "png" in name else HEAD for name in names})
    library, _ = load_library(cases, LANGUAGES)
    problems = check_pages(docs, library, "docs")
    taken = [problem for problem in problems if problem.rule == "address-taken"]
    assert all(language.message(problem)[1] for problem in taken for language in LANGUAGES)
    assert {
        problem.path.removeprefix("docs/"): dict(problem.details)["other"] for problem in taken
    } == {
        "assets/images/a.png": "assets/images/A.png",
        "eksempler/alle.md": "eksempler/alle/",
        "eksempler/alle/x.md": "eksempler/alle/",
        "eksempler/kafe.en.md": "kafe.yml",
        "eksempler/kafe.md": "kafe.yml",
        "om/index.md": "om.md",
        "um/SIDE.md": "Um",
        "um/b.md": "Um",
    }


# --- SVG ---------------------------------------------------------------------------------------


def drawing(inside: str, attributes: str = "") -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' viewBox="0 0 1 1"{attributes}>\n{inside}</svg>'
    ).encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h1" fill="url(#a)" style="fill: url(#a); opacity: 0.5"/>',
        "<title>A</title><desc>B</desc><g><text>C</text></g>",
        "<style>@media (prefers-color-scheme: dark) { path { fill: red } }</style>",
        '<defs><linearGradient id="a" xlink:href="#b"><stop offset="1"/></linearGradient></defs>',
        "<!-- a comment --><rect width='1' height='1'/>",
    ],
)
def test_a_drawing_is_let_through(inside: str) -> None:
    assert refused_in_svg(drawing(inside)) is None


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<g><SCRIPT/></g>", "<SCRIPT>"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>', "<script>"),
        ("<foreignObject><p/></foreignObject>", "<foreignObject>"),
        ('<a href="https://a.example/"><path/></a>', "<a>"),
        ('<image href="https://a.example/p.png"/>', "<image>"),
        ('<use href="#a"/>', "<use>"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "<animate>"),
        ('<set attributeName="onload" to="alert(1)"/>', "<set>"),
        ('<path onclick="alert(1)"/>', "onclick"),
        ('<path ONLOAD="alert(1)"/>', "ONLOAD"),
        ('<path xmlns:e="http://www.w3.org/2001/xml-events" e:event="load"/>', "event"),
        ('<linearGradient xlink:href="https://a.example/#b"/>', "href"),
        ('<linearGradient href="data:image/svg+xml,x"/>', "href"),
        ('<path xml:base="https://a.example/"/>', "base"),
        ('<path style="fill: url(https://a.example/)"/>', "style"),
        ('<path style="fill: u\\72l(//a.example/)"/>', "style"),
        ("<path fill=\"URL( 'https://a.example/#a' )\"/>", "fill"),
        ('<style>@import "https://a.example/a.css";</style>', "<style>"),
        ("<style><![CDATA[path{fill:url(//a.example)}]]></style>", "<style>"),
        ('<?xml-stylesheet href="https://a.example/a.css"?>', "<?xml-stylesheet?>"),
    ],
)
def test_more_than_a_drawing_is_refused_with_its_line(inside: str, what: str) -> None:
    refused = refused_in_svg(drawing(inside))
    assert refused is not None
    assert (refused.line, refused.what) == (2, what)


def test_a_handler_on_the_drawing_itself_is_refused() -> None:
    refused = refused_in_svg(drawing("", ' onload="alert(1)"'))
    assert refused is not None
    assert refused.what == "onload"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(encoding: str) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + drawing("&a;").decode()
    refused = refused_in_svg(bomb.encode(encoding))
    assert refused is not None
    assert refused.what == "<!DOCTYPE>"


@pytest.mark.parametrize(
    "data",
    [b"", b"<", b"<html/>", b"<svg/>", b"\0" * 100, b'<?xml version="1.0" encoding="x-y"?><svg/>'],
)
def test_what_is_no_svg_is_refused(data: bytes) -> None:
    assert refused_in_svg(data) is not None


# --- links, pipes and devices ------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a record and a page, and a file that is none of the site's business."""
    write_cases(tmp_path / "cases", {"kafe.yml": MINIMAL})
    write_files(tmp_path, {"secret.txt": SECRET, "private/notes.md": SECRET})
    write_files(tmp_path / "docs", {"side.md": HEAD, "side.en.md": HEAD})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["secret.md", "leak.txt", "assets/images/leak.png", "folder"])
@pytest.mark.parametrize("target", ["secret.txt", "private", "/dev/zero", "missing", "docs"])
def test_links_are_told_and_not_followed(
    home: Path, name: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    link = home / "docs" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target if target.startswith("/") else home / target)
    assert main(["check", "--lang", "en"]) == PROBLEMS
    said = capsys.readouterr().out
    assert f"docs/{name}:1:1: error: The file is a symbolic link. [symbolic-link]" in said
    assert said.count("error:") == 1
    assert SECRET not in said


@pytest.mark.parametrize("name", ["docs/pipe.md", "docs/pipe.txt", "docs/assets/images/pipe.png"])
def test_a_pipe_is_told_and_not_waited_for(
    home: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(home / name)
    assert main(["check", "--lang", "en"]) == PROBLEMS
    said = capsys.readouterr().out
    assert f"{name}:1:1: error:" in said
    assert said.count("error:") == 1


def test_a_pipe_among_records_is_not_waited_for_when_pictures_are_looked_for(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(home / "cases" / "ny.yml")
    assert main(["check", "--lang", "en"]) == PROBLEMS
    assert "cases/ny.yml:1:1: error:" in capsys.readouterr().out


def test_a_socket_is_no_file(home: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("docs/s.md")  # a short path: sockets allow no other
        assert rules(home / "docs") == {"s.md": "no-plain-file"}


def test_no_more_than_asked_for_is_read_of_a_huge_file(tmp_path: Path) -> None:
    huge = tmp_path / "huge.md"
    with huge.open("wb") as stream:
        stream.truncate(1 << 40)
    assert len(read_regular(huge, 10)) == 10


def test_what_editors_leave_is_passed_over_and_never_published(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "side.md": HEAD,
            ".side.md.swp": "x",
            "side.md~": "x",
            "#side.md#": "x",
            ".DS_Store": "x",
            ".gitkeep": "",
            "Thumbs.db": "x",
            ".side.md.ab12.tmp": "x",
        },
    )
    (tmp_path / ".#side.md").symlink_to("kari@example.org.1234")
    assert problems_with(tmp_path) == []
    assert list(find_files(tmp_path, "docs").files) == ["side.md"]


# --- the build ---------------------------------------------------------------------------------


def test_the_build_refuses_what_the_check_refuses(project: Project) -> None:
    (project.root / "secret.txt").write_text(SECRET)
    (project.root / "docs" / "leak.txt").symlink_to(project.root / "secret.txt")
    project.write("docs/evil.html", "<script>alert(1)</script>")
    done = project.try_build()
    assert done.returncode == 1
    assert "docs/leak.txt:1:1: error:" in done.stderr
    assert "docs/evil.html:1:1: error:" in done.stderr
    assert not [path for path in project.site.rglob("*") if path.is_file()]


def test_what_is_not_on_the_list_is_not_published_where_nothing_is_checked(tmp_path: Path) -> None:
    """The list itself holds, not only the check before it."""
    project = SmallProject(tmp_path / "project")
    project.replace("hooks/events.py", "    _stop_at(build.problems,", "    _stop_at([],")
    (project.root / "secret.txt").write_text(SECRET)
    for name in ("leak.txt", "leak.md", "assets/images/leak.png"):
        (project.root / "docs" / name).symlink_to(project.root / "secret.txt")
    (project.root / "docs" / "folder").symlink_to(project.root, target_is_directory=True)
    for name in ("evil.html", "evil.js", "CNAME", "robots.txt", "assets/images/evil.html"):
        project.write(f"docs/{name}", SECRET)
    done = project.try_build()
    assert done.returncode == 0, done.stderr
    published = [path for path in project.site.rglob("*") if path.is_file()]
    assert published
    names = {path.relative_to(project.site).as_posix() for path in published}
    assert not {name for name in names if "leak" in name or "evil" in name or "folder" in name}
    assert names.isdisjoint({"CNAME", "robots.txt"})
    assert not any(SECRET.encode() in path.read_bytes() for path in published)

"""Publishing: one whole site at every moment, and nobody's files lost."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import exchange
import messages
import pytest
from messages import ToolError
from publish import publish

ROOT = Path(__file__).resolve().parent.parent
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="copies of a process, /proc")
OURS = [".site.files", ".site.lock", "site"]
"""What lies in the folder of the site after a build."""


def write(path: Path, text: str = "") -> Path:
    """Write a file and the folders it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in a folder: name, bytes, time of change."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def names(folder: Path) -> list[str]:
    """The names of all that lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def rendering(**files: str) -> Callable[[Path], None]:
    """A render function that writes HTML files."""

    def render(folder: Path) -> None:
        for name, text in files.items():
            write(folder / f"{name}.html", text)

    return render


def fail(folder: Path) -> None:
    """A render function that fails."""
    raise ToolError("nb", "en")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site as a build left it."""
    folder = tmp_path / "site"
    write(folder / "index.html", "old")
    write(folder / "side" / "index.html", "old page")
    write(tmp_path / ".site.files", "index.html\nside/index.html")
    return folder


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot let two folders change places in one step."""
    monkeypatch.setattr(exchange, "_system_call", lambda: None)


# --- the swap ------------------------------------------------------------------------------


def test_a_successful_build_replaces_the_whole_site(site: Path) -> None:
    publish(site, rendering(index="new"))
    assert {name: data for name, (data, _) in snapshot(site).items()} == {"index.html": b"new"}
    assert names(site.parent) == OURS


def test_the_first_build_needs_no_folder(tmp_path: Path) -> None:
    publish(tmp_path / "a" / "b", rendering(index="new"))
    assert (tmp_path / "a" / "b" / "index.html").read_text() == "new"


@pytest.mark.parametrize("error", [ToolError("nb", "en"), KeyboardInterrupt(), SystemExit(143)])
def test_a_failing_build_leaves_the_site_to_the_byte(site: Path, error: BaseException) -> None:
    before = snapshot(site)

    def render(folder: Path) -> None:
        write(folder / "index.html", "half")
        raise error

    with pytest.raises(type(error)):
        publish(site, render)
    assert snapshot(site) == before
    assert names(site.parent) == OURS


def test_a_swap_that_fails_brings_the_site_back(site: Path) -> None:
    before = snapshot(site)
    with pytest.raises(FileNotFoundError):
        publish(site, lambda folder: folder.rmdir())  # nothing left to move into place
    assert snapshot(site) == before


def test_leftovers_of_a_killed_build_are_removed(site: Path) -> None:
    write(site.parent / ".site.new" / "half.html")
    write(site.parent / ".site.old" / "index.html")
    publish(site, rendering(index="new"))
    assert names(site.parent) == OURS
    assert not (site / "half.html").exists()


def test_a_killed_build_frees_its_lock(site: Path) -> None:
    before = snapshot(site)
    code = (
        "import sys, time; from pathlib import Path; from publish import publish\n"
        "def render(folder):\n"
        "    (folder / 'half.html').touch(); print('ready', flush=True); time.sleep(60)\n"
        "publish(Path(sys.argv[1]), render)"
    )
    command = [sys.executable, "-c", code, str(site)]
    with subprocess.Popen(command, cwd=ROOT / "tools", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        process.kill()
    assert snapshot(site) == before
    publish(site, rendering(index="new"))
    assert (site / "index.html").read_text() == "new"
    assert names(site.parent) == OURS


def test_two_builds_take_turns(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[str] = []
    entered, waiting = threading.Event(), threading.Event()

    def say(nb: str, en: str) -> None:
        messages.say(nb, en)
        waiting.set()

    monkeypatch.setattr("publish.say", say)

    def slow(folder: Path) -> None:
        inside.append("slow in")
        entered.set()
        assert waiting.wait(60)
        write(folder / "index.html", "slow")
        inside.append("slow out")

    def quick(folder: Path) -> None:
        inside.append("quick")
        write(folder / "index.html", "quick")

    first = threading.Thread(target=publish, args=(site, slow))
    first.start()
    assert entered.wait(60)
    publish(site, quick)
    first.join()
    assert inside == ["slow in", "slow out", "quick"]
    assert (site / "index.html").read_text() == "quick"
    assert capsys.readouterr().out == "Venter på en annen bygging …\nWaiting for another build …\n"


def test_a_folder_that_is_no_site_is_never_replaced(tmp_path: Path) -> None:
    letter = write(tmp_path / "documents" / "letter.txt", "dear")
    with pytest.raises(ToolError):
        publish(letter.parent, rendering(index="new"))
    assert letter.read_text() == "dear"


# --- the exchange --------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no such step")
def test_two_folders_change_places(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one" / "a").parent, write(tmp_path / "other" / "b").parent
    if not exchange.exchange(one, other):
        pytest.skip("this file system has no such step")
    assert (names(one), names(other)) == (["b"], ["a"])
    with pytest.raises(FileNotFoundError):
        exchange.exchange(one, tmp_path / "missing")


@pytest.mark.usefixtures("without_exchange")
def test_where_folders_cannot_change_places_two_renames_do(site: Path) -> None:
    assert not exchange.exchange(site, site)
    publish(site, rendering(index="new"))
    assert names(site) == ["index.html"]
    assert (site / "index.html").read_text() == "new"
    assert names(site.parent) == OURS


@LINUX
def test_a_kill_at_any_operation_costs_nothing() -> None:
    command = [sys.executable, "tools/kills.py", "--exchange"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line for line in done.stdout.splitlines() if line.startswith("exchange in ")]
    assert lines[-1].startswith("exchange in two renames: ")
    for line in lines:
        kills_ = int(line.partition("kills ")[2].partition(",")[0])
        assert kills_ > 20
        assert line.endswith("lost 0, wrong 0, left 0")


CARELESS = {
    "the old one goes first": (
        "publish._swap = lambda target, fresh, former: "
        "(publish.remove(target), fresh.rename(target))",
        True,
    ),
    "the old one stays away": ("publish._put_right = lambda target, former: None", False),
}


@LINUX
@pytest.mark.parametrize(("change", "one_step"), CARELESS.values(), ids=CARELESS)
def test_a_careless_exchange_is_found(tmp_path: Path, change: str, one_step: bool) -> None:
    code = (
        "import sys; from pathlib import Path; import kills, publish\n"
        f"{change}\n"
        f"print(kills.kill_everywhere(Path(sys.argv[1]), {one_step}).lost)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT / "tools", check=True, capture_output=True)
    assert int(done.stdout) > 0


@pytest.mark.usefixtures("without_exchange")
def test_what_a_killed_run_left_is_put_right_before_a_run_can_fail(site: Path) -> None:
    before = snapshot(site)
    site.rename(site.with_name(".site.old"))
    with pytest.raises(ToolError):
        publish(site, fail)
    assert snapshot(site) == before


# --- somebody's files ----------------------------------------------------------------------

FOREIGN = (
    "CNAME",
    ".well-known/security.txt",
    "min mappe/notat.docx",
    "side/bilde.png",
    "mine/index.html",
)


@pytest.mark.parametrize("name", FOREIGN)
def test_files_that_no_build_has_made_are_named_and_kept(site: Path, name: str) -> None:
    mine = write(site / name, "mine")
    before = snapshot(site)
    with pytest.raises(ToolError, match="holds what no build has made") as told:
        publish(site, rendering(index="newer"))
    assert f": {name}." in told.value.nb
    assert f": {name}." in told.value.en
    assert snapshot(site) == before
    mine.unlink()
    publish(site, rendering(index="newer"))
    assert (site / "index.html").read_text() == "newer"


def test_a_file_that_comes_during_a_build_is_kept(site: Path) -> None:
    def render(folder: Path) -> None:
        write(folder / "index.html", "new")
        write(site / "CNAME", "mine")

    with pytest.raises(ToolError, match="CNAME"):
        publish(site, render)
    assert (site / "CNAME").read_text() == "mine"
    assert (site / "index.html").read_text() == "old"


def test_a_link_in_the_site_is_somebodys_and_not_followed(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "index.html")
    (site / "mine").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ToolError, match=": mine\\."):
        publish(site, rendering(index="new"))


def test_many_files_are_counted(site: Path) -> None:
    for number in range(9):
        write(site / f"{number}.txt")
    with pytest.raises(ToolError, match=r"4\.txt \(\+4\)\."):
        publish(site, rendering(index="new"))


def test_what_file_managers_leave_is_nobodys(site: Path) -> None:
    for name in (".DS_Store", "side/._index.html", "Thumbs.db"):
        write(site / name)
    publish(site, rendering(index="new"))
    assert names(site) == ["index.html"]


def test_pages_that_are_gone_are_still_ours(site: Path) -> None:
    publish(site, rendering(index="1", gone="1"))
    for text in ("2", "3"):
        publish(site, rendering(index=text))
    assert names(site) == ["index.html"]


# --- where the site lies -------------------------------------------------------------------


def test_the_folder_that_a_link_leads_to_is_exchanged(site: Path, tmp_path: Path) -> None:
    link, root = tmp_path / "project" / "site", tmp_path / "www" / "html"
    link.parent.mkdir()
    root.parent.mkdir()
    site.rename(root)
    (tmp_path / ".site.files").rename(root.with_name(".html.files"))
    link.symlink_to(Path("..", "www", "html"))
    publish(link, rendering(index="new"))
    assert link.is_symlink()
    assert (root / "index.html").read_text() == "new"
    assert names(link.parent) == ["site"]
    assert names(root.parent) == [".html.files", ".html.lock", "html"]


@pytest.mark.parametrize("target", ["missing", "site", "file"])
def test_a_link_that_leads_to_no_folder_is_refused(tmp_path: Path, target: str) -> None:
    write(tmp_path / "file")
    (tmp_path / "site").symlink_to(tmp_path / target)
    with pytest.raises(ToolError, match="which is no folder"):
        publish(tmp_path / "site", rendering(index="new"))
    assert (tmp_path / "site").is_symlink()


def test_a_mount_point_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda path: path == site)
    with pytest.raises(ToolError, match="mount point"):
        publish(site, rendering(index="new"))


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_a_web_server_can_read_everything_whatever_the_umask(site: Path) -> None:
    def render(folder: Path) -> None:
        write(folder / "a" / "index.html", "new").chmod(0o600)

    former = os.umask(0o077)
    try:
        publish(site, render)
    finally:
        os.umask(former)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (site, *site.rglob("*"))}
    assert modes == {site: 0o755, site / "a": 0o755, site / "a" / "index.html": 0o644}


# --- a full disk, a closed one -------------------------------------------------------------

MOUNT = """
mount -t tmpfs -o "size=$1" none "$2"
cd "$2"
shift 2
exec "$@"
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Runs Python in a folder that is a disk of its own: its size, and the code.

    Returns the lines that were printed, after those of the tool.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    unshare = shutil.which("unshare")
    for options in ("-m", "-rm"):  # for root, and for anyone else
        begin = [unshare or "", options, "/bin/sh", "-ec", MOUNT, "sh"]
        able = [*begin, "1m", str(folder), "true"]
        if unshare and subprocess.run(able, capture_output=True, check=False).returncode == 0:
            break
    else:
        pytest.skip("this machine lets nobody make a mount namespace")

    def run(size: str, code: str) -> list[str]:
        done = subprocess.run(
            [*begin, size, str(folder), sys.executable, "-c", f"{BUILDING}{code}"],
            env=os.environ | {"PYTHONPATH": str(ROOT / "tools"), "NO_MKDOCS_2_WARNING": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout.splitlines()

    return run


BUILDING = """
import os, pathlib, subprocess
from build import render_site
from messages import run_tool
from publish import publish
home = pathlib.Path.cwd()
pathlib.Path("docs").mkdir()
pathlib.Path("docs/index.md").write_text("# X")
pathlib.Path("mkdocs.yml").write_text("site_name: X")
def build():
    publish(home / "site", lambda fresh: render_site(home, fresh, "http://x.example/"))
    return 0
def tell():
    print(sorted(path.name for path in home.glob(".site*")), (home / "site/index.html").is_file())
"""


def test_a_full_disk_is_told_as_one_and_costs_no_site(
    small_disk: Callable[[str, str], list[str]],
) -> None:
    code = """
build()
pathlib.Path("docs/large.bin").write_bytes(os.urandom(4_000_000))
print(run_tool(build))
tell()
pathlib.Path("docs/large.bin").unlink()
print(run_tool(build))
tell()
"""
    said = small_disk("8m", code)
    assert said[0].startswith("Disken er full, eller kvoten er brukt opp ([Errno 28] ")
    assert said[1].startswith("The disk is full, or the quota is used up ([Errno 28] ")
    whole = "['.site.files', '.site.lock'] True"
    assert said[2:] == ["1", whole, "0", whole]


def test_a_search_index_that_a_full_disk_has_cut_is_no_index(
    small_disk: Callable[[str, str], list[str]],
) -> None:
    code = """
from casebook.search.engine import Entry, build_index
entries = lambda: [Entry(f"/{n}/", "<p>" + os.urandom(20_000).hex(" "), {}) for n in range(9)]
try:
    build_index({"nb": entries}, home / "index")
except OSError as error:
    print(error.errno)
"""
    assert small_disk("1m", code) == ["28"]


def test_a_disk_that_is_read_only_is_told_as_one(
    small_disk: Callable[[str, str], list[str]],
) -> None:
    code = """
build()
subprocess.run(["mount", "-o", "remount,ro", "."], check=True)
print(run_tool(build))
tell()
"""
    said = small_disk("8m", code)
    assert said[0].startswith("Ingen tilgang ([Errno 30] ")
    assert said[1].startswith("No access ([Errno 30] ")
    assert said[2:] == ["1", "['.site.files', '.site.lock'] True"]

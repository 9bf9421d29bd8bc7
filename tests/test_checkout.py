"""The project as strangers get it: cloned or unpacked into any folder, on any ordinary machine."""

import hashlib
import os
import shutil
import sys
import sysconfig
from pathlib import Path
from subprocess import DEVNULL, CompletedProcess, run
from zipfile import ZipFile

import pytest
from environment import LOCKS

ROOT = Path(__file__).resolve().parent.parent
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="make and a POSIX shell")
GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
MADE = (
    ".*cache",
    ".git",
    ".hypothesis",
    ".lock.*",
    ".venv*",
    ".site.*",
    ".preview",
    "__pycache__",
    "build",
    "site",
)
"""What tools make beside the sources."""


def git(*arguments: str | Path, at: Path) -> None:
    """Run git without anyone's own settings."""
    who = ("-c", "user.name=Kari", "-c", "user.email=kari@example.org")
    ours = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    run(["git", *who, *arguments], cwd=at, env={**ours, **nobody}, check=True)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the project, without what was made from them."""
    folder = tmp_path_factory.mktemp("sources") / "project"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*MADE))
    return folder


# --- git -----------------------------------------------------------------------------------


@POSIX
@GIT
def test_a_clone_of_git_for_windows_is_as_any_other(sources: Path, tmp_path: Path) -> None:
    origin = shutil.copytree(sources, tmp_path / "origin")
    git("init", "--quiet", at=origin)
    git("add", "--all", at=origin)
    git("commit", "--quiet", "--message=All", at=origin)
    clone = tmp_path / "clone"
    git("clone", "--quiet", "-c", "core.autocrlf=true", origin, clone, at=tmp_path)
    cloned = [path for path in clone.rglob("*") if path.is_file() and ".git" not in path.parts]
    changed = [
        path.relative_to(clone).as_posix()
        for path in cloned
        if path.read_bytes() != (sources / path.relative_to(clone)).read_bytes()
    ]
    assert "Makefile" in {path.name for path in cloned}
    assert changed == []


# --- the first command ---------------------------------------------------------------------


def borrow(folder: Path) -> None:
    """Let the locks of a project ask for one wheel, which lends it the packages of this Python.

    So a real installation is quick and asks no package index.
    """
    lent = sysconfig.get_path("purelib")
    about = "borrowed-1.dist-info"
    wheel = folder / "wheels" / "borrowed-1-py3-none-any.whl"
    wheel.parent.mkdir()
    with ZipFile(wheel, "w") as file:
        file.writestr("borrowed.pth", f"import sys; sys.path.append({lent!a})\n")
        file.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: borrowed\nVersion: 1\n")
        file.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
        file.writestr(f"{about}/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    for lock in LOCKS:
        (folder / lock).write_text(f"borrowed==1 --hash=sha256:{digest}\n")


def programs(folder: Path) -> Path:
    """A folder for PATH with what README asks for, and without git."""
    folder.mkdir()
    (folder / "python3").symlink_to(Path(sys.executable).resolve())
    for name in ("cmp", "make", "sh"):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


INSTALLING = "Installing dependencies"


class Stranger:
    """A person with the project in a folder, who has make and Python and nothing else.

    Her home does not exist, new files are for her alone, and nobody has told which letters her
    terminal knows.
    """

    def __init__(self, folder: Path, programs: Path, **variables: str) -> None:
        """Put the project into ``folder``."""
        self.folder = folder
        self.begin: list[str] = []
        self.variables = {
            "PATH": str(programs),
            "HOME": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": "wheels",
            **variables,
        }

    def run(self, *command: str | Path) -> CompletedProcess[str]:
        """Run a command in the project's folder."""
        return run(
            [*self.begin, *command],
            cwd=self.folder,
            env=self.variables,
            stdin=DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            umask=0o077,
            check=False,
        )

    def check(self) -> str:
        """Run `make check`, which has to pass; return what it said."""
        done = self.run("make", "check")
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        assert "No problems" in done.stdout
        return done.stdout

    def move(self, folder: Path) -> None:
        """Move the project to another place."""
        folder.parent.mkdir(parents=True)
        self.folder = self.folder.rename(folder)


@pytest.fixture(params=[{}])
def stranger(request: pytest.FixtureRequest, sources: Path, tmp_path: Path) -> Stranger:
    """A stranger in a folder whose name has blanks and letters that not every locale knows."""
    folder = shutil.copytree(sources, tmp_path / "Kari Ås" / "kb æ")
    borrow(folder)
    return Stranger(folder, programs(tmp_path / "bin"), **request.param)


@POSIX
@pytest.mark.parametrize("stranger", [{"LC_ALL": "C"}], ids=["LC_ALL=C"], indirect=True)
def test_make_and_python_are_enough_in_any_folder_and_locale(
    stranger: Stranger, tmp_path: Path
) -> None:
    assert INSTALLING in stranger.check()
    assert INSTALLING not in stranger.check()
    stranger.move(tmp_path / "flyttet å" / "kb")
    assert INSTALLING not in stranger.check()
    own = stranger.run(".venv/bin/python", "-c", "import casebook; print(casebook.__file__)")
    assert Path(own.stdout.strip()) == stranger.folder / "hooks" / "casebook" / "__init__.py"
    # The command takes no module from the folder that it is run in.
    (stranger.folder / "cases" / "yaml.py").write_text("raise SystemExit('not mine')")
    command = (stranger.folder / ".venv" / "bin" / "casebook", "check", ".")
    done = stranger.run("sh", "-c", 'cd cases && exec "$@"', "sh", *command)
    assert "not mine" not in done.stderr
    assert "yaml.py" in done.stdout


@POSIX
def test_a_package_that_is_not_the_locked_one_is_not_installed(stranger: Stranger) -> None:
    lock = stranger.folder / LOCKS[0]
    right = lock.read_text()
    lock.write_text(f"borrowed==1 --hash=sha256:{'0' * 64}\n")
    done = stranger.run("make", "check")
    assert done.returncode != 0
    assert "A package is not the locked one (wrong checksum)" in done.stderr
    lock.write_text(right)
    assert INSTALLING in stranger.check()


# --- nothing of the system -----------------------------------------------------------------

HIDE = r"""
set -eu
given=$PATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin
find /lib* /usr/lib* /usr/local/lib* -type f \( \
    -name 'libcairo*' -o -name 'libfontconfig*' -o -name 'libfreetype*' -o -name 'libglib-*' \
    -o -name 'libgobject-*' -o -name 'libharfbuzz*' -o -name 'libpango*' \) 2>/dev/null |
while IFS= read -r file; do mount --bind /dev/null "$file"; done
for folder in /etc/fonts /usr/share/fonts /usr/local/share/fonts /var/cache/fontconfig; do
    if [ -d "$folder" ]; then mount -t tmpfs none "$folder"; fi
done
PATH=$given
exec "$@"
"""
"""Hides what sets text on other machines, and runs a command."""
NEEDS_SYSTEM = """
import ctypes
from pathlib import Path

for name in ("libpango-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1", "libgobject-2.0.so.0"):
    try:
        ctypes.CDLL(name)
    except OSError:
        continue
    print(name)
for folder in ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts"):
    print(*Path(folder).rglob("*"), sep="\\n", end="")
"""
"""Names what can be seen of the system's libraries and fonts."""


@pytest.fixture(scope="module")
def bare() -> list[str]:
    """The beginning of a command that runs where nothing but README's three programs is to be seen.

    There is no network either.
    """
    unshare = shutil.which("unshare")
    for options in ("-mn", "-rmn"):  # for root, and for anyone else
        begin = [unshare or "", options, "/bin/sh", "-c", HIDE, "sh"]
        if unshare and run([*begin, "true"], capture_output=True, check=False).returncode == 0:
            return begin
    reason = "this machine lets nobody make a mount namespace (unshare -m, unshare -rm)"
    if "CI" in os.environ:  # where it must not be passed over
        pytest.fail(reason)
    pytest.skip(reason)


def test_a_bare_machine_has_no_fonts_and_none_of_the_libraries_that_use_them(
    bare: list[str],
) -> None:
    seen = run(
        [*bare, sys.executable, "-c", NEEDS_SYSTEM], capture_output=True, text=True, check=True
    )
    assert seen.stdout == ""


def test_the_site_and_its_pdfs_are_built_from_packages_alone(
    bare: list[str], sources: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(sources, tmp_path / "project")
    borrow(folder)
    kari = Stranger(folder, programs(tmp_path / "bin"), SITE_PDF="cafe-vintage tiltaksavtale")
    kari.begin = bare
    done = kari.run("make", "build")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    for name in ("eksempler/cafe-vintage", "sjekklister/tiltaksavtale"):
        for suffix in ("", ".en"):
            pdf = folder / "site" / f"{name}{suffix}" / f"{Path(name).name}{suffix}.pdf"
            assert pdf.read_bytes().startswith(b"%PDF-"), pdf

"""Files are written whole or not at all: on a full disk, by a killed process, in a race."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from casebook.edit.storage import create_file, replace_file, write_file
from support_casebook import ROOT

BEFORE = "før\n" * 1000
AFTER = "etter\n" * 5000


def only(folder: Path) -> dict[str, str]:
    """The files of a folder; a half-written one would be among them."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_a_new_file_holds_its_text_and_takes_the_usual_permissions(tmp_path: Path) -> None:
    create_file(tmp_path / "a.yml", AFTER)
    assert only(tmp_path) == {"a.yml": AFTER}
    (tmp_path / "b.yml").touch()
    assert (tmp_path / "a.yml").stat().st_mode == (tmp_path / "b.yml").stat().st_mode


@pytest.mark.parametrize("kind", ["file", "folder", "link", "link to nothing"])
def test_what_is_there_is_never_overwritten(kind: str, tmp_path: Path) -> None:
    place = tmp_path / "a.yml"
    other = tmp_path / "other"
    if kind == "file":
        place.write_text(BEFORE)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(other)
    if kind == "link":
        other.write_text(BEFORE)
    with pytest.raises(FileExistsError):
        create_file(place, AFTER)
    assert kind == "link" or not other.exists()
    assert AFTER not in [p.read_text() for p in tmp_path.iterdir() if p.is_file()]


def test_a_file_that_comes_in_the_meantime_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a.yml"
    link = os.link

    def late(source: str, target: Path) -> None:
        place.write_text(BEFORE)
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(FileExistsError):
        create_file(place, AFTER)
    assert only(tmp_path) == {"a.yml": BEFORE}


def test_where_no_second_name_is_possible_the_file_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    create_file(tmp_path / "a.yml", AFTER)
    assert only(tmp_path) == {"a.yml": AFTER}


def test_a_file_that_was_changed_in_the_meantime_is_left(tmp_path: Path) -> None:
    place = tmp_path / "a.yml"
    place.write_text("noe annet\n")
    with pytest.raises(OSError, match=r"a\.yml"):
        replace_file(place, BEFORE.encode(), AFTER)
    assert only(tmp_path) == {"a.yml": "noe annet\n"}


def test_a_symbolic_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text(BEFORE)
    (tmp_path / "a.yml").symlink_to(tmp_path / "outside.yml")
    with pytest.raises(OSError, match=r"a\.yml"):
        replace_file(tmp_path / "a.yml", BEFORE.encode(), AFTER)
    assert (tmp_path / "outside.yml").read_text() == BEFORE


def test_writing_the_same_changes_nothing(tmp_path: Path) -> None:
    assert write_file(tmp_path / "a.json", AFTER) is True
    state = (tmp_path / "a.json").stat()
    assert write_file(tmp_path / "a.json", AFTER) is False
    assert (tmp_path / "a.json").stat().st_mtime_ns == state.st_mtime_ns
    assert write_file(tmp_path / "a.json", BEFORE) is True
    assert only(tmp_path) == {"a.json": BEFORE}


# --- faults on the way -------------------------------------------------------------------------

WRITES: dict[str, Callable[[Path], None]] = {
    "create": lambda folder: create_file(folder / "new.yml", AFTER),
    "replace": lambda folder: replace_file(folder / "a.yml", BEFORE.encode(), AFTER),
}
each_write = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)


@each_write
@pytest.mark.parametrize("step", ["fsync", "link or replace"])
def test_a_fault_leaves_everything_as_it_was(
    write: Callable[[Path], None], step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yml").write_text(BEFORE, encoding="utf-8")

    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for name in ["fsync"] if step == "fsync" else ["link", "replace"]:
        monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write(tmp_path)
    assert only(tmp_path) == {"a.yml": BEFORE}


PROGRAM = """
import os, resource, signal, sys
from pathlib import Path
from casebook.edit import storage
how, what, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
if how == "full":  # no file may grow beyond a few bytes: writing fails as on a full disk
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))
else:
    storage.os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
text = "etter\\n" * 5000
try:
    if what == "create":
        storage.create_file(folder / "new.yml", text)
    else:
        storage.replace_file(folder / "a.yml", (folder / "a.yml").read_bytes(), text)
except OSError as error:
    sys.exit(70)
"""


@pytest.mark.parametrize("how", ["full", "killed"])
@pytest.mark.parametrize("what", ["create", "replace"])
def test_a_full_disk_or_a_killed_process_loses_nothing(how: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(BEFORE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how, what, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        check=False,
    )
    assert done.returncode == (70 if how == "full" else -signal.SIGKILL)
    left = {name: text for name, text in only(tmp_path).items() if not name.startswith(".")}
    assert left == {"a.yml": BEFORE}
    if how == "full":
        assert len([*tmp_path.iterdir()]) == 1

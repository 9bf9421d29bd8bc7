"""Jobs beside each other end together, and tell what went wrong."""

import threading
from pathlib import Path

import pytest
from casebook.beside import run_beside
from casebook.search.engine import EngineError


def test_all_jobs_are_done_when_it_returns(tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(3)]
    run_beside([file.touch for file in files])
    assert all(file.exists() for file in files)


def refuse(fault: BaseException) -> None:
    raise fault


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "with another thread"])
def test_the_first_fault_comes_out_as_it_was(alone: bool, tmp_path: Path) -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    if not alone:
        other.start()
    try:
        jobs = [
            (tmp_path / "a").touch,
            lambda: refuse(EngineError("one")),
            lambda: refuse(OSError()),
        ]
        with pytest.raises(EngineError, match="one"):
            run_beside(jobs)
    finally:
        done.set()
        if not alone:
            other.join()


class StrangeError(Exception):
    """Cannot be made again from what it says."""

    def __init__(self, one: str, two: str) -> None:
        """Ask for two, keep one."""
        super().__init__(one)


def test_a_fault_that_cannot_be_handed_on_is_told_in_words() -> None:
    with pytest.raises((RuntimeError, StrangeError), match="one"):
        run_beside([lambda: refuse(StrangeError("one", "two"))])

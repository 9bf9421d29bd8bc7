"""A share of `make fuzz`: a few inputs for each target, always the same ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzz.run import Fuzzer
from fuzz.targets import Target, targets
from hypothesis import strategies as st

SEED = 3
NAMES = (
    "records: changed",
    "records: any text",
    "records: format",
    "pages: check",
    "pages: paper",
    "paper: set",
    "gate",
    "search: texts",
)


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Target]]:
    """All targets that need no browser."""
    with targets(tmp_path_factory.mktemp("fuzz")) as found:
        yield {target.name: target for target in found}


@pytest.mark.parametrize("name", NAMES)
def test_made_up_inputs_are_answered(every: dict[str, Target], name: str, tmp_path: Path) -> None:
    assert set(every) == set(NAMES)
    fuzzer = Fuzzer(tmp_path)
    fuzzer.round(every[name], SEED)
    count = fuzzer.counts[name]
    said = [file.read_text(encoding="utf-8") for file in tmp_path.glob("*.said")]
    assert count.inputs >= 10
    assert not count.crashes, said


def test_what_breaks_is_kept_once_and_counted(tmp_path: Path) -> None:
    def breaks(value: object) -> None:
        raise ValueError(value)

    fuzzer = Fuzzer(tmp_path)
    for value in ("a", b"\xff", "a"):
        fuzzer.try_one(Target("a: b", st.text(), breaks), value)
    assert (fuzzer.counts["a: b"].inputs, fuzzer.counts["a: b"].crashes) == (3, 3)
    (kept,) = tmp_path.glob("*.txt")
    assert kept.read_text(encoding="utf-8") == "a"
    assert "ValueError" in kept.with_suffix(".said").read_text(encoding="utf-8")
    assert list(fuzzer.table(0))[-1] == "0.0 min, 3 inputs, 3 crashes, 0 over 1 s"

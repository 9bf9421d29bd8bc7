"""Pictures of cases: checked where the record names them, shown with words and size."""

import struct
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from bs4 import BeautifulSoup
from casebook.cli import main
from casebook.collection.library import load_library
from casebook.files import pictures
from casebook.files.pictures import FOLDER, Size, can_be_shown, check_pictures, size_of
from casebook.gate.judge import judge
from casebook.gate.lists import FINISHED
from casebook.problem import Problem
from casebook.render.pages import Renderer, Shown
from PIL import Image
from site_support import value
from support_casebook import (
    GOLDEN,
    LANGUAGES,
    PlainLinks,
    page_of,
    record,
    write_cases,
)
from test_golden import expect, in_every_language


def drawn(kind: str, **options: Any) -> bytes:
    """A picture of 40 × 30 pixels."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, kind, **options)
    return file.getvalue()


PNG, JPEG, AVIF = drawn("PNG"), drawn("JPEG"), drawn("AVIF")
LOSSY, LOSSLESS = drawn("WEBP"), drawn("WEBP", lossless=True)
ANIMATED = drawn("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 30), "red")])
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>'
IMAGES = (
    "[{file: kafe.png, alt: {nb: To kokker., en: Two cooks.}, credit: Kari, licence: CC BY 4.0}]"
)


@pytest.mark.parametrize(
    "data", [PNG, JPEG, LOSSY, LOSSLESS, ANIMATED, AVIF, SVG], ids=lambda data: data[:16].hex()
)
def test_the_size_of_every_kind_of_picture_is_read(data: bytes) -> None:
    assert size_of(data) == Size(40, 30)


@pytest.mark.parametrize("data", [PNG, JPEG, LOSSY, LOSSLESS, ANIMATED, AVIF, SVG])
def test_a_damaged_picture_is_none_and_breaks_nothing(data: bytes) -> None:
    assert size_of(data[:12]) is None
    for length in range(len(data)):
        size_of(data[:length])
    assert size_of(b"<html>") is None


def claiming(width: int, height: int) -> bytes:
    """A PNG picture that says it is of another size."""
    header = b"IHDR" + struct.pack(">II", width, height) + PNG[24:29]
    return PNG[:12] + header + struct.pack(">I", crc32(header)) + PNG[33:]


def test_a_picture_is_decoded_to_its_end() -> None:
    for whole in (PNG, JPEG, LOSSY, LOSSLESS, ANIMATED, AVIF):
        assert can_be_shown(whole)
        assert not can_be_shown(whole[: len(whole) * 2 // 3])
    assert not can_be_shown(claiming(60, 60))


def test_the_frames_of_an_animation_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 40 * 30)
    assert can_be_shown(LOSSY)
    assert not can_be_shown(ANIMATED)


def test_a_picture_without_size_is_none() -> None:
    assert size_of(claiming(0, 0)) is None
    assert size_of(SVG.replace(b"40", b"0")) is None


# --- what records name -------------------------------------------------------------------------


def problems_with(folder: Path, pictures: dict[str, bytes], images: str = IMAGES) -> list[Problem]:
    """What is wrong with the pictures of a record, when these are there."""
    cases = write_cases(folder / "cases", {"kafe.yml": record(images=images)})
    (folder / "docs" / FOLDER).mkdir(parents=True)
    for name, data in pictures.items():
        (folder / "docs" / FOLDER / name).write_bytes(data)
    _, problems = load_library(cases, LANGUAGES, name="cases")
    assert not problems
    return list(check_pictures(cases, folder / "docs", "cases"))


def test_a_picture_that_is_there_is_no_problem(tmp_path: Path) -> None:
    assert problems_with(tmp_path, {"kafe.png": PNG}) == []


def test_what_is_not_there_is_told_with_its_place(tmp_path: Path) -> None:
    images = ", ".join(IMAGES[1:-1].replace("kafe", name) for name in ("kafe", "kafe2", "borte"))
    problems = problems_with(tmp_path, {"kafe2.png": PNG, ".gitkeep": b""}, f"[{images}]")
    expect(GOLDEN / "parts" / "pictures.problems.txt", in_every_language(problems))


def test_the_command_checks_pictures_beside_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problems_with(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    for arguments in ((), ("cases",), ("cases/kafe.yml",)):
        assert main(["check", *arguments]) == 1
        assert "[no-such-picture]" in capsys.readouterr().out


# --- the page ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "alt"), [("nb", "To kokker."), ("en", "Two cooks.")])
def test_a_picture_is_shown_with_words_size_and_credit(tmp_path: Path, code: str, alt: str) -> None:
    page = page_of(tmp_path, record(images=IMAGES), code)
    html = Renderer(GOLDEN.parent.parent / "overrides").case(
        page, LANGUAGES[code], PlainLinks(), None, pictures={"kafe.png": Shown("../k.png", 40, 30)}
    )
    assert judge(html, FINISHED) == []
    (figure,) = BeautifulSoup(html, "html.parser").select("#pictures figure")
    (image,) = figure.select("img")
    shown = {name: value(image, name) for name in ("src", "alt", "width", "height", "loading")}
    assert shown == {
        "src": "../k.png",
        "alt": alt,
        "width": "40",
        "height": "30",
        "loading": "lazy",
    }
    caption = figure.select_one("figcaption")
    assert caption is not None
    assert "Kari" in caption.get_text()
    assert "CC BY 4.0" in caption.get_text()
    assert "pictures" in [entry.id for entry in page.toc]


def test_a_case_without_pictures_has_no_such_part(tmp_path: Path) -> None:
    assert "pictures" not in [entry.id for entry in page_of(tmp_path, record()).toc]

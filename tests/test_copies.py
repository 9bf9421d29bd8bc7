"""What came along when a case was copied, among many; `tests/editor_faults.yml` has each rule."""

from casebook.collection.copies import Contact, Traces, check_copies
from casebook.record.source import Position

HERE = Position(0, 1, 1)
DAY = "2026-01-31"


def confirmed(path: str, mark: str, *texts: int) -> Traces:
    """A record that was confirmed on the same day as all others."""
    contact = Contact(frozenset({mark}), HERE, "Asker kommune", True)
    return Traces(path, HERE, "", dict.fromkeys(texts, HERE), (contact,), (DAY, HERE))


def test_a_confirmation_that_came_along_with_a_contact_or_a_text_is_told() -> None:
    records = [confirmed("a.yml", "kari"), confirmed("b.yml", "kari"), confirmed("c.yml", "ola", 7)]
    assert [(one.path, one.rule) for one in check_copies(records)] == [
        ("a.yml", "copied-confirmation"),
        ("b.yml", "copied-confirmation"),
    ]
    assert len(list(check_copies([*records, confirmed("d.yml", "per", 7)]))) == 4


def test_ten_thousand_confirmed_on_one_day_are_no_copies_and_keep_nobody_waiting() -> None:
    records = [confirmed(f"{number}.yml", f"{number}") for number in range(10_000)]
    assert list(check_copies(records)) == []

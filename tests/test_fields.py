"""The fields of a record as a tree: what is generated from them lists what the format knows."""

from casebook.case import Case, Organisation
from casebook.fields import Group, Items, Value, every_field, group_of, kind_of, record_fields
from casebook.kinds import Term, Text


def test_the_fields_stand_in_the_order_of_the_record() -> None:
    assert [field.key for field in record_fields()] == [
        info.alias or name for name, info in Case.model_fields.items()
    ]


def test_a_field_tells_what_may_stand_in_it_and_whether_it_must() -> None:
    fields = {".".join(field.path): field for field in every_field()}
    assert fields["title"].required and fields["title"].shape == Value(Text("line", 120))
    assert not fields["period"].required
    assert isinstance(fields["period"].shape, Group)
    assert fields["measures"].shape == Items(1, True, Value(Term("measures")))
    accounts = fields["disagreements.accounts"].shape
    assert isinstance(accounts, Items) and accounts.minimum == 2
    assert fields["organisations.roles"].example == "roles: [owner]"
    assert fields["status.is"].required, "an alias is the key that stands in the file"


def test_groups_and_kinds_are_found_through_lists() -> None:
    fields = {".".join(field.path): field for field in every_field()}
    organisations = group_of(fields["organisations"].shape)
    assert organisations is not None and organisations.model is Organisation
    assert kind_of(fields["organisations"].shape) is None
    assert kind_of(fields["sectors"].shape) == Term("sectors")


def test_fields_that_may_stand_instead_of_a_value_are_listed_too() -> None:
    paths = {".".join(field.path) for field in every_field()}
    assert {"results.values.value.from", "results.values.value.to", "translation.by"} <= paths

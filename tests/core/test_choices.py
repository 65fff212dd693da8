"""Events and permissions: short enough for their columns, and unique."""

from tests.house.acts import every_event, every_permission


def test_events_when_compared_then_each_fits_its_column_and_is_unique() -> None:
    assert len({event.value for event in every_event()}) == len(every_event())
    assert max(len(event.value) for event in every_event()) <= 60


def test_permissions_when_named_then_each_is_a_noun_and_a_verb() -> None:
    assert all(len(permission.value.split(".")) == 2 for permission in every_permission())

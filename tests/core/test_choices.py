"""Words that rows keep: short enough for their columns, and each used once."""

from tests.house.acts import every_event, every_permission


def test_events_when_kept_in_the_trail_then_each_fits_and_says_something_of_its_own() -> None:
    assert len({event.value for event in every_event()}) == len(every_event())
    assert max(len(event.value) for event in every_event()) <= 60


def test_permissions_when_named_then_each_is_a_noun_and_a_verb() -> None:
    assert all(len(permission.value.split(".")) == 2 for permission in every_permission())

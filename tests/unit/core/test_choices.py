"""Words that rows keep: short enough for their columns, and each said once."""

from core.choices import Event, Permission


def test_events_when_kept_in_the_trail_then_each_fits_and_says_something_of_its_own() -> None:
    assert len({event.value for event in Event}) == len(Event)
    assert max(len(event.value) for event in Event) <= 60


def test_permissions_when_named_then_each_is_a_noun_and_a_verb() -> None:
    assert all(len(permission.value.split(".")) == 2 for permission in Permission)

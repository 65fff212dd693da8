"""What each level promises."""

from standards.framework.choices import Level
from standards.framework.selectors.spectrum import level, levels


def test_levels_when_read_then_all_five_are_in_the_order_of_rising_influence() -> None:
    assert [one.level for one in levels()] == list(Level)
    assert [one.order for one in levels()] == [1, 2, 3, 4, 5]


def test_level_when_asked_for_by_its_key_then_it_says_what_is_promised() -> None:
    one = level("co-produce")

    assert one.level == Level.CO_PRODUCE
    assert one.name
    assert one.we_will
    assert one.looks_like
    assert one.feels

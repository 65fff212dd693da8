"""What each level promises."""

from standards.framework.choices import Level
from standards.framework.selectors.spectrum import step, steps


def test_steps_when_read_then_all_five_rise_in_the_order_of_the_levels() -> None:
    assert [one.level for one in steps()] == list(Level)
    assert [one.order for one in steps()] == [1, 2, 3, 4, 5]


def test_step_when_asked_for_by_its_key_then_it_says_what_is_promised() -> None:
    one = step("co-produce")

    assert one.level == Level.CO_PRODUCE
    assert one.name
    assert one.we_will
    assert one.looks_like
    assert one.feels

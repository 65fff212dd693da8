"""Deliveries settled by a member of staff."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from engagement.messaging.actions import deliveries
from engagement.messaging.models import Delivery
from tests.factories.world import World


def settled(
    world: World, delivery: Delivery, state: str, outcome: str, reason: str = ""
) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state)
    return deliveries.settle(by=world.officer, delivery=delivery, outcome=outcome, reason=reason)


@pytest.mark.parametrize(
    ("state", "outcome", "reason", "refused"),
    [
        ("in_doubt", "sent", "", None),
        ("in_doubt", "waiting", "", None),
        ("failed", "waiting", "", None),
        ("failed", "cannot_reach", "Moved away.", None),
        ("by_hand", "sent", "", None),
        ("by_hand", "cannot_reach", " ", "Say why"),
        ("in_doubt", "failed", "", "Select what happened"),
        ("waiting", "sent", "", "nothing to resolve"),
        ("cannot_reach", "sent", "", "nothing to resolve"),
    ],
)
def test_delivery_when_settled_then_it_is_kept_or_refused_by_its_state_and_outcome(
    world: World,
    owed: Callable[[int], list[Delivery]],
    state: str,
    outcome: str,
    reason: str,
    refused: str | None,
) -> None:
    (delivery,) = owed(1)

    if refused:
        with pytest.raises(ValidationError, match=refused):
            settled(world, delivery, state, outcome, reason)
        return
    done = settled(world, delivery, state, outcome, reason)

    assert (done.state, done.settled_by, done.run) == (outcome, world.officer, None)
    assert (done.sent_at is not None) is (outcome == "sent")

"""The health check of messages."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core import clock
from engagement.messaging import health, tasks
from engagement.messaging.models import Delivery
from tests.engagement.messaging.mail_servers import Server
from tests.factories.world import World


@pytest.mark.parametrize(("minutes", "is_stuck"), [(29, False), (31, True)])
def test_health_when_messages_wait_too_long_then_it_says_so(
    world: World, owed: Callable[[int], list[Delivery]], minutes: int, is_stuck: bool
) -> None:
    owed(1)

    with clock.set_to(clock.now() + timedelta(minutes=minutes)):
        assert (health.messages() is not None) is is_stuck


@pytest.mark.parametrize("waiting", [0, 1])
def test_health_when_the_mail_server_cannot_be_reached_then_it_says_so_until_it_can(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server], waiting: int
) -> None:
    owed(waiting)
    serve(opens=[PermissionError(13, "Permission denied")])

    tasks.send_waiting_deliveries()
    fault = health.messages()
    tasks.send_waiting_deliveries()

    assert fault == "Nothing can be sent now. Email: Permission denied."
    assert health.messages() is None

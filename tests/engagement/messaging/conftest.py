"""Fixtures of messages: a mail server, and deliveries that are owed."""

from collections.abc import Callable, Sequence

import pytest

from engagement.messaging.actions import messages
from engagement.messaging.channels import email
from engagement.messaging.models import Delivery
from tests.engagement.messaging.mail_servers import Reply, Server
from tests.factories import engaging
from tests.factories.world import World


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Server]:
    """Replaces the mail server of the settings by one with these replies."""

    def make(*replies: Reply, opens: Sequence[Reply] = ()) -> Server:
        server = Server(*replies, opens=opens)
        monkeypatch.setattr(email, "get_connection", lambda: server)
        return server

    return make


@pytest.fixture
def owed(world: World) -> Callable[[int], list[Delivery]]:
    """Makes an approved notice with so many deliveries by email."""

    def make(number: int) -> list[Delivery]:
        activity = engaging.activity(world.officer)
        for place in range(number):
            person = engaging.contact(
                world.officer, name=f"Person {place}", email=f"p{place}@example.org"
            )
            engaging.said(activity, by=world.officer, contact=person)
        messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))
        return list(Delivery.objects.all())

    return make

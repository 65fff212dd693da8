"""The edition of public pages, made of the newest acts that change them."""

import uuid
from typing import Any

import pytest
from django.db import connection

from core import clock
from core.choices import ActorKind, Event, Outcome
from core.models import AuditEvent
from core.selectors import audit
from engagement.activities.actions import activities
from insight.loop.choices import Event as LoopEvent
from tests.factories import engaging
from tests.factories.world import World


def write_event(world: World, event: Event, **details: Any) -> AuditEvent:
    return AuditEvent.objects.create(
        by_kind=ActorKind.SERVICE,
        by_name="The service",
        act=uuid.uuid4(),
        at=clock.now(),
        event=event,
        outcome=Outcome.DONE,
        is_shown=True,
        **details,
    )


def test_edition_when_something_shown_happens_then_another_word_and_its_moment(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    before, _ = audit.edition()

    activities.cancel(by=world.officer, activity=activity, reason="No one could come.")

    word, at = audit.edition()
    assert word != before
    assert at == AuditEvent.objects.latest("pk").at


def test_edition_when_what_happens_is_shown_to_nobody_then_the_same(world: World) -> None:
    activity = engaging.activity(world.officer)
    before = audit.edition()

    engaging.came(
        engaging.session(activity, by=world.officer),
        engaging.contact(world.officer),
        by=world.officer,
    )

    assert audit.edition() == before


def test_edition_when_an_act_that_began_earlier_ends_later_then_it_is_seen(world: World) -> None:
    newest = write_event(world, LoopEvent.ANSWER_PUBLISHED, pk=9_000_002)
    before, _ = audit.edition()

    write_event(world, LoopEvent.ANSWER_PUBLISHED, pk=newest.pk - 1)

    assert audit.edition()[0] != before


@pytest.mark.django_db
def test_edition_when_nothing_ever_happened_then_a_word_and_no_moment() -> None:
    assert audit.edition() == ("", None)


@pytest.mark.django_db(transaction=True)
def test_edition_when_the_connection_was_lost_then_asked_on_a_new_one() -> None:
    connection.ensure_connection()
    connection.connection.close()

    assert audit.edition() == ("", None)

"""The demo data through its own command: what it makes, and when it refuses."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from core import clock
from core.choices import Role
from core.models import AuditEvent, User
from engagement.activities.choices import Source
from engagement.activities.models import Activity
from insight.loop.models import Loop, Publication
from insight.loop.tasks import open_due_loops
from insight.reporting.models import BoardReport
from nel_participation import demo
from tests.factories.facts import Facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_demo")]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def small_demo(loaded_facts: Facts, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo of the last three months alone, made once; each test rolls back to it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(demo, "MONTHS", 3)
        patch.setattr(demo.scenarios, "__kwdefaults__", {"scale": 1, "months": 3})
        loaded_facts.put()
        with clock.set_to(NOON):
            call_command("seed_demo")
        yield
        transaction.set_rollback(True)


def test_demo_when_made_twice_on_the_same_day_then_it_is_the_same() -> None:
    first = _told()
    _forget()

    with clock.set_to(NOON):
        call_command("seed_demo")

    assert first == _told()
    assert len(first) > 15


def test_demo_when_made_then_the_cases_and_one_account_for_each_role_are_there() -> None:
    of_the_strategy = Activity.objects.filter(source=Source.STRATEGY)
    assert list(of_the_strategy.values_list("status", flat=True)) == ["closed"] * 15
    published = Publication.objects.filter(activity__in=of_the_strategy)
    assert {one.published_at.year for one in published} == {2021, 2022}
    assert Activity.objects.filter(source=Source.DEMO).count() == 3 * demo.PER_MONTH
    signing_in = User.objects.exclude(password__startswith="!")
    assert {person.role for person in signing_in} == set(Role)
    assert BoardReport.objects.filter(state="published").count() == 1


def test_demo_when_there_is_activity_already_then_it_is_refused() -> None:
    with clock.set_to(NOON), pytest.raises(CommandError, match="activity already"):
        call_command("seed_demo")


def test_timetable_when_an_activity_has_ended_then_its_answer_falls_due() -> None:
    before = Loop.objects.due().count()

    with clock.set_to(NOON + timedelta(days=60)):
        open_due_loops()
        open_due_loops()

    assert Loop.objects.due().count() > before
    assert not Activity.objects.filter(
        status="open", source=Source.DEMO, end_latest__lt=NOON + timedelta(days=59)
    ).exists()


def _told() -> list[object]:
    """All that the public is told, as bytes could be compared, without the rows' own numbers."""
    return [
        re.sub(r'"number": \d+', "", json.dumps(words, sort_keys=True))
        for words in Publication.objects.order_by("pk").values_list("content", flat=True)
    ]


def _forget() -> None:
    """Empty the tables that hold the demo, keeping the facts."""
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.split(".")[0] in ("engagement", "insight")
    ]
    tables += [AuditEvent._meta.db_table, User._meta.db_table]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")

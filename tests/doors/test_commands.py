"""Commands through their real entrance: what they do, and the sentence when they cannot."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import clock
from core.choices import Role
from core.models import AuditEvent, User
from core.periods import Month
from engagement.choices import Source
from engagement.models import Activity
from insight.models import BoardReport, Loop, Publication
from insight.tasks import draft_due_report, open_due_loops
from nel_participation import demo

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def small_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo of the last three months alone."""
    monkeypatch.setattr(demo, "MONTHS", 3)
    monkeypatch.setattr(demo.stories, "__kwdefaults__", {"scale": 1, "months": 3})
    call_command("load_facts")


def told() -> list[object]:
    """All that the public is told, as bytes could be compared."""
    return [
        json.dumps(words, sort_keys=True)
        for words in Publication.objects.order_by("pk").values_list("content", flat=True)
    ]


def test_demo_when_made_twice_on_the_same_day_then_it_is_the_same(small_demo: None) -> None:
    with clock.set_to(NOON):
        call_command("seed_demo")
        first = told()
        _forget()
        call_command("seed_demo")

    assert first == told()
    assert len(first) > 15


def test_demo_when_made_then_the_cases_and_one_account_for_each_role_are_there(
    small_demo: None,
) -> None:
    with clock.set_to(NOON):
        call_command("seed_demo")

    assert Activity.objects.filter(source=Source.STRATEGY).count() == 15
    assert Activity.objects.filter(source=Source.DEMO).count() == 3 * demo.A_MONTH
    signing_in = User.objects.exclude(password__startswith="!")
    assert {person.role for person in signing_in} == set(Role) - {Role.SYSTEM}
    assert BoardReport.objects.filter(state="published").count() == 1


def test_demo_when_there_is_activity_already_then_it_is_refused(small_demo: None) -> None:
    with clock.set_to(NOON):
        call_command("seed_demo")

        with pytest.raises(CommandError, match="activity already"):
            call_command("seed_demo")


def test_administrator_when_made_then_the_account_has_no_password_yet() -> None:
    call_command("make_administrator", "ada@example.org", "Ada")

    person = User.objects.get(email="ada@example.org")
    assert person.role == Role.ADMINISTRATOR
    assert not person.has_usable_password()


def test_administrator_when_the_address_is_taken_then_a_sentence_says_so() -> None:
    call_command("make_administrator", "ada@example.org", "Ada")

    with pytest.raises(CommandError, match="already"):
        call_command("make_administrator", "ADA@example.org", "Another Ada")


@pytest.mark.parametrize(
    ("month", "sentence"),
    [("October", "YYYY-MM"), ("2026-13", "no month"), ("2026-10", "no report")],
)
def test_report_when_there_is_none_of_the_month_then_a_sentence_says_so(
    tmp_path: Path, month: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("board_report", month, output=tmp_path / "report.pdf")


@pytest.mark.parametrize(
    ("after", "is_drafted"), [(timedelta(hours=5, minutes=59), False), (timedelta(hours=6), True)]
)
def test_timetable_when_it_is_six_on_the_first_then_last_months_report_is_drafted(
    after: timedelta, is_drafted: bool
) -> None:
    call_command("load_facts")
    month = Month(2026, 6)

    with clock.set_to(month.ends_before + after):
        draft_due_report()
        draft_due_report()

    assert BoardReport.objects.filter(month=month.first).exists() is is_drafted
    assert AuditEvent.objects.filter(event="report drafted").count() == int(is_drafted)


def test_timetable_when_an_activity_has_ended_then_its_answer_falls_due(small_demo: None) -> None:
    with clock.set_to(NOON):
        call_command("seed_demo")
    before = Loop.objects.due().count()

    with clock.set_to(NOON + timedelta(days=60)):
        open_due_loops()
        open_due_loops()

    assert Loop.objects.due().count() > before
    assert not Activity.objects.filter(
        status="open", source=Source.DEMO, end_latest__lt=NOON + timedelta(days=59)
    ).exists()


def _forget() -> None:
    """Empty the tables that hold the demo, keeping the facts."""
    from django.apps import apps
    from django.db import connection

    tables = [
        model._meta.db_table
        for label in ("engagement", "insight")
        for model in apps.get_app_config(label).get_models()
    ]
    tables += ["core_auditevent", "core_user"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")

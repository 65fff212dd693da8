"""Commands through their real entrance: what they do, and the sentence when they cannot."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import clock
from core.choices import Role
from core.models import AuditEvent, User
from core.periods import Month
from insight.reporting.models import BoardReport
from insight.reporting.tasks import draft_due_report

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


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
    after: timedelta, is_drafted: bool, facts: None
) -> None:
    month = Month(2026, 6)

    with clock.set_to(month.ends_before + after):
        draft_due_report()
        draft_due_report()

    assert BoardReport.objects.filter(month=month.first).exists() is is_drafted
    assert AuditEvent.objects.filter(event="report drafted").count() == int(is_drafted)

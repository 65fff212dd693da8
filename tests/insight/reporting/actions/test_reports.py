"""Board reports: drafted, written, approved, and from then on frozen."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from core import clock
from core.frozen import Altered
from core.periods import Month
from core.seen import Stale
from engagement.activities.models import Activity
from engagement.people.actions import contacts
from insight.loop.actions import changes
from insight.loop.models import Change
from insight.public.selectors import reports as published
from insight.reporting.actions import reports
from insight.reporting.documents import board, canonical, integrity
from insight.reporting.models import BoardReport, ReportFile
from tests.factories import answering, engaging
from tests.factories.world import World

FEBRUARY = Month(2027, 2)


def test_report_when_drafted_twice_then_it_is_one(world: World) -> None:
    first = reports.draft(by=world.secretary, month=FEBRUARY)

    assert reports.draft(by=world.service, month=FEBRUARY) == first
    assert str(first) == "Board report, February 2027"


def test_report_when_the_month_is_not_over_then_it_is_refused(world: World) -> None:
    with pytest.raises(ValidationError, match="March 2027 is not over yet"):
        reports.draft(by=world.secretary, month=FEBRUARY.shift(1))


def test_report_when_changed_since_it_was_read_then_it_is_not_approved(world: World) -> None:
    report = answering.report(by=world.secretary)
    read = canonical.fingerprint(board.build(report))
    reports.write(by=world.secretary, report=report, highlights="Much was heard.")

    with pytest.raises(Stale):
        reports.approve(by=world.secretary, report=report, read=read)

    report.refresh_from_db()
    assert report.frozen is None
    read = canonical.fingerprint(board.build(report))
    assert reports.approve(by=world.secretary, report=report, read=read).is_frozen


def test_report_when_given_words_it_has_no_room_for_then_it_is_a_mistake(world: World) -> None:
    with pytest.raises(TypeError, match="has no poem"):
        reports.write(
            by=world.secretary,
            report=answering.report(by=world.secretary),
            poem="O",
        )


def test_report_when_still_a_draft_then_it_cannot_be_published(world: World) -> None:
    report = answering.report(by=world.secretary)

    with pytest.raises(ValidationError, match="Approve the report"):
        reports.publish(by=world.secretary, report=report)

    assert published.of_month(FEBRUARY) is None


def test_report_when_approved_then_nothing_that_happens_to_the_rows_changes_it(
    world: World,
) -> None:
    with clock.set_to(clock.now() - timedelta(days=20)):
        activity = engaging.activity(world.officer)
        person = engaging.contact(world.officer)
        engaging.said(activity, by=world.officer, contact=person)
        decision = answering.decision(
            answering.finding(activity, by=world.officer), by=world.officer
        )
        changes.add(
            by=world.officer,
            activity=activity,
            decision=decision,
            what="Breakfast at eight.",
            stage="made",
            made_on=clock.today(),
        )
    report = reports.approve(by=world.secretary, report=answering.report(by=world.secretary))
    files = list(ReportFile.objects.order_by("format").values_list("format", "sha256"))

    with clock.set_to(clock.now() - timedelta(days=20)):
        answering.finding(engaging.activity(world.officer), by=world.officer)
    contacts.change(by=world.officer, contact=person, name="Someone else")
    Change.objects.update(what="Something else", made_on=None, stage="planned")
    Activity.objects.update(title="Another title")
    fresh = BoardReport.objects.get(pk=report.pk)

    assert board.content(fresh) == report.frozen
    assert canonical.fingerprint(board.content(fresh)) == report.fingerprint
    assert board.build(fresh)["measures"] != board.content(fresh)["measures"], "the rows did change"
    assert list(ReportFile.objects.order_by("format").values_list("format", "sha256")) == files
    assert [name for name, _ in files] == ["csv", "docx", "json", "pdf", "xlsx"]


def test_report_when_approved_then_it_can_be_neither_written_nor_approved_again(
    world: World,
) -> None:
    report = reports.approve(by=world.secretary, report=answering.report(by=world.secretary))

    with pytest.raises(ValidationError, match="can no longer be changed"):
        reports.write(by=world.secretary, report=report, story="Anew.")
    with pytest.raises(ValidationError, match="can no longer be changed"):
        reports.approve(by=world.secretary, report=report)


def test_report_when_published_twice_then_its_day_is_the_first(world: World) -> None:
    report = reports.approve(by=world.secretary, report=answering.report(by=world.secretary))
    first = reports.publish(by=world.lead, report=report)

    with clock.set_to(clock.now() + timedelta(days=1)):
        again = reports.publish(by=world.secretary, report=report)

    assert (again.published_at, again.published_by) == (first.published_at, world.lead)
    assert published.of_month(FEBRUARY) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "approved"},
        {"fingerprint": "0" * 64},
        {"month": "2027-02-02"},
        {"approved_by": 1},
        {"published_at": "2027-03-10T12:00Z"},
    ],
    ids=str,
)
def test_report_when_half_a_fact_is_written_then_the_database_refuses(
    world: World, wrong: dict[str, object]
) -> None:
    answering.report(by=world.secretary)
    if "approved_by" in wrong:
        wrong = {"approved_by": world.secretary}

    with pytest.raises(IntegrityError), transaction.atomic():
        BoardReport.objects.update(**wrong)


def test_report_when_altered_in_the_database_then_nothing_of_it_is_shown_and_it_says_what(
    client: Client, world: World
) -> None:
    report = reports.approve(by=world.secretary, report=answering.report(by=world.secretary))
    reports.publish(by=world.secretary, report=report)
    answering.report(by=world.secretary, month=report.period.shift(-1))
    client.force_login(world.secretary)
    assert integrity.faults() == []
    frozen = report.frozen or {}
    narrative = frozen["narrative"] | {"highlights": "All is well."}
    BoardReport.objects.filter(pk=report.pk).update(frozen=frozen | {"narrative": narrative})
    ReportFile.objects.filter(format="pdf").update(content=b"Another file")
    ReportFile.objects.filter(format="csv").delete()

    key = report.period.key
    answers = {
        address: client.get(address)
        for before in ("/staff/reports/", "/reports/")
        for address in (f"{before}{key}/", f"{before}{key}.pdf", f"{before}{key}.csv")
    }

    assert {one.status_code for one in answers.values()} == {503}
    assert "its narrative was changed" in answers[f"/reports/{key}/"].content.decode()
    assert len(integrity.faults()) == 3
    assert client.get("/figures/").status_code == 503
    with pytest.raises(Altered, match=r"csv file .* is missing"):
        integrity.file_of(report, "csv")

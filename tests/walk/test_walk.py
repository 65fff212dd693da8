"""The walk from end to end, and what the public can see after each step."""

import json
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.test import Client

from core.choices import Outcome, Role
from core.models import AuditEvent
from engagement.activities.actions import activities
from engagement.activities.models import Contribution
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery
from engagement.people.actions import contacts
from engagement.people.choices import ConsentManner, ConsentPurpose
from engagement.people.models import Contact
from insight.loop.actions import findings
from insight.reporting.choices import ReportFormat
from insight.reporting.models import BoardReport, ReportFile
from nel_participation import walk
from nel_participation.scenario import Walkthrough
from tests.house.acts import every_event


def test_walk_when_finished_then_each_step_left_its_event_by_its_role(
    finished: Walkthrough,
) -> None:
    left = {
        step.key: AuditEvent.objects.filter(
            event=step.event, by=finished.actor(step.role).user, outcome=Outcome.DONE
        ).count()
        for step in walk.STEPS
    }

    assert {key: number for key, number in left.items() if not number} == {}


def test_walk_when_finished_then_nothing_was_refused(finished: Walkthrough) -> None:
    assert not AuditEvent.objects.filter(outcome=Outcome.REFUSED).exists()


def test_opportunity_when_not_yet_published_then_public_sees_nothing(
    walkthrough: Walkthrough, client: Client
) -> None:
    walk.run(walkthrough, until="offer")

    response = client.get(f"/get-involved/{walkthrough.one('log').slug}/")

    assert response.status_code == 404
    assert walkthrough.scenario.title not in client.get("/get-involved/").content.decode()


def test_opportunity_when_published_then_public_sees_it(
    walkthrough: Walkthrough, client: Client
) -> None:
    walk.run(walkthrough, until="open")

    response = client.get(f"/get-involved/{walkthrough.one('log').slug}/")

    assert response.status_code == 200
    assert walkthrough.scenario.scope_of_influence in response.content.decode()


@pytest.mark.parametrize("until", ["log", "listen", "find", "decide", "change", "notice", "submit"])
def test_answer_when_not_yet_published_then_public_sees_none_of_it(
    walkthrough: Walkthrough, client: Client, until: str
) -> None:
    walk.run(walkthrough, until=until)

    response = client.get(f"/you-said-we-did/{walkthrough.one('log').slug}/")

    assert response.status_code == 404
    assert (
        walkthrough.scenario.findings[0].sentence
        not in client.get("/you-said-we-did/").content.decode()
    )
    assert (
        walkthrough.scenario.findings[0].sentence
        not in client.get("/api/v1/findings/").content.decode()
    )


def test_answer_when_published_then_public_reads_what_was_said_decided_and_done(
    finished: Walkthrough, client: Client
) -> None:
    page = client.get(f"/you-said-we-did/{finished.one('log').slug}/").content.decode()

    for heard in finished.scenario.findings:
        assert heard.sentence in page
        assert heard.change in page
        assert heard.reason in page


def test_answer_when_published_then_page_names_nobody(
    finished: Walkthrough, client: Client
) -> None:
    page = client.get(f"/you-said-we-did/{finished.one('log').slug}/").content.decode()

    for person in Contact.objects.all():
        assert person.name not in page


def test_people_when_they_agreed_and_can_be_reached_then_each_has_one_message(
    finished: Walkthrough,
) -> None:
    agreed = [person.email for person in finished.scenario.people if person.agrees and person.email]

    addresses = [message.to[0] for message in mail.outbox]

    assert sorted(addresses) == sorted(agreed)
    assert all(
        f"/you-said-we-did/{finished.one('log').slug}/" in message.body for message in mail.outbox
    )


def test_people_when_the_step_is_repeated_then_nobody_has_a_second_message(
    finished: Walkthrough,
) -> None:
    before = len(mail.outbox)

    walk.run_step(finished, walk.step("tell"))

    assert len(mail.outbox) == before


def test_message_when_sent_then_it_says_what_was_heard_and_done_in_text_and_html(
    finished: Walkthrough,
) -> None:
    message = mail.outbox[0]
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])

    for heard in finished.scenario.findings:
        assert heard.sentence in message.body
    assert '<html lang="en-GB">' in html


def test_person_when_consent_is_withdrawn_before_sending_then_they_are_not_written_to(
    walkthrough: Walkthrough,
) -> None:
    walk.run(walkthrough, until="publish")
    delivery = Delivery.objects.filter(state=DeliveryState.WAITING).first()
    assert delivery is not None
    contacts.withdraw(
        by=walkthrough.people[Role.OFFICER],
        contact=delivery.resident,
        purpose=ConsentPurpose.TOLD_WHAT_CAME,
        how=ConsentManner.TELEPHONE,
    )

    walk.run_step(walkthrough, walk.step("tell"))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.CANNOT_REACH
    assert delivery.resident.email not in [message.to[0] for message in mail.outbox]


def test_report_when_rows_change_afterwards_then_words_figures_and_files_stay(
    finished: Walkthrough, tmp_path: Path
) -> None:
    report = BoardReport.objects.get()
    frozen = json.dumps(report.frozen, sort_keys=True)
    files = {kept.format: bytes(kept.content) for kept in ReportFile.objects.all()}
    activities.log(
        by=finished.people[Role.OFFICER],
        title="One more",
        level="inform",
        level_reason="To tell people.",
        lead_organisation=finished.scenario.lead,
        is_area_wide=True,
        start=finished.one("log").start,
        end=finished.one("log").end,
    )
    findings.change(
        by=finished.people[Role.OFFICER],
        finding=finished.made["find"][0],
        sentence="Something else altogether.",
        evidence=Contribution.objects.all()[:1],
    )

    for kind in ReportFormat.values:
        call_command("board_report", report.period.key, format=kind, output=tmp_path / kind)

    report.refresh_from_db()
    assert json.dumps(report.frozen, sort_keys=True) == frozen
    assert {kind: (tmp_path / kind).read_bytes() for kind in ReportFormat.values} == files


def test_report_when_published_then_public_reads_and_downloads_it(
    finished: Walkthrough, client: Client
) -> None:
    month = finished.month.key

    page = client.get(f"/reports/{month}/")
    pdf = client.get(f"/reports/{month}.pdf")

    assert page.status_code == pdf.status_code == 200
    assert finished.one("approve").fingerprint in page.content.decode()
    assert pdf.content.startswith(b"%PDF-")


def test_walk_when_every_event_of_its_steps_is_looked_up_then_each_is_one_event() -> None:
    keys = [step.key for step in walk.STEPS]

    assert len(set(keys)) == len(keys)
    assert {step.event for step in walk.STEPS} <= set(every_event())

"""Publications: nothing before approval, every version kept, each person told once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core import clock
from core.acting import Refused
from core.periods import RoughDate
from engagement.activities.actions import activities
from engagement.activities.choices import Status
from engagement.activities.models import Activity
from engagement.messaging.models import Delivery
from insight.loop.actions import changes, decisions, findings, notices, publications
from insight.loop.choices import ChangeStage, DecisionKind
from insight.loop.models import Decision, Finding, Publication, Submission
from insight.loop.selectors import content
from insight.public.selectors import published
from tests.factories import answering, engaging
from tests.factories.world import World


@pytest.fixture
def activity(world: World) -> Activity:
    return engaging.activity(world.officer, places=[world.here])


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"is_public": False}, "marked as internal"),
        ({"purpose": ""}, "say what it is for"),
        (
            {"scope_of_influence": "", "start": None},
            "what can and cannot be influenced and when it starts",
        ),
    ],
)
def test_opportunity_when_it_does_not_say_enough_then_it_is_not_sent_for_approval(
    world: World, details: dict[str, Any], words: str
) -> None:
    activity = engaging.activity(world.officer, **details)

    with pytest.raises(ValidationError, match=words):
        publications.submit_opportunity(by=world.officer, activity=activity)


def test_opportunity_when_nobody_can_join_any_more_then_it_is_refused(
    world: World, activity: Activity
) -> None:
    answering.closed(activity, by=world.officer)
    activity.refresh_from_db()

    with pytest.raises(ValidationError, match="no one can join"):
        publications.submit_opportunity(by=world.officer, activity=activity)


def test_opportunity_when_sent_twice_then_one_waits_and_the_form_says_so(
    world: World, activity: Activity
) -> None:
    publications.submit_opportunity(by=world.officer, activity=activity)

    with pytest.raises(ValidationError, match="sent for approval already"):
        publications.submit_opportunity(by=world.colleague, activity=activity)


def test_opportunity_when_waiting_then_the_public_sees_it_only_once_approved(
    world: World, activity: Activity
) -> None:
    submission = publications.submit_opportunity(by=world.officer, activity=activity)
    before = published.opportunity(activity.slug)

    publication = publications.publish_opportunity(by=world.lead, submission=submission)

    assert before is None
    assert published.opportunity(activity.slug) is not None
    assert publication.place_keys == ["hackney"]
    submission.refresh_from_db()
    assert (submission.state, submission.settled_by) == ("published", world.lead)


def test_submission_when_sent_back_then_the_officer_has_the_reason_and_the_public_nothing(
    world: World, activity: Activity
) -> None:
    submission = answering.submitted(activity, by=world.officer)

    back = publications.send_back(by=world.lead, submission=submission, reason="Say who decided.")

    assert (back.state, back.note) == ("sent_back", "Say who decided.")
    assert published.answer(activity.slug) is None
    assert submission.loop is not None
    assert publications.submit_answer(by=world.officer, loop=submission.loop).state == "waiting"


def test_submission_when_sent_back_without_a_reason_then_it_waits(
    world: World, activity: Activity
) -> None:
    submission = answering.submitted(activity, by=world.officer)

    with pytest.raises(ValidationError, match="needs to change"):
        publications.send_back(by=world.lead, submission=submission, reason=" ")

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(state="sent_back", settled_at=clock.now(), settled_by=world.lead)


@pytest.mark.parametrize("who", ["officer", "other_lead", "place_lead"])
def test_answer_when_published_by_somebody_who_may_not_then_nothing_is_public(
    world: World, activity: Activity, who: str
) -> None:
    submission = answering.submitted(activity, by=world.officer)

    with pytest.raises(Refused):
        publications.publish_answer(by=getattr(world, who), submission=submission)

    assert not Publication.objects.exists()


@pytest.mark.parametrize("missing", ["listening", "finding", "decision", "notice"])
def test_answer_when_a_part_is_missing_then_it_is_not_sent_for_approval(
    world: World, activity: Activity, missing: str
) -> None:
    finding = None
    if missing == "listening":
        finding = answering.finding(activity, by=world.officer)
        loop = finding.loop
    else:
        loop = answering.closed(activity, by=world.officer)
        if missing != "finding":
            finding = answering.finding(activity, by=world.officer)
    if finding and missing != "decision":
        answering.decision(finding, by=world.officer)
    if missing != "notice":
        loop = notices.write(by=world.officer, loop=loop, subject="S", body="B")

    with pytest.raises(ValidationError):
        publications.submit_answer(by=world.officer, loop=loop)


def test_answer_when_published_then_activity_loop_and_people_are_answered(
    world: World, activity: Activity
) -> None:
    person = engaging.contact(world.officer)
    engaging.said(activity, by=world.officer, contact=person)

    publication = answering.published(activity, by=world.officer, lead=world.lead)

    activity.refresh_from_db()
    assert activity.status == Status.ANSWERED
    assert publication.loop is not None
    assert publication.loop.__class__.objects.get().answered_on == clock.today()
    assert Delivery.objects.get().contact == person
    page = published.answer(activity.slug)
    assert page is not None
    assert page.page["findings"][0]["sentence"] == "Breakfast comes too late."


def test_answer_when_published_then_its_page_names_nobody_and_no_small_number(
    world: World, activity: Activity
) -> None:
    for name in ("Amina Khan", "Bob Stone"):
        person = engaging.contact(world.officer, name=name, email=f"{name[0]}@example.org")
        engaging.said(activity, by=world.officer, words=f"I, {name}, wait.", contact=person)

    publication = answering.published(activity, by=world.officer, lead=world.lead)

    assert publication.content["who"]["people"] == "fewer than 5"
    for private in ("Amina", "Stone", "example.org", "wait"):
        assert private not in str(publication.content)


def test_answer_when_rows_change_after_approval_then_the_public_reads_what_was_approved(
    world: World, activity: Activity
) -> None:
    publication = answering.published(activity, by=world.officer, lead=world.lead)
    finding = publication.activity.findings.get()
    findings.change(
        by=world.officer,
        finding=finding,
        sentence="Other words.",
        evidence=finding.contributions.all(),
    )
    decisions.decide(
        by=world.officer,
        finding=finding,
        kind="not_accepted",
        reason="No.",
        decided_on=clock.today(),
    )

    page = published.answer(activity.slug)

    assert page is not None
    assert page.page == publication.content


def test_answer_when_approved_again_then_both_versions_are_kept_and_nobody_is_told_twice(
    world: World, activity: Activity
) -> None:
    person = engaging.contact(world.officer)
    engaging.said(activity, by=world.officer, contact=person)
    first = answering.published(activity, by=world.officer, lead=world.lead)

    assert first.loop is not None
    again = publications.submit_answer(by=world.officer, loop=first.loop)
    second = publications.publish_answer(by=world.lead, submission=again)

    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert (first.superseded_at, second.superseded_at) == (clock.now(), None)
    assert Delivery.objects.count() == 1


def test_submission_when_settled_already_then_it_cannot_be_settled_again(
    world: World, activity: Activity
) -> None:
    submission = answering.submitted(activity, by=world.officer)
    publications.publish_answer(by=world.lead, submission=submission)

    with pytest.raises(ValidationError, match="dealt with"):
        publications.publish_answer(by=world.lead, submission=submission)
    with pytest.raises(ValidationError, match="dealt with"):
        publications.send_back(by=world.lead, submission=submission, reason="No.")


def test_activity_when_marked_internal_after_publication_then_the_public_loses_it_at_once(
    world: World, activity: Activity
) -> None:
    submission = publications.submit_opportunity(by=world.officer, activity=activity)
    publications.publish_opportunity(by=world.lead, submission=submission)

    activities.change(
        by=world.officer,
        activity=activity,
        is_public=False,
        end=RoughDate.of(2028),
    )

    assert published.opportunity(activity.slug) is None


def test_notice_when_the_answer_is_published_then_it_can_no_longer_be_changed(
    world: World, activity: Activity
) -> None:
    publication = answering.published(activity, by=world.officer, lead=world.lead)
    assert publication.loop is not None

    with pytest.raises(ValidationError, match="cannot be changed"):
        notices.write(by=world.officer, loop=publication.loop, subject="S", body="B")


def read(submission: Submission) -> str:
    """The fingerprint of what a lead reads now."""
    loop = submission.loop
    assert loop is not None
    return content.fingerprint(content.answer(submission.activity, loop), loop.notice)


def test_answer_when_edited_after_it_was_read_then_it_is_not_published(
    world: World, activity: Activity
) -> None:
    submission = answering.submitted(activity, by=world.officer)
    seen, finding = read(submission), Finding.objects.get()
    findings.change(
        by=world.officer,
        finding=finding,
        sentence="Tea is cold.",
        evidence=list(finding.contributions.all()),
    )
    assert submission.loop is not None
    notices.write(by=world.officer, loop=submission.loop, subject="Tea", body="Tea is hot now.")

    with pytest.raises(ValidationError, match="changed since you opened it"):
        publications.publish_answer(by=world.lead, submission=submission, seen=seen)

    submission.refresh_from_db()
    publication = publications.publish_answer(
        by=world.lead, submission=submission, seen=read(submission)
    )
    assert publication.content["findings"][0]["sentence"] == "Tea is cold."


def test_answer_when_a_decision_changed_after_the_message_then_it_waits_for_the_message(
    world: World, activity: Activity
) -> None:
    submission = answering.submitted(activity, by=world.officer)
    decisions.decide(
        by=world.officer,
        finding=Finding.objects.get(),
        kind="not_accepted",
        reason="There is no cook.",
        decided_on=clock.today(),
    )

    with pytest.raises(ValidationError, match="check that it still says the same"):
        publications.publish_answer(by=world.lead, submission=submission)

    loop = submission.loop
    assert loop is not None
    notices.write(by=world.officer, loop=loop, subject="What came of it", body="We cannot.")
    submission.refresh_from_db()
    assert publications.publish_answer(by=world.lead, submission=submission)


def test_answer_when_edited_after_it_was_published_then_the_board_says_so(
    client: Client, world: World, activity: Activity
) -> None:
    answering.published(activity, by=world.officer, lead=world.lead)
    client.force_login(world.officer)
    board = reverse("finding-board", args=[activity.pk])
    before = client.get(board).content.decode()

    answering.decision(Finding.objects.get(), by=world.officer, kind=DecisionKind.UNDECIDED)

    assert "Published, changed since" not in before
    assert "Published, changed since" in client.get(board).content.decode()


def test_board_when_it_shows_what_will_be_read_then_in_the_words_of_the_public_page(
    client: Client, world: World, activity: Activity
) -> None:
    submission = answering.submitted(activity, by=world.officer)
    changes.add(
        by=world.officer,
        activity=activity,
        decision=Decision.objects.get(),
        what="The tea round starts at seven.",
        stage=ChangeStage.PLANNED,
    )
    client.force_login(world.lead)

    for page in (
        reverse("finding-board", args=[activity.pk]),
        reverse("approval-detail", args=[submission.pk]),
    ):
        shown = client.get(page).content.decode()
        assert "We will" in shown
        assert "Decided by the ward" in shown or "Decided by The ward" in shown
        assert "We did" not in shown


def test_findings_when_searched_with_a_hidden_character_or_at_length_then_the_page_is_shown(
    client: Client, world: World, activity: Activity
) -> None:
    engaging.said(activity, by=world.officer, words="Breakfast is late.")
    client.force_login(world.officer)
    sent = {"q": "break\0fast", "find": "1", "sentence": "x" * 9000}

    response = client.post(reverse("finding-board", args=[activity.pk]), sent)

    assert response.status_code == 200
    assert "Breakfast is late." in response.content.decode()
    assert not Finding.objects.exists()


def test_answer_when_there_is_no_way_to_reach_the_team_then_it_is_said_first_and_refused(
    client: Client, world: World, activity: Activity
) -> None:
    loop = answering.answerable(activity, by=world.officer)
    submission = publications.submit_answer(by=world.officer, loop=loop)
    activities.change(by=world.officer, activity=activity, team_email="")
    about = reverse("activity-edit", kwargs={"pk": activity.pk, "section": "about"})
    client.force_login(world.officer)

    page = client.get(reverse("answer-submit", args=[loop.pk])).content.decode()

    assert f'href="{about}#id_team_telephone"' in page
    assert "Send for approval</button>" not in page
    with pytest.raises(ValidationError, match="say how to reach the team"):
        publications.publish_answer(by=world.lead, submission=submission)

"""Publications: sent for approval by an officer, read as the public will, published or sent back by
a lead.
"""

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, alter, locked, note, record
from core.choices import Event, Permission
from core.models import User
from engagement.actions import activities, notices
from engagement.choices import Source, Status
from engagement.models import Activity
from insight.choices import PublicationKind, SubmissionState
from insight.models import Change, Finding, Loop, Publication, Submission
from insight.selectors import content


@act(Event.OPPORTUNITY_SUBMITTED, needs=Permission.ACTIVITY_CHANGE, on="activity")
def submit_opportunity(*, by: User, activity: Activity) -> Submission:
    """Ask for the activity to be shown as a chance to take part.

    It says what it is for and what can change.
    """
    if not activity.is_public:
        raise ValidationError("This activity is marked as internal. Mark it as public first.")
    if activity.status not in {Status.PLANNED, Status.OPEN}:
        raise ValidationError(
            f"This activity is {activity.get_status_display().lower()}: nobody can join it "
            f"any more."
        )
    missing = [words for name, words in _SAID_BEFOREHAND.items() if not getattr(activity, name)]
    if missing:
        raise ValidationError(f"Before people are asked to take part, say {' and '.join(missing)}.")
    return _submit(by, activity, PublicationKind.OPPORTUNITY, None)


@act(Event.ANSWER_SUBMITTED, needs=Permission.FINDING_WRITE, on="loop")
def submit_answer(*, by: User, loop: Loop) -> Submission:
    """Ask for the loop's findings, decisions and changes to be published."""
    _check_answer(loop)
    return _submit(by, loop.activity, PublicationKind.ANSWER, loop)


@act(Event.SENT_BACK, needs=Permission.PUBLICATION_APPROVE, on="submission")
def send_back(*, by: User, submission: Submission, reason: str) -> Submission:
    """Not yet, because. The officer sees the note; the public sees nothing new."""
    submission = _waiting(submission)
    if not reason.strip():
        raise ValidationError({"reason": "Say what needs to change."})
    alter(
        submission,
        state=SubmissionState.SENT_BACK,
        note=reason,
        settled_by=by,
        settled_at=clock.now(),
    )
    note(submission.activity.title)
    return submission


@act(Event.OPPORTUNITY_PUBLISHED, needs=Permission.PUBLICATION_APPROVE, on="submission")
def publish_opportunity(*, by: User, submission: Submission) -> Publication:
    """Show it to the public as it reads now."""
    submission = _waiting(submission)
    return _publish(by, submission, content.of_opportunity(submission.activity))


@act(Event.ANSWER_PUBLISHED, needs=Permission.PUBLICATION_APPROVE, on="submission")
def publish_answer(*, by: User, submission: Submission) -> Publication:
    """Show the public what was said and what came of it, and let the notice go to each person,
    once.
    """
    submission = _waiting(submission)
    loop = submission.loop
    if loop is None:
        raise ValidationError("There is no loop to answer here.")
    _check_answer(loop)
    publication = _publish(by, submission, content.of_answer(submission.activity, loop))
    if loop.answered_on is None and loop.heard_until is not None:
        loop = locked(loop)
        alter(loop, answered_on=clock.today())
    if submission.activity.status == Status.LISTENING_CLOSED:
        activities.answer(by=by, activity=submission.activity)
    if loop.notice is not None:
        notices.approve(by=by, notice=loop.notice)
    return publication


_SAID_BEFOREHAND = {
    "purpose": "what it is for",
    "scope_of_influence": "what can and cannot be influenced",
    "start_earliest": "when it starts",
}


def _check_answer(loop: Loop) -> None:
    """A finding rests on evidence and has been decided on, or openly not yet; the strategy's
    records name no decision.
    """
    activity = loop.activity
    if loop.heard_until is None and activity.source != Source.STRATEGY:
        raise ValidationError("People are still being heard. Close listening first.")
    findings = Finding.objects.filter(loop=loop)
    if not findings.exists() and not Change.objects.filter(activity=activity).exists():
        raise ValidationError("There is nothing to publish yet. Write what you heard.")
    if findings.filter(evidence=None).exists():
        raise ValidationError(
            "A finding without evidence cannot be published. Choose what each one rests on."
        )
    if activity.source != Source.STRATEGY:
        if findings.filter(decision=None).exists():
            raise ValidationError(
                "Some findings have no decision. Record one for each, or say that it is not "
                "yet decided."
            )
        if loop.notice is None:
            raise ValidationError("Write the notice that tells people what came of it.")


def _submit(by: User, activity: Activity, kind: PublicationKind, loop: Loop | None) -> Submission:
    note(activity.title)
    return record(
        Submission(
            activity=activity, loop=loop, kind=kind, submitted_by=by, submitted_at=clock.now()
        )
    )


def _waiting(submission: Submission) -> Submission:
    submission = locked(submission)
    if submission.state != SubmissionState.WAITING:
        raise ValidationError(
            f"This has been settled already: {submission.get_state_display().lower()}."
        )
    return submission


def _publish(by: User, submission: Submission, words: content.Content) -> Publication:
    activity = locked(submission.activity)
    kind = PublicationKind(submission.kind)
    before = content.current(activity, kind)
    if before is not None:
        Publication.objects.filter(pk=before.pk).update(superseded_at=clock.now())
    end = activity.end
    publication = record(
        Publication(
            activity=activity,
            loop=submission.loop,
            submission=submission,
            published_by=by,
            kind=kind,
            slug=activity.slug,
            number=Publication.objects.filter(activity=activity, kind=kind).count() + 1,
            content=words,
            place_keys=[place["key"] for place in words["places"]]
            + (["nel"] if words["is_area_wide"] else []),
            programme_keys=[programme["key"] for programme in words["programmes"]],
            outcomes=content.outcomes(words),
            closes_on=end.latest if end else None,
            published_at=clock.now(),
        )
    )
    alter(submission, state=SubmissionState.PUBLISHED, settled_by=by, settled_at=clock.now())
    note(activity.title, subject=publication)
    return publication

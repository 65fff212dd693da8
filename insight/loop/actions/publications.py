"""Publications: sent for approval by an officer, published or sent back by a lead."""

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, describe, lock, save, update
from core.actors import Actor
from core.published_fields import Words
from engagement.activities.actions import activities, sessions
from engagement.activities.choices import Source, Status
from engagement.activities.models import Activity, Session
from engagement.activities.permissions import Permission as ActivityPermission
from engagement.messaging.actions import messages
from engagement.messaging.models import Message
from insight.loop.choices import Event, PublicationKind, SubmissionState
from insight.loop.models import Change, Finding, Loop, Publication, Submission
from insight.loop.permissions import Permission
from insight.loop.selectors import content, pages, submissions


@act(Event.OPPORTUNITY_SUBMITTED, needs=ActivityPermission.ACTIVITY_CHANGE, on="activity")
def submit_opportunity(*, by: Actor, activity: Activity) -> Submission:
    """Ask for the activity to be published as a chance to take part.

    Refuses one that is internal, over, or lacks anything of `selectors.submissions.missing`.
    """
    if not activity.is_public:
        raise ValidationError("This activity is marked as internal. Mark it as public first.")
    if activity.status not in {Status.PLANNED, Status.OPEN}:
        raise ValidationError(
            f"This activity is {activity.get_status_display().lower()}: no one can join it "
            f"any more."
        )
    _check_invitation(activity)
    return _submit(by, activity, PublicationKind.OPPORTUNITY, None)


@act(Event.ANSWER_SUBMITTED, needs=Permission.FINDING_WRITE, on="loop")
def submit_answer(*, by: Actor, loop: Loop) -> Submission:
    """Ask for the loop's findings, decisions and changes to be published."""
    _check_answer(loop)
    return _submit(by, loop.activity, PublicationKind.ANSWER, loop)


@act(Event.SENT_BACK, needs=Permission.PUBLICATION_APPROVE, on="submission")
def send_back(*, by: Actor, submission: Submission, reason: str) -> Submission:
    """Return it to the officer with a note. The public sees nothing new."""
    submission = _waiting(submission)
    if not reason.strip():
        raise ValidationError({"reason": "Say what needs to change"})
    update(
        submission,
        state=SubmissionState.SENT_BACK,
        note=reason,
        settled_by=by.answerable,
        settled_at=clock.now(),
    )
    describe(submission.activity.title)
    return submission


@act(
    Event.OPPORTUNITY_PUBLISHED,
    needs=Permission.PUBLICATION_APPROVE,
    on="submission",
    changes_public=True,
)
def publish_opportunity(
    *, by: Actor, submission: Submission, seen: str | None = None
) -> Publication:
    """Publish the activity as a chance to take part.

    With `seen`, the fingerprint of what was read, it publishes exactly that or refuses.
    """
    submission = _waiting(submission)
    _check_invitation(submission.activity)
    words = content.opportunity(submission.activity)
    _check_read(seen, words)
    return _publish(by, submission, words)


@act(
    Event.ANSWER_PUBLISHED,
    needs=Permission.PUBLICATION_APPROVE,
    on="submission",
    changes_public=True,
)
def publish_answer(*, by: Actor, submission: Submission, seen: str | None = None) -> Publication:
    """Publish what was said and what came of it, and release the notice: it reaches each person
    once.

    With `seen`, the fingerprint of what was read, it publishes exactly that or refuses.
    """
    submission = _waiting(submission)
    if submission.loop is None:
        raise ValidationError("There is no feedback due here.")
    loop = lock(submission.loop)
    if loop.notice is not None:
        # Its words stay as they are from here on.
        loop.notice = lock(loop.notice)
    _check_answer(loop)
    words = content.answer(submission.activity, loop)
    _check_read(seen, words, loop.notice)
    publication = _publish(by, submission, words)
    if loop.answered_on is None and loop.heard_until is not None:
        update(loop, answered_on=clock.today())
    if submission.activity.status == Status.LISTENING_CLOSED:
        activities.answer(by=by, activity=submission.activity)
    if loop.notice is not None:
        messages.approve(by=by, message=loop.notice)
    return publication


@sessions.before_removal
def _keep_published(session: Session) -> None:
    """A session that the public can read of is cancelled, not removed."""
    published = content.current(session.activity, PublicationKind.OPPORTUNITY)
    words = pages.read(published)["sessions"] if published else []
    if any(one["number"] == session.pk for one in words):
        raise ValidationError(
            "This session is on the public page. Cancel it instead, so that people can see that "
            "it does not take place."
        )


NOTICE_OUTDATED = (
    "A finding, a decision or a change is different from when the message to people was saved. "
    "Open the message, check that it still says the same as the answer, and save it."
)


def _check_invitation(activity: Activity) -> None:
    if missing := [part.words for part in submissions.missing(activity)]:
        raise ValidationError(
            f"Before you invite people to take part, say {' and '.join(missing)}."
        )


def _check_answer(loop: Loop) -> None:
    """Refuse a loop that is still open or has nothing to publish, no notice, a finding without
    evidence or decision, or nobody to ask. Records taken from the strategy have neither decisions
    nor a notice.
    """
    activity = loop.activity
    if loop.heard_until is None and activity.source != Source.STRATEGY:
        raise ValidationError("Close listening first.")
    findings = Finding.objects.filter(loop=loop)
    if not findings.exists() and not Change.objects.filter(activity=activity).exists():
        raise ValidationError("There is nothing to publish yet. Add your findings.")
    if findings.filter(evidence=None).exists():
        raise ValidationError(
            "A finding without evidence cannot be published. Select the comments each finding "
            "is based on."
        )
    if activity.source != Source.STRATEGY:
        if findings.filter(decision=None).exists():
            raise ValidationError(
                "Some findings have no decision. Record a decision for each, or say that it is "
                "not yet decided."
            )
        if loop.notice is None:
            raise ValidationError("Write the message that tells people what happened.")
        if content.is_notice_outdated(loop):
            raise ValidationError(NOTICE_OUTDATED)
        if missing := [part.words for part in submissions.missing_to_answer(activity)]:
            raise ValidationError(
                f"Before you tell people what happened, say {' and '.join(missing)}."
            )


def _check_read(seen: str | None, words: Words, notice: Message | None = None) -> None:
    """Refuse what differs from what was read. Nothing is read again after this."""
    if seen is not None and seen != content.fingerprint(words, notice):
        raise ValidationError(
            "This has changed since you opened it. Read it again below, then publish."
        )


def _submit(by: Actor, activity: Activity, kind: PublicationKind, loop: Loop | None) -> Submission:
    describe(activity.title)
    return save(
        Submission(
            activity=activity,
            loop=loop,
            kind=kind,
            submitted_by=by.answerable,
            submitted_at=clock.now(),
        )
    )


def _waiting(submission: Submission) -> Submission:
    submission = lock(submission)
    if submission.state != SubmissionState.WAITING:
        raise ValidationError(
            f"This has already been dealt with: {submission.get_state_display().lower()}."
        )
    return submission


def _publish(by: Actor, submission: Submission, words: Words) -> Publication:
    activity = lock(submission.activity)
    kind = PublicationKind(submission.kind)
    before = content.current(activity, kind)
    if before is not None:
        Publication.objects.filter(pk=before.pk).update(superseded_at=clock.now())
    end = activity.end
    publication = save(
        Publication(
            activity=activity,
            loop=submission.loop,
            submission=submission,
            published_by=by.answerable,
            kind=kind,
            slug=activity.slug,
            number=Publication.objects.filter(activity=activity, kind=kind).count() + 1,
            content=words,
            place_keys=[place["key"] for place in words["places"]]
            + (["nel"] if words["is_area_wide"] else []),
            programme_keys=[programme["key"] for programme in words["programmes"]],
            outcomes=content.outcomes(words),
            finding_outcomes=content.finding_outcomes(words),
            closes_on=end.latest if end else None,
            published_at=clock.now(),
        )
    )
    update(
        submission,
        state=SubmissionState.PUBLISHED,
        settled_by=by.answerable,
        settled_at=clock.now(),
    )
    describe(activity.title, subject=publication)
    return publication

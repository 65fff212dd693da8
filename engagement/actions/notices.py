"""Notices: written by an officer, approved by a lead, and from then on owed to each person once."""

from datetime import date

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, alter, locked, note, record
from core.choices import Event, Permission
from core.models import User
from engagement.choices import Channel, DeliveryState
from engagement.models import Activity, Contact, Delivery, Notice
from engagement.selectors.participants import owed_an_answer


@act(Event.NOTICE_WRITTEN, needs=Permission.NOTICE_WRITE, on="activity")
def write(
    *,
    by: User,
    activity: Activity,
    subject: str,
    body: str,
    heard_from: date | None = None,
    heard_until: date | None = None,
    notice: Notice | None = None,
) -> Notice:
    """Write, or write again, what people are told. An approved notice is fixed and refused."""
    if notice is None:
        notice = Notice(activity=activity, written_by=by, written_at=clock.now())
    else:
        notice = locked(notice)
        if notice.approved_at is not None:
            raise ValidationError(
                "This notice has been approved and may be on its way, so it cannot be changed."
            )
    notice.subject, notice.body = subject, body
    notice.heard_from, notice.heard_until = heard_from, heard_until
    note(activity.title)
    return record(notice)


@act(Event.NOTICE_APPROVED, needs=Permission.PUBLICATION_APPROVE, on="notice")
def approve(*, by: User, notice: Notice) -> Notice:
    """Let it go out: one delivery for each person owed an answer, however often this is asked."""
    notice = locked(notice)
    if notice.approved_at is None:
        alter(notice, approved_at=clock.now(), approved_by=by)
    owed = owed_an_answer(notice.activity, first=notice.heard_from, last=notice.heard_until)
    Delivery.objects.bulk_create(
        (_delivery(notice, contact) for contact in owed.order_by("pk").iterator(chunk_size=2000)),
        ignore_conflicts=True,
        batch_size=2000,
    )
    note(f"{notice.deliveries.count()} deliveries for {notice.activity.title}")
    return notice


def _delivery(notice: Notice, contact: Contact) -> Delivery:
    """By the channel the person prefers: e-mail by the worker, the others by hand until they are
    connected.
    """
    channel = contact.preferred_channel
    state, reason = DeliveryState.BY_HAND, ""
    if channel == Channel.EMAIL:
        state = DeliveryState.WAITING
    elif not channel:
        state, reason = DeliveryState.CANNOT_REACH, "No way of reaching them is recorded."
    return Delivery(
        notice=notice,
        person_id=contact.person_id,
        contact=contact,
        channel=channel,
        state=state,
        reason=reason,
        made_at=clock.now(),
    )

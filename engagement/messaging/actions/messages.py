"""Messages: written by an officer, approved by a lead, and then owed to each person once."""

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Case, Model, Value, When

from core import clock
from core.acting import act, describe, lock, save, update
from core.actors import Actor
from engagement.messaging import subjects
from engagement.messaging.channels import channel
from engagement.messaging.choices import DeliveryState, Event
from engagement.messaging.models import Message, MessageVariant
from engagement.messaging.models.message import DEFAULT_FORMAT, DEFAULT_LANGUAGE
from engagement.messaging.permissions import Permission
from engagement.messaging.selectors import audiences


@act(Event.MESSAGE_WRITTEN, needs=Permission.MESSAGE_WRITE, on="about")
def write(
    *,
    by: Actor,
    about: Model,
    subject: str,
    body: str,
    message: Message | None = None,
    language: str = DEFAULT_LANGUAGE,
    format: str = DEFAULT_FORMAT,  # noqa: A002  # the field's name
) -> Message:
    """Write, or write again, one variant of what people are told about a row.

    Without a `message` a new one begins, in English and the standard format. An approved message is
    fixed and refused.
    """
    known = subjects.of_model(type(about))
    if message is None:
        if (language, format) != (DEFAULT_LANGUAGE, DEFAULT_FORMAT):
            raise ValidationError("Write the message in English and the standard format first.")
        message = save(
            Message(
                about_kind=known.kind,
                about_id=about.pk,
                consent_purpose=known.consent_purpose,
                written_by=by.answerable,
                written_at=clock.now(),
            )
        )
    else:
        message = lock(message)
        if (message.about_kind, message.about_id) != (known.kind, about.pk):
            raise ValueError("This message is about something else.")
        if message.approved_at is not None:
            raise ValidationError(
                "This message has been approved and may be on its way, so it cannot be changed."
            )
    variant = message.variants.filter(language=language, format=format).first()
    if variant is None:
        variant = MessageVariant(message=message, language=language, format=format)
    variant.subject, variant.body = subject, body
    save(variant)
    describe(known.title(about), subject=message)
    return message


@act(Event.MESSAGE_APPROVED, needs=Permission.MESSAGE_APPROVE, on="message")
def approve(*, by: Actor, message: Message) -> Message:
    """Let it go out: one delivery for each person of its audience, however often this is asked."""
    message = lock(message)
    if message.approved_at is None:
        update(message, approved_at=clock.now(), approved_by=by.answerable)
    subject, about = subjects.of_message(message)
    reached = audiences.recipients(subject.audience(about), purpose=message.consent_purpose)
    state, reason = _how_it_begins()
    sql, values = (
        reached.annotate(
            state=state, reason=reason, variant_id=audiences.variant_for_contact(message)
        )
        .values("id", "person_id", "preferred_channel", "state", "reason", "variant_id")
        .query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute(_OWE.format(recipients=sql), [message.pk, clock.now(), *values])
    describe(f"{message.deliveries.count()} deliveries for {subject.title(about)}")
    return message


# One statement, whatever the number of people.
_OWE = """
INSERT INTO messaging_delivery
    (message_id, made_at, attempts, variant_id, person_id, contact_id, channel, state, reason)
SELECT %s, %s, 0, variant_id, person_id, id, preferred_channel, state, reason
FROM ({recipients}) AS recipient
ON CONFLICT (message_id, person_id) DO NOTHING
"""


def _how_it_begins() -> tuple[Case, Case]:
    """The first state of a delivery, and why: by the worker where a channel carries the contact
    method, by hand where none does.
    """
    state = Case(
        When(preferred_channel="", then=Value(DeliveryState.CANNOT_REACH)),
        When(preferred_channel__in=list(channel.sending()), then=Value(DeliveryState.WAITING)),
        default=Value(DeliveryState.BY_HAND),
    )
    reason = Case(
        When(preferred_channel="", then=Value("No way of reaching them is recorded.")),
        default=Value(""),
    )
    return state, reason

"""Messages: written by an officer and approved by a lead, which makes one delivery a person."""

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
    """Write, or rewrite, one variant of a message about a row.

    Without `message` it writes a new one, which must be in English and the standard format. Refuses
    a message that is approved.
    """
    kind = subjects.of_model(type(about))
    if message is None:
        if (language, format) != (DEFAULT_LANGUAGE, DEFAULT_FORMAT):
            raise ValidationError("Write the message in English and the standard format first.")
        message = save(
            Message(
                about_kind=kind.kind,
                about_id=about.pk,
                consent_purpose=kind.consent_purpose,
                written_by=by.answerable,
                written_at=clock.now(),
            )
        )
    else:
        message = lock(message)
        if (message.about_kind, message.about_id) != (kind.kind, about.pk):
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
    describe(kind.title(about), subject=message)
    return message


@act(Event.MESSAGE_APPROVED, needs=Permission.MESSAGE_APPROVE, on="message")
def approve(*, by: Actor, message: Message) -> Message:
    """Approve a message, and make one delivery for each person of its audience.

    Approving it again makes deliveries for those alone who have joined the audience since.
    """
    message = lock(message)
    if message.approved_at is None:
        update(message, approved_at=clock.now(), approved_by=by.answerable)
    subject, about = subjects.of_message(message)
    recipients = audiences.recipients(subject.audience(about), purpose=message.consent_purpose)
    state, reason = _initial_state()
    sql, values = (
        recipients.annotate(
            state=state, reason=reason, variant_id=audiences.variant_for_contact(message)
        )
        .values("id", "person_id", "preferred_channel", "state", "reason", "variant_id")
        .query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT_DELIVERIES.format(recipients=sql), [message.pk, clock.now(), *values]
        )
    describe(f"{message.deliveries.count()} deliveries for {subject.title(about)}")
    return message


# One statement for any number of people.
_INSERT_DELIVERIES = """
INSERT INTO messaging_delivery
    (message_id, made_at, attempts, variant_id, person_id, contact_id, channel, state, reason)
SELECT %s, %s, 0, variant_id, person_id, id, preferred_channel, state, reason
FROM ({recipients}) AS recipient
ON CONFLICT (message_id, person_id) DO NOTHING
"""


def _initial_state() -> tuple[Case, Case]:
    """The first state of a delivery and its reason: to be sent by the worker where a channel serves
    the contact method, by hand where none does.
    """
    state = Case(
        When(preferred_channel="", then=Value(DeliveryState.CANNOT_REACH)),
        When(
            preferred_channel__in=list(channel.sending_by_method()),
            then=Value(DeliveryState.WAITING),
        ),
        default=Value(DeliveryState.BY_HAND),
    )
    reason = Case(
        When(preferred_channel="", then=Value("No way to contact them is recorded.")),
        default=Value(""),
    )
    return state, reason

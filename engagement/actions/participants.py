"""Participants: added, changed, read; what they agreed to, and what they need."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, alter, locked, note, record
from core.choices import Event, Permission, Role
from core.models import Organisation, User
from engagement.choices import Channel, ConsentManner, ConsentPurpose, NeedCategory
from engagement.models import AccessNeed, Consent, Participant

WORDING = {
    ConsentPurpose.TOLD_WHAT_CAME: "You may tell me what was heard, what was decided and what "
    "changed.",
    ConsentPurpose.ASKED_AGAIN: "You may ask me to take part again.",
}


@act(Event.PARTICIPANT_ADDED, needs=Permission.PARTICIPANT_CHANGE)
def add(
    *,
    by: User,
    organisation: Organisation,
    agreed_to: Iterable[ConsentPurpose | str] = (),
    agreed_how: ConsentManner | str = ConsentManner.IN_PERSON,
    **details: Any,
) -> Participant:
    """A person one met: `name`, ways of contact, `place`, `language`, `capacity`, `interests`, and
    what they agreed to.

    The best way to reach them is taken from what is given where it is not said. Refuses to add
    anybody for an organisation that is not one's own.

    """
    if by.organisation_id is not None and by.organisation_id != organisation.pk:
        raise ValidationError("You add people for your own organisation.")
    if by.role == Role.LEAD and by.place_id is not None:
        # Else a lead of a place could not see whom they have just met.
        details["place"] = details.get("place") or by.place
    details.setdefault("preferred_channel", _best_channel(details))
    participant = record(Participant(organisation=organisation, added_at=clock.now(), **details))
    for purpose in agreed_to:
        agree(by=by, participant=participant, purpose=purpose, how=agreed_how)
    note("A person was added")
    return participant


@act(Event.PARTICIPANT_CHANGED, needs=Permission.PARTICIPANT_CHANGE, on="participant")
def change(*, by: User, participant: Participant, **details: Any) -> Participant:
    """Change what is held on a person, but not what they agreed to."""
    participant = locked(participant)
    note("A person’s details were changed", fields=alter(participant, **details))
    return participant


@act(Event.PARTICIPANT_READ, needs=Permission.PARTICIPANT_READ, on="participant")
def read(*, by: User, participant: Participant) -> Participant:
    """Somebody opened a person’s page: the trail keeps that they did."""
    note("A person’s page was opened")
    return participant


@act(Event.CONSENT_GIVEN, needs=Permission.PARTICIPANT_CHANGE, on="participant")
def agree(
    *, by: User, participant: Participant, purpose: ConsentPurpose | str, how: ConsentManner | str
) -> Consent:
    """The person agreed. Agreeing twice leaves the first agreement standing."""
    standing = Consent.objects.filter(
        participant=participant, purpose=purpose, withdrawn_at=None
    ).first()
    note(ConsentPurpose(purpose).label)
    return standing or record(
        Consent(
            participant=participant,
            captured_by=by,
            purpose=purpose,
            wording=WORDING[ConsentPurpose(purpose)],
            given_at=clock.now(),
            given_how=how,
        )
    )


@act(Event.CONSENT_WITHDRAWN, needs=Permission.PARTICIPANT_CHANGE, on="participant")
def withdraw(
    *, by: User, participant: Participant, purpose: ConsentPurpose | str, how: ConsentManner | str
) -> Consent:
    """The person took their agreement back. From now on nothing is sent under it."""
    consent = (
        Consent.objects.select_for_update()
        .filter(participant=participant, purpose=purpose, withdrawn_at=None)
        .first()
    )
    if consent is None:
        raise ValidationError("There is no standing agreement to take back.")
    alter(consent, withdrawn_at=clock.now(), withdrawn_how=str(how))
    note(ConsentPurpose(purpose).label)
    return consent


@act(Event.ACCESS_NEED_RECORDED, needs=Permission.PARTICIPANT_CHANGE, on="participant")
def need(
    *, by: User, participant: Participant, category: NeedCategory | str, need: str
) -> AccessNeed:
    """What the person needs so as to take part or be written to; said twice it is kept once."""
    note("A need was recorded")
    known = AccessNeed.objects.filter(participant=participant, category=category, need=need).first()
    return known or record(
        AccessNeed(participant=participant, category=category, need=need, recorded_at=clock.now())
    )


def _best_channel(details: dict[str, Any]) -> Channel | str:
    for given, channel in (
        ("email", Channel.EMAIL),
        ("telephone", Channel.TEXT),
        ("postal_address", Channel.LETTER),
    ):
        if details.get(given):
            return channel
    return ""

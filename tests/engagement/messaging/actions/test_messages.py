"""Messages: written, approved, and then owed to each person once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from core import access, clock
from core.acting import Refused
from core.models import Language
from core.registry.slots import Link
from engagement.activities.models import Activity, Session
from engagement.messaging import sending, subjects
from engagement.messaging.actions import messages
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery, Message, MessageVariant
from engagement.messaging.permissions import Permission
from engagement.messaging.subjects import Subject
from engagement.people.actions import contacts
from engagement.people.choices import ContactMethod
from engagement.people.models import Contact
from insight.loop.actions import loops
from insight.loop.models import Loop
from tests.factories import engaging
from tests.factories.world import World


@pytest.fixture
def activity(world: World) -> Activity:
    return engaging.activity(world.officer)


def heard(world: World, activity: Activity, **details: object) -> int:
    """Somebody who said something at the activity; the number of their contact."""
    person = engaging.contact(world.officer, **details)  # type: ignore[arg-type]  # details of any kind
    engaging.said(activity, by=world.officer, contact=person)
    return person.pk


def loop_of(activity: Activity) -> Loop:
    return Loop.objects.get(activity=activity)


def owed(notice: Message) -> set[int]:
    return set(notice.deliveries.values_list("contact", flat=True))


def test_message_when_written_again_then_it_has_the_new_words(
    world: World, activity: Activity
) -> None:
    notice = engaging.notice(activity, by=world.officer)

    again = messages.write(
        by=world.colleague, about=loop_of(activity), subject="Anew", body="Words", message=notice
    )

    assert (again.pk, again.subject, again.written_by) == (notice.pk, "Anew", world.officer)
    assert MessageVariant.objects.count() == 1


def test_message_when_approved_then_it_cannot_be_changed(world: World, activity: Activity) -> None:
    notice = messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))

    with pytest.raises(ValidationError, match="cannot be changed"):
        messages.write(
            by=world.officer, about=loop_of(activity), subject="A", body="B", message=notice
        )


def test_message_when_an_officer_approves_it_then_it_is_refused(
    world: World, activity: Activity
) -> None:
    with pytest.raises(Refused):
        messages.approve(by=world.officer, message=engaging.notice(activity, by=world.officer))


@pytest.mark.parametrize(
    ("details", "channel", "state"),
    [
        ({}, ContactMethod.EMAIL, DeliveryState.WAITING),
        ({"email": "", "telephone": "020"}, ContactMethod.TEXT, DeliveryState.BY_HAND),
        ({"email": "", "postal_address": "1 Mare St"}, ContactMethod.LETTER, DeliveryState.BY_HAND),
        (
            {"preferred_channel": ContactMethod.IN_PERSON},
            ContactMethod.IN_PERSON,
            DeliveryState.BY_HAND,
        ),
    ],
)
def test_delivery_when_made_then_its_state_follows_from_the_contact_method(
    world: World, activity: Activity, details: dict[str, str], channel: str, state: str
) -> None:
    heard(world, activity, **details)

    notice = messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))

    delivery = notice.deliveries.get()
    assert (delivery.channel, delivery.state, delivery.reason) == (channel, state, "")


def test_delivery_when_no_way_to_contact_somebody_is_left_then_they_cannot_be_reached(
    world: World, activity: Activity
) -> None:
    heard(world, activity)
    # No act leaves anybody so who agreed.
    Contact.objects.update(email="", preferred_channel="")

    notice = messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))

    delivery = notice.deliveries.get()
    assert (delivery.channel, delivery.state) == ("", DeliveryState.CANNOT_REACH)
    assert delivery.reason


def test_message_when_approved_then_only_those_who_agreed_and_took_part_are_owed_it_once(
    world: World, activity: Activity
) -> None:
    person = engaging.contact(world.officer)
    for _ in range(2):
        engaging.said(activity, by=world.officer, contact=person)
    engaging.came(engaging.session(activity, by=world.officer), person, by=world.officer)
    heard(world, activity, name="Never agreed", agrees=False)
    engaging.contact(world.officer, name="Never came")
    elsewhere = engaging.activity(world.officer)
    heard(world, elsewhere, name="Was elsewhere")

    notice = messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))

    assert owed(notice) == {person.pk}


def test_message_when_about_a_period_then_only_those_heard_in_it_are_owed_it(
    world: World, activity: Activity
) -> None:
    day = clock.today()
    early, inside, late, undated = (engaging.contact(world.officer, name=name) for name in "ABCD")
    for person, days_ago in ((early, 21), (inside, 20), (late, 9)):
        engaging.said(activity, by=world.officer, contact=person, days_ago=days_ago)
    said = engaging.said(activity, by=world.officer, contact=undated)
    type(said).objects.filter(pk=said.pk).update(received_on=None)
    notice = engaging.notice(activity, by=world.officer)
    Loop.objects.update(
        heard_from=day - timedelta(days=20), heard_until=day - timedelta(days=10), due_on=day
    )

    messages.approve(by=world.lead, message=notice)

    assert owed(notice) == {inside.pk, undated.pk}


def test_message_when_approved_again_then_only_new_people_are_added(
    world: World, activity: Activity
) -> None:
    first = heard(world, activity)
    notice = messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=clock.now())
    second = heard(world, activity, name="Bob")

    messages.approve(by=world.lead, message=notice)

    assert owed(notice) == {first, second}
    assert notice.deliveries.get(contact=first).state == DeliveryState.SENT


def test_message_when_consent_is_withdrawn_before_approval_then_nothing_is_owed(
    world: World, activity: Activity
) -> None:
    person = engaging.contact(world.officer)
    engaging.said(activity, by=world.officer, contact=person)
    contacts.withdraw(by=world.officer, contact=person, purpose="told_what_came", how="telephone")

    notice = messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))

    assert owed(notice) == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": DeliveryState.SENT},
        {"state": DeliveryState.SENDING},
        {"settled_at": "2027-03-10T12:00Z"},
    ],
    ids=str,
)
def test_delivery_when_a_paired_field_is_missing_then_the_database_refuses(
    world: World, activity: Activity, wrong: dict[str, str]
) -> None:
    heard(world, activity)
    messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(**wrong)


def test_message_when_approved_by_nobody_then_the_database_refuses(
    world: World, activity: Activity
) -> None:
    engaging.notice(activity, by=world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(approved_at=clock.now())


def known_elsewhere(world: World, person: Contact, **details: object) -> Contact:
    """A second contact of the same person, held by another organisation."""
    other = engaging.contact(world.other_officer, name="Elsewhere", **details)  # type: ignore[arg-type]  # details of any kind
    Contact.objects.filter(pk=other.pk).update(person=person.person)
    return other


@pytest.mark.parametrize(
    ("here", "there", "chosen"),
    [
        ({"telephone": "020", "email": ""}, {}, "there"),
        ({}, {"telephone": "020", "email": ""}, "here"),
        ({"agrees": False}, {"telephone": "020", "email": ""}, "there"),
        ({"telephone": "020", "email": ""}, {"agrees": False}, "here"),
    ],
    ids=["by worker there", "by worker here", "agreed there", "agreed here"],
)
def test_person_when_known_to_two_organisations_then_one_message_goes_where_they_agreed_and_are_best_reached(  # noqa: E501  # says the whole story
    world: World,
    here: dict[str, object],
    there: dict[str, object],
    chosen: str,
) -> None:
    activity = engaging.activity(world.officer, partners=[world.other_officer.organisation])
    first = engaging.contact(world.officer, **here)  # type: ignore[arg-type]  # details of any kind
    second = known_elsewhere(world, first, **there)
    engaging.said(activity, by=world.officer, contact=first)
    engaging.said(activity, by=world.other_officer, contact=second)

    notice = messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))

    assert owed(notice) == {{"here": first, "there": second}[chosen].pk}


def test_message_when_approved_for_many_then_one_statement_makes_all_deliveries(
    world: World, activity: Activity
) -> None:
    heard(world, activity)
    with CaptureQueriesContext(connection) as few:
        messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))
    Message.objects.update(approved_at=None, approved_by=None)
    for number in range(10):
        heard(world, activity, name=f"Person {number}", email=f"p{number}@example.org")
    notice = Message.objects.get()

    with CaptureQueriesContext(connection) as many:
        messages.approve(by=world.lead, message=notice)

    assert notice.deliveries.count() == 11
    assert len(many) <= len(few)


def test_message_when_written_in_the_language_of_a_person_then_they_get_that_variant(
    world: World, activity: Activity
) -> None:
    bengali = Language.objects.create(code="bn", name="Bengali", native_name="Bangla")
    polish = Language.objects.create(code="pl", name="Polish", native_name="Polski")
    contacts_by_name = {
        name: engaging.contact(world.officer, name=name, language=language)
        for name, language in (
            ("Reads Bengali", bengali),
            ("Reads Polish", polish),
            ("No language recorded", None),
        )
    }
    for contact in contacts_by_name.values():
        engaging.said(activity, by=world.officer, contact=contact)
    notice = engaging.notice(activity, by=world.officer)
    messages.write(
        by=world.officer,
        about=loop_of(activity),
        subject="Bangla",
        body="Bangla",
        message=notice,
        language="bn",
    )

    messages.approve(by=world.lead, message=notice)

    assert dict(Delivery.objects.values_list("contact__name", "variant__language")) == {
        "Reads Bengali": "bn",
        "Reads Polish": "en",
        "No language recorded": "en",
    }


def test_message_when_not_first_written_in_english_then_it_is_refused(
    world: World, activity: Activity
) -> None:
    loop = loops.open_for(by=world.officer, activity=activity)

    with pytest.raises(ValidationError, match="in English and the standard format first"):
        messages.write(by=world.officer, about=loop, subject="S", body="B", language="bn")


class Bookings(Subject[Session]):
    """Messages about a session that somebody booked, which need no consent."""

    kind = "booking"
    model = Session

    def title(self, row: Session) -> str:
        return row.venue

    def link(self, row: Session) -> str:
        return f"https://example.org/bookings/{row.pk}"

    def staff_link(self, row: Session) -> Link:
        return Link("The session", f"/bookings/{row.pk}/")

    def link_text(self, row: Session) -> str:
        return "See your booking"

    def reason(self, row: Session) -> str:
        return "You booked a seat."

    def audience(self, row: Session) -> QuerySet[Contact]:
        return Contact.objects.filter(attendances__session=row)


@pytest.fixture
def bookings() -> Iterator[None]:
    subject = Bookings()
    subjects.register(subject)
    yield
    subjects.unregister(subject)


@pytest.mark.usefixtures("bookings")
def test_message_when_its_subject_needs_no_consent_then_its_audience_gets_it_without(
    world: World, activity: Activity, mailoutbox: list[EmailMessage]
) -> None:
    session = engaging.session(activity, by=world.officer)
    person = engaging.contact(world.officer, agrees=False)
    engaging.came(session, person, by=world.officer)
    engaging.contact(world.officer, name="Did not book", email="b@example.org")
    message = messages.write(
        by=world.officer, about=session, subject="Your seat", body="It is kept."
    )

    messages.approve(by=world.lead, message=message)
    sending.send_waiting(by=world.service)

    (sent,) = mailoutbox
    assert sent.to == [person.email]
    assert f"https://example.org/bookings/{session.pk}" in str(sent.body)
    assert "You booked a seat." in str(sent.body)


@pytest.mark.usefixtures("bookings")
def test_message_when_about_a_row_of_another_organisation_then_it_is_refused_and_not_listed(
    world: World, activity: Activity
) -> None:
    session = engaging.session(activity, by=world.officer)
    message = messages.write(by=world.officer, about=session, subject="S", body="B")

    with pytest.raises(Refused):
        messages.write(
            by=world.other_officer, about=session, subject="S", body="B", message=message
        )

    assert message in access.rows(world.officer, Permission.MESSAGE_WRITE, Message)
    assert message not in access.rows(world.other_officer, Permission.MESSAGE_WRITE, Message)


def test_message_when_about_a_model_without_subject_then_it_cannot_be_written(
    world: World, activity: Activity
) -> None:
    session = engaging.session(activity, by=world.officer)

    with pytest.raises(LookupError, match="No wing registered"):
        messages.write(by=world.officer, about=session, subject="S", body="B")


def test_subject_when_its_kind_or_model_is_registered_then_it_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        subjects.register(type(subjects.of_model(Loop))())

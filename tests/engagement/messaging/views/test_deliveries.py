"""Settling deliveries through their page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from core.acting import Refused
from core.models import AuditEvent
from engagement.messaging import subjects
from engagement.messaging.actions import deliveries, messages
from engagement.messaging.choices import DeliveryState
from engagement.messaging.forms.deliveries import SettleForm
from engagement.messaging.models import Delivery
from engagement.people.actions import contacts
from engagement.people.choices import ContactMethod, Event
from insight.loop.models import Loop
from tests.factories import answering, engaging
from tests.factories.world import World

Owe = Callable[..., Delivery]

WITHDREW = "They no longer agree to be told. Do not contact them about this."


@pytest.fixture
def owe(world: World) -> Owe:
    """Makes a delivery of an approved notice, in the state given."""

    def make(state: DeliveryState = DeliveryState.IN_DOUBT, **details: str) -> Delivery:
        activity = engaging.activity(world.officer)
        person = engaging.contact(world.officer, **details)  # type: ignore[arg-type]  # details of any kind
        engaging.said(activity, by=world.officer, contact=person)
        messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))
        delivery = Delivery.objects.get()
        Delivery.objects.filter(pk=delivery.pk).update(state=state)
        return delivery

    return make


def address(delivery: Delivery) -> str:
    return reverse("delivery-settle", args=[delivery.pk])


def test_delivery_when_settled_then_it_is_recorded_and_leads_back_to_the_page_of_its_subject(
    client: Client, world: World, owe: Owe
) -> None:
    delivery = owe()
    client.force_login(world.officer)

    response = client.post(address(delivery), {"outcome": "sent", "reason": "Rang them"})

    delivery.refresh_from_db()
    assert (delivery.state, delivery.settled_by) == ("sent", world.officer)
    back = subjects.of_model(Loop).staff_link(Loop.objects.get()).href
    assert (response.status_code, response.headers["Location"]) == (302, back)


def test_delivery_when_its_page_is_read_then_the_audit_trail_records_reading_the_contact(
    client: Client, world: World, owe: Owe
) -> None:
    delivery = owe()
    client.force_login(world.officer)

    page = client.get(address(delivery)).content.decode()

    assert delivery.resident.email in page
    assert "Breakfast now comes at eight." in page
    assert AuditEvent.objects.filter(event=Event.CONTACT_READ).count() == 1


def test_delivery_when_they_withdrew_their_agreement_then_its_page_says_not_to_contact_them(
    client: Client, world: World, owe: Owe
) -> None:
    delivery = owe(DeliveryState.BY_HAND)
    client.force_login(world.officer)
    before = client.get(address(delivery)).content.decode()
    contacts.withdraw(
        by=world.officer,
        contact=delivery.resident,
        purpose=delivery.message.consent_purpose,
        how="telephone",
    )

    page = client.get(address(delivery)).content.decode()

    assert WITHDREW in page
    assert WITHDREW not in before


def test_delivery_when_settled_without_the_reason_it_needs_then_the_page_says_so(
    client: Client, world: World, owe: Owe
) -> None:
    delivery = owe()
    client.force_login(world.officer)

    page = client.post(address(delivery), {"outcome": "cannot_reach"}).content.decode()

    assert "Say why they cannot be contacted" in page
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.IN_DOUBT


def test_delivery_when_there_is_nothing_to_settle_then_its_page_has_no_form(
    client: Client, world: World, owe: Owe
) -> None:
    client.force_login(world.officer)

    page = client.get(address(owe(DeliveryState.WAITING))).content.decode()

    assert "There is nothing to resolve" in page
    assert 'name="outcome"' not in page


def test_delivery_when_of_another_organisation_then_its_page_is_not_found(
    client: Client, world: World, owe: Owe
) -> None:
    client.force_login(world.other_officer)

    assert client.get(address(owe())).status_code == 404


def test_delivery_when_of_a_partner_s_contact_then_names_nobody_and_only_the_partner_settles_it(
    client: Client, world: World
) -> None:
    activity = engaging.activity(world.officer, partners=[world.other])
    for by, name in ((world.officer, "Amina Khan"), (world.other_officer, "Secret Name")):
        engaging.said(activity, by=by, contact=engaging.contact(by, name=name))
    loop = answering.answerable(activity, by=world.officer)
    assert loop.notice is not None
    messages.approve(by=world.lead, message=loop.notice)
    Delivery.objects.update(state=DeliveryState.FAILED, reason="Their son said so")
    mine, theirs = (
        Delivery.objects.get(contact__organisation=one) for one in (world.own, world.other)
    )
    ledger = subjects.of_model(Loop).staff_link(loop).href
    client.force_login(world.officer)

    page = client.get(f"{ledger}?state=unsettled").content.decode()

    assert "Amina Khan" in page
    assert address(mine) in page
    assert "Person from Newham trust" in page
    assert "Newham trust can resolve this." in page
    assert page.count("Their son said so") == 1
    assert "Secret Name" not in page
    assert theirs.resident.email not in page
    assert address(theirs) not in page
    assert client.get(address(theirs)).status_code == 404
    with pytest.raises(Refused):
        deliveries.settle(by=world.officer, delivery=theirs, outcome=DeliveryState.SENT)
    deliveries.settle(by=world.other_officer, delivery=theirs, outcome=DeliveryState.SENT)


@pytest.mark.parametrize(
    ("details", "can_be_sent_again"),
    [
        ({}, True),
        ({"email": "", "preferred_channel": ContactMethod.TELEPHONE, "telephone": "020"}, False),
    ],
    ids=["by email", "by telephone"],
)
def test_form_when_no_channel_sends_by_the_contact_method_then_sending_again_is_not_offered(
    owe: Owe, details: dict[str, str], can_be_sent_again: bool
) -> None:
    form = SettleForm(delivery=owe(DeliveryState.FAILED, **details))

    offered = [value for value, _ in form.fields["outcome"].choices]  # type: ignore[attr-defined]  # a choice field
    assert ("waiting" in offered) is can_be_sent_again

"""Settling deliveries through their page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from engagement.messaging import subjects
from engagement.messaging.actions import messages
from engagement.messaging.choices import DeliveryState
from engagement.messaging.forms.deliveries import SettleForm
from engagement.messaging.models import Delivery
from engagement.people.choices import ContactMethod, Event
from insight.loop.models import Loop
from tests.factories import engaging
from tests.factories.world import World

Owe = Callable[..., Delivery]


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

    assert delivery.contact.email in page
    assert "Breakfast now comes at eight." in page
    assert AuditEvent.objects.filter(event=Event.CONTACT_READ).count() == 1


def test_delivery_when_settled_without_the_reason_it_needs_then_the_page_says_so(
    client: Client, world: World, owe: Owe
) -> None:
    delivery = owe()
    client.force_login(world.officer)

    page = client.post(address(delivery), {"outcome": "cannot_reach"}).content.decode()

    assert "Say why they cannot be reached" in page
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.IN_DOUBT


def test_delivery_when_there_is_nothing_to_settle_then_its_page_has_no_form(
    client: Client, world: World, owe: Owe
) -> None:
    client.force_login(world.officer)

    page = client.get(address(owe(DeliveryState.WAITING))).content.decode()

    assert "There is nothing to settle here" in page
    assert 'name="outcome"' not in page


def test_delivery_when_of_another_organisation_then_its_page_is_not_found(
    client: Client, world: World, owe: Owe
) -> None:
    client.force_login(world.other_officer)

    assert client.get(address(owe())).status_code == 404


@pytest.mark.parametrize(
    ("details", "can_be_sent_again"),
    [
        ({}, True),
        ({"email": "", "preferred_channel": ContactMethod.TELEPHONE, "telephone": "020"}, False),
    ],
    ids=["by e-mail", "by telephone"],
)
def test_form_when_no_channel_sends_by_the_contact_method_then_sending_again_is_not_offered(
    owe: Owe, details: dict[str, str], can_be_sent_again: bool
) -> None:
    form = SettleForm(delivery=owe(DeliveryState.FAILED, **details))

    offered = [value for value, _ in form.fields["outcome"].choices]  # type: ignore[attr-defined]  # a choice field
    assert ("waiting" in offered) is can_be_sent_again

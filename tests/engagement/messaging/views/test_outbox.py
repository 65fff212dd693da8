"""The outbox: messages in the mail folder, read in the browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core.models import AuditEvent
from engagement.messaging import mail_folder, sending
from engagement.messaging.actions import messages
from engagement.messaging.models import Delivery
from engagement.people.choices import Event
from tests.factories import engaging
from tests.factories.world import World

LIST = "/staff/outbox/"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "engagement.messaging.mail_folder.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


@pytest.fixture
def sent(world: World, folder: Path) -> Callable[..., list[Delivery]]:
    """Sends a notice to so many people."""

    def make(number: int = 1) -> list[Delivery]:
        activity = engaging.activity(world.officer)
        for turn in range(number):
            contact = engaging.contact(
                world.officer, name=f"Person {turn}", email=f"p{turn}@example.org"
            )
            engaging.said(activity, by=world.officer, contact=contact)
        notice = engaging.notice(activity, by=world.officer)
        notice.variants.update(body="<b>Tea</b> at eight.")
        messages.approve(by=world.lead, message=notice)
        sending.send_waiting(by=world.service)
        return list(Delivery.objects.order_by("pk"))

    return make


def test_messages_when_kept_then_each_is_a_file_for_mail_programs_in_the_order_sent(
    sent: Callable[..., list[Delivery]], folder: Path
) -> None:
    deliveries = sent(3)

    names = sorted(file.name for file in folder.iterdir())
    assert {delivery.state for delivery in deliveries} == {"sent"}
    assert [int(name.split("-")[-1].removesuffix(".eml")) for name in names] == [
        delivery.pk for delivery in deliveries
    ]
    assert [each.read()["To"] for each in mail_folder.kept()] == [
        f"p{turn}@example.org" for turn in (2, 1, 0)
    ]


def test_outbox_when_opened_then_a_message_is_shown_as_it_was_sent_and_reading_is_recorded(
    client: Client, world: World, sent: Callable[..., list[Delivery]]
) -> None:
    sent()
    client.force_login(world.officer)
    (kept,) = mail_folder.kept()
    address = reverse("outbox-detail", args=[kept.name])

    listed = client.get(LIST).content.decode()
    page = client.get(address)
    html = client.get(reverse("outbox-html", args=[kept.name]))

    assert address in listed
    assert "p0@example.org" in page.content.decode()
    assert "&lt;b&gt;Tea&lt;/b&gt; at eight." in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert AuditEvent.objects.filter(event=Event.CONTACT_READ).count() == 1
    assert html.content.decode() == kept.read().get_body(("html",)).get_content()  # type: ignore[union-attr]  # it has one
    policy = html.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert html.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("who", ["other_officer", "analyst"])
def test_outbox_when_the_reader_may_not_settle_a_delivery_then_its_message_is_not_there(
    client: Client, world: World, sent: Callable[..., list[Delivery]], who: str
) -> None:
    sent()
    client.force_login(getattr(world, who))
    (kept,) = mail_folder.kept()

    listed = client.get(LIST)
    statuses = [
        client.get(reverse(name, args=[kept.name])).status_code
        for name in ("outbox-detail", "outbox-html")
    ]

    assert kept.name not in listed.content.decode()
    assert set(statuses) <= {403, 404}


@pytest.mark.parametrize("name", ["..", "passwd", "20270327-093005-123456-1.eml"])
def test_outbox_when_there_is_no_such_message_then_404(
    client: Client, world: World, folder: Path, name: str
) -> None:
    client.force_login(world.officer)

    assert client.get(f"{LIST}{name}/").status_code == 404


def test_outbox_when_messages_go_to_a_mail_server_then_there_is_none(
    client: Client, world: World, sent: Callable[..., list[Delivery]], settings: Settings
) -> None:
    sent()
    (kept,) = mail_folder.kept()
    client.force_login(world.officer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert client.get(LIST).status_code == 404
    assert client.get(reverse("outbox-detail", args=[kept.name])).status_code == 404


def test_message_when_the_folder_is_full_then_nothing_of_it_is_kept_and_it_waits(
    sent: Callable[..., list[Delivery]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill)

    (delivery,) = sent()

    assert delivery.state == "waiting"
    assert list(folder.iterdir()) == []

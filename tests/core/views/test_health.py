"""The addresses of health checks, and the command that runs the same checks."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from core import clock, health
from core.choices import Role
from core.tasks import heartbeat
from engagement.messaging.health import STUCK_AFTER
from engagement.messaging.models import Delivery
from engagement.people.choices import ContactMethod
from tests.factories import engaging, people


@pytest.fixture(autouse=True)
def _no_worker_yet() -> None:
    cache.clear()


def test_live_when_the_process_runs_then_says_alive(client: Client) -> None:
    response = client.get("/health/live")

    assert response.status_code == 200
    assert response.json() == {"status": "alive"}
    assert "X-Start-Token" not in response.headers


@pytest.mark.parametrize(("sent", "is_shown"), [("of-my-parent", True), ("a guess", False)])
def test_live_when_started_by_a_parent_then_shows_its_token_to_who_knows_it(
    client: Client, settings: Settings, sent: str, is_shown: bool
) -> None:
    settings.START_TOKEN = "of-my-parent"

    asked_without = client.get("/health/live")
    response = client.get("/health/live", headers={"X-Start-Token": sent})

    assert "X-Start-Token" not in asked_without.headers
    assert ("X-Start-Token" in response.headers) is is_shown


@pytest.mark.django_db
def test_ready_when_no_worker_was_heard_from_then_503_says_so(client: Client) -> None:
    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["status"] == "not ready"
    assert response.json()["checks"]["worker"] == "No worker has been heard from."
    assert response.json()["checks"]["database"] == "well"


@pytest.mark.django_db
def test_ready_when_worker_sent_a_heartbeat_then_everything_is_well(client: Client) -> None:
    heartbeat()

    response = client.get("/health/ready")

    assert response.status_code == 200
    assert set(response.json()["checks"].values()) == {"well"}


@pytest.mark.django_db
def test_ready_when_the_last_heartbeat_is_old_then_503_says_so(client: Client) -> None:
    with clock.set_to(clock.now() - health.WORKER_SILENCE - timedelta(seconds=1)):
        heartbeat()

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == "The worker was not heard from for some time."


@pytest.mark.django_db
def test_ready_when_a_message_waits_too_long_then_503_says_so(client: Client) -> None:
    heartbeat()
    officer = people.user(Role.OFFICER, organisation=people.organisation())
    activity = engaging.activity(officer)
    contact = engaging.contact(officer)
    notice = engaging.notice(activity, by=officer)
    delivery = Delivery.objects.create(
        message=notice,
        variant=notice.default_variant,
        person=contact.person,
        contact=contact,
        channel=ContactMethod.EMAIL,
        made_at=clock.now() - STUCK_AFTER + timedelta(minutes=1),
    )
    before = client.get("/health/ready")
    Delivery.objects.filter(pk=delivery.pk).update(
        made_at=clock.now() - STUCK_AFTER - timedelta(minutes=1)
    )

    after = client.get("/health/ready")

    assert before.status_code == 200
    assert after.status_code == 503
    assert "half an hour" in after.json()["checks"]["messages"]


def test_results_when_a_check_raises_an_error_then_it_is_a_fault_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise OSError("the cable is out")

    monkeypatch.setattr(health, "_checks", {"first": broken, "second": lambda: None})

    first, second = health.results()

    assert first == health.Result("first", "It does not answer.")
    assert second == health.Result("second", None)


def test_health_command_when_worker_is_silent_then_exit_code_is_not_0() -> None:
    said = StringIO()

    with pytest.raises(CommandError, match="Not well"):
        call_command("health", "worker", stdout=said)

    assert said.getvalue() == "worker: No worker has been heard from.\n"


def test_health_command_when_worker_was_heard_from_then_says_well() -> None:
    heartbeat()
    said = StringIO()

    call_command("health", "worker", stdout=said)

    assert said.getvalue() == "worker: well\n"


def test_health_command_when_the_check_is_unknown_then_exit_code_is_not_0() -> None:
    with pytest.raises(CommandError):
        call_command("health", "weather", stdout=StringIO())

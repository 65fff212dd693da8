"""The two addresses machines ask for health."""

import pytest
from django.test import Client


def test_live_when_process_answers_then_says_alive(client: Client) -> None:
    response = client.get("/health/live")

    assert response.status_code == 200
    assert response.json() == {"status": "alive"}


@pytest.mark.django_db
def test_ready_when_no_worker_was_heard_from_then_503_says_so(client: Client) -> None:
    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == "No worker has been heard from."
    assert response.json()["checks"]["database"] == "well"

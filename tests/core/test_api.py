"""Refusals of the API: in JSON, and in the audit trail."""

from typing import Any, cast

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path
from pytest_django import Settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actions import accounts, refusals
from core.choices import CoreEvent, Outcome
from core.models import AuditEvent, User
from core.permissions import Permission
from nel_participation.urls import urlpatterns as of_the_site
from tests.factories.world import World


class Closed(APIView):
    """A view that names no permission."""


class Open(APIView):
    """A view that anybody who has signed in may ask, and that refuses in its own ways."""

    permission_classes = ()

    def get(self, request: Request) -> Response:
        raise PermissionDenied

    def post(self, request: Request) -> Response:
        accounts.make(by=cast(User, request.user), email="x@example.org", name="X", role="analyst")
        raise AssertionError("The act was not refused.")


urlpatterns: list[Any] = [
    path("api/v1/closed/", Closed.as_view()),
    path("api/v1/open/", Open.as_view()),
    *of_the_site,
]


@pytest.fixture(autouse=True)
def _more_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize("address", ["/api/v1/closed/", "/api/v1/open/"])
def test_api_when_it_refuses_a_member_of_staff_then_the_trail_says_so_up_to_a_number(
    client: Client, world: World, address: str
) -> None:
    client.force_login(world.analyst)

    answers = {client.get(address).status_code for _ in range(refusals.MOST + 5)}

    rows = AuditEvent.objects.filter(event=CoreEvent.PAGE_REFUSED, outcome=Outcome.REFUSED)
    assert answers == {403}
    assert rows.count() == rows.filter(by=world.analyst).count() == refusals.MOST
    assert rows.earliest("id").about == f"GET {address} is not open to them."
    assert rows.latest("id").about == refusals.NO_MORE


def test_api_when_nobody_has_signed_in_then_it_refuses_and_the_trail_has_nobody_to_name(
    client: Client, world: World
) -> None:
    before = AuditEvent.objects.count()

    assert client.get("/api/v1/closed/").status_code == 403
    assert AuditEvent.objects.count() == before


def test_api_when_an_act_is_refused_then_it_says_so_in_json_and_the_act_is_in_the_trail_once(
    client: Client, world: World
) -> None:
    client.force_login(world.analyst)

    response = client.post("/api/v1/open/")

    (row,) = AuditEvent.objects.filter(outcome=Outcome.REFUSED)
    assert response.status_code == 403
    assert response.json() == {"detail": row.about}
    assert row.event == CoreEvent.ACCOUNT_MADE
    assert Permission.ACCOUNT_MANAGE.value in row.about

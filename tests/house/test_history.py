"""Rows that people change keep their history; every other table says why it does not."""

from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEvent
from insight.loop.actions import loops
from insight.loop.models import Loop
from tests.factories import engaging
from tests.factories.world import World
from tests.house.test_relations import is_history, ours

_FACTS = "a fact of the service, loaded from a file of the project"
_ADDED = "added and taken away, never changed"
_RECORD = "is itself the record of what became of something"
_WORDS = "what residents said or need is not copied into a second table"
#: Tables whose rows keep no history, and why.
WITHOUT = {
    "core.Place": _FACTS,
    "core.LocalAuthority": _FACTS,
    "core.Organisation": _FACTS,
    "core.Collaborative": _FACTS,
    "core.Language": _FACTS,
    "core.Population": _FACTS,
    "core.Programme": _FACTS,
    "framework.StandardsVersion": _FACTS,
    "framework.Standard": _FACTS,
    "framework.Commitment": _FACTS,
    "core.AuditEvent": "the trail itself",
    "core.SentForm": "a note of a few days",
    "core.SignInLinkRequest": _RECORD,
    "people.Person": "has nothing that changes",
    "people.PersonDistinction": _ADDED,
    "people.AccessNeed": _WORDS,
    "messaging.SendingRun": _RECORD,
    "messaging.Delivery": _RECORD,
    "activities.ActivityPartner": _ADDED,
    "activities.Output": _ADDED,
    "activities.Attendance": _ADDED,
    "activities.Contribution": _WORDS,
    "loop.Evidence": _ADDED,
    "loop.Submission": _RECORD,
    "loop.Publication": "every version is a row of its own",
    "reporting.ReportFile": "frozen, with its fingerprint",
}


def test_model_when_its_rows_can_be_changed_then_they_keep_their_history() -> None:
    histories = (model for model in apps.get_models() if is_history(model))
    tracked = {vars(model)["pgh_tracked_model"] for model in histories}

    assert {model._meta.label for model in ours() if model not in tracked} == set(WITHOUT)


def changes(row: Any, name: str) -> list[tuple[Any, bool]]:
    """The values that a field has had, and whether the act that gave each is in the trail."""
    acts = {str(act) for act in AuditEvent.objects.values_list("act", flat=True)}
    return [
        (getattr(one, name), one.pgh_context.metadata["act"] in acts)
        for one in row.events.select_related("pgh_context").order_by("pgh_id")
    ]


def test_account_when_changed_on_its_page_then_what_it_was_is_kept_and_no_password(
    client: Client, world: World
) -> None:
    account = world.analyst
    client.force_login(world.administrator)

    client.post(
        reverse("account-change", args=[account.pk]),
        {"name": "Nia New", "role": "analyst", "is_active": "on"},
    )

    *before, after = changes(account, "name")
    assert (before[-1][0], after) == (account.name, ("Nia New", True))
    columns = {field.name for field in account.events.model._meta.fields}  # type: ignore[attr-defined]  # kept by pghistory
    assert not columns & {"password", "last_login"}


def test_session_and_head_count_when_changed_on_their_pages_then_what_they_were_is_kept(
    client: Client, world: World
) -> None:
    session = engaging.session(engaging.activity(world.officer), by=world.officer)
    client.force_login(world.officer)
    day = session.starts_at
    typed = {"day-day": day.day, "day-month": day.month, "day-year": day.year}

    client.post(
        reverse("session-edit", args=[session.pk]),
        typed | {"begins": "6:30pm", "ends": "8pm", "venue": "Library"},
    )
    for number in ("12", "15"):
        client.post(reverse("register-count", args=[session.pk]), {"count": number})

    assert changes(session, "venue") == [("Town hall", True), ("Library", True)]
    session.refresh_from_db()
    assert changes(session.head_count, "count") == [(12, True), (15, True)]


def test_feedback_due_when_listening_closes_and_reopens_then_each_day_it_was_due_is_kept(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    engaging.said(activity, by=world.officer)
    closed = loops.close_listening(by=world.officer, activity=activity, on=clock.today())

    loops.reopen_listening(by=world.officer, activity=activity)

    days = changes(Loop.objects.get(), "due_on")
    assert (closed.due_on, True) in days
    assert days[-1] == (None, True)

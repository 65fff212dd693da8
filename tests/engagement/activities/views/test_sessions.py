"""Sessions through their pages: every field is asked, shown, exported, and seen by whom it may."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import User
from engagement.activities.actions import contributions, registers
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.models import Activity, Session
from engagement.people.models import Contact

SignIn = Callable[[User], Client]
TYPED = {
    "day-day": "27",
    "day-month": "3",
    "day-year": "2027",
    "begins": "6:30pm",
    "ends": "8pm",
    "venue": "Town hall",
    "link": "https://example.org/join",
    "capacity": "40",
    "access_features": ["step_free", "captions"],
    "interpreters": "Sylheti",
    "note": "=Keys are at the desk",
}
SEEN_BY_STAFF = (
    "27 March 2027, 6:30pm to 8pm",
    "Town hall and online",
    "Link to join online: https://example.org/join",
    "Room for: 40",
    "Access: Step-free, Live captions",
    "Interpreters: Sylheti",
)


@pytest.fixture
def added(house: SimpleNamespace, sign_in: SignIn, activity: Activity) -> Session:
    """A session with every field filled in."""
    sign_in(house.officer).post(reverse("session-add", args=[activity.pk]), TYPED)
    return Session.objects.get()


def test_session_when_every_field_is_filled_in_then_its_activity_shows_them_all(
    house: SimpleNamespace, sign_in: SignIn, added: Session
) -> None:
    page = sign_in(house.officer).get(reverse("activity-detail", args=[added.activity_id]))

    for words in (*SEEN_BY_STAFF, "Note for colleagues: =Keys are at the desk"):
        assert words in page.content.decode()


def test_session_when_read_by_another_organisation_then_its_note_is_not_shown(
    house: SimpleNamespace, sign_in: SignIn, added: Session
) -> None:
    page = sign_in(house.stranger).get(reverse("activity-detail", args=[added.activity_id]))

    for words in SEEN_BY_STAFF:
        assert words in page.content.decode()
    assert "Keys are at the desk" not in page.content.decode()


def test_session_when_opened_to_change_then_the_form_has_the_recorded_values(
    house: SimpleNamespace, sign_in: SignIn, added: Session, shown: dict[str, Any]
) -> None:
    sign_in(house.officer).get(reverse("session-edit", args=[added.pk]))

    form = shown["form"]
    assert form["interpreters"].value() == "Sylheti"
    assert form["access_features"].value() == ["step_free", "captions"]
    assert f"{form['day'].initial:%d %m %Y} {form['begins'].initial:%H:%M}" == "27 03 2027 18:30"


def test_sessions_when_exported_then_each_field_that_all_staff_may_see_has_a_column(
    added: Session, tmp_path: Path
) -> None:
    file = tmp_path / "sessions.csv"

    call_command("export", "sessions", "--output", str(file), stdout=io.StringIO())

    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert row == {
        "Number": str(added.pk),
        "Activity": added.activity.title,
        "Starts": "2027-03-27 18:30",
        "Ends": "2027-03-27 20:00",
        "Venue": "Town hall",
        "Link to join online": "https://example.org/join",
        "Room for": "40",
        "Access": "Step-free, Live captions",
        "Interpreters": "Sylheti",
        "Cancelled because": "",
    }


def test_session_when_several_answers_are_wrong_then_all_errors_show_at_once(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity, shown: dict[str, Any]
) -> None:
    wrong = {**TYPED, "day-year": "2020", "begins": "6:30", "venue": "", "link": ""}

    page = sign_in(house.officer).post(reverse("session-add", args=[activity.pk]), wrong)

    assert set(shown["form"].errors) == {"day", "begins", "venue"}
    assert "27 March 2020 is outside the dates of the activity" in page.content.decode()
    assert "Venue (optional)" not in page.content.decode()


def test_session_when_cancelled_then_its_activity_and_register_say_why_and_nobody_is_owed_it(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    client = sign_in(house.officer)

    page = client.post(
        reverse("session-cancel", args=[session.pk]), {"reason": "The hall is closed"}, follow=True
    )
    register = client.get(reverse("register-take", args=[session.pk])).content.decode()
    again = client.post(reverse("session-cancel", args=[session.pk]), {"reason": "Once more"})

    assert "The hall is closed" in page.content.decode()
    assert "This session is cancelled: The hall is closed" in register
    assert "Someone new" not in register
    assert "Add a new one instead" in again.content.decode()
    session.refresh_from_db()
    assert session.cancelled_reason == "The hall is closed"


def test_session_when_it_took_place_then_it_is_not_cancelled(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Callable[..., Contact]
) -> None:
    client, address = sign_in(house.officer), reverse("session-cancel", args=[session.pk])
    registers.tick(by=house.officer, session=session, contacts=[meet()])
    during = client.get(address).content.decode()
    Session.objects.update(ends_at=clock.now())

    after = client.get(address).content.decode()
    refused = client.post(address, {"reason": "Oops"})

    assert "This session took place" not in during
    assert "This session took place" in after
    assert refused.status_code == 200
    session.refresh_from_db()
    assert not session.is_cancelled


@pytest.mark.parametrize("recorded", ["nothing", "people", "heads", "comments"])
def test_session_when_removed_then_is_gone_unless_something_is_recorded_of_it(
    house: SimpleNamespace,
    sign_in: SignIn,
    session: Session,
    meet: Callable[..., Contact],
    recorded: str,
) -> None:
    if recorded == "people":
        registers.tick(by=house.officer, session=session, contacts=[meet()])
    elif recorded == "heads":
        registers.count_heads(by=house.officer, session=session, count=0, is_estimated=False)
    elif recorded == "comments":
        contributions.record_many(
            by=house.officer,
            activity=session.activity,
            contributions=[NewContribution("The bus is late")],
            how_it_came="in_person",
            received_on=None,
            session=session,
        )
    client, address = sign_in(house.officer), reverse("session-remove", args=[session.pk])

    asked = client.get(address).content.decode()
    client.post(address)

    stays = recorded != "nothing"
    assert ("so you cannot remove it" in asked) is stays
    assert Session.objects.exists() is stays


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": "5pm"}, "ends"),
        ({"venue": ""}, "venue"),
        ({"begins": "soon"}, "begins"),
        ({"begins": "6:30", "ends": "8:30pm"}, "begins"),
        ({"day-year": "2020"}, "day"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "zoom.example/j/1", "begins": "soon"}, "begins link"),
        ({"day-day": "31", "day-month": "2"}, "day"),
    ],
)
def test_session_when_an_answer_is_wrong_then_is_refused_beside_it(
    house: SimpleNamespace,
    sign_in: SignIn,
    shown: dict[str, Any],
    activity: Activity,
    changes: dict[str, str],
    field: str,
) -> None:
    answers = {
        "day-day": "1",
        "day-month": "6",
        "day-year": "2027",
        "begins": "6pm",
        "ends": "8pm",
        "venue": "Hall",
    }

    sign_in(house.officer).post(reverse("session-add", args=[activity.pk]), {**answers, **changes})

    assert list(shown["form"].errors) == field.split()
    for words in shown["form"].errors.get("link", ()):
        assert "begins with https://" in words
    assert not Session.objects.exists()


def test_session_when_changed_then_keeps_london_time(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], activity: Activity
) -> None:
    client = sign_in(house.officer)
    answers = {
        "day-day": "1",
        "day-month": "6",
        "day-year": "2027",
        "begins": "6pm",
        "ends": "8pm",
        "venue": "Hall",
    }
    client.post(reverse("session-add", args=[activity.pk]), answers)
    session = Session.objects.get()

    client.get(reverse("session-edit", args=[session.pk]))

    assert shown["form"]["begins"].value() == "18:00"
    assert f"{session.starts_at:%H:%M}" == "17:00"
    assert (
        client.post(
            reverse("session-edit", args=[session.pk]), {**answers, "venue": "Barn"}
        ).status_code
        == 302
    )
    assert Session.objects.get().venue == "Barn"

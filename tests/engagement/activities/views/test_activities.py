"""Activities through their pages: listed, logged, completed, cancelled, exported."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from core import clock
from core.choices import Outcome, Role
from core.models import AuditEvent, Programme, User
from engagement.activities.actions import activities, sessions
from engagement.activities.choices import Event
from engagement.activities.forms.activities import SECTIONS
from engagement.activities.models import Activity, Session

SignIn = Callable[[User], Client]
Log = Callable[..., Activity]


def typed(house: SimpleNamespace, **changes: Any) -> dict[str, Any]:
    """The values posted to log an activity."""
    values = {
        "title": "Help plan the clinic",
        "purpose": "To decide its hours",
        "scope_of_influence": "The hours",
        "level": "involve",
        "level_reason": "The hours are open",
        "places": [house.place.pk],
        "start-month": "3",
        "start-year": "2026",
        "methods": ["survey"],
        "lead_organisation": house.own.pk,
        "is_public": "yes",
    }
    return {**values, **changes}


def test_log_when_the_questions_are_filled_in_then_the_activity_opens_with_its_task_list(
    house: SimpleNamespace, sign_in: SignIn
) -> None:
    response = sign_in(house.officer).post(reverse("activity-log"), typed(house), follow=True)

    activity = Activity.objects.get()
    assert response.redirect_chain == [(reverse("activity-detail", args=[activity.pk]), 302)]
    assert activity.start is not None
    assert activity.start.words == "March 2026"
    page = response.content.decode()
    assert "Complete the record" in page
    assert "Not started" in page


def test_log_when_a_programme_is_chosen_then_it_is_kept_though_none_of_the_eight_questions_asks_it(
    house: SimpleNamespace, sign_in: SignIn
) -> None:
    programme = Programme.objects.create(key="cancer", name="Cancer")
    client = sign_in(house.officer)

    page = client.get(reverse("activity-log")).content.decode()
    client.post(reverse("activity-log"), typed(house, programmes=[programme.pk]))

    assert page.index("8. Public or not?") < page.index('name="programmes"')
    assert list(Activity.objects.get().programmes.all()) == [programme]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"end-year": "2025"}, "end", "The end date must be the same as or after the start date"),
        ({"level_reason": ""}, "level_reason", "Say why you chose this level."),
        (
            {"is_always_on": "on", "end-year": "2027"},
            "is_always_on",
            "An activity that does not end cannot have an end date.",
        ),
        ({"places": []}, "places", "Select one or more places"),
        (
            {"is_area_wide": "on"},
            "places",
            "Select places or the whole of north east London, not both",
        ),
        ({"title": ""}, "title", "Enter what the activity is called"),
        ({"is_public": ""}, "is_public", "Select whether the public can see it"),
    ],
)
def test_log_when_a_value_is_not_valid_then_its_error_shows_and_the_rest_is_kept(
    house: SimpleNamespace,
    sign_in: SignIn,
    shown: dict[str, Any],
    changes: dict[str, Any],
    field: str,
    sentence: str,
) -> None:
    response = sign_in(house.officer).post(reverse("activity-log"), typed(house, **changes))

    form = shown["form"]
    assert list(form.errors) == [field]
    page = response.content.decode()
    assert sentence in page
    assert f'href="#id_{field}' in page
    assert "To decide its hours" in page
    assert not Activity.objects.exists()


def test_log_when_several_values_are_not_valid_then_all_errors_show_at_once(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any]
) -> None:
    values = typed(house, **{"end-year": "2025", "level_reason": "", "title": "", "purpose": ""})
    del values["places"]

    sign_in(house.officer).post(reverse("activity-log"), values)

    assert set(shown["form"].errors) == {
        "title",
        "purpose",
        "level_reason",
        "places",
        "end",
    }


def test_log_when_another_organisation_leads_then_the_error_is_beside_the_field(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any]
) -> None:
    values = typed(house, lead_organisation=house.other.pk)

    sign_in(house.officer).post(reverse("activity-log"), values)

    assert list(shown["form"].errors) == ["lead_organisation"]


def test_list_when_others_have_activities_then_own_ones_come_first_and_are_counted(
    house: SimpleNamespace, sign_in: SignIn, log: Log
) -> None:
    log("Mine")
    log("Theirs", by=house.stranger)

    page = sign_in(house.officer).get(reverse("activity-list")).content.decode()

    assert page.index(">Mine<") < page.index(">Theirs<")
    assert "Showing 2 activities, yours first (1 of them)" in page


def test_list_when_filtered_then_shows_only_those(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], log: Log
) -> None:
    log("Clinic hours")
    log("Bus routes", by=house.stranger)
    client = sign_in(house.officer)

    def titles(query: str) -> list[str]:
        client.get(f"{reverse('activity-list')}?{query}")
        return [row.title for row in shown["rows"]]

    assert titles("whose=mine") == ["Clinic hours"]
    assert titles("words=routes") == ["Bus routes"]
    assert titles("place=hackney&status=open") == ["Clinic hours", "Bus routes"]
    assert titles("status=cancelled") == []
    assert titles("page=nonsense&status=nonsense") == ["Clinic hours", "Bus routes"]


@pytest.mark.parametrize("name", ["activity-list", "activity-export"])
def test_list_when_rows_grow_then_it_makes_no_more_queries(
    house: SimpleNamespace, sign_in: SignIn, log: Log, django_assert_max_num_queries: Any, name: str
) -> None:
    client = sign_in(house.officer)
    log("First")
    client.get(reverse(name))
    with django_assert_max_num_queries(100) as one:
        client.get(reverse(name))
    for number in range(20):
        log(f"More {number}")

    with django_assert_max_num_queries(len(one)):
        client.get(reverse(name))


def test_detail_when_read_by_another_organisation_then_shows_no_tasks(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity
) -> None:
    response = sign_in(house.stranger).get(reverse("activity-detail", args=[activity.pk]))

    assert response.status_code == 200
    page = response.content.decode()
    assert "Complete the record" not in page
    assert reverse("contribution-list", args=[activity.pk]) not in page


def test_detail_when_a_session_is_today_then_its_register_comes_first(
    house: SimpleNamespace, sign_in: SignIn, log: Log
) -> None:
    activity = log()
    with clock.set_to(datetime(2027, 3, 10, 12, tzinfo=UTC)):
        for day in (9, 10, 11):
            start = datetime(2027, 3, day, 14, tzinfo=UTC)
            sessions.add(
                by=house.officer,
                activity=activity,
                starts_at=start,
                ends_at=start + timedelta(hours=1),
                venue=f"Hall {day}",
            )
        page = sign_in(house.officer).get(reverse("activity-detail", args=[activity.pk]))

    words = page.content.decode()
    first = words.index("Take the register")
    assert "Today: 10 March 2027, 2pm to 3pm, Hall 10" in words[:first]
    assert first < words.index("Complete the record")


def test_detail_when_cancelled_then_no_step_is_offered(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    activities.cancel(by=house.officer, activity=session.activity, reason="The hall burnt down")

    page = sign_in(house.officer).get(reverse("activity-detail", args=[session.activity_id]))

    words = page.content.decode()
    one = [session.activity_id]
    assert "The hall burnt down" in words
    for name in ("session-add", "contribution-add", "listening-close", "opportunity-submit"):
        assert reverse(name, args=one) not in words
    assert "Complete the record" not in words


@pytest.mark.parametrize("section", [section.key for section in SECTIONS])
def test_section_when_saved_unchanged_then_every_value_is_kept(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], activity: Activity, section: str
) -> None:
    client = sign_in(house.officer)
    address = reverse("activity-edit", kwargs={"pk": activity.pk, "section": section})
    before = Activity.objects.filter(pk=activity.pk).values().get()

    form = form_at(client, address, shown)
    response = client.post(address, posted(form))

    assert response.status_code == 302, shown
    after = Activity.objects.filter(pk=activity.pk).values().get()
    assert after == before


def test_section_when_consultation_closes_before_opening_then_the_error_is_beside_the_closing_day(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], activity: Activity
) -> None:
    values: dict[str, Any] = {"is_consultation": "yes"}
    values |= {
        f"consultation_opens_on-{part}": number
        for part, number in zip(("day", "month", "year"), (2, 5, 2027), strict=True)
    }
    values |= {
        f"consultation_closes_on-{part}": number
        for part, number in zip(("day", "month", "year"), (1, 5, 2027), strict=True)
    }

    sign_in(house.officer).post(
        reverse("activity-edit", kwargs={"pk": activity.pk, "section": "consultation"}), values
    )

    assert list(shown["form"].errors) == ["consultation_closes_on"]


def test_cancel_when_no_reason_is_given_then_it_is_refused_and_with_one_it_is_done(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], activity: Activity
) -> None:
    client = sign_in(house.officer)
    address = reverse("activity-cancel", args=[activity.pk])

    client.post(address, {"reason": " "})
    refused_form = shown["form"]
    done = client.post(address, {"reason": "The hall burnt down"})

    assert list(refused_form.errors) == ["reason"]
    assert done.status_code == 302
    assert Activity.objects.get().get_status_display() == "Cancelled"


def test_export_when_a_cell_begins_like_a_formula_then_it_cannot_run(
    house: SimpleNamespace, sign_in: SignIn, log: Log, tmp_path: Path
) -> None:
    log("=HYPERLINK(1)", purpose="@SUM(A1)", summary="-1+2\nand “more”")

    content = sign_in(house.officer).get(reverse("activity-export")).content
    call_command(
        "export",
        "activities",
        "--output",
        str(tmp_path / "list.csv"),
        verbosity=0,
        stdout=io.StringIO(),
    )

    assert content == (tmp_path / "list.csv").read_bytes()
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["Title"], row["Purpose"], row["Summary"]) == (
        "'=HYPERLINK(1)",
        "'@SUM(A1)",
        "'-1+2\nand “more”",
    )
    assert row["Places"] == "Hackney"


CHANGING = ["activity-log", "activity-cancel", "activity-edit", "session-add", "contribution-add"]


@pytest.mark.parametrize("name", CHANGING)
@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.LEAD}])
def test_changing_page_when_role_may_not_then_is_forbidden_and_only_that_is_written(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity, name: str, role: Role
) -> None:
    events = AuditEvent.objects.count()

    response = sign_in(house.people[role]).post(address(name, activity), {"reason": "x"})

    assert response.status_code == 403
    assert AuditEvent.objects.count() == events + 1
    assert AuditEvent.objects.latest("id").outcome == Outcome.REFUSED


@pytest.mark.parametrize("name", CHANGING[1:])
def test_changing_page_when_activity_is_another_organisation_s_then_is_not_found(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity, name: str
) -> None:
    response = sign_in(house.stranger).get(address(name, activity))

    assert response.status_code == 404


def test_list_when_not_signed_in_then_asks_to_sign_in(client: Client, db: None) -> None:
    response = client.get(reverse("activity-list"))

    assert response.status_code == 302
    assert "login" in response.headers["Location"]


def test_log_when_saved_then_one_event_is_recorded(house: SimpleNamespace, sign_in: SignIn) -> None:
    sign_in(house.officer).post(reverse("activity-log"), typed(house))

    assert AuditEvent.objects.filter(event=Event.ACTIVITY_LOGGED).count() == 1


def address(name: str, activity: Activity) -> str:
    """The address of a page by its name, of the activity where it has one."""
    if name == "activity-edit":
        return reverse(name, kwargs={"pk": activity.pk, "section": "money"})
    return reverse(name) if name == "activity-log" else reverse(name, args=[activity.pk])


def form_at(client: Client, address: str, shown: dict[str, Any]) -> Any:
    """The form that a page shows."""
    client.get(address)
    return shown["form"]


def posted(form: Any) -> dict[str, Any]:
    """What a browser posts for a form that nobody changed."""
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if hasattr(bound.field.widget, "inputs"):
            sent |= {
                f"{bound.html_name}-{part}": text
                for part, text in bound.field.widget.inputs(value).items()
            }
        elif value is True:
            sent[bound.html_name] = "on"
        elif value not in (None, False):
            sent[bound.html_name] = value
    return sent

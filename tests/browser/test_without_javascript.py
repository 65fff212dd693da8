"""An officer's daily work, without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from core.choices import Role
from engagement.activities.models import Activity, Attendance, Contribution, HeadCount
from engagement.people.models import Contact
from insight.loop.models import Finding
from nel_participation.scenario import Walkthrough
from tests.browser.forms import fill_in, typed
from tests.browser.windows import Windows

BANNER = ".nhsuk-notification-banner--success"


@pytest.fixture(scope="module")
def plain(windows: Windows) -> Page:
    """The officer's phone, which runs no script."""
    return windows.signed_in(Role.OFFICER, phone=True, java_script_enabled=False)


def test_activity_when_logged_without_a_script_then_it_is_kept(
    plain: Page, closed: Walkthrough
) -> None:
    plain.goto("/staff/activities/log/")
    fill_in(
        plain,
        title="Plain as a letter",
        purpose="To hear from those whose phones run no scripts.",
        scope_of_influence="The hours.",
        level="consult",
        level_reason="There is a choice to make.",
        is_area_wide=True,
        start=closed.scenario.day(0).date(),
        partners=list(closed.scenario.partners),
        is_public=False,
    )
    plain.get_by_role("button", name="Log the activity").click()

    expect(plain.locator(BANNER)).to_contain_text("Activity logged")
    logged = Activity.objects.get(title="Plain as a letter")
    assert list(logged.partners.all()) == list(closed.scenario.partners)


def test_register_when_taken_without_a_script_then_ticks_and_heads_are_kept(
    plain: Page, closed: Walkthrough
) -> None:
    session, person = closed.one("plan"), closed.made["meet"][0]
    register = f"/staff/sessions/{session.pk}/register/"
    plain.goto(register)
    plain.get_by_role("button", name=f"Remove {person.name}").click()
    expect(plain.locator(BANNER)).to_contain_text("Removed: ")
    assert not Attendance.objects.filter(session=session, contact=person).exists()

    plain.get_by_label("Find by name").fill(person.name.split()[0])
    plain.get_by_role("button", name="Find", exact=True).click()
    plain.locator(f"#person-{person.pk}").check()
    plain.get_by_role("button", name="Save register").click()
    expect(plain.locator(BANNER)).to_contain_text(f"Added: {person.name}")

    fill_in(plain, count=17, is_estimated=True)
    plain.get_by_role("button", name="Save the head count").click()
    expect(plain.locator(BANNER)).to_contain_text("Head count saved")
    door = plain.locator("form[action$='/register/add/']")
    fill_in(door, name="Nasreen Begum", is_told=False)
    door.get_by_role("button", name="Add to register").click()
    expect(plain.locator(BANNER)).to_contain_text("Added: ")

    came = Attendance.objects.filter(session=session).values_list("contact", flat=True)
    assert {person.pk, Contact.objects.get(name="Nasreen Begum").pk} <= set(came)
    assert HeadCount.objects.get(session=session).count == 17


def test_words_when_written_down_without_a_script_then_each_thing_is_kept(
    plain: Page, closed: Walkthrough
) -> None:
    activity = closed.one("log")
    plain.goto(f"/staff/activities/{activity.pk}/said/add/")
    fill_in(plain, words=["The lift is broken.", "No one told me."], who="group")
    plain.get_by_role("button", name="Save comments").click()

    expect(plain.locator(BANNER)).to_contain_text("2 comments saved")
    assert Contribution.objects.filter(activity=activity, is_group=True).count() == 2


def test_finding_when_written_without_a_script_then_a_search_on_the_way_loses_nothing(
    plain: Page, closed: Walkthrough
) -> None:
    activity, evidence = closed.one("log"), closed.one("listen")
    plain.goto(f"/staff/activities/{activity.pk}/findings/")
    fill_in(plain, sentence="The lift should work.", evidence=[evidence[0]])
    plain.get_by_label("Search comments").fill(evidence[1].redacted.split()[0])
    plain.get_by_role("button", name="Find", exact=True).click()

    assert typed(plain, "sentence") == "The lift should work."
    fill_in(plain, evidence=[evidence[1]])
    plain.get_by_role("button", name="Save finding").click()

    expect(plain.locator(BANNER)).to_contain_text("Finding saved")
    finding = Finding.objects.get(sentence="The lift should work.")
    kept = finding.evidence.values_list("contribution_id", flat=True)
    assert set(kept) == {evidence[0].pk, evidence[1].pk}

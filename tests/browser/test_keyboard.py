"""Pages used by keyboard alone."""

from playwright.sync_api import Page, expect

from engagement.activities.models import Activity, Attendance, HeadCount
from nel_participation.scenario import Walkthrough

#: More presses of Tab than any form here needs.
MAX_PRESSES = 120


def _focused(page: Page, what: str) -> bool:
    return bool(page.evaluate("what => document.activeElement.matches(what)", what))


def _to(page: Page, what: str) -> None:
    """Press Tab until the focus is there; it must also be seen to be there."""
    for _ in range(MAX_PRESSES):
        if _focused(page, what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {what}")


def _type(page: Page, what: str, words: str) -> None:
    _to(page, what)
    page.keyboard.type(words)


def test_skip_link_when_followed_then_the_next_tab_is_inside_the_page(officer: Page) -> None:
    officer.goto("/staff/activities/")
    officer.keyboard.press("Tab")
    expect(officer.get_by_role("link", name="Skip to main content")).to_be_focused()

    officer.keyboard.press("Enter")
    officer.keyboard.press("Tab")

    assert officer.evaluate("document.activeElement.closest('main') !== null")


def test_error_summary_when_a_form_is_refused_then_it_takes_the_focus_and_leads_to_the_field(
    officer: Page,
) -> None:
    officer.goto("/staff/activities/log/")
    officer.get_by_role("button", name="Log the activity").press("Enter")
    summary = officer.locator(".nhsuk-error-summary")
    expect(summary).to_be_focused()

    officer.keyboard.press("Tab")
    officer.keyboard.press("Enter")

    expect(officer.locator("[name=title]")).to_be_focused()
    assert officer.title().startswith("Error: ")


def test_activity_when_logged_by_keyboard_then_it_is_kept(
    officer: Page, closed: Walkthrough
) -> None:
    officer.goto("/staff/activities/log/")
    _type(officer, "[name=title]", "Typed from top to bottom")
    _type(officer, "[name=purpose]", "To see that no mouse is needed.")
    _type(officer, "[name=scope_of_influence]", "Everything.")
    _to(officer, "[name=level]")
    officer.keyboard.press("Space")
    officer.keyboard.press("ArrowDown")
    _type(officer, "[name=level_reason]", "There is a choice to make.")
    _to(officer, "[name=places]")
    officer.keyboard.press("Space")
    _type(officer, "[name=start-year]", str(closed.scenario.day(0).year))
    _to(officer, "[name=is_public]")
    officer.keyboard.press("Space")
    _to(officer, "main form .nhsuk-button[type=submit]")
    officer.keyboard.press("Enter")

    expect(officer.locator(".nhsuk-notification-banner--success")).to_contain_text(
        "Activity logged"
    )
    logged = Activity.objects.get(title="Typed from top to bottom")
    assert logged.level == "consult"
    assert logged.places.count() == 1
    assert logged.is_public


def test_register_when_taken_by_keyboard_then_ticks_and_heads_are_kept(
    officer: Page, closed: Walkthrough
) -> None:
    session, person = closed.one("plan"), closed.made["meet"][0]
    Attendance.objects.filter(session=session, contact=person).delete()
    officer.goto(f"/staff/sessions/{session.pk}/register/")
    _type(officer, "[name=q]", person.name)
    expect(officer.get_by_role("group", name="People found")).to_be_visible()
    _to(officer, f"#person-{person.pk}")
    officer.keyboard.press("Space")
    expect(officer.locator(".app-person__saved").first).to_have_text("Saved")
    _to(officer, "[name=count]")
    officer.keyboard.press("ControlOrMeta+A")
    officer.keyboard.type("21")
    officer.keyboard.press("Enter")
    expect(officer.get_by_text("Head count saved")).to_be_visible()

    assert Attendance.objects.filter(session=session, contact=person).exists()
    assert HeadCount.objects.get(session=session).count == 21

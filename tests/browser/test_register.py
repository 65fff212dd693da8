"""The register on a phone, with what is kept there while there is no signal."""

from playwright.sync_api import Page, expect

from engagement.activities.models import HeadCount
from nel_participation.scenario import Walkthrough


def test_head_count_when_kept_on_the_phone_and_counted_by_somebody_else_then_it_can_be_saved_again(
    officer: Page, closed: Walkthrough
) -> None:
    session = closed.one("plan")
    officer.goto(f"/staff/sessions/{session.pk}/register/")
    officer.evaluate(
        """() => localStorage.setItem(
            `register-${document.querySelector("[data-register]").dataset.register}`,
            JSON.stringify({ people: {}, heads: { count: "83", seen: ":", is_estimated: "on" } })
        )"""
    )

    officer.reload()

    expect(officer.locator("[data-state]")).to_contain_text("Someone else has changed")
    expect(officer.locator("[name=count]")).to_have_value("83")
    expect(officer.locator("[name=is_estimated]")).to_be_checked()
    officer.get_by_role("button", name="Save the head count").click()
    expect(officer.locator("[data-state]")).to_have_text("Head count saved.")
    assert HeadCount.objects.values_list("count", "is_estimated").get(session=session) == (83, True)

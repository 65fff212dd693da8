"""Bad input: an error at the field and in the summary, and everything typed stays."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role
from core.models import Organisation
from core.periods import RoughDate
from engagement.activities.models import Activity, Contribution
from engagement.people.actions import contacts
from engagement.people.models import Contact
from insight.loop.actions import findings
from insight.loop.models import Decision, Finding
from nel_participation.scenario import Walkthrough
from tests.browser.forms import fill_in, typed
from tests.browser.pages import Watched
from tests.browser.windows import Windows

SCRIPT = "<script>document.title='taken over'</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("https://example.org","click")'
ODD = "Zażółć ‮gęślą‬ 👩🏽‍⚕️ বাংলা اردو \u200bend"
CONFLICT = "Someone else has changed this"


def _refused(page: Page, name: str, sentence: str) -> None:
    """The error is at the field and in the summary, and the page has no faults."""
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_contain_text(sentence)
    beside = page.locator(".nhsuk-form-group--error", has=page.locator(f'[name^="{name}"]'))
    expect(beside.first).to_contain_text(sentence)
    assert page.title().startswith("Error: ")
    assert Watched(page).look() == []


@pytest.fixture
def page(windows: Windows) -> Page:
    """A window of the officer's own for one test, which axe has been let into."""
    window = windows.signed_in(Role.OFFICER)
    Watched(window)
    return window


def _log(page: Page, closed: Walkthrough, **others: Any) -> dict[str, Any]:
    """Fill in the log form, with some answers in place of good ones; gives the words typed."""
    began = closed.scenario.day(0).date()
    words = {
        "title": f"Bad input {len(others)}",
        "purpose": "To see what is said about it.",
        "scope_of_influence": "Nothing yet.",
        "level_reason": "There is a choice to make.",
    }
    answers = words | {
        "level": "involve",
        "is_area_wide": True,
        "start": RoughDate.on(began),
        "is_public": True,
        "methods": ["survey"],
    }
    page.goto("/staff/activities/log/")
    fill_in(page, **(answers | others))
    page.get_by_role("button", name="Log the activity").click()
    return {name: (answers | others)[name] for name in words}


def test_activity_when_it_ends_before_it_starts_then_refused_beside_the_end_and_all_is_kept(
    page: Page, closed: Walkthrough
) -> None:
    before = RoughDate.on(closed.scenario.day(-30).date())

    words = _log(page, closed, end=before)

    _refused(page, "end-", "The end date must be the same as or after the start date")
    assert {name: typed(page, name) for name in words} == words
    assert typed(page, "end-year") == str(before.earliest.year)
    expect(page.locator("[name=level][value=involve]")).to_be_checked()
    expect(page.locator("[name=methods][value=survey]")).to_be_checked()
    expect(page.locator("[name=is_public][value=yes]")).to_be_checked()
    assert not Activity.objects.filter(title=words["title"]).exists()


def test_level_when_no_reason_is_given_then_refused_beside_the_reason_and_all_is_kept(
    page: Page, closed: Walkthrough
) -> None:
    words = _log(page, closed, level_reason="", title="No reason")

    _refused(page, "level_reason", "Say why you chose this level")
    assert {name: typed(page, name) for name in words} == words
    expect(page.locator("[name=level][value=involve]")).to_be_checked()


def test_finding_when_it_rests_on_nothing_then_refused_beside_the_evidence_and_its_words_are_kept(
    page: Page, closed: Walkthrough
) -> None:
    page.goto(f"/staff/activities/{closed.one('log').pk}/findings/")
    fill_in(page, sentence="People want it to rest on something.")
    page.get_by_role("button", name="Save finding").click()

    expect(page.locator("#id_evidence")).to_contain_text("Select at least 1 comment")
    _refused(page, "evidence", "Select at least 1 comment")
    assert typed(page, "sentence") == "People want it to rest on something."
    assert not Finding.objects.filter(sentence__startswith="People want").exists()


def test_decision_when_not_accepted_without_a_reason_then_refused_beside_the_reason(
    page: Page, closed: Walkthrough
) -> None:
    finding = _finding(closed, "Open every night.")
    decided = closed.scenario.day(closed.scenario.closes_after + 1).date()
    page.goto(f"/staff/findings/{finding.pk}/decision/")
    fill_in(page, kind="not_accepted", body="The ward", decided_on=decided)
    page.get_by_role("button", name="Save decision").click()

    _refused(page, "reason", "reason")
    expect(page.locator("[name=kind][value=not_accepted]")).to_be_checked()
    assert typed(page, "body") == "The ward"
    assert typed(page, "decided_on-day") == str(decided.day)
    assert not Decision.objects.filter(finding=finding).exists()


def test_activity_when_two_people_save_it_then_the_second_is_told_and_loses_nothing(
    page: Page, windows: Windows, closed: Walkthrough
) -> None:
    address = f"/staff/activities/{closed.one('log').pk}/reward/"
    first = windows.signed_in(Role.LEAD)
    for window in (first, page):
        window.goto(address)
    fill_in(first, reward_offered="A voucher, says the first.")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.locator(".nhsuk-notification-banner--success")).to_be_visible()
    fill_in(page, reward_offered="A meal, says the second.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text(CONFLICT)
    expect(page.locator("main")).to_contain_text("A voucher, says the first.")
    assert typed(page, "reward_offered") == "A meal, says the second."
    assert Watched(page).look() == []
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".nhsuk-notification-banner--success")).to_be_visible()
    closed.one("log").refresh_from_db()
    assert closed.one("log").reward_offered == "A meal, says the second."


def test_finding_when_two_people_save_it_then_the_second_is_told_and_loses_nothing(
    page: Page, windows: Windows, closed: Walkthrough
) -> None:
    finding = _finding(closed, "Open earlier.")
    first = windows.signed_in(Role.LEAD)
    for window in (first, page):
        window.goto(f"/staff/findings/{finding.pk}/")
    fill_in(first, sentence="Open at seven.")
    first.get_by_role("button", name="Save finding").click()
    expect(first.locator(".nhsuk-notification-banner--success")).to_be_visible()
    fill_in(page, sentence="Open at six.")
    page.get_by_role("button", name="Save finding").click()

    expect(page.locator(".nhsuk-error-summary")).to_contain_text(CONFLICT)
    expect(page.get_by_role("main")).to_contain_text("Open at seven.")
    assert typed(page, "sentence") == "Open at six."


@pytest.mark.parametrize("words", [SCRIPT, FORMULA, ODD], ids=["script", "formula", "unicode"])
def test_words_when_they_are_code_or_odd_then_they_are_stored_and_shown_as_text(
    page: Page, closed: Walkthrough, words: str
) -> None:
    watched = Watched(page)
    activity = closed.one("log")
    page.goto(f"/staff/activities/{activity.pk}/said/add/")
    fill_in(page, words=words)
    page.get_by_role("button", name="Save comments").click()

    expect(page.locator(".app-said").first).to_have_text(words)
    assert Contribution.objects.filter(activity=activity, words=words).exists()
    assert page.title().startswith("What people said")
    assert page.locator("main img, main script").count() == 0
    assert watched.faults == []


def test_title_when_it_is_a_script_then_every_page_of_it_shows_it_as_text(
    page: Page, closed: Walkthrough
) -> None:
    watched = Watched(page)
    _log(page, closed, title=SCRIPT)
    activity = Activity.objects.get(title=SCRIPT)

    for address in ("", "about/", "findings/", "invite/", "said/"):
        page.goto(f"/staff/activities/{activity.pk}/{address}")
        expect(page.get_by_role("main")).to_contain_text("onerror=alert(1)")
        assert page.locator("main img, main script").count() == 0
    assert watched.faults == []


def test_field_when_a_nul_byte_is_sent_then_refused_politely_and_the_rest_is_kept(
    page: Page, closed: Walkthrough
) -> None:
    page.goto(f"/staff/activities/{closed.one('log').pk}/reward/")
    # A page cannot type it; what is pasted by a program can hold it.
    page.locator("[name=reward_offered]").evaluate("box => box.value = 'A voucher\\0 of £20'")
    page.get_by_role("button", name="Save", exact=True).click()

    _refused(page, "reward_offered", "Remove the hidden character")


def test_address_when_it_holds_a_nul_byte_then_400_in_plain_words(page: Page) -> None:
    answered = page.goto("/staff/participants/?q=%00")

    assert answered is not None
    assert answered.status == 400
    expect(page.get_by_role("main")).to_contain_text("hidden character")
    assert Watched(page).look() == []


@pytest.fixture
def stranger(closed: Walkthrough) -> Contact:
    """Somebody who takes part elsewhere."""
    elsewhere = Organisation.objects.filter(kind="healthwatch").first()
    assert elsewhere is not None
    colleague = accounts.make(
        by=SERVICE,
        email="elsewhere@example.org",
        name="Officer of another organisation",
        role=Role.OFFICER,
        organisation=elsewhere,
    )
    return contacts.add(by=colleague, organisation=elsewhere, name="Someone elsewhere")


def test_contact_when_of_another_organisation_then_every_address_of_theirs_is_404(
    page: Page, stranger: Contact
) -> None:
    for end in ("", "change/", "agree/", "withdraw/", "need/"):
        answered = page.goto(f"/staff/participants/{stranger.pk}/{end}")

        assert answered is not None
        assert answered.status == 404, end
        expect(page.get_by_role("main")).not_to_contain_text(stranger.name)
    assert Watched(page).look() == []


def _finding(closed: Walkthrough, sentence: str) -> Finding:
    return findings.write(
        by=closed.people[Role.OFFICER],
        activity=closed.one("log"),
        sentence=sentence,
        evidence=closed.one("listen")[:1],
    )

"""The walk in a browser, and what a resident reads after each step."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from core.choices import Outcome, Role
from core.models import AuditEvent
from nel_participation import walk
from nel_participation.scenario import Walkthrough
from tests.browser.clocks import SharedClock
from tests.browser.steps import ALSO_BY_HAND, DRIVERS, WITHOUT_PAGE, BrowserRun
from tests.browser.windows import Windows, sign_in


def _read_opportunity(run: BrowserRun) -> None:
    page, scenario = run.resident, run.walkthrough.scenario
    page.goto("/get-involved/")
    page.get_by_role("link", name=scenario.title).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(scenario.title)
    expect(page.get_by_text(scenario.scope_of_influence)).to_be_visible()


def _read_answer(run: BrowserRun) -> None:
    page, scenario = run.resident, run.walkthrough.scenario
    page.goto("/you-said-we-did/")
    page.get_by_role("link", name=scenario.title).click()
    main = page.get_by_role("main")
    for finding in scenario.findings:
        for words in filter(None, (finding.sentence, finding.reason, finding.change)):
            expect(main).to_contain_text(words)
    for person in scenario.people:
        expect(main).not_to_contain_text(person.name)


def _read_message(run: BrowserRun) -> None:
    people = run.walkthrough.scenario.people
    reached = [person.email for person in people if person.agrees and person.email]
    assert sorted(message.to[0] for message in mail.outbox) == sorted(reached)
    for message in mail.outbox:
        assert f"/you-said-we-did/{run.activity.slug}/" in message.body
    _read_answer(run)


def _read_report(run: BrowserRun) -> None:
    page, walkthrough = run.resident, run.walkthrough
    page.goto("/reports/")
    page.get_by_role("link", name=walkthrough.month.words, exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(walkthrough.one("approve").fingerprint)
    expect(page.get_by_role("main")).to_contain_text(walkthrough.scenario.title)


#: What a resident reads after the steps that change public pages.
RESIDENT_STEPS: dict[str, Callable[[BrowserRun], None]] = {
    "open": _read_opportunity,
    "publish": _read_answer,
    "tell": _read_message,
    "report": _read_report,
}


@pytest.fixture
def run(begin: Callable[[], Walkthrough], windows: Windows, tmp_path: Path) -> BrowserRun:
    """A scenario not yet started. All staff sign in through the sign-in page."""
    walkthrough = begin()
    pages = {role: windows.fresh() for role in (Role.OFFICER, Role.LEAD, Role.SECRETARY)}
    phone = windows.fresh(phone=True)
    for page, role in [*((page, role) for role, page in pages.items()), (phone, Role.OFFICER)]:
        sign_in(page, walkthrough.people[role])
        expect(page.get_by_role("heading", level=1)).to_contain_text("Your tasks")
    return BrowserRun(walkthrough, pages, phone, windows.fresh(), tmp_path)


def test_walk_when_taken_in_a_browser_then_each_step_is_recorded_and_public_reads_what_it_may(
    run: BrowserRun, shared_clock: SharedClock
) -> None:
    walkthrough = run.walkthrough

    for step in walk.STEPS:
        shared_clock.set(walkthrough.scenario.day(step.after(walkthrough.scenario)))
        inputs = list(step.inputs(walkthrough))

        made = DRIVERS[step.key](run, inputs)
        assert len(made) >= len(inputs), step.key
        walkthrough.made[step.key] = made
        _assert_recorded(walkthrough, step, has_inputs=bool(inputs))
        if step.public != "Nothing yet":
            RESIDENT_STEPS[step.key](run)

    _assert_files(run)
    _assert_no_cookies(run.resident)


def test_step_when_of_the_walk_then_it_has_a_driver_and_public_results_are_read() -> None:
    keys = {step.key for step in walk.STEPS}

    assert set(DRIVERS) == keys
    assert set(RESIDENT_STEPS) == {step.key for step in walk.STEPS if step.public != "Nothing yet"}
    assert {step.key for step in walk.STEPS if step.role is None} == WITHOUT_PAGE | set(
        ALSO_BY_HAND
    )


def _assert_recorded(walkthrough: Walkthrough, step: walk.Step, *, has_inputs: bool) -> None:
    by = walkthrough.actor(ALSO_BY_HAND.get(step.key, step.role)).user
    left = AuditEvent.objects.filter(event=step.event, by=by, outcome=Outcome.DONE)
    assert left.exists() == has_inputs, f"{step.key} left nothing in the audit trail"
    assert not AuditEvent.objects.filter(outcome=Outcome.REFUSED).exists(), step.key


def _assert_files(run: BrowserRun) -> None:
    """The downloaded files are what they say, and the data has the month of the report."""
    begins = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "csv": "\ufeffTable".encode()}
    for kind, start in begins.items():
        assert (run.downloads / f"report.{kind}").read_bytes().startswith(start), kind
    figures = json.loads((run.downloads / "report.json").read_text(encoding="utf-8"))
    assert run.walkthrough.month.key in json.dumps(figures)


def _assert_no_cookies(page: Page) -> None:
    """The resident has no cookies."""
    assert page.context.cookies() == []

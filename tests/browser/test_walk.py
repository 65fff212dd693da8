"""The walk as a person takes it in a browser, and what a resident reads after each step."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from core.choices import Outcome, Role
from core.models import AuditEvent
from nel_participation import walk
from nel_participation.story import Journey
from tests.browser.clocks import SharedClock
from tests.browser.steps import DRIVERS, ON_DEMAND, UNSEEN, Telling
from tests.browser.windows import Windows, sign_in


def _reads_what_is_open(telling: Telling) -> None:
    page, story = telling.resident, telling.journey.story
    page.goto("/get-involved/")
    page.get_by_role("link", name=story.title).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(story.title)
    expect(page.get_by_text(story.scope_of_influence)).to_be_visible()


def _reads_the_answer(telling: Telling) -> None:
    page, story = telling.resident, telling.journey.story
    page.goto("/you-said-we-did/")
    page.get_by_role("link", name=story.title).click()
    main = page.get_by_role("main")
    for heard in story.heard:
        for words in filter(None, (heard.sentence, heard.reason, heard.change)):
            expect(main).to_contain_text(words)
    for person in story.people:
        expect(main).not_to_contain_text(person.name)


def _reads_the_message(telling: Telling) -> None:
    people = telling.journey.story.people
    reached = [person.email for person in people if person.agrees and person.email]
    assert sorted(message.to[0] for message in mail.outbox) == sorted(reached)
    for message in mail.outbox:
        assert f"/you-said-we-did/{telling.activity.slug}/" in message.body
    _reads_the_answer(telling)


def _reads_the_report(telling: Telling) -> None:
    page, journey = telling.resident, telling.journey
    page.goto("/reports/")
    page.get_by_role("link", name=journey.month.words, exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(journey.one("approve").fingerprint)
    expect(page.get_by_role("main")).to_contain_text(journey.story.title)


#: What a resident does after a step that promises the public something.
READS: dict[str, Callable[[Telling], None]] = {
    "open": _reads_what_is_open,
    "publish": _reads_the_answer,
    "tell": _reads_the_message,
    "report": _reads_the_report,
}


@pytest.fixture
def telling(begin: Callable[[], Journey], windows: Windows, tmp_path: Path) -> Telling:
    """A story not yet begun; everybody signs in by the sign-in page, but for the resident."""
    journey = begin()
    pages = {role: windows.fresh() for role in (Role.OFFICER, Role.LEAD, Role.SECRETARY)}
    phone = windows.fresh(phone=True)
    for page, role in [*((page, role) for role, page in pages.items()), (phone, Role.OFFICER)]:
        sign_in(page, journey.people[role])
        expect(page.get_by_role("heading", level=1)).to_contain_text("What you owe")
    return Telling(journey, pages, phone, windows.fresh(), tmp_path)


def test_walk_when_told_in_a_browser_then_each_step_is_recorded_and_public_reads_what_it_may(
    telling: Telling, hour: SharedClock
) -> None:
    journey = telling.journey

    for step in walk.STEPS:
        hour.set(journey.story.day(step.after(journey.story)))
        inputs = list(step.inputs(journey))

        made = DRIVERS[step.key](telling, inputs)
        assert len(made) >= len(inputs), step.key
        journey.made[step.key] = made
        _assert_recorded(journey, step, has_inputs=bool(inputs))
        if step.public != "Nothing yet":
            READS[step.key](telling)

    _assert_files(telling)
    _assert_unknown(telling.resident)


def test_step_when_of_the_walk_then_it_has_a_driver_and_its_public_promise_a_reader() -> None:
    keys = {step.key for step in walk.STEPS}

    assert set(DRIVERS) == keys
    assert set(READS) == {step.key for step in walk.STEPS if step.public != "Nothing yet"}
    assert {step.key for step in walk.STEPS if step.role is None} == UNSEEN | set(ON_DEMAND)


def _assert_recorded(journey: Journey, step: walk.Step, *, has_inputs: bool) -> None:
    by = journey.actor(ON_DEMAND.get(step.key, step.role)).user
    left = AuditEvent.objects.filter(event=step.event, by=by, outcome=Outcome.DONE)
    assert left.exists() == has_inputs, f"{step.key} left nothing in the audit trail"
    assert not AuditEvent.objects.filter(outcome=Outcome.REFUSED).exists(), step.key


def _assert_files(telling: Telling) -> None:
    """The files that were taken away are a PDF, and the frozen figures with their month."""
    assert (telling.downloads / "report.pdf").read_bytes().startswith(b"%PDF-")
    figures = json.loads((telling.downloads / "report.json").read_text(encoding="utf-8"))
    assert telling.journey.month.key in json.dumps(figures)


def _assert_unknown(page: Page) -> None:
    """The resident was asked for nothing and given nothing to carry."""
    assert page.context.cookies() == []

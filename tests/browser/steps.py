"""How a person takes each step of the walk in a browser: one driver a step, of the same key.

A driver is given the telling and the inputs of its step, as the action would take them. It gives
back the rows that came of them, for the inputs of later steps.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from core.choices import Role
from engagement.activities.models import Activity, Attendance, Contribution, HeadCount, Session
from engagement.messaging.tasks import send_waiting_deliveries
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Contact
from insight.loop.models import Change, Decision, Finding, Loop, Publication, Submission
from insight.reporting.models import BoardReport
from nel_participation.story import Journey
from tests.browser.forms import answer

Inputs = list[dict[str, Any]]


@dataclass
class Telling:
    """A journey told in a browser: each person's window, the officer's phone, and a resident's."""

    journey: Journey
    windows: dict[Role, Page]
    phone: Page
    resident: Page
    downloads: Path

    @property
    def activity(self) -> Activity:
        row: Activity = self.journey.one("log")
        return row


Driver = Callable[[Telling, Inputs], list[Any]]


def log(telling: Telling, inputs: Inputs) -> list[Any]:
    """Eight questions on one page, then the rest from the task list."""
    (facts,) = inputs
    page = telling.windows[Role.OFFICER]
    page.goto("/staff/")
    page.get_by_role("button", name="Log an activity").click()
    asked = (
        "title",
        "purpose",
        "scope_of_influence",
        "level",
        "level_reason",
        "places",
        "is_area_wide",
    )
    later = ("start", "end", "methods", "lead_organisation", "partners")
    answer(page, **{name: facts[name] for name in (*asked, *later)}, is_public=True)
    page.get_by_role("button", name="Log the activity").click()
    _done(page, "The activity is logged")
    for title, names in {
        "About the activity": ("summary", "stage", "programmes", "collaborative", "who_to_ask"),
        "Whom it means to reach": ("communities",),
        "What is known already, and the questions": ("insight_looked_at",),
        "Reward": ("reward_offered",),
    }.items():
        page.get_by_role("link", name=title, exact=True).click()
        answer(page, **{name: facts[name] for name in names})
        page.get_by_role("button", name="Save", exact=True).click()
        _done(page, "is saved")
    return [Activity.objects.get(title=facts["title"])]


def plan(telling: Telling, inputs: Inputs) -> list[Any]:
    """A session, added from the activity's page."""
    (facts,) = inputs
    page = _at_activity(telling)
    begins, ends = timezone.localtime(facts["starts_at"]), timezone.localtime(facts["ends_at"])
    page.get_by_role("button", name="Add a session").click()
    answer(
        page,
        day=begins.date(),
        begins=begins.time(),
        ends=ends.time(),
        venue=facts["venue"],
        capacity=facts["capacity"],
        access_features=facts["access_features"],
    )
    page.get_by_role("button", name="Add the session").click()
    expect(page.get_by_text(facts["venue"])).to_be_visible()
    return [Session.objects.get(activity=telling.activity)]


def offer(telling: Telling, inputs: Inputs) -> list[Any]:
    """The page as the public will read it, sent to a lead."""
    page = _at_activity(telling)
    page.get_by_role("link", name="Show it to the public as a chance to take part").click()
    expect(page.locator(".app-preview")).to_contain_text(telling.journey.story.scope_of_influence)
    page.get_by_role("button", name="Send for approval").click()
    _done(page, "Sent for approval")
    return [Submission.objects.get(activity=telling.activity)]


def open_(telling: Telling, inputs: Inputs) -> list[Any]:
    """A lead reads it as the public will, and publishes."""
    _publish(telling, telling.journey.story.scope_of_influence)
    return [Publication.objects.get(activity=telling.activity)]


def meet(telling: Telling, inputs: Inputs) -> list[Any]:
    """On a phone: all but the last by the page of people, the last one at the door."""
    page = telling.phone
    *known, at_the_door = inputs
    for facts in known:
        page.goto("/staff/participants/")
        page.get_by_role("button", name="Add a person").click()
        answers = {
            name: facts[name] for name in ("name", "email", "telephone", "capacity", "agreed_to")
        }
        answer(page, **answers, **({"place": facts["place"]} if facts["place"] else {}))
        page.get_by_role("button", name="Add the person").click()
        _done(page, "The person is added")
    _at_register(telling)
    door = page.locator("form[action$='/register/add/']")
    answer(door, **{name: at_the_door[name] for name in ("name", "email", "telephone")})
    answer(door, is_told=ConsentPurpose.TOLD_WHAT_CAME in at_the_door["agreed_to"])
    door.get_by_role("button", name="Add and tick").click()
    _done(page, "They are ticked")
    return list(Contact.objects.order_by("pk"))


def needs(telling: Telling, inputs: Inputs) -> list[Any]:
    """What somebody needs, on their page."""
    page = telling.phone
    for facts in inputs:
        page.goto("/staff/participants/")
        page.get_by_role("link", name=facts["contact"].name, exact=True).first.click()
        page.get_by_role("link", name="Add a need").click()
        answer(page, category=facts["category"], need=facts["need"])
        page.get_by_role("button", name="Add the need").click()
        _done(page, "The need is recorded")
    return [None for _ in inputs]


def register(telling: Telling, inputs: Inputs) -> list[Any]:
    """On a phone: each found as the name is typed, ticked, and saved at once."""
    page = telling.phone
    (facts,) = inputs
    _at_register(telling)
    for person in facts["contacts"][:-1]:
        page.get_by_label("Find by name").fill(person.name)
        box = page.locator(f"#person-{person.pk}")
        box.check()
        line = page.locator(".app-person", has=box)
        expect(line.get_by_text("Saved", exact=True)).to_be_visible()
    number = len(facts["contacts"])
    expect(page.locator("[data-ticked]")).to_have_text(f"{number} people")
    return [list(Attendance.objects.filter(session=facts["session"]))]


def heads(telling: Telling, inputs: Inputs) -> list[Any]:
    """On a phone: a number, counted or estimated."""
    page = telling.phone
    (facts,) = inputs
    _at_register(telling)
    answer(page, count=facts["count"], is_estimated=facts["is_estimated"])
    page.get_by_role("button", name="Save the head count").click()
    expect(page.get_by_text("The head count is saved")).to_be_visible()
    return [HeadCount.objects.get(session=facts["session"])]


def listen(telling: Telling, inputs: Inputs) -> list[Any]:
    """What each person said, one thing on a line, under their name."""
    (facts,) = inputs
    said = facts["said"]
    for speaker in dict.fromkeys(one.contact for one in said):
        page = _at_activity(telling)
        page.get_by_role("button", name="Write down what was said").click()
        page.get_by_role("link", name="find the person first").click()
        page.get_by_role("link", name=speaker.name, exact=True).first.click()
        answer(
            page,
            words=[one.words for one in said if one.contact == speaker],
            how_it_came=facts["how_it_came"],
            received_on=facts["received_on"],
            session=facts["session"],
        )
        page.get_by_role("button", name="Write it down").click()
        _done(page, "written down")
    recorded = {row.words: row for row in Contribution.objects.filter(activity=telling.activity)}
    return [[recorded[one.words] for one in said]]


def close(telling: Telling, inputs: Inputs) -> list[Any]:
    """The last day on which people were heard."""
    (facts,) = inputs
    page = _at_board(telling)
    page.get_by_role("link", name="Close listening").click()
    answer(page, on=facts["on"])
    page.get_by_role("button", name="Close listening").click()
    _done(page, "Listening is closed")
    return [Loop.objects.get(activity=telling.activity)]


def find(telling: Telling, inputs: Inputs) -> list[Any]:
    """Each sentence, with the words it rests on ticked beside it."""
    page = _at_board(telling)
    for facts in inputs:
        answer(page, sentence=facts["sentence"], evidence=facts["evidence"])
        page.get_by_role("button", name="Save finding").click()
        _done(page, "Finding written")
    return [Finding.objects.get(sentence=facts["sentence"]) for facts in inputs]


def decide(telling: Telling, inputs: Inputs) -> list[Any]:
    """What was decided on each, by whom and why."""
    page = _at_board(telling)
    for facts in inputs:
        sentence = facts["finding"].sentence
        page.get_by_role("button", name=f"Record a decision on: {sentence}").click()
        answer(page, **{name: facts[name] for name in ("kind", "reason", "body")})
        if facts["decided_on"]:
            answer(page, decided_on=facts["decided_on"])
        page.get_by_role("button", name="Save decision").click()
        _done(page, "Decision recorded")
    return [Decision.objects.get(finding=facts["finding"]) for facts in inputs]


def change(telling: Telling, inputs: Inputs) -> list[Any]:
    """What changes because of each decision, and where it stands."""
    page = _at_board(telling)
    for facts in inputs:
        sentence = facts["decision"].finding.sentence
        page.get_by_role("link", name=f"Record a change that follows from: {sentence}").click()
        answer(page, **{name: facts[name] for name in ("what", "stage", "impact", "evidence")})
        if facts["made_on"]:
            answer(page, made_on=facts["made_on"])
        page.get_by_role("button", name="Save change").click()
        _done(page, "Change recorded")
    return [Change.objects.get(decision=facts["decision"]) for facts in inputs]


def notice(telling: Telling, inputs: Inputs) -> list[Any]:
    """What each person will be told."""
    (facts,) = inputs
    page = _at_board(telling)
    page.get_by_role("link", name="Write what people are told").click()
    answer(page, subject=facts["subject"], body=facts["body"])
    page.get_by_role("button", name="Save notice").click()
    _done(page, "Notice saved")
    return [Loop.objects.get(activity=telling.activity)]


def submit(telling: Telling, inputs: Inputs) -> list[Any]:
    """The answer as the public will read it, sent to a lead."""
    page = _at_board(telling)
    page.get_by_role("link", name="Send for approval").click()
    for heard in telling.journey.story.heard:
        expect(page.locator(".app-preview")).to_contain_text(heard.sentence)
    page.get_by_role("button", name="Send for approval").click()
    _done(page, "Sent for approval")
    return [Submission.objects.get(activity=telling.activity, loop__isnull=False)]


def publish(telling: Telling, inputs: Inputs) -> list[Any]:
    """A lead reads the answer as the public will, approves and publishes."""
    _publish(telling, telling.journey.story.heard[0].sentence)
    return [Publication.objects.get(activity=telling.activity, kind="answer")]


def tell(telling: Telling, inputs: Inputs) -> list[Any]:
    """The worker alone takes this step: its task is called as the worker calls it."""
    send_waiting_deliveries()
    return [None]


def draft(telling: Telling, inputs: Inputs) -> list[Any]:
    """The timetable drafts the report; the secretary may too, and does."""
    (facts,) = inputs
    page = telling.windows[Role.SECRETARY]
    page.goto("/staff/")
    page.get_by_role("link", name="Board reports").first.click()
    answer(page, month=facts["month"].key)
    page.get_by_role("button", name="Draft the report").click()
    expect(page.get_by_role("link", name="Add the words")).to_be_visible()
    return [BoardReport.objects.get()]


def write(telling: Telling, inputs: Inputs) -> list[Any]:
    """The secretary's words beside the figures."""
    (facts,) = inputs
    page = _at_report(telling)
    page.get_by_role("link", name="Add the words").click()
    answer(page, highlights=facts["highlights"])
    page.get_by_role("button", name="Save", exact=True).click()
    _done(page, "Your words are saved")
    return [BoardReport.objects.get()]


def approve(telling: Telling, inputs: Inputs) -> list[Any]:
    """Asked once more, then frozen; and its files are taken away."""
    page = _at_report(telling)
    page.get_by_role("link", name="Approve", exact=True).click()
    page.get_by_role("button", name="Approve and freeze").click()
    _done(page, "The report is approved and frozen")
    for title in ("PDF", "JSON"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=re.compile(f"Download .*{title}")).click()
        taken.value.save_as(telling.downloads / f"report.{title.lower()}")
    return [BoardReport.objects.get()]


def report(telling: Telling, inputs: Inputs) -> list[Any]:
    """The secretary publishes it."""
    page = _at_report(telling)
    page.get_by_role("button", name="Publish").click()
    _done(page, "The report is published")
    return [BoardReport.objects.get()]


#: The driver of each step of the walk.
DRIVERS: dict[str, Driver] = {
    "log": log,
    "plan": plan,
    "offer": offer,
    "open": open_,
    "meet": meet,
    "needs": needs,
    "register": register,
    "heads": heads,
    "listen": listen,
    "close": close,
    "find": find,
    "decide": decide,
    "change": change,
    "notice": notice,
    "submit": submit,
    "publish": publish,
    "tell": tell,
    "draft": draft,
    "write": write,
    "approve": approve,
    "report": report,
}
#: Steps that only the system takes, so that no window shows them.
UNSEEN = {"tell"}
#: Steps of the system that a person may take as well, and here does.
ON_DEMAND = {"draft": Role.SECRETARY}


def _done(page: Page, words: str) -> None:
    """The green banner says so."""
    expect(page.locator(".nhsuk-notification-banner--success")).to_contain_text(words)


def _at_activity(telling: Telling, page: Page | None = None) -> Page:
    page = page or telling.windows[Role.OFFICER]
    page.goto(f"/staff/activities/{telling.activity.pk}/")
    return page


def _at_board(telling: Telling) -> Page:
    page = _at_activity(telling)
    page.get_by_role("link", name=re.compile("Findings|findings|[Ww]hat you heard")).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Findings")
    return page


def _at_register(telling: Telling) -> None:
    _at_activity(telling, telling.phone)
    telling.phone.get_by_role("link", name=re.compile("^Take the register")).click()
    expect(telling.phone.get_by_role("heading", level=1)).to_contain_text("Register")


def _at_report(telling: Telling) -> Page:
    page = telling.windows[Role.SECRETARY]
    page.goto("/staff/reports/")
    page.get_by_role("link", name=telling.journey.month.words).click()
    return page


def _publish(telling: Telling, words: str) -> None:
    """From what waits, by the page as the public will read it, to publishing it."""
    page = telling.windows[Role.LEAD]
    page.goto("/staff/")
    page.get_by_role("link", name="Approvals").first.click()
    page.get_by_role("link", name=telling.journey.story.title).first.click()
    expect(page.locator(".app-preview")).to_contain_text(words)
    page.get_by_role("button", name="Publish").click()
    _done(page, "Published")

"""The steps of the walk as people take them in a browser: one driver for each, with the same key.

A driver takes the run and the inputs of its step, those that the action would get. It returns the
rows that were made, for the inputs of later steps.
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
from insight.reporting.choices import ReportFormat
from insight.reporting.models import BoardReport
from nel_participation.scenario import Walkthrough
from tests.browser.forms import fill_in

Inputs = list[dict[str, Any]]


@dataclass
class BrowserRun:
    """A walkthrough in a browser: a window for each member of staff, a phone, and a resident's."""

    walkthrough: Walkthrough
    windows: dict[Role, Page]
    phone: Page
    resident: Page
    downloads: Path

    @property
    def activity(self) -> Activity:
        row: Activity = self.walkthrough.one("log")
        return row


Driver = Callable[[BrowserRun, Inputs], list[Any]]


def log(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """Eight questions on one page, then the rest from the task list."""
    (facts,) = inputs
    page = run.windows[Role.OFFICER]
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
    fill_in(page, **{name: facts[name] for name in (*asked, *later)}, is_public=True)
    page.get_by_role("button", name="Log the activity").click()
    _done(page, "Activity logged")
    for title, names in {
        "About the activity": (
            *("summary", "stage", "programmes", "collaborative"),
            *("who_to_ask", "team_telephone", "team_email"),
        ),
        "Who it aims to reach": ("communities",),
        "What is already known, and the questions": ("insight_looked_at",),
        "Reward": ("reward_offered",),
    }.items():
        page.get_by_role("link", name=title, exact=True).click()
        fill_in(page, **{name: facts[name] for name in names})
        page.get_by_role("button", name="Save", exact=True).click()
        _done(page, "” saved")
    return [Activity.objects.get(title=facts["title"])]


def plan(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """A session, added from the activity's page."""
    (facts,) = inputs
    page = _at_activity(run)
    begins, ends = timezone.localtime(facts["starts_at"]), timezone.localtime(facts["ends_at"])
    page.get_by_role("button", name="Add a session").click()
    fill_in(
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
    return [Session.objects.get(activity=run.activity)]


def offer(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """The page as the public will read it, sent to a lead."""
    page = _at_activity(run)
    page.get_by_role("link", name="Invite the public to take part").click()
    expect(page.locator(".app-preview")).to_contain_text(
        run.walkthrough.scenario.scope_of_influence
    )
    page.get_by_role("button", name="Send for approval").click()
    _done(page, "Sent for approval")
    return [Submission.objects.get(activity=run.activity)]


def open_(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """A lead reads it as the public will, and publishes."""
    _publish(run, run.walkthrough.scenario.scope_of_influence)
    return [Publication.objects.get(activity=run.activity)]


def meet(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """On a phone: all but the last by the page of people, the last one at the door."""
    page = run.phone
    *known, at_the_door = inputs
    for facts in known:
        page.goto("/staff/participants/")
        page.get_by_role("button", name="Add a person").click()
        answers = {
            name: facts[name] for name in ("name", "email", "telephone", "capacity", "agreed_to")
        }
        fill_in(page, **answers, **({"place": facts["place"]} if facts["place"] else {}))
        page.get_by_role("button", name="Add the person").click()
        _done(page, "Person added")
    _at_register(run)
    door = page.locator("form[action$='/register/add/']")
    fill_in(door, **{name: at_the_door[name] for name in ("name", "email", "telephone")})
    fill_in(door, is_told=ConsentPurpose.TOLD_WHAT_CAME in at_the_door["agreed_to"])
    door.get_by_role("button", name="Add to register").click()
    _done(page, "Added: ")
    return list(Contact.objects.order_by("pk"))


def needs(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """What somebody needs, on their page."""
    page = run.phone
    for facts in inputs:
        page.goto("/staff/participants/")
        page.get_by_role("link", name=facts["contact"].name, exact=True).first.click()
        page.get_by_role("link", name="Add a need").click()
        fill_in(page, category=facts["category"], need=facts["need"])
        page.get_by_role("button", name="Add the need").click()
        _done(page, "Need added")
    return [None for _ in inputs]


def register(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """On a phone: each found as the name is typed, ticked, and saved at once."""
    page = run.phone
    (facts,) = inputs
    _at_register(run)
    for person in facts["contacts"][:-1]:
        page.get_by_label("Find by name").fill(person.name)
        box = page.locator(f"#person-{person.pk}")
        box.check()
        line = page.locator(".app-person", has=box)
        expect(line.get_by_text("Saved", exact=True)).to_be_visible()
    number = len(facts["contacts"])
    expect(page.locator("[data-ticked]")).to_have_text(f"{number} people")
    return [list(Attendance.objects.filter(session=facts["session"]))]


def heads(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """On a phone: a number, counted or estimated."""
    page = run.phone
    (facts,) = inputs
    _at_register(run)
    fill_in(page, count=facts["count"], is_estimated=facts["is_estimated"])
    page.get_by_role("button", name="Save the head count").click()
    expect(page.get_by_text("Head count saved")).to_be_visible()
    return [HeadCount.objects.get(session=facts["session"])]


def listen(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """What each person said, one thing on a line, under their name."""
    (facts,) = inputs
    said = facts["contributions"]
    for speaker in dict.fromkeys(one.contact for one in said):
        page = _at_activity(run)
        page.get_by_role("button", name="Record what people said").click()
        page.get_by_role("link", name="find the person first").click()
        page.get_by_role("link", name=speaker.name, exact=True).first.click()
        fill_in(
            page,
            words=[one.words for one in said if one.contact == speaker],
            how_it_came=facts["how_it_came"],
            received_on=facts["received_on"],
            session=facts["session"],
        )
        page.get_by_role("button", name="Save comments").click()
        _done(page, "saved")
    recorded = {row.words: row for row in Contribution.objects.filter(activity=run.activity)}
    return [[recorded[one.words] for one in said]]


def check(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """A page of comments, read and saved as they are."""
    page = _at_activity(run)
    page.get_by_role("link", name=re.compile(r"\d+ comments?")).first.click()
    page.get_by_role("button", name=re.compile("Check .* for personal details")).click()
    while page.get_by_role("button", name="Save as checked").count():
        page.get_by_role("button", name="Save as checked").click()
        _done(page, "checked")
    rows = {facts["contribution"].pk for facts in inputs}
    return list(Contribution.objects.filter(pk__in=rows, is_redaction_checked=True).order_by("pk"))


def close(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """The last day on which people were heard."""
    (facts,) = inputs
    page = _at_board(run)
    page.get_by_role("link", name="Close listening").click()
    fill_in(page, on=facts["on"])
    page.get_by_role("button", name="Close listening").click()
    _done(page, "Listening is closed")
    return [Loop.objects.get(activity=run.activity)]


def find(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """Each sentence, with the words it rests on ticked beside it."""
    page = _at_board(run)
    for facts in inputs:
        fill_in(page, sentence=facts["sentence"], evidence=facts["evidence"])
        page.get_by_role("button", name="Save finding").click()
        _done(page, "Finding saved")
    return [Finding.objects.get(sentence=facts["sentence"]) for facts in inputs]


def decide(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """What was decided on each, by whom and why."""
    page = _at_board(run)
    for facts in inputs:
        sentence = facts["finding"].sentence
        page.get_by_role("button", name=f"Record a decision on: {sentence}").click()
        fill_in(page, **{name: facts[name] for name in ("kind", "reason", "body")})
        if facts["decided_on"]:
            fill_in(page, decided_on=facts["decided_on"])
        page.get_by_role("button", name="Save decision").click()
        _done(page, "Decision recorded")
    return [Decision.objects.get(finding=facts["finding"]) for facts in inputs]


def change(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """What changes because of each decision, and status."""
    page = _at_board(run)
    for facts in inputs:
        sentence = facts["decision"].finding.sentence
        page.get_by_role("link", name=f"Record a change that follows from: {sentence}").click()
        fill_in(page, **{name: facts[name] for name in ("what", "stage", "impact", "evidence")})
        if facts["made_on"]:
            fill_in(page, made_on=facts["made_on"])
        page.get_by_role("button", name="Save change").click()
        _done(page, "Change recorded")
    return [Change.objects.get(decision=facts["decision"]) for facts in inputs]


def notice(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """What each person will be told."""
    (facts,) = inputs
    page = _at_board(run)
    page.get_by_role("link", name="Write the message to people").click()
    fill_in(page, subject=facts["subject"], body=facts["body"])
    page.get_by_role("button", name="Save message").click()
    _done(page, "Message saved")
    return [Loop.objects.get(activity=run.activity)]


def submit(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """The answer as the public will read it, sent to a lead."""
    page = _at_board(run)
    page.get_by_role("link", name="Send for approval").click()
    for finding in run.walkthrough.scenario.findings:
        expect(page.locator(".app-preview")).to_contain_text(finding.sentence)
    page.get_by_role("button", name="Send for approval").click()
    _done(page, "Sent for approval")
    return [Submission.objects.get(activity=run.activity, loop__isnull=False)]


def publish(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """A lead reads the answer as the public will, approves and publishes."""
    _publish(run, run.walkthrough.scenario.findings[0].sentence)
    return [Publication.objects.get(activity=run.activity, kind="answer")]


def tell(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """No page: the task is called as the worker does."""
    send_waiting_deliveries()
    return [None]


def draft(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """The timetable drafts the report; the secretary may too, and does."""
    (facts,) = inputs
    page = run.windows[Role.SECRETARY]
    page.goto("/staff/")
    page.get_by_role("link", name="Board reports").first.click()
    fill_in(page, month=facts["month"].key)
    page.get_by_role("button", name="Draft the report").click()
    expect(page.get_by_role("link", name="Add the words")).to_be_visible()
    return [BoardReport.objects.get()]


def write(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """The secretary's words beside the figures."""
    (facts,) = inputs
    page = _at_report(run)
    page.get_by_role("link", name="Add the words").click()
    fill_in(page, highlights=facts["highlights"])
    page.get_by_role("button", name="Save", exact=True).click()
    _done(page, "Your words are saved")
    return [BoardReport.objects.get()]


def approve(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """Asked once more, then frozen; and its files are taken away."""
    page = _at_report(run)
    page.get_by_role("link", name="Approve", exact=True).click()
    page.get_by_label("Leave these parts out of the report").check()
    page.get_by_role("button", name="Approve and freeze").click()
    _done(page, "The report is approved and frozen")
    for kind in ReportFormat:
        with page.expect_download() as taken:
            page.get_by_role("link", name=re.compile(rf"\({kind.label}, [\d,]+KB\)")).click()
        taken.value.save_as(run.downloads / f"report.{kind}")
    return [BoardReport.objects.get()]


def report(run: BrowserRun, inputs: Inputs) -> list[Any]:
    """The secretary publishes it."""
    page = _at_report(run)
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
    "check": check,
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
#: Steps that only the service takes, without a page.
WITHOUT_PAGE = {"tell"}
#: Steps of the service that a person can also take; here this role does.
ALSO_BY_HAND = {"draft": Role.SECRETARY}


def _done(page: Page, words: str) -> None:
    """Expect the green banner to say this."""
    expect(page.locator(".nhsuk-notification-banner--success")).to_contain_text(words)


def _at_activity(run: BrowserRun, page: Page | None = None) -> Page:
    page = page or run.windows[Role.OFFICER]
    page.goto(f"/staff/activities/{run.activity.pk}/")
    return page


def _at_board(run: BrowserRun) -> Page:
    page = _at_activity(run)
    page.get_by_role("link", name=re.compile("Findings|findings|[Ww]hat you heard")).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Findings")
    return page


def _at_register(run: BrowserRun) -> None:
    _at_activity(run, run.phone)
    run.phone.get_by_role("link", name=re.compile("^Take the register")).click()
    expect(run.phone.get_by_role("heading", level=1)).to_contain_text("Register")


def _at_report(run: BrowserRun) -> Page:
    page = run.windows[Role.SECRETARY]
    page.goto("/staff/reports/")
    page.get_by_role("link", name=run.walkthrough.month.words).click()
    return page


def _publish(run: BrowserRun, words: str) -> None:
    """Open what waits for approval from the list, preview it and publish it."""
    page = run.windows[Role.LEAD]
    page.goto("/staff/")
    page.get_by_role("link", name="Approvals").first.click()
    page.get_by_role("link", name=run.walkthrough.scenario.title).first.click()
    expect(page.locator(".app-preview")).to_contain_text(words)
    page.get_by_role("button", name="Publish").click()
    _done(page, "Published")

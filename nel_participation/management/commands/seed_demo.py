"""Makes the demo data: accounts, the fifteen cases of the strategy, and twelve months of made-up
activity.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import clock
from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role
from core.models import Organisation, User
from core.periods import Month
from engagement.activities.models import Activity
from engagement.messaging.actions import deliveries
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery
from insight.loop.actions.loops import open_due
from insight.reporting.actions import reports
from insight.reporting.choices import Purpose
from nel_participation import cases, demo, walk
from nel_participation.scenario import Scenario, Walkthrough

#: Steps of the walk for a month's report. The demo runs them once for each month, not for each
#: scenario.
_REPORT_STEPS = {"draft", "write", "approve", "report"}


class Command(BaseCommand):
    """Makes demo data through the same acts that people use. Refuses if there is any activity."""

    help = "Make demo accounts, the strategy’s cases, and twelve months of made-up activity."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--scale", type=int, default=1, help="multiply the made-up activity by this"
        )

    def handle(self, *args: Any, scale: int, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError(
                "Demo data is only ever made in the embedded default, never in production."
            )
        if scale < 1:
            raise CommandError("Give a scale of 1 or more.")
        if Activity.objects.exists():
            raise CommandError("There is activity already, so no demo data is made.")
        with transaction.atomic():
            # All or nothing: after an interrupted start the database is still empty.
            self.stdout.write(_make(scale))


def _make(scale: int) -> str:
    people = _accounts()
    loaded = cases.load(officer=people[Role.OFFICER], lead=people[Role.LEAD])
    count = 0
    for scenario in demo.scenarios(scale=scale):
        _run(scenario, people)
        count += 1
    open_due(by=SERVICE)
    drafted = _reports(people)
    return f"{len(loaded)} cases, {count} made-up activities and {drafted} reports made."


def _accounts() -> dict[Role, User]:
    """One account for each role."""
    icb = Organisation.objects.get(key="nhs-nel")
    people: dict[Role, User] = {}
    for role, name, post in (
        (Role.OFFICER, "Olu Officer", "Engagement officer"),
        (Role.LEAD, "Lena Lead", "Head of participation"),
        (Role.ANALYST, "Ana Analyst", "Insight analyst"),
        (Role.SECRETARY, "Sam Secretary", "Board secretary"),
        (Role.REVIEWER, "Ravi Reviewer", "Lay reviewer"),
        (Role.ADMINISTRATOR, "Ada Administrator", "Service administrator"),
    ):
        short = "admin" if role == Role.ADMINISTRATOR else role.value
        people[role] = accounts.make(
            by=SERVICE,
            email=f"{short}@example.org",
            name=name,
            post=post,
            role=role,
            organisation=icb,
            password=settings.DEMO_PASSWORD,
        )
    return people


def _run(scenario: Scenario, people: dict[Role, User]) -> None:
    """Run the steps of the scenario that lie in the past. No mail is sent."""
    walkthrough = Walkthrough(scenario, people, sends_mail=False)
    present = clock.now()
    if scenario.lead.key != "nhs-nel":
        walkthrough.people = people | _colleagues(scenario)
    for step in walk.STEPS:
        if step.key in _REPORT_STEPS or scenario.day(step.after(scenario)) > present:
            return
        walk.run_step(walkthrough, step)
        if step.key == "tell":
            _settle_by_hand(walkthrough, present)


def _settle_by_hand(walkthrough: Walkthrough, present: datetime) -> None:
    """Three days later, record that those without email have been told by telephone or visit."""
    moment = walkthrough.scenario.day(walkthrough.scenario.answered_after + 3)
    if moment > present:
        return
    officer = walkthrough.people[Role.OFFICER]
    with clock.set_to(moment):
        for delivery in Delivery.objects.filter(
            message=walkthrough.one("notice").notice, state=DeliveryState.BY_HAND
        ):
            deliveries.settle(by=officer, delivery=delivery, outcome=DeliveryState.SENT)


def _colleagues(scenario: Scenario) -> dict[Role, User]:
    """An officer and a lead of the organisation of a scenario. Without passwords, nobody can sign
    in as them.
    """
    found = {}
    for role in (Role.OFFICER, Role.LEAD):
        email = f"{role}.{scenario.lead.key}@example.org"
        person = User.objects.filter(email=email).first()
        found[role] = person or accounts.make(
            by=SERVICE,
            email=email,
            name=f"{role.label}, {scenario.lead.name}"[:150],
            role=role,
            organisation=scenario.lead,
        )
    return found


def _reports(people: dict[Role, User]) -> int:
    """A report for each past month. All are published but the last, which stays a draft."""
    present = Month.of(clock.today())
    months = [present.shift(-back) for back in range(demo.MONTHS - 1, 0, -1)]
    for month in months:
        with clock.set_to(month.ends_before + timedelta(hours=6)):
            report = reports.draft(by=SERVICE, month=month)
        if month == months[-1]:
            break
        secretary = people[Role.SECRETARY]
        with clock.set_to(month.ends_before + timedelta(days=2, hours=10)):
            reports.write(
                by=secretary,
                report=report,
                agenda_item="7",
                author="Director of Participation and Experience",
                purpose=Purpose.ASSURANCE,
                highlights=f"Made up for demonstration: the activity of {month.words}, with "
                f"what people said and what came of it.",
                involvement="Made up for demonstration: two members of the residents’ panel read "
                "the draft, and asked for the changes to come before the figures by place.",
                to_know="Any feedback that is late is listed under “Feedback still due”.",
                asks="The Board is asked to note this report.",
            )
            report = reports.approve(by=secretary, report=report)
        with clock.set_to(month.ends_before + timedelta(days=9, hours=10)):
            reports.publish(by=secretary, report=report)
    return len(months)

"""Factories of published activities, answers and reports, for tests of public pages and the API."""

from typing import Any

from core import clock
from core.periods import Month, RoughDate
from engagement.activities.models import Activity
from insight.loop.actions import changes, notices, publications
from insight.loop.choices import ChangeStage, DecisionKind
from insight.loop.models import Publication
from insight.reporting.actions import reports
from insight.reporting.models import BoardReport
from tests.factories import answering, engaging
from tests.factories.world import World

HOSTILE = "<script>alert(1)</script> =1+1 \u202e{{ 7*7 }}"


def opportunity(world: World, **details: Any) -> Activity:
    """An activity whose invitation is published."""
    activity = engaging.activity(world.officer, **details)
    submission = publications.submit_opportunity(by=world.officer, activity=activity)
    publications.publish_opportunity(by=world.lead, submission=submission)
    return activity


def answer(
    world: World,
    *,
    kind: DecisionKind = DecisionKind.ACCEPTED,
    stage: ChangeStage | None = None,
    sentence: str = "Breakfast comes too late.",
    **details: Any,
) -> Publication:
    """A published answer with one finding, its decision and, if a stage is given, its change."""
    began = RoughDate.on(clock.today())
    activity = engaging.activity(world.officer, **({"start": began} | details))
    loop = answering.closed(activity, by=world.officer, on=clock.today())
    finding = answering.finding(
        activity,
        by=world.officer,
        sentence=sentence,
        evidence=[engaging.said(activity, by=world.officer, days_ago=0)],
    )
    decision = answering.decision(finding, by=world.officer, kind=kind)
    if stage is not None:
        changes.add(
            by=world.officer,
            activity=activity,
            decision=decision,
            what="Breakfast comes at eight.",
            stage=stage,
            made_on=clock.today() if stage == ChangeStage.MADE else None,
        )
    loop = notices.write(
        by=world.officer, loop=loop, subject="What came of it", body="Breakfast at eight."
    )
    submission = publications.submit_answer(by=world.officer, loop=loop)
    return publications.publish_answer(by=world.lead, submission=submission)


def approved(world: World) -> BoardReport:
    """Last month's report, approved and frozen but not published."""
    month = Month.of(clock.today()).shift(-1)
    return reports.approve(
        by=world.secretary, report=answering.report(by=world.service, month=month)
    )


def report(world: World) -> BoardReport:
    """Last month's report, published."""
    return reports.publish(by=world.secretary, report=approved(world))

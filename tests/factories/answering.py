"""Factories of loops, findings, decisions, answers and reports."""

from datetime import date, timedelta

from core import clock
from core.actors import Actor
from core.models import User
from core.periods import Month
from engagement.activities.models import Activity, Contribution
from insight.loop.actions import decisions, findings, loops, notices, publications
from insight.loop.choices import DecisionKind
from insight.loop.models import Decision, Finding, Loop, Publication, Submission
from insight.reporting.actions import reports
from insight.reporting.models import BoardReport
from tests.factories import engaging


def closed(activity: Activity, *, by: Actor, on: date | None = None) -> Loop:
    """The loop of an activity whose listening closed five days ago, or on this day."""
    return loops.close_listening(
        by=by, activity=activity, on=on or clock.today() - timedelta(days=5)
    )


def finding(
    activity: Activity,
    *,
    by: Actor,
    sentence: str = "Breakfast comes too late.",
    evidence: list[Contribution] | None = None,
) -> Finding:
    return findings.write(
        by=by,
        activity=activity,
        sentence=sentence,
        evidence=evidence or [engaging.said(activity, by=by)],
    )


def decision(
    finding: Finding, *, by: Actor, kind: DecisionKind = DecisionKind.ACCEPTED
) -> Decision:
    """A decision taken yesterday."""
    return decisions.decide(
        by=by,
        finding=finding,
        kind=kind,
        reason="The kitchen can start earlier.",
        body="The ward",
        decided_on=None if kind == DecisionKind.UNDECIDED else clock.today() - timedelta(days=1),
    )


def answerable(activity: Activity, *, by: Actor) -> Loop:
    """A loop ready to submit: closed, with a finding, its decision and a notice."""
    loop = closed(activity, by=by)
    decision(finding(activity, by=by), by=by)
    return notices.write(by=by, loop=loop, subject="What came of it", body="Breakfast at eight.")


def submitted(activity: Activity, *, by: Actor) -> Submission:
    """An answer that waits for approval."""
    return publications.submit_answer(by=by, loop=answerable(activity, by=by))


def published(activity: Activity, *, by: Actor, lead: User) -> Publication:
    """An answer the public can read."""
    return publications.publish_answer(by=lead, submission=submitted(activity, by=by))


def report(*, by: Actor, month: Month | None = None) -> BoardReport:
    """A draft of the report of last month, or of this month."""
    return reports.draft(by=by, month=month or Month.of(clock.today()).shift(-1))

"""Changes: what was done because of a decision, recorded and updated."""

from datetime import date

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, describe, lock, save
from core.actors import Actor
from engagement.activities.choices import Source
from engagement.activities.models import Activity
from insight.loop.choices import ChangeStage, DecisionKind, Event, Impact
from insight.loop.models import Change, Decision
from insight.loop.permissions import Permission


@act(Event.CHANGE_RECORDED, needs=Permission.FINDING_WRITE, on="activity")
def add(
    *,
    by: Actor,
    activity: Activity,
    decision: Decision | None,
    what: str,
    stage: ChangeStage | str,
    impact: Impact | str = "",
    evidence: str = "",
    made_on: date | None = None,
) -> Change:
    """Record what is done, or will be, because of a decision. Refused where the decision was not
    accepted. Records taken from the strategy may leave out the decision and the day.
    """
    if decision is None and activity.source != Source.STRATEGY:
        raise ValidationError({"decision": "Choose the decision that this change follows."})
    if decision is not None:
        # Locked as a decision is taken, so that it is not refused meanwhile.
        decision = Decision.objects.get(finding=lock(decision.finding))
        if decision.finding.activity_id != activity.pk:
            raise ValidationError({"decision": "This decision belongs to another activity."})
        if decision.kind == DecisionKind.NOT_ACCEPTED:
            raise ValidationError(
                {"decision": "This was not accepted, so you cannot record a change."}
            )
    change = Change(
        activity=activity,
        decision=decision,
        recorded_by=by.answerable,
        recorded_at=clock.now(),
        what=what,
        stage=stage,
        impact=impact,
        evidence=evidence,
        made_on=made_on,
    )
    _check_made(change)
    describe(activity.title)
    return save(change)


@act(Event.CHANGE_MOVED, needs=Permission.FINDING_WRITE, on="change")
def move(
    *,
    by: Actor,
    change: Change,
    what: str,
    stage: ChangeStage | str,
    impact: Impact | str,
    evidence: str,
    made_on: date | None,
) -> Change:
    """Update it. The published version stays until the next approval."""
    change = lock(change)
    change.what, change.stage, change.impact = what, stage, impact
    change.evidence, change.made_on = evidence, made_on
    _check_made(change)
    describe(change.activity.title, fields=["stage"])
    return save(change)


def _check_made(change: Change) -> None:
    if change.made_on is not None and change.made_on > clock.today():
        raise ValidationError(
            {"made_on": "The date the change was done must be today or in the past"}
        )
    if (
        change.stage == ChangeStage.MADE
        and change.made_on is None
        and change.activity.source != Source.STRATEGY
    ):
        raise ValidationError({"made_on": "Enter the date the change was done"})

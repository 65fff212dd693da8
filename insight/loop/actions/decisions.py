"""Decisions on findings, each with its reason."""

from datetime import date

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, describe, lock, save
from core.actors import Actor
from insight.loop.choices import DecisionKind, Event
from insight.loop.models import Change, Decision, Finding
from insight.loop.permissions import Permission


@act(Event.DECISION_RECORDED, needs=Permission.FINDING_WRITE, on="finding")
def decide(
    *,
    by: Actor,
    finding: Finding,
    kind: DecisionKind | str,
    reason: str = "",
    body: str = "",
    decided_on: date | None = None,
    look_again_on: date | None = None,
) -> Decision:
    """Record what was decided on a finding, or replace it. “Not accepted” and “in part” need the
    reason; all but “not yet decided” need the day, which cannot be in the future. Nothing can be
    “not accepted” that a change was recorded because of. Nobody is promised a look on a day that
    is over; a promise recorded before stays.
    """
    if kind == DecisionKind.UNDECIDED and decided_on is not None:
        raise ValidationError(
            {"decided_on": "Leave this date empty if it is not yet decided, or select the decision"}
        )
    if decided_on is not None and decided_on > clock.today():
        raise ValidationError(
            {
                "decided_on": "The date must be today or in the past. Until it is decided, "
                "select “not yet decided”"
            }
        )
    finding = lock(finding)
    decision = Decision.objects.filter(finding=finding).first() or Decision(finding=finding)
    if (
        look_again_on is not None
        and look_again_on < clock.today()
        and look_again_on != decision.look_again_on
    ):
        raise ValidationError({"look_again_on": "The date must be today or in the future"})
    if (
        kind == DecisionKind.NOT_ACCEPTED
        and Change.objects.filter(decision__finding=finding).exists()
    ):
        raise ValidationError(
            {
                "kind": "A change is recorded because of this decision, so it cannot be “not "
                "accepted”. If part of it cannot be done, select “accepted in part”"
            }
        )
    decision.kind, decision.reason, decision.body = kind, reason, body
    decision.decided_on, decision.look_again_on = decided_on, look_again_on
    decision.recorded_by, decision.recorded_at = by.answerable, clock.now()
    describe(finding.activity.title, subject=finding)
    return save(decision)

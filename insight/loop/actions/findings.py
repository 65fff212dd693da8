"""Findings: written on evidence, changed, removed while unpublished."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, describe, lock, save
from core.actors import Actor
from core.redaction import Redactor
from core.redaction.text import composed
from engagement.activities.models import Activity, Contribution
from insight.loop.actions import loops
from insight.loop.choices import Event
from insight.loop.models import Evidence, Finding, Loop
from insight.loop.permissions import Permission

#: Personal details that no finding gives. Names and addresses are left to whoever writes and
#: approves it: many of those found are of a place that people spoke about.
NEVER_PUBLISHED = ("telephone number", "email address", "NHS number", "National Insurance number")


@act(Event.FINDING_WRITTEN, needs=Permission.FINDING_WRITE, on="activity")
def write(
    *,
    by: Actor,
    activity: Activity,
    sentence: str,
    evidence: Iterable[Contribution],
    loop: Loop | None = None,
) -> Finding:
    """One thing that was heard, resting on at least one contribution of the same activity. Refuses
    a sentence with personal details that no finding gives.

    Where no loop is given it joins the oldest one unanswered, else the one that is open.
    """
    _check_sentence(sentence)
    loop = loop or _default_loop(by, activity)
    finding = save(
        Finding(
            activity=activity,
            loop=loop,
            written_by=by.answerable,
            written_at=clock.now(),
            sentence=sentence,
            order=Finding.objects.filter(loop=loop).count(),
        )
    )
    _set_evidence(finding, evidence)
    describe(activity.title, subject=finding)
    return finding


@act(Event.FINDING_CHANGED, needs=Permission.FINDING_WRITE, on="finding")
def change(
    *,
    by: Actor,
    finding: Finding,
    sentence: str,
    evidence: Iterable[Contribution],
) -> Finding:
    """Change its sentence, its evidence or both. The published version stays until the next
    approval. Refuses what `write` refuses.
    """
    _check_sentence(sentence)
    finding = lock(finding)
    finding.sentence = sentence
    save(finding)
    _set_evidence(finding, evidence)
    describe(finding.activity.title, fields=["sentence", "evidence"])
    return finding


@act(Event.FINDING_REMOVED, needs=Permission.FINDING_WRITE, on="finding")
def remove(*, by: Actor, finding: Finding) -> None:
    """Remove a finding. Refused once it has a decision or its answer is published."""
    finding = lock(finding)
    if finding.loop.answered_on is not None or hasattr(finding, "decision"):
        raise ValidationError(
            "This finding has been decided on or published, so you cannot remove it."
        )
    describe(finding.activity.title)
    finding.delete()


def _check_sentence(sentence: str) -> None:
    found = {kind for _, _, kind in Redactor().find(composed(sentence))}
    if never := [kind for kind in NEVER_PUBLISHED if kind in found]:
        raise ValidationError(
            {"sentence": f"Take out the {' and the '.join(never)}, because this will be published"}
        )


def _default_loop(by: Actor, activity: Activity) -> Loop:
    waiting = Loop.objects.filter(activity=activity, answered_on=None, heard_until__isnull=False)
    return waiting.order_by("due_on").first() or loops.open_for(by=by, activity=activity)


def _set_evidence(finding: Finding, evidence: Iterable[Contribution]) -> None:
    wanted = {contribution.pk for contribution in evidence}
    if not wanted:
        raise ValidationError(
            {"evidence": "Select at least 1 comment that this finding is based on"}
        )
    found = Contribution.objects.filter(activity=finding.activity, pk__in=wanted).count()
    if found != len(wanted):
        raise ValidationError({"evidence": "Some of these comments belong to another activity"})
    finding.evidence.exclude(contribution__in=wanted).delete()
    Evidence.objects.bulk_create(
        (Evidence(finding=finding, contribution_id=pk) for pk in sorted(wanted)),
        ignore_conflicts=True,
    )

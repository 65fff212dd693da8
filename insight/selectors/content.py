"""The words and numbers of a public page, gathered when it is approved: display words only, small
numbers protected.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Sum

from core import clock
from core.disclosure import protect_one
from core.periods import in_words
from engagement.choices import AccessFeature, Method, Source
from engagement.models import Activity, Contribution, HeadCount, Session
from engagement.selectors.participants import who_took_part
from insight.choices import ChangeStage, DecisionKind, PublicationKind
from insight.models import Change, Decision, Finding, Loop, Publication
from standards.spectrum import step

Content = dict[str, Any]


def of_opportunity(activity: Activity) -> Content:
    """What is open: what it is for, what can change, when and where, what is offered."""
    now = clock.now()
    return _about(activity) | {
        "sessions": [_session(session) for session in activity.sessions.filter(ends_at__gte=now)],
        "reward": activity.reward_offered,
        "access": activity.access_arrangements,
        "languages": [language.name for language in activity.languages.all()],
    }


def of_answer(activity: Activity, loop: Loop | None = None) -> Content:
    """What people said and what came of it: every finding of answered loops and of the one given,
    newest loop first.
    """
    findings = list(
        Finding.objects.filter(activity=activity)
        .exclude(loop__answered_on=None, loop__in=_other_loops(activity, loop))
        .select_related("loop", "decision")
        .prefetch_related("decision__changes", "evidence")
        .order_by("-loop__heard_until", "order", "pk")
    )
    loose = Change.objects.filter(activity=activity, decision=None).order_by("pk")
    return _about(activity) | {
        "who": _who(activity),
        "outputs": [
            {"what": output.what, "count": output.in_words} for output in activity.outputs.all()
        ],
        "findings": [_finding(finding) for finding in findings],
        "changes": [_change(change) for change in loose],
    }


def outcomes(content: Content) -> list[str]:
    """What a list can be filtered by: every kind of decision and stage of change on the page."""
    words = {change["stage"] for change in content.get("changes", [])}
    for finding in content.get("findings", []):
        if finding["decision"]:
            words.add(finding["decision"]["kind"])
        words.update(change["stage"] for change in finding["changes"])
    return sorted(words)


def what_changed(before: Publication | None, after: Content) -> list[str]:
    """The parts of a page that differ from the version the public sees now, in words for the
    approver.
    """
    if before is None:
        return ["Nothing of this has been public before."]
    parts = {
        "title": "Title",
        "summary": "Summary",
        "purpose": "Purpose",
        "scope_of_influence": "What can and cannot be influenced",
        "level": "Level",
        "places": "Places",
        "programmes": "Programmes",
        "dates": "Dates",
        "sessions": "Sessions",
        "reward": "What is offered in return",
        "access": "Access arrangements",
        "languages": "Languages",
        "who": "Who took part",
        "findings": "What you said, and what was decided and done",
        "changes": "What was done",
        "outputs": "Figures as reported",
        "organisation": "Lead organisation",
        "partners": "Partners",
        "contact": "Who to ask",
    }
    return [words for key, words in parts.items() if before.content.get(key) != after.get(key)]


def current(activity: Activity, kind: PublicationKind) -> Publication | None:
    """The version the public sees now."""
    return Publication.objects.current().filter(activity=activity, kind=kind).first()


def _about(activity: Activity) -> Content:
    level = step(activity.level)
    return {
        "title": activity.title,
        "summary": activity.summary,
        "purpose": activity.purpose,
        "scope_of_influence": activity.scope_of_influence,
        "level": {
            "key": level.level.value,
            "name": level.name,
            "we_will": level.we_will,
            "reason": activity.level_reason,
        },
        "dates": activity.dates_in_words,
        "places": [{"key": place.key, "name": place.name} for place in activity.places.all()],
        "is_area_wide": activity.is_area_wide,
        "programmes": [{"key": one.key, "name": one.name} for one in activity.programmes.all()],
        "organisation": activity.lead_organisation.name,
        "partners": [partner.name for partner in activity.partners.all()],
        "methods": [Method(method).label for method in activity.methods],
        "communities": activity.communities,
        "contact": activity.who_to_ask,
        "source": activity.source,
        "source_words": Source(activity.source).label if activity.source != Source.STAFF else "",
        "source_note": activity.source_note,
    }


def _session(session: Session) -> Content:
    return {
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "venue": session.venue,
        "link": session.link,
        "capacity": session.capacity,
        "access": [AccessFeature(feature).label for feature in session.access_features],
        "interpreters": session.interpreters,
    }


def _who(activity: Activity) -> Content:
    """Named people and counted heads, never added together."""
    heads = HeadCount.objects.filter(session__activity=activity)
    counted = heads.aggregate(all=Sum("count"))["all"] or 0
    return {
        "people": protect_one(who_took_part(activity).count()).words,
        "heads": protect_one(counted).words,
        "heads_are_estimated": heads.filter(is_estimated=True).exists(),
        "contributions": f"{Contribution.objects.filter(activity=activity).count():,}",
    }


def _other_loops(activity: Activity, loop: Loop | None) -> Iterable[int]:
    others = Loop.objects.filter(activity=activity)
    return list(
        (others if loop is None else others.exclude(pk=loop.pk)).values_list("pk", flat=True)
    )


def _finding(finding: Finding) -> Content:
    decision: Decision | None = getattr(finding, "decision", None)
    return {
        "sentence": finding.sentence,
        "evidence": len(finding.evidence.all()),
        "heard_until": in_words(finding.loop.heard_until) if finding.loop.heard_until else "",
        "decision": _decision(decision) if decision else None,
        "changes": [_change(change) for change in decision.changes.all()] if decision else [],
    }


def _decision(decision: Decision) -> Content:
    return {
        "kind": decision.kind,
        "label": DecisionKind(decision.kind).label,
        "reason": decision.reason,
        "body": decision.body,
        "decided_on": in_words(decision.decided_on) if decision.decided_on else "",
        "look_again_on": in_words(decision.look_again_on) if decision.look_again_on else "",
    }


def _change(change: Change) -> Content:
    return {
        "what": change.what,
        "stage": change.stage,
        "stage_label": ChangeStage(change.stage).label,
        "impact": change.get_impact_display() if change.impact else "",
        "made_on": in_words(change.made_on) if change.made_on else "",
    }

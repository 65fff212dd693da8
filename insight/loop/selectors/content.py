"""The content of a public page, made when it is sent for approval and when it is approved: display
words only, small numbers protected.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from core import clock
from core.disclosure import protect_one
from core.published_fields import Words
from engagement.activities.models import Activity, Contribution, HeadCount, Output
from engagement.activities.selectors.participants import who_took_part
from engagement.messaging.models import Message
from insight.loop.choices import PublicationKind
from insight.loop.models import Change, Finding, Loop, Publication
from insight.loop.selectors import pages


@dataclass(frozen=True)
class Participation:
    """Numbers of people with a name and of people only counted, protected. They are never added:
    somebody may be in both.
    """

    people: str
    heads: str
    heads_are_estimated: bool
    contributions: str


@dataclass(frozen=True)
class Outcome:
    """What an answer says besides the description of its activity."""

    who: Participation
    outputs: QuerySet[Output]
    findings: Sequence[Finding]
    changes: QuerySet[Change]


def opportunity(activity: Activity) -> Words:
    """An invitation: what it is for, what can change, when and where, what support there is."""
    return pages.OPPORTUNITY.stamp(pages.ABOUT.freeze(activity) | pages.INVITATION.freeze(activity))


def answer(activity: Activity, loop: Loop | None = None) -> Words:
    """An answer: what people said and what came of it, with the findings of every answered loop and
    of the one given, newest loop first.
    """
    findings = (
        Finding.objects.filter(activity=activity)
        .exclude(loop__answered_on=None, loop__in=_other_loops(activity, loop))
        .select_related("loop", "decision")
        .prefetch_related("decision__changes", "evidence")
        .order_by("-loop__heard_until", "order", "pk")
    )
    outcome = Outcome(
        who=_participation(activity),
        outputs=activity.outputs.all(),
        findings=list(findings),
        changes=Change.objects.filter(activity=activity, decision=None).order_by("pk"),
    )
    return pages.ANSWER.stamp(pages.ABOUT.freeze(activity) | pages.OUTCOME.freeze(outcome))


def fingerprint(words: Words, notice: Message | None = None) -> str:
    """SHA-256 of every word a lead reads before publishing: those of the page, and those of the
    notice in each language and format.
    """
    variants = [] if notice is None else notice.variants.order_by("language", "format")
    told = [[one.language, one.format, one.subject, one.body] for one in variants]
    return _digest([words, told])


def told(loop: Loop) -> str:
    """SHA-256 of what a notice about the loop has to agree with: its findings, what was decided on
    them and what was done.
    """
    findings = (
        Finding.objects.filter(loop=loop)
        .select_related("loop", "decision")
        .prefetch_related("decision__changes", "evidence")
        .order_by("order", "pk")
    )
    words = [pages.FINDING.freeze(finding) for finding in findings]
    return _digest([[one["sentence"], one["decision"], one["changes"]] for one in words])


def is_notice_outdated(loop: Loop) -> bool:
    """Whether what the notice has to agree with has changed since it was saved. One that went out
    stays as it is.
    """
    notice = loop.notice
    return notice is not None and notice.approved_at is None and loop.notice_of != told(loop)


def is_current(publication: Publication) -> bool:
    """Whether what people said and what came of it is still as an answer was published."""
    after = answer(publication.activity)
    before = pages.read(publication)
    return all(before[part] == after[part] for part in ("findings", "changes"))


def is_invitation_outdated(activity: Activity) -> bool:
    """Whether the public reads something else of the activity, or of a session to come, than what
    is recorded. That a session is cancelled, its page says by itself.
    """
    published = current(activity, PublicationKind.OPPORTUNITY)
    if published is None:
        return False
    over = set(activity.sessions.filter(ends_at__lt=clock.now()).values_list("pk", flat=True))
    before, after = (
        words
        | {
            "sessions": [
                session | {"cancelled_reason": ""}
                for session in words["sessions"]
                if session["number"] not in over
            ]
        }
        for words in (pages.read(published), opportunity(activity))
    )
    return bool(pages.changed(before, after))


def outcomes(content: Words) -> list[str]:
    """What a list of pages can be filtered by: every kind of decision and stage of change."""
    words = {change["stage"] for change in content.get("changes", [])}
    return sorted(words.union(*finding_outcomes(content)))


def finding_outcomes(content: Words) -> list[list[str]]:
    """What a list of findings can be filtered by: for each finding of a page, in its order, the
    kind of its decision and the stages of its changes.
    """
    return [
        sorted(
            {change["stage"] for change in finding["changes"]}
            | ({finding["decision"]["kind"]} if finding["decision"] else set())
        )
        for finding in content.get("findings", [])
    ]


def what_changed(before: Publication | None, after: Words) -> list[str]:
    """The parts of a page that differ from the version the public sees now, in words for the
    approver.
    """
    if before is None:
        return ["Nothing of this has been public before."]
    return pages.changed(pages.read(before), after)


def current(activity: Activity, kind: PublicationKind) -> Publication | None:
    """The version the public sees now."""
    return Publication.objects.current().filter(activity=activity, kind=kind).first()


def _digest(words: object) -> str:
    text = json.dumps(words, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _participation(activity: Activity) -> Participation:
    # Somebody known to two organisations is two contacts and one person.
    people = who_took_part(activity).aggregate(number=Count("person", distinct=True))["number"]
    heads = HeadCount.objects.filter(session__activity=activity)
    counted = heads.aggregate(all=Sum("count"))["all"] or 0
    return Participation(
        people=protect_one(people).words,
        heads=protect_one(counted).words,
        heads_are_estimated=heads.filter(is_estimated=True).exists(),
        contributions=protect_one(Contribution.objects.filter(activity=activity).count()).words,
    )


def _other_loops(activity: Activity, loop: Loop | None) -> Iterable[int]:
    others = Loop.objects.filter(activity=activity)
    return list(
        (others if loop is None else others.exclude(pk=loop.pk)).values_list("pk", flat=True)
    )

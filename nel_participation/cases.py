"""Loads the fifteen cases of the strategy as activities, through the same acts that people use.

What the strategy does not say stays empty. What people said becomes contributions without names,
and what was done becomes changes without a recorded decision. Each case is logged and published
at the end of what it tells of, or where that is not said on the strategy's first day.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core import clock
from core.models import Organisation, Place, Programme, User
from core.periods import RoughDate
from engagement.activities.actions import activities, contributions
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.choices import HowItCame, Method, Source
from engagement.activities.models import Activity
from insight.loop.actions import changes, findings, loops, publications
from insight.loop.choices import ChangeStage

_FILE = Path(__file__).resolve().parent / "reference" / "cases.json"

#: The strategy's words for methods, with our choice for each. Any other is `Method.OTHER`.
METHODS = {
    "public meeting": Method.MEETING,
    "focus group": Method.FOCUS_GROUP,
    "panel survey": Method.SURVEY,
    "staff survey": Method.SURVEY,
    "video": Method.VIDEO,
    "messaging group": Method.MESSAGING_GROUP,
    "online comments": Method.ONLINE,
    "co-design": Method.CO_DESIGN,
    "co-design of building": Method.CO_DESIGN,
    "co-design of patient pathway": Method.CO_DESIGN,
    "interviews": Method.INTERVIEW,
    "forum": Method.FORUM,
    "monthly forum": Method.FORUM,
    "community forum": Method.FORUM,
    "Healthwatch and voluntary sector outreach": Method.OUTREACH,
    "outreach event": Method.OUTREACH,
    "trusted messenger": Method.PEER,
    "community connectors": Method.PEER,
    "peer mentors": Method.PEER,
    "reverse conference": Method.REVERSE_CONFERENCE,
    "summit": Method.SUMMIT,
    "panel": Method.PANEL,
    "youth panel": Method.PANEL,
    "recruitment panel": Method.PANEL,
    "public representatives' weekly group": Method.PANEL,
}


#: The first day of the strategy, and of the integrated care board.
STRATEGY_BEGAN = date(2022, 7, 1)


def load(*, officer: User, lead: User) -> list[Activity]:
    """Log each case that is not there yet, and publish its findings and changes."""
    known = set(Activity.objects.filter(source=Source.STRATEGY).values_list("title", flat=True))
    cases = json.loads(_FILE.read_text(encoding="utf-8"))["cases"]
    loaded = []
    for case in cases:
        if case["title"] not in known:
            with clock.set_to(clock.start_of(_told_on(case)) + timedelta(hours=12)):
                loaded.append(_load(case, officer, lead))
    return loaded


def _told_on(case: dict[str, Any]) -> date:
    end = _rough(case["end"])
    return end.latest if end else STRATEGY_BEGAN


def _load(case: dict[str, Any], officer: User, lead: User) -> Activity:
    activity = activities.log(
        by=officer,
        source=Source.STRATEGY,
        source_note=f"Section: {case['section']}. Level and stage are our reading of the case.",
        title=case["title"],
        level=case["level"],
        stage=case["stage"],
        methods=sorted({METHODS.get(method, Method.OTHER) for method in case["methods"]}),
        communities=case.get("communities", []),
        lead_organisation=Organisation.objects.get(key="nhs-nel"),
        places=Place.objects.filter(key__in=case["places"]),
        is_area_wide=case["scope"] == "nel",
        programmes=Programme.objects.filter(key__in=case["programmes"]),
        start=_rough(case["start"]),
        end=_rough(case["end"]),
        is_always_on=case.get("always_on", False),
    )
    for figure in case["figures"]:
        activities.record_output(
            by=officer,
            activity=activity,
            what=figure["what"],
            count=figure["count"],
            is_at_least=figure.get("at_least", False),
            is_estimated=figure.get("estimated", False),
        )
    _write_up(case, activity, officer, lead)
    return activity


def _write_up(case: dict[str, Any], activity: Activity, officer: User, lead: User) -> None:
    if not case["said"] and not case["did"]:
        return
    loop = loops.open_for(by=officer, activity=activity)
    if case["said"]:
        recorded = contributions.record_many(
            by=officer,
            activity=activity,
            contributions=[NewContribution(words=words, is_group=True) for words in case["said"]],
            how_it_came=HowItCame.NOT_RECORDED,
            received_on=None,
        )
        for contribution in recorded:
            findings.write(
                by=officer,
                activity=activity,
                loop=loop,
                sentence=contribution.words,
                evidence=[contribution],
            )
    for done in case["did"]:
        changes.add(by=officer, activity=activity, decision=None, what=done, stage=ChangeStage.MADE)
    submission = publications.submit_answer(by=officer, loop=loop)
    publications.publish_answer(by=lead, submission=submission)


def _rough(text: str | None) -> RoughDate | None:
    return RoughDate.parse(text) if text else None

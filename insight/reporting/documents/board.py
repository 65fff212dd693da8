"""The content of the month's report to the Board: counted, protected and put into words once, as
the dictionary that the page and each file are made from.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Count, Min, QuerySet

from core.frozen import Altered
from core.nhsuk.environment import plural
from core.periods import Month, in_words
from engagement.activities.models import Activity
from insight.loop.models import Loop, Publication
from insight.loop.selectors import pages
from insight.measures.definitions import MEASURES
from insight.measures.measure import Measure
from insight.measures.query import Question, Result, Tally, count
from insight.measures.subjects import Cut
from insight.reporting.documents import board_changes, figures, integrity, trend
from insight.reporting.documents.schema import (
    SCHEMA,
    TYPE,
    Activities,
    Chart,
    FrozenReport,
    HeadlineFigure,
    ListedActivity,
    Loops,
    MeasureFigures,
)
from insight.reporting.models import BoardReport

#: The five figures of page one.
HEADLINE = ("activities", "people", "loops_closed", "people_told", "changes_made")
#: The most answers owed that are listed by title; the rest are only counted.
MOST_LISTED = 12
#: The most activities of the month that are listed by title.
MOST_ACTIVITIES = 40
ORGANISATION = "NHS North East London"


@dataclass(frozen=True)
class _PreviousFigure:
    """A figure of the month before: `counted` now, and `shown` as it was reported, the same where
    there was no report.
    """

    month: Month
    tally: Tally
    shown: str
    counted: str

    @property
    def is_corrected(self) -> bool:
        return self.shown != self.counted


def content(report: BoardReport) -> FrozenReport:
    """The content of the report: as frozen, or for a draft with the figures as they are now."""
    return integrity.frozen_of(report) if report.is_frozen else build(report)


def headline(month: Month, keys: tuple[str, ...] = HEADLINE) -> list[HeadlineFigure]:
    """Some figures of a month as they are now, each compared with the month before."""
    last = month.shift(-1)
    now = {key: Question(MEASURES[key], month) for key in keys}
    then = {key: Question(MEASURES[key], last) for key in keys}
    results = count([*now.values(), *then.values()])
    approved: Mapping[Month, FrozenReport] = {}
    with suppress(Altered):  # the checks of health name the report
        approved = integrity.approved(last, last)
    before = _previous_figures(
        last, {key: results[question].total for key, question in then.items()}, approved
    )
    return [_headline(MEASURES[key], results[now[key]].total, before[key]) for key in keys]


def build(report: BoardReport) -> FrozenReport:
    """Count every measure for the report's month and the one before.

    All figures come from one statement, so they are of one moment and agree with each other. Those
    of the months before that are looked up in their reports, and not counted again. Raises
    `Altered` where one of those is not as it was approved.
    """
    month = report.period
    last = month.shift(-1)
    now = {key: Question(measure, month, measure.cuts) for key, measure in MEASURES.items()}
    then = {key: Question(measure, last) for key, measure in MEASURES.items()}
    results = count([*now.values(), *then.values()])
    approved = integrity.approved(month.shift(1 - trend.MONTHS), last)
    before = _previous_figures(
        last, {key: results[question].total for key, question in then.items()}, approved
    )
    measured = [_measure(question, results[question], before[key]) for key, question in now.items()]
    figures_now = [
        _headline(MEASURES[key], results[now[key]].total, before[key]) for key in HEADLINE
    ]
    changes = board_changes.of_month(month)
    leads = board_changes.leading(changes, report.leading_changes)
    return {
        "type": TYPE,
        "schema": SCHEMA,
        "period": month.key,
        "month": month.words,
        "organisation": ORGANISATION,
        "title": f"Participation report to the Board: {month.words}",
        "drafted_at": report.drafted_at.isoformat(),
        "approved_at": _moment(report.approved_at),
        "approved_by": _approver(report),
        "front_sheet": {
            "agenda_item": report.agenda_item,
            "author": report.author,
            "purpose": report.get_purpose_display(),
        },
        "narrative": {
            "highlights": report.highlights,
            "story": report.story,
            "involvement": report.involvement,
            "to_know": report.to_know,
            "asks": report.asks,
            "look_ahead": report.look_ahead,
        },
        "headline": figures_now,
        "trend": trend.as_reported(month, figures_now, approved),
        "measures": measured,
        "charts": [_spectrum_by_place(measured)],
        "stories": [change.story for change in leads],
        "other_changes": board_changes.others(changes, leads),
        "activities": _activities(month, int(results[now["activities"]].total["count"])),
        "loops": _owed_loops(month),
        "definitions": [
            {"title": measure.title, "how": measure.how} for measure in MEASURES.values()
        ],
        "sources": [
            "Activities, people, contributions, findings, decisions and changes as recorded "
            "by the partners in this service.",
            "Records taken from the Working with People and Communities Strategy 2022-2025 "
            "are marked as such on their public pages.",
        ],
    }


def approved(draft: FrozenReport, report: BoardReport) -> FrozenReport:
    """The content of a draft as its report is approved, with when and by whom."""
    approval = {"approved_at": _moment(report.approved_at), "approved_by": _approver(report)}
    return cast(FrozenReport, draft | approval)


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _approver(report: BoardReport) -> str | None:
    """The approver’s post or else their role, never their name."""
    if report.approved_by is None:
        return None
    return report.approved_by.post or report.approved_by.get_role_display()


def _measure(question: Question, result: Result, before: _PreviousFigure) -> MeasureFigures:
    measure = question.measure
    return {
        "key": measure.key,
        "title": measure.title,
        "how": measure.how,
        "unit": measure.unit.value,
        "total": figures.total(measure, result.total),
        "previous": {"shown": before.shown},
        "cuts": [
            figures.table(measure, cut, result.cuts[cut], result.total) for cut in measure.cuts
        ],
        "notes": measure.notes(question.period) + _correction(measure, before),
    }


def _headline(measure: Measure, now: Tally, before: _PreviousFigure) -> HeadlineFigure:
    movement = figures.movement(measure, now, before.tally, before.month.words)
    return {
        "key": measure.key,
        "title": measure.title,
        "shown": figures.total(measure, now)["shown"],
        "previous": before.shown,
        "movement": None if before.is_corrected else movement,
    }


def _previous_figures(
    month: Month, tallies: Mapping[str, Tally], approved: Mapping[Month, FrozenReport]
) -> dict[str, _PreviousFigure]:
    frozen = approved.get(month)
    reported = {one["key"]: one["total"]["shown"] for one in frozen["measures"]} if frozen else {}
    found = {}
    for key, tally in tallies.items():
        counted = figures.total(MEASURES[key], tally)["shown"]
        found[key] = _PreviousFigure(month, tally, reported.get(key, counted), counted)
    return found


def _correction(measure: Measure, before: _PreviousFigure) -> list[str]:
    """The note on a figure that was corrected since it was reported. Of residents the new figure is
    left out, as the difference could point to a single person.
    """
    if not before.is_corrected:
        return []
    if measure.protects_total:
        return [f"Records of {before.month.words} have been corrected since it was reported."]
    return [f"{before.month.words} was reported as {before.shown}; it is now {before.counted}."]


def _spectrum_by_place(measured: list[MeasureFigures]) -> Chart:
    """The spectrum by place, drawn from the table of that measure."""
    spectrum = next(one for one in measured if one["key"] == "spectrum")
    table = next(cut for cut in spectrum["cuts"] if cut["key"] == Cut.PLACE)
    levels = table["columns"][:-1]
    return {
        "key": "spectrum-by-place",
        "title": "Level promised, by place",
        "description": "For each place: how many activities promised each level, from inform "
        "to empower.",
        "unit": "activities",
        "kind": "stacked",
        "series": levels,
        "rows": [
            {
                "label": row["label"],
                "values": [int(cell.replace(",", "")) for cell in row["cells"][:-1]],
                "shown": row["cells"][:-1],
            }
            for row in table["rows"]
        ],
    }


def _activities(month: Month, counted: int) -> Activities:
    """The newest activities of the month, as their public pages describe them, by title. Those
    without a page are only counted.
    """
    ran = Activity.objects.live().in_month(month).values("pk")
    newest = (
        Publication.objects.public()
        .filter(activity__in=ran)
        .order_by("-activity_id")
        .values_list("activity_id", flat=True)
        .distinct()[:MOST_ACTIVITIES]
    )
    listed: list[ListedActivity] = [
        {
            "title": page["title"],
            "place": pages.place_names(page),
            "level": page["level"]["name"],
            "when": page["dates"],
        }
        for page in pages.of_activities(newest).values()
    ]
    listed.sort(key=lambda one: one["title"].casefold())
    return {"listed": listed, "more": max(0, counted - len(listed))}


def _owed_loops(month: Month) -> Loops:
    """Answers due by the end of the month and not given by then. Those of activities without a
    public page are counted and not listed.
    """
    unanswered = Loop.objects.due().exclude(answered_on__lte=month.last)
    due = unanswered.filter(due_on__lte=month.last)
    public = Publication.objects.public().values("activity")
    rows = list(
        due.filter(activity__in=public)
        .order_by("due_on", "pk")
        .only("activity", "due_on")[:MOST_LISTED]
    )
    page_of = pages.of_activities(loop.activity_id for loop in rows)
    return {
        "owed": [
            {
                "title": page_of[loop.activity_id]["title"],
                "place": pages.place_names(page_of[loop.activity_id]),
                "due": _due(loop).isoformat(),
                "state": _how_late((month.last - _due(loop)).days),
            }
            for loop in rows
        ],
        "sentences": [*_about_due(due, month, listed=len(rows)), *_about_later(unanswered, month)],
    }


def _about_due(due: QuerySet[Loop], month: Month, *, listed: int) -> list[str]:
    """What the list of answers due leaves out: those that it has no room for."""
    number, last = due.count(), in_words(month.last)
    if not number:
        return [f"All feedback due by {last} had been given by then."]
    if not listed:
        on = plural(due.values("activity").distinct().count(), "activity", "activities")
        return [f"Feedback due by {last} on {on} without a public page had not been given by then."]
    if unlisted := number - listed:
        return [f"{unlisted:,} more {'is' if unlisted == 1 else 'are'} due and not listed here."]
    return []


def _about_later(unanswered: QuerySet[Loop], month: Month) -> list[str]:
    """What was awaited when the month ended, and due after it."""
    later = unanswered.filter(due_on__gt=month.last, heard_until__lte=month.last).aggregate(
        answers=Count("due_on"), activities=Count("activity", distinct=True), first=Min("due_on")
    )
    if not later["answers"]:
        return []
    on = plural(later["activities"], "activity", "activities")
    due = "it is" if later["answers"] == 1 else "the first is"
    return [f"Feedback on {on} is awaited: {due} due on {in_words(later['first'])}."]


def _how_late(days: int) -> str:
    if not days:
        return "Due on the last day of the month"
    return f"{plural(days, 'day')} late at the end of the month"


def _due(loop: Loop) -> date:
    assert loop.due_on is not None  # noqa: S101  # only loops that fell due are asked for
    return loop.due_on

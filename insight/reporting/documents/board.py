"""The content of the month's report to the Board: counted, protected and put into words once, as
the dictionary that the page and each file are made from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Count, Min

from core.nhsuk.environment import plural
from core.periods import Month, in_words
from engagement.activities.models import Activity
from insight.loop.models import Loop
from insight.measures.definitions import MEASURES
from insight.measures.measure import Measure
from insight.measures.query import Question, Result, Tally, count
from insight.measures.subjects import Cut
from insight.reporting.choices import ReportState
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
    before = _previous_figures(
        last, {key: results[question].total for key, question in then.items()}
    )
    return [_headline(MEASURES[key], results[now[key]].total, before[key]) for key in keys]


def build(report: BoardReport) -> FrozenReport:
    """Count every measure for the report's month and the one before.

    All figures come from one statement, so they are of one moment and agree with each other. Those
    of the months before that are looked up in their reports, and not counted again.
    """
    month = report.period
    last = month.shift(-1)
    now = {key: Question(measure, month, measure.cuts) for key, measure in MEASURES.items()}
    then = {key: Question(measure, last) for key, measure in MEASURES.items()}
    results = count([*now.values(), *then.values()])
    before = _previous_figures(
        last, {key: results[question].total for key, question in then.items()}
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
        "trend": trend.as_reported(month, figures_now),
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
            "are marked as such.",
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


def _previous_figures(month: Month, tallies: Mapping[str, Tally]) -> dict[str, _PreviousFigure]:
    frozen = (
        BoardReport.objects.filter(month=month.first)
        .exclude(state=ReportState.DRAFT)
        .values_list("frozen", flat=True)
        .first()
    )
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
        "title": "Activities by level promised, by place",
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
    """Public activities of the month by title; internal ones are only counted."""
    rows = (
        Activity.objects.live()
        .in_month(month)
        .filter(is_public=True)
        .prefetch_related("places")
        .order_by("title", "pk")[:MOST_ACTIVITIES]
    )
    listed: list[ListedActivity] = [
        {
            "title": activity.title,
            "place": ", ".join(place.name for place in activity.places.all())
            or "North east London",
            "level": activity.get_level_display(),
            "when": activity.dates_in_words,
        }
        for activity in rows
    ]
    return {"listed": listed, "more": max(0, counted - len(listed))}


def _owed_loops(month: Month) -> Loops:
    """Answers due by the end of the month and not given by then. Those of internal activities are
    counted and not listed.
    """
    owed = Loop.objects.due().filter(due_on__lte=month.last).exclude(answered_on__lte=month.last)
    listed = (
        owed.filter(activity__is_public=True)
        .select_related("activity")
        .prefetch_related("activity__places")
    )
    rows = list(listed.order_by("due_on", "pk")[:MOST_LISTED])
    return {
        "owed": [
            {
                "title": loop.activity.title,
                "place": ", ".join(place.name for place in loop.activity.places.all())
                or "North east London",
                "due": _due(loop).isoformat(),
                "state": _how_late((month.last - _due(loop)).days),
            }
            for loop in rows
        ],
        "sentences": _about_owed(month, unlisted=owed.count() - len(rows), is_listed=bool(rows)),
    }


def _about_owed(month: Month, *, unlisted: int, is_listed: bool) -> list[str]:
    """What the list of answers owed leaves out: those it has no room for, and those due later."""
    last = in_words(month.last)
    if unlisted and is_listed:
        overdue = f"{unlisted:,} more {'is' if unlisted == 1 else 'are'} due and not listed here."
    elif unlisted:
        internal = plural(unlisted, "internal activity", "internal activities")
        overdue = f"Feedback due by {last} on {internal} had not been given by then."
    else:
        overdue = "" if is_listed else f"All feedback due by {last} had been given by then."
    later = (
        Loop.objects.due()
        .filter(heard_until__lte=month.last, due_on__gt=month.last)
        .exclude(answered_on__lte=month.last)
        .aggregate(number=Count("activity", distinct=True), first=Min("due_on"))
    )
    awaited = ""
    if later["number"]:
        on = plural(later["number"], "activity", "activities")
        due = "it is" if later["number"] == 1 else "the first is"
        awaited = f"Feedback on {on} is awaited: {due} due on {in_words(later['first'])}."
    return [sentence for sentence in (overdue, awaited) if sentence]


def _how_late(days: int) -> str:
    if not days:
        return "Due on the last day of the month"
    return f"{plural(days, 'day')} late at the end of the month"


def _due(loop: Loop) -> date:
    assert loop.due_on is not None  # noqa: S101  # only loops that fell due are asked for
    return loop.due_on

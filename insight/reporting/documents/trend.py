"""The headline figures over twelve months, looked up in the approved reports of those months."""

import re

from core.periods import Month
from insight.measures.definitions import MEASURES
from insight.reporting.choices import ReportState
from insight.reporting.documents.schema import HeadlineFigure, Trend, TrendMonth
from insight.reporting.models import BoardReport

MONTHS = 12

_NUMBER = re.compile(r"([\d,]+(?:\.\d+)?)(?: days)?")
_SHARE = re.compile(r"[\d,]+ of [\d,]+ \((\d+)%\)")


def as_reported(month: Month, headline: list[HeadlineFigure]) -> list[Trend]:
    """Each figure over the eleven months before, as reported, and this month as it is now."""
    before = [month.shift(-back) for back in range(MONTHS - 1, 0, -1)]
    approved = (
        BoardReport.objects.filter(month__gte=before[0].first, month__lte=before[-1].first)
        .exclude(state=ReportState.DRAFT)
        .values_list("month", "frozen__headline")
    )
    reported: dict[tuple[str, str], str] = {
        (Month.of(first).key, figure["key"]): figure["shown"]
        for first, figures in approved
        for figure in figures or []
    }
    return [
        {
            "key": figure["key"],
            "title": figure["title"],
            "unit": MEASURES[figure["key"]].unit.value,
            "months": [
                *(_month(one, reported.get((one.key, figure["key"]))) for one in before),
                _month(month, figure["shown"]),
            ],
        }
        for figure in headline
    ]


def _month(month: Month, shown: str | None) -> TrendMonth:
    return {"period": month.key, "shown": shown, "value": value_of(shown or "")}


def value_of(shown: str) -> int | float | None:
    """The number behind a figure as it is shown, of a share the percentage; None without one."""
    if share := _SHARE.fullmatch(shown):
        return int(share[1])
    if number := _NUMBER.fullmatch(shown):
        plain = number[1].replace(",", "")
        return float(plain) if "." in plain else int(plain)
    return None

"""The headline figures over twelve months, looked up in the approved reports of those months."""

from collections.abc import Mapping

from core.periods import Month
from insight.measures.definitions import MEASURES
from insight.reporting.documents.schema import FrozenReport, HeadlineFigure, Trend, TrendMonth
from insight.reporting.documents.wording import number_of, share_of

MONTHS = 12


def as_reported(
    month: Month, headline: list[HeadlineFigure], approved: Mapping[Month, FrozenReport]
) -> list[Trend]:
    """Each figure over the eleven months before, as reported, and this month as it is now."""
    before = [month.shift(-back) for back in range(MONTHS - 1, 0, -1)]
    reported = {
        (one, figure["key"]): figure["shown"]
        for one, frozen in approved.items()
        for figure in frozen["headline"]
    }
    return [
        {
            "key": figure["key"],
            "title": figure["title"],
            "unit": MEASURES[figure["key"]].unit.value,
            "months": [
                *(_month(one, reported.get((one, figure["key"]))) for one in before),
                _month(month, figure["shown"]),
            ],
        }
        for figure in headline
    ]


def _month(month: Month, shown: str | None) -> TrendMonth:
    return {"period": month.key, "shown": shown, "value": value_of(shown or "")}


def value_of(shown: str) -> int | float | None:
    """The number behind a figure as it is shown, of a share the percentage; None without one."""
    if share := share_of(shown):
        return int(share[1].removesuffix("%"))
    return number_of(shown)

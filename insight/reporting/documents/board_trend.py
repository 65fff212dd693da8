"""The headline figures over twelve months, each as the report of its month gave it."""

from core.periods import Month
from insight.reporting.documents.blocks import Block, Table, picture
from insight.reporting.documents.schema import Chart, FrozenReport, Trend

#: What stands for a month without a report.
NO_REPORT = "No report"
DEFINITION = (
    "Each month as its approved report gave it. Corrections made since then are not in these "
    f"figures. “{NO_REPORT}” means that no report of the month has been approved."
)


def trend_blocks(frozen: FrozenReport) -> list[Block]:
    """A chart of each figure, then one table of all; nothing where there is only one month."""
    trends = frozen["trend"]
    reported = {
        month["period"]
        for trend in trends
        for month in trend["months"]
        if month["shown"] is not None
    }
    if len(reported) < 2:
        return []
    charts = [block for trend in trends for block in picture(_chart(trend))]
    return [*charts, _table(trends)]


def _chart(trend: Trend) -> Chart:
    first, last = (Month.parse(trend["months"][at]["period"]).words for at in (0, -1))
    is_share = "share" in trend["unit"]
    return {
        "key": f"trend-{trend['key']}",
        "title": trend["title"],
        "description": f"One column for each month from {first} to {last}.",
        "unit": "percentage" if is_share else "",
        "kind": "columns",
        "series": [trend["title"]],
        "rows": [
            {
                "label": _short(month["period"]),
                "values": [month["value"]],
                "shown": [_mark(month["shown"], month["value"], is_share=is_share)],
            }
            for month in trend["months"]
        ],
    }


def _mark(shown: str | None, value: float | None, *, is_share: bool) -> str:
    """What stands above a column: the figure, or a dash where the table has words."""
    if shown is None or value is None:
        return "–"
    return f"{value:g}%" if is_share else shown


def _short(period: str) -> str:
    month = Month.parse(period)
    return f"{month.words[:3]} {month.year}"


def _table(trends: list[Trend]) -> Table:
    rows = [
        [Month.parse(month["period"]).words]
        + [trend["months"][at]["shown"] or NO_REPORT for trend in trends]
        for at, month in enumerate(trends[0]["months"])
    ]
    heads = ["Month", *(trend["title"] for trend in trends)]
    return Table("The headline figures, month by month", heads, rows, definition=DEFINITION)

"""A month's report over 100,000 activities and 1,000,000 attendances against one pass that joins
and counts.
"""

from django.db import connection

from core import clock
from core.models import User
from core.periods import Month
from insight.models import BoardReport
from insight.reports import board
from tests.bench import rows
from tests.bench.lines import Line, side_by_side

MONTH = Month(2026, 5)
_FLOOR = """
SELECT p.place_id, count(*) FROM engagement_attendance t
JOIN engagement_session s ON s.id = t.session_id
JOIN engagement_activity_places p ON p.activity_id = s.activity_id
WHERE s.starts_at >= %s AND s.starts_at < %s GROUP BY p.place_id
"""


def measure() -> list[Line]:
    """Every measure and cut of the report, this month and the last, and twelve months of loops."""
    rows.fill()
    User.objects.system()
    report = BoardReport(month=MONTH.first, drafted_at=clock.now())
    floor, ours = side_by_side(_one_pass, lambda: board.build(report), runs=3)
    note = f"{rows.ACTIVITIES:,} activities and {rows.ATTENDANCES:,} attendances over a year"
    return [
        Line("report", "The month's report", "one join and count", floor, ours, False, 15, 9, note)
    ]


def _one_pass() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FLOOR, [MONTH.starts_at, MONTH.ends_before])
        cursor.fetchall()

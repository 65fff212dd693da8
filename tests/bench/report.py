"""A month's report over 100,000 activities, 1,000,000 attendances and 400,000 messages, against
one pass that joins and counts, and against one read of what the report needs.
"""

from django.db import connection

from core import clock
from core.periods import Month
from insight.reporting.documents import board
from insight.reporting.models import BoardReport
from tests.bench import rows
from tests.bench.lines import Line, side_by_side

MONTH = Month(2026, 5)
_ATTENDANCES = """
SELECT p.place_id, count(*) FROM activities_attendance t
JOIN activities_session s ON s.id = t.session_id
JOIN activities_activity_places p ON p.activity_id = s.activity_id
WHERE s.starts_at >= %s AND s.starts_at < %s GROUP BY p.place_id
"""
_MESSAGES = """
SELECT p.place_id, d.state, count(*) FROM messaging_delivery d
JOIN loop_loop l ON l.notice_id = d.message_id
JOIN activities_activity_places p ON p.activity_id = l.activity_id
WHERE l.due_on BETWEEN %s AND %s GROUP BY p.place_id, d.state
"""


def measure() -> list[Line]:
    """Every measure and cut of the report, this month and the last, and what it lists."""
    rows.fill()
    report = BoardReport(month=MONTH.first, drafted_at=clock.now())
    one_pass = side_by_side(_one_pass, lambda: board.build(report))
    one_read = side_by_side(_one_read, lambda: board.build(report))
    note = f"{rows.ACTIVITIES:,} activities and {rows.ATTENDANCES:,} attendances over a year"
    needs = (
        "the floor joins and counts by place the attendances at sessions of two months, and the "
        "messages for the answers due in them, for the report compares a month with the one before"
    )
    return [
        Line("report", "The month's report", "one join and count", one_pass, False, 15, 9, note),
        Line("report-read", "The same", "one read of its rows", one_read, False, 6, 4, needs),
    ]


def _one_pass() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ATTENDANCES, [MONTH.starts_at, MONTH.ends_before])
        cursor.fetchall()


def _one_read() -> None:
    before = MONTH.previous()
    with connection.cursor() as cursor:
        cursor.execute(_ATTENDANCES, [before.starts_at, MONTH.ends_before])
        cursor.fetchall()
        cursor.execute(_MESSAGES, [before.first, MONTH.last])
        cursor.fetchall()

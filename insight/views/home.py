"""The door staff come in by: what they owe, what is coming, what changed because of their work."""

from django.http import HttpResponse
from django.shortcuts import render

from core import access, clock
from core.choices import Permission
from core.periods import Month
from core.views.doors import StaffRequest, staff
from insight import presenters
from insight.measures import MEASURES
from insight.reports import board
from insight.selectors import home

#: How many things owed are shown before the rest is only counted.
SHOWN = 12


@staff()
def index(request: StaffRequest) -> HttpResponse:
    """Staff home."""
    user = request.user
    month = Month.of(clock.today())
    works_on_activities = access.holds(user, Permission.ACTIVITY_CHANGE)
    owed = presenters.owed(user)
    context = {
        "owed": owed[:SHOWN],
        "number_owed": len(owed),
        "number_late": sum(thing.is_late for thing in owed),
        "works_on_activities": works_on_activities,
        "coming": home.coming(user) if works_on_activities else [],
        "changes": home.changes_brought_about(user)
        if works_on_activities
        else home.latest_changes(),
        "may_log": access.holds(user, Permission.ACTIVITY_LOG),
        "may_read_findings": access.holds(user, Permission.FINDING_READ),
        "role": user.get_role_display(),
        "month": month.words,
        "figures": board.headline(month),
        "definitions": [MEASURES[key] for key in board.HEADLINE],
    }
    return render(request, "insight/staff-home.html.jinja", context)

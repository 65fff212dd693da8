"""The staff home: what somebody has to see to, and the panels that wings add below it."""

from django.http import HttpResponse
from django.shortcuts import render

from core.registry import home
from core.views.staff import StaffRequest, staff_page

#: How many things to do are shown before the rest is only counted.
SHOWN = 12


@staff_page()
def index(request: StaffRequest) -> HttpResponse:
    """Staff home."""
    user = request.user
    tasks = home.tasks_of(user)
    context = {
        "role": user.get_role_display(),
        "buttons": home.buttons.fill(user),
        "tasks": tasks[:SHOWN],
        "number_of_tasks": len(tasks),
        "number_late": sum(task.is_late for task in tasks),
        "more": home.more.fill(user) if len(tasks) > SHOWN else [],
        "starting_points": [] if tasks else home.starting_points.fill(user),
        "panels": home.panels.fill(user),
    }
    return render(request, "core/home.html.jinja", context)

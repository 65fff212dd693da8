"""The staff home: things to do, and panels that wings register."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.registry import home
from core.views.paging import paged
from core.views.staff import StaffRequest, staff_page

#: How many things to do one page shows.
TASKS_A_PAGE = 12


@staff_page()
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The home page of the person who is signed in."""
    user = request.user
    tasks = home.tasks_of(user)
    page = paged(request, tasks, TASKS_A_PAGE)
    context = {
        "role": user.get_role_display(),
        "buttons": home.buttons.fill(user),
        "page": page,
        "number_late": sum(task.is_late for task in tasks),
        "more": home.more.fill(user) if page.has_other_pages() else [],
        "starting_points": [] if tasks else home.starting_points.fill(user),
        "panels": home.panels.fill(user),
    }
    return render(request, "core/home.html.jinja", context)

"""Contributions: the list, adding many at once, checking one for personal details."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import access, clock
from core.nhsuk.forms import accepted
from core.views.paging import paged
from core.views.staff import StaffRequest, staff_page
from engagement.activities.actions import contributions
from engagement.activities.forms.contributions import ContributionsForm, RedactionForm
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission
from engagement.activities.presenters import contributions as presenters
from engagement.activities.selectors import contributions as selectors
from engagement.activities.selectors import registers
from engagement.people import presenters as people
from engagement.people.forms.contacts import FindForm
from engagement.people.models import Contact
from engagement.people.permissions import Permission as PeoplePermission


@staff_page(Permission.CONTRIBUTION_READ)
@require_safe
def index(request: StaffRequest, pk: int) -> HttpResponseBase:
    activity = get_object_or_404(
        access.rows(request.user, Permission.CONTRIBUTION_READ, Activity), pk=pk
    )
    page = paged(request, selectors.readable_by(request.user, activity))
    context = {
        "activity": activity,
        "page": page,
        "rows": [
            presenters.contribution_row(contribution, request.user.pk) for contribution in page
        ],
        "may_record": access.may(request.user, Permission.CONTRIBUTION_RECORD, activity),
    }
    return render(request, "activities/contribution-list.html.jinja", context)


@staff_page(Permission.CONTRIBUTION_RECORD)
def add(request: StaffRequest, pk: int, person: int | None = None) -> HttpResponseBase:
    """Record several contributions: by nobody named, by a group or, with `person`, by a contact."""
    activity = get_object_or_404(
        access.rows(request.user, Permission.CONTRIBUTION_RECORD, Activity), pk=pk
    )
    contact = None
    if person is not None:
        contact = get_object_or_404(
            access.rows(request.user, PeoplePermission.CONTACT_READ, Contact), pk=person
        )
    form = ContributionsForm(
        activity, contact, request.POST or None, initial={"received_on": clock.today()}
    )
    if added := accepted(
        form,
        lambda: contributions.record_many(
            by=request.user,
            activity=activity,
            contributions=form.contributions,
            **{name: form.cleaned_data[name] for name in ("how_it_came", "received_on", "session")},
        ),
    ):
        messages.success(
            request,
            "1 comment saved." if len(added) == 1 else f"{len(added)} comments saved.",
        )
        return redirect("contribution-list", pk)
    context = {"activity": activity, "person": contact, "form": form}
    return render(request, "activities/contribution-add.html.jinja", context)


@staff_page(Permission.CONTRIBUTION_RECORD)
@require_safe
def find_person(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Find, by name, the person who said something."""
    activity = get_object_or_404(
        access.rows(request.user, Permission.CONTRIBUTION_RECORD, Activity), pk=pk
    )
    form = FindForm(request.GET)
    name = form.cleaned_data["q"] if form.is_valid() else ""
    found = registers.candidates(request.user, activity, name)
    context = {
        "activity": activity,
        "form": form,
        "name": name,
        "people": [people.person_line(person) for person in found],
        "max_shown": registers.MAX_SHOWN,
    }
    return render(request, "activities/contribution-find-person.html.jinja", context)


@staff_page(Permission.CONTRIBUTION_RECORD)
def check(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Check the words that others may read."""
    rows = access.rows(request.user, Permission.CONTRIBUTION_RECORD, Contribution).select_related(
        "activity", "session"
    )
    contribution = get_object_or_404(rows, pk=pk)
    form = RedactionForm(request.POST or None, row=contribution)
    if accepted(
        form,
        lambda: contributions.check_redaction(
            by=request.user, contribution=contribution, **form.cleaned_data
        ),
    ):
        messages.success(request, "Comment checked.")
        return redirect("contribution-list", contribution.activity_id)
    context = {
        "activity": contribution.activity,
        "row": presenters.contribution_row(contribution, request.user.pk),
        "form": form,
    }
    return render(request, "activities/contribution-check.html.jinja", context)

"""What people said: the list, adding many at once, the check of personal details."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import access, clock
from core.nhsuk.forms import accepted
from core.views.paging import paged
from core.views.staff import StaffRequest, staff_page
from engagement.activities import presenters
from engagement.activities.actions import contributions
from engagement.activities.forms.contributions import RedactionForm, SaidForm
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission
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
    page = paged(request, selectors.said(request.user, activity))
    context = {
        "activity": activity,
        "page": page,
        "lines": [presenters.said_line(contribution, request.user.pk) for contribution in page],
        "may_record": access.may(request.user, Permission.CONTRIBUTION_RECORD, activity),
    }
    return render(request, "activities/contribution-list.html.jinja", context)


@staff_page(Permission.CONTRIBUTION_RECORD)
def add(request: StaffRequest, pk: int, person: int | None = None) -> HttpResponseBase:
    """Many things said by nobody named or by a group; or, with a person, by that person."""
    activity = get_object_or_404(
        access.rows(request.user, Permission.CONTRIBUTION_RECORD, Activity), pk=pk
    )
    speaker = None
    if person is not None:
        speaker = get_object_or_404(
            access.rows(request.user, PeoplePermission.CONTACT_READ, Contact), pk=person
        )
    form = SaidForm(activity, speaker, request.POST or None, initial={"received_on": clock.today()})
    if added := accepted(
        form,
        lambda: contributions.record_many(
            by=request.user,
            activity=activity,
            said=form.said,
            **{name: form.cleaned_data[name] for name in ("how_it_came", "received_on", "session")},
        ),
    ):
        messages.success(
            request,
            "1 thing is written down."
            if len(added) == 1
            else f"{len(added)} things are written down.",
        )
        return redirect("contribution-list", pk)
    context = {"activity": activity, "person": speaker, "form": form}
    return render(request, "activities/contribution-add.html.jinja", context)


@staff_page(Permission.CONTRIBUTION_RECORD)
@require_safe
def who(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Finding the person who said something, by name."""
    activity = get_object_or_404(
        access.rows(request.user, Permission.CONTRIBUTION_RECORD, Activity), pk=pk
    )
    form = FindForm(request.GET)
    name = form.cleaned_data["q"] if form.is_valid() else ""
    found = registers.likely(request.user, activity, name)
    context = {
        "activity": activity,
        "form": form,
        "name": name,
        "people": [people.person_line(person) for person in found],
        "shown": registers.SHOWN,
    }
    return render(request, "activities/contribution-who.html.jinja", context)


@staff_page(Permission.CONTRIBUTION_RECORD)
def check(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The words as others may read them, checked by a person."""
    rows = access.rows(request.user, Permission.CONTRIBUTION_RECORD, Contribution).select_related(
        "activity", "session"
    )
    contribution = get_object_or_404(rows, pk=pk)
    form = RedactionForm(request.POST or None, initial={"redacted": contribution.redacted})
    if accepted(
        form,
        lambda: contributions.check_redaction(
            by=request.user, contribution=contribution, **form.cleaned_data
        ),
    ):
        messages.success(request, "The words are checked.")
        return redirect("contribution-list", contribution.activity_id)
    context = {
        "activity": contribution.activity,
        "line": presenters.said_line(contribution, request.user.pk),
        "form": form,
    }
    return render(request, "activities/contribution-check.html.jinja", context)

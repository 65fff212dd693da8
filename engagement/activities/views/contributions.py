"""Contributions: the list, adding many at once, checking one or many for personal details."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import access, clock
from core.brought_back import is_only_filled
from core.nhsuk.environment import plural
from core.nhsuk.forms import accepted
from core.redaction import LOOKED_FOR
from core.views.paging import paged
from core.views.staff import StaffRequest, staff_page
from engagement.activities.actions import contributions
from engagement.activities.forms.contributions import (
    CheckedRedactionForm,
    ContributionsForm,
    RedactionForm,
)
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission
from engagement.activities.presenters import contributions as presenters
from engagement.activities.selectors import contributions as selectors
from engagement.activities.selectors import registers
from engagement.people import presenters as people
from engagement.people.forms.contacts import FindForm
from engagement.people.models import Contact
from engagement.people.permissions import Permission as PeoplePermission

#: Comments that are checked on one page.
TO_CHECK = 10


@staff_page(Permission.CONTRIBUTION_READ)
@require_safe
def index(request: StaffRequest, pk: int) -> HttpResponseBase:
    activity = get_object_or_404(
        access.rows(request.user, Permission.CONTRIBUTION_READ, Activity), pk=pk
    )
    page = paged(request, selectors.readable_by(request.user, activity))
    may_record = access.may(request.user, Permission.CONTRIBUTION_RECORD, activity)
    context = {
        "activity": activity,
        "page": page,
        "rows": [
            presenters.contribution_row(contribution, request.user.pk) for contribution in page
        ],
        "may_record": may_record,
        "number_to_check": selectors.to_check(request.user, activity).count(),
        "looked_for": LOOKED_FOR,
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
def check_page(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Check a page of comments with one form, each saved by an act of its own. It begins behind the
    comment `after`, where others come after it.
    """
    activity = get_object_or_404(
        access.rows(request.user, Permission.CONTRIBUTION_RECORD, Activity), pk=pk
    )
    waiting = selectors.to_check(request.user, activity)
    posted = request.method == "POST"
    if posted:
        # The page as it was sent: others may have checked some of it since.
        ids = _numbers(request.POST.getlist("comment"))
        rows = access.rows(request.user, Permission.CONTRIBUTION_RECORD, Contribution)
        shown = rows.filter(activity=activity, pk__in=ids[:TO_CHECK]).order_by("pk")
        shown = shown.select_related("session", "recorded_by")
    else:
        after = waiting.filter(pk__gt=max(_numbers(request.GET.getlist("after")), default=0))
        shown = after[:TO_CHECK] or waiting[:TO_CHECK]
    pairs = [
        (
            one,
            CheckedRedactionForm(
                request.POST if posted else None, row=one, prefix=f"comment-{one.pk}"
            ),
        )
        for one in shown
    ]
    if posted:
        checked = sum(_is_checked(request, one, form) for one, form in pairs)
        if checked:
            messages.success(request, f"{plural(checked, 'comment')} checked.")
        if not is_only_filled():
            pairs = [(one, form) for one, form in pairs if form.errors]
            if not pairs:
                return _next_page(pk, waiting, after=max(ids, default=0))
    context = {
        "activity": activity,
        "number_to_check": waiting.count(),
        "looked_for": LOOKED_FOR,
        "forms": [form for _, form in pairs],
        "rows": [(form, presenters.contribution_row(one, request.user.pk)) for one, form in pairs],
    }
    return render(request, "activities/contribution-check-page.html.jinja", context)


def _is_checked(request: StaffRequest, comment: Contribution, form: CheckedRedactionForm) -> bool:
    """Save one comment of the page; whether it is checked now."""
    saved = accepted(
        form,
        lambda: contributions.check_redaction(
            by=request.user,
            contribution=comment,
            redacted=form.cleaned_data["redacted"],
            is_sure=not form.cleaned_data["later"],
        ),
    )
    return saved is not None and saved.is_redaction_checked


def _next_page(pk: int, waiting: QuerySet[Contribution], after: int) -> HttpResponseBase:
    """Go on to the comments behind the last one shown, or back to the list."""
    if waiting.filter(pk__gt=after).exists():
        return redirect(f"{reverse('contribution-check-page', args=[pk])}?after={after}")
    return redirect("contribution-list", pk)


def _numbers(sent: list[str]) -> list[int]:
    """The numbers of rows among what was sent."""
    return [int(one) for one in sent if one.isdecimal() and len(one) < 19]


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
        "looked_for": LOOKED_FOR,
        "form": form,
    }
    return render(request, "activities/contribution-check.html.jinja", context)

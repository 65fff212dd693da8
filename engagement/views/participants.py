"""Participants: found by name, added, read, changed; what they agreed to and what they need."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import access
from core.choices import Permission
from core.nhsuk.forms import accepted
from core.views.doors import StaffRequest, staff
from core.views.paging import paged
from engagement import presenters
from engagement.actions import participants
from engagement.forms.participants import (
    AgreementForm,
    NameForm,
    NeedForm,
    NewPersonForm,
    PersonForm,
)
from engagement.models import Participant
from engagement.selectors.registers import named


@staff(Permission.PARTICIPANT_READ)
@require_safe
def index(request: StaffRequest) -> HttpResponseBase:
    form = NameForm(request.GET)
    name = form.cleaned_data["q"] if form.is_valid() else ""
    found = named(access.rows(request.user, Permission.PARTICIPANT_READ, Participant), name)
    page = paged(request, found.select_related("place").prefetch_related("access_needs"))
    context = {
        "form": form,
        "name": name,
        "page": page,
        "people": [presenters.person_line(person) for person in page],
        "may_add": access.may(request.user, Permission.PARTICIPANT_CHANGE),
    }
    return render(request, "engagement/participants/index.html.jinja", context)


@staff(Permission.PARTICIPANT_CHANGE)
def add(request: StaffRequest) -> HttpResponseBase:
    form = NewPersonForm(request.user, request.POST or None)
    if person := accepted(form, lambda: participants.add(by=request.user, **form.details)):
        messages.success(request, "The person is added.")
        # A lead of a place may add somebody of an organisation whose people they do not see.
        if access.may(request.user, Permission.PARTICIPANT_READ, person):
            return redirect("participant-detail", person.pk)
        return redirect("participant-list")
    return render(request, "engagement/participants/edit.html.jinja", {"form": form})


@staff(Permission.PARTICIPANT_READ)
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponseBase:
    """A person’s page. Opening it is an act that the audit trail keeps."""
    person = participants.read(
        by=request.user, participant=_person(request, Permission.PARTICIPANT_READ, pk)
    )
    context = {
        "person": person,
        "about": presenters.about_person(person),
        "consents": person.consents.select_related("captured_by"),
        "needs": person.access_needs.all(),
        "may_change": access.may(request.user, Permission.PARTICIPANT_CHANGE, person),
    }
    return render(request, "engagement/participants/detail.html.jinja", context)


@staff(Permission.PARTICIPANT_CHANGE)
def edit(request: StaffRequest, pk: int) -> HttpResponseBase:
    person = _person(request, Permission.PARTICIPANT_CHANGE, pk)
    names = list(PersonForm.base_fields)
    form = PersonForm(request.POST or None, initial={name: getattr(person, name) for name in names})
    if accepted(
        form, lambda: participants.change(by=request.user, participant=person, **form.cleaned_data)
    ):
        messages.success(request, "The details are saved.")
        return redirect("participant-detail", pk)
    return render(
        request, "engagement/participants/edit.html.jinja", {"form": form, "person": person}
    )


@staff(Permission.PARTICIPANT_CHANGE)
def agree(request: StaffRequest, pk: int) -> HttpResponseBase:
    return _agreement(request, pk, is_given=True)


@staff(Permission.PARTICIPANT_CHANGE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponseBase:
    return _agreement(request, pk, is_given=False)


@staff(Permission.PARTICIPANT_CHANGE)
def need(request: StaffRequest, pk: int) -> HttpResponseBase:
    person = _person(request, Permission.PARTICIPANT_CHANGE, pk)
    form = NeedForm(request.POST or None)
    if accepted(
        form, lambda: participants.need(by=request.user, participant=person, **form.cleaned_data)
    ):
        messages.success(request, "The need is recorded.")
        return redirect("participant-detail", pk)
    return render(
        request, "engagement/participants/need.html.jinja", {"form": form, "person": person}
    )


def _agreement(request: StaffRequest, pk: int, is_given: bool) -> HttpResponseBase:
    person = _person(request, Permission.PARTICIPANT_CHANGE, pk)
    form = AgreementForm(request.POST or None, initial={"purpose": request.GET.get("purpose")})
    write = participants.agree if is_given else participants.withdraw
    if accepted(form, lambda: write(by=request.user, participant=person, **form.cleaned_data)):
        messages.success(
            request,
            "The agreement is recorded." if is_given else "The agreement is taken back.",
        )
        return redirect("participant-detail", pk)
    context = {"form": form, "person": person, "is_given": is_given}
    return render(request, "engagement/participants/agreement.html.jinja", context)


def _person(request: StaffRequest, permission: Permission, pk: int) -> Participant:
    rows = access.rows(request.user, permission, Participant).select_related(
        "organisation", "place", "language"
    )
    return get_object_or_404(rows, pk=pk)

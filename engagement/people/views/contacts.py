"""Contacts: found, added, read, changed; what they agreed to and what they need."""

from collections.abc import Callable

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import access, clock
from core.choices import Permission
from core.nhsuk.forms import NHSForm, accepted
from core.views.paging import paged
from core.views.staff import StaffRequest, staff_page
from engagement.people import presenters, slots
from engagement.people.actions import contacts, persons
from engagement.people.actions.contacts import LikenessFound
from engagement.people.forms.contacts import (
    AgreementForm,
    FindForm,
    JoinForm,
    LikenessForm,
    NeedForm,
    NewPersonForm,
    PersonForm,
    WithdrawalForm,
)
from engagement.people.models import AccessNeed, Contact
from engagement.people.permissions import Permission as PeoplePermission
from engagement.people.selectors import likenesses
from engagement.people.selectors.contacts import found_by


@staff_page(PeoplePermission.CONTACT_READ)
@require_safe
def index(request: StaffRequest) -> HttpResponseBase:
    form = FindForm(request.GET)
    name = form.cleaned_data["q"] if form.is_valid() else ""
    found = found_by(access.rows(request.user, PeoplePermission.CONTACT_READ, Contact), name)
    page = paged(request, found.select_related("place"))
    context = {
        "whose": presenters.whose_people(request.user),
        "form": form,
        "name": name,
        "page": page,
        "people": [presenters.person_line(person) for person in page],
        "may_add": access.may(request.user, PeoplePermission.CONTACT_CHANGE),
    }
    return render(request, "people/contact-list.html.jinja", context)


@staff_page(PeoplePermission.CONTACT_CHANGE)
def add(request: StaffRequest) -> HttpResponseBase:
    form = NewPersonForm(request.user, request.POST or None)
    began = clock.now()
    if person := answered(form, lambda: contacts.add(by=request.user, **form.details)):
        done = "Person added."
        if person.added_at < began:
            done = (
                "This person was already on your list, so no one was added. What they agreed to "
                "is recorded, and contact details that were missing. "
                + presenters.not_kept(person, form.cleaned_data)
            )
        messages.success(request, done + _about_elsewhere(form))
        # A lead of a place may add somebody of an organisation whose people they do not see.
        if access.may(request.user, PeoplePermission.CONTACT_READ, person):
            return redirect("contact-detail", person.pk)
        return redirect("contact-list")
    return render(request, "people/contact-edit.html.jinja", {"form": form})


@staff_page(PeoplePermission.CONTACT_READ)
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponseBase:
    """A person’s page. Opening it is an act that the audit trail keeps."""
    person = contacts.read(
        by=request.user, contact=_person(request, PeoplePermission.CONTACT_READ, pk)
    )
    context = {
        "person": person,
        "about": presenters.about_person(person),
        "agreements": [
            presenters.agreement_line(consent)
            for consent in person.consents.select_related("captured_by")
        ],
        "needs": [presenters.need_line(need) for need in person.access_needs.all()],
        "also_held_as": [
            (other, presenters.told_apart_by(other))
            for other in likenesses.also_held_as(request.user, person)
        ],
        "may_change": access.may(request.user, PeoplePermission.CONTACT_CHANGE, person),
        "panels": slots.contact_panels.fill(request.user, person),
    }
    return render(request, "people/contact-detail.html.jinja", context)


@staff_page(PeoplePermission.CONTACT_CHANGE)
def edit(request: StaffRequest, pk: int) -> HttpResponseBase:
    person = _person(request, PeoplePermission.CONTACT_CHANGE, pk)
    form = PersonForm(request.POST or None, row=person)
    if answered(
        form, lambda: contacts.change(by=request.user, contact=person, **form.cleaned_data)
    ):
        messages.success(request, "Details saved." + _about_elsewhere(form))
        # Somebody who has moved is no longer on the list of the lead of a place.
        if access.may(request.user, PeoplePermission.CONTACT_READ, person):
            return redirect("contact-detail", pk)
        return redirect("contact-list")
    # The form shows what is held on the person, so the audit trail keeps that it was read.
    contacts.read(by=request.user, contact=person)
    return render(request, "people/contact-edit.html.jinja", {"form": form, "person": person})


@staff_page(PeoplePermission.CONTACT_CHANGE)
def agree(request: StaffRequest, pk: int) -> HttpResponseBase:
    return _agreement(request, pk, is_given=True)


@staff_page(PeoplePermission.CONTACT_CHANGE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponseBase:
    return _agreement(request, pk, is_given=False)


@staff_page(PeoplePermission.CONTACT_CHANGE)
def need(request: StaffRequest, pk: int) -> HttpResponseBase:
    person = _person(request, PeoplePermission.CONTACT_CHANGE, pk)
    form = NeedForm(request.POST or None)
    if accepted(form, lambda: contacts.need(by=request.user, contact=person, **form.cleaned_data)):
        messages.success(request, "Need added.")
        return redirect("contact-detail", pk)
    return render(request, "people/contact-need.html.jinja", {"form": form, "person": person})


@staff_page(PeoplePermission.CONTACT_CHANGE)
def change_need(request: StaffRequest, pk: int, need: int) -> HttpResponseBase:
    person, recorded = _need(request, pk, need)
    form = NeedForm(request.POST or None, row=recorded)
    if accepted(
        form,
        lambda: contacts.change_need(
            by=request.user, contact=person, recorded=recorded, **form.cleaned_data
        ),
    ):
        messages.success(request, "Need changed.")
        return redirect("contact-detail", pk)
    context = {"form": form, "person": person, "need": recorded}
    return render(request, "people/contact-need.html.jinja", context)


@staff_page(PeoplePermission.CONTACT_CHANGE)
def remove_need(request: StaffRequest, pk: int, need: int) -> HttpResponseBase:
    person, recorded = _need(request, pk, need)
    form = NHSForm(request.POST if request.method == "POST" else None)
    if accepted(
        form, lambda: contacts.remove_need(by=request.user, contact=person, recorded=recorded)
    ):
        messages.success(request, "Need removed.")
        return redirect("contact-detail", pk)
    context = {"form": form, "person": person, "need": recorded}
    return render(request, "people/contact-need-remove.html.jinja", context)


@staff_page(PeoplePermission.CONTACT_CHANGE)
def join(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Two contacts found to be of one person."""
    person = _person(request, PeoplePermission.CONTACT_CHANGE, pk)
    others = likenesses.may_be_joined_with(request.user, person)
    form = JoinForm(others, request.POST or None)
    if accepted(form, lambda: persons.join(by=request.user, contact=person, **form.cleaned_data)):
        other, done = form.cleaned_data["other"], "Records joined. "
        if other.organisation_id == person.organisation_id:
            person.refresh_from_db()
            given = {name: getattr(other, name) for name in contacts.WAYS_OF_CONTACT}
            done += presenters.not_kept(person, given)
        messages.success(request, done)
        return redirect("contact-detail", pk)
    context = {"form": form, "person": person, "others": others}
    return render(request, "people/contact-join.html.jinja", context)


@staff_page(PeoplePermission.CONTACT_CHANGE)
def part(request: StaffRequest, pk: int) -> HttpResponseBase:
    """A contact that is of another person than those it was joined with, seen or not."""
    person = _person(request, PeoplePermission.CONTACT_CHANGE, pk)
    form = NHSForm(request.POST if request.method == "POST" else None)
    if accepted(form, lambda: persons.part(by=request.user, contact=person)):
        messages.success(request, "Records separated.")
        return redirect("contact-detail", pk)
    context = {
        "form": form,
        "person": person,
        "others": [other.name for other in likenesses.also_held_as(request.user, person)],
    }
    return render(request, "people/contact-part.html.jinja", context)


def answered(form: LikenessForm, write: Callable[[], Contact]) -> Contact | None:
    """As `accepted`; where others share the address the form asks who it is."""
    try:
        return accepted(form, write)
    except LikenessFound as likeness:
        form.ask(likeness)
        return None


def _agreement(request: StaffRequest, pk: int, is_given: bool) -> HttpResponseBase:
    person = _person(request, PeoplePermission.CONTACT_CHANGE, pk)
    make, write = (
        (AgreementForm, contacts.agree) if is_given else (WithdrawalForm, contacts.withdraw)
    )
    form = make(request.POST or None, initial={"purpose": request.GET.get("purpose")})
    if accepted(form, lambda: write(by=request.user, contact=person, **form.cleaned_data)):
        messages.success(
            request,
            "Agreement recorded." if is_given else "Agreement withdrawn.",
        )
        return redirect("contact-detail", pk)
    context = {"form": form, "person": person, "is_given": is_given}
    return render(request, "people/contact-agreement.html.jinja", context)


def _need(request: StaffRequest, pk: int, need: int) -> tuple[Contact, AccessNeed]:
    person = _person(request, PeoplePermission.CONTACT_CHANGE, pk)
    return person, get_object_or_404(person.access_needs, pk=need)


def _about_elsewhere(form: LikenessForm) -> str:
    """The same sentence whether they could be joined or not: which, would show who knows them."""
    if not form.is_known_elsewhere:
        return ""
    return (
        " If the two records can be joined, they are. We do not show whether they were, because "
        "that would tell you who another organisation has added."
    )


def _person(request: StaffRequest, permission: Permission, pk: int) -> Contact:
    rows = access.rows(request.user, permission, Contact).select_related(
        "organisation", "place", "language", "person"
    )
    return get_object_or_404(rows, pk=pk)

"""Contacts: found by name, added, read, changed; what they agreed to and what they need."""

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
from engagement.actions import contacts
from engagement.forms.contacts import (
    AgreementForm,
    NameForm,
    NeedForm,
    NewPersonForm,
    PersonForm,
)
from engagement.models import Contact
from engagement.selectors.registers import named


@staff(Permission.CONTACT_READ)
@require_safe
def index(request: StaffRequest) -> HttpResponseBase:
    form = NameForm(request.GET)
    name = form.cleaned_data["q"] if form.is_valid() else ""
    found = named(access.rows(request.user, Permission.CONTACT_READ, Contact), name)
    page = paged(request, found.select_related("place").prefetch_related("access_needs"))
    context = {
        "form": form,
        "name": name,
        "page": page,
        "people": [presenters.person_line(person) for person in page],
        "may_add": access.may(request.user, Permission.CONTACT_CHANGE),
    }
    return render(request, "engagement/contacts/index.html.jinja", context)


@staff(Permission.CONTACT_CHANGE)
def add(request: StaffRequest) -> HttpResponseBase:
    form = NewPersonForm(request.user, request.POST or None)
    if person := accepted(form, lambda: contacts.add(by=request.user, **form.details)):
        messages.success(request, "The person is added.")
        # A lead of a place may add somebody of an organisation whose people they do not see.
        if access.may(request.user, Permission.CONTACT_READ, person):
            return redirect("contact-detail", person.pk)
        return redirect("contact-list")
    return render(request, "engagement/contacts/edit.html.jinja", {"form": form})


@staff(Permission.CONTACT_READ)
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponseBase:
    """A person’s page. Opening it is an act that the audit trail keeps."""
    person = contacts.read(by=request.user, contact=_person(request, Permission.CONTACT_READ, pk))
    context = {
        "person": person,
        "about": presenters.about_person(person),
        "consents": person.consents.select_related("captured_by"),
        "needs": person.access_needs.all(),
        "may_change": access.may(request.user, Permission.CONTACT_CHANGE, person),
    }
    return render(request, "engagement/contacts/detail.html.jinja", context)


@staff(Permission.CONTACT_CHANGE)
def edit(request: StaffRequest, pk: int) -> HttpResponseBase:
    person = _person(request, Permission.CONTACT_CHANGE, pk)
    names = list(PersonForm.base_fields)
    form = PersonForm(request.POST or None, initial={name: getattr(person, name) for name in names})
    if accepted(
        form, lambda: contacts.change(by=request.user, contact=person, **form.cleaned_data)
    ):
        messages.success(request, "The details are saved.")
        return redirect("contact-detail", pk)
    return render(request, "engagement/contacts/edit.html.jinja", {"form": form, "person": person})


@staff(Permission.CONTACT_CHANGE)
def agree(request: StaffRequest, pk: int) -> HttpResponseBase:
    return _agreement(request, pk, is_given=True)


@staff(Permission.CONTACT_CHANGE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponseBase:
    return _agreement(request, pk, is_given=False)


@staff(Permission.CONTACT_CHANGE)
def need(request: StaffRequest, pk: int) -> HttpResponseBase:
    person = _person(request, Permission.CONTACT_CHANGE, pk)
    form = NeedForm(request.POST or None)
    if accepted(form, lambda: contacts.need(by=request.user, contact=person, **form.cleaned_data)):
        messages.success(request, "The need is recorded.")
        return redirect("contact-detail", pk)
    return render(request, "engagement/contacts/need.html.jinja", {"form": form, "person": person})


def _agreement(request: StaffRequest, pk: int, is_given: bool) -> HttpResponseBase:
    person = _person(request, Permission.CONTACT_CHANGE, pk)
    form = AgreementForm(request.POST or None, initial={"purpose": request.GET.get("purpose")})
    write = contacts.agree if is_given else contacts.withdraw
    if accepted(form, lambda: write(by=request.user, contact=person, **form.cleaned_data)):
        messages.success(
            request,
            "The agreement is recorded." if is_given else "The agreement is taken back.",
        )
        return redirect("contact-detail", pk)
    context = {"form": form, "person": person, "is_given": is_given}
    return render(request, "engagement/contacts/agreement.html.jinja", context)


def _person(request: StaffRequest, permission: Permission, pk: int) -> Contact:
    rows = access.rows(request.user, permission, Contact).select_related(
        "organisation", "place", "language"
    )
    return get_object_or_404(rows, pk=pk)

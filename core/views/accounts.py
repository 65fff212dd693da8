"""Doors to staff accounts, for administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.actions import accounts
from core.forms.accounts import AccountChangeForm, AccountFilterForm, AccountMakeForm
from core.models import User
from core.nhsuk.forms import accepted
from core.permissions import Permission
from core.selectors import accounts as selectors
from core.views.staff import StaffRequest, staff_page


@staff_page(Permission.ACCOUNT_MANAGE)
def index(request: StaffRequest) -> HttpResponse:
    """Everybody who has an account."""
    form = AccountFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = selectors.search(request.user, words=asked.get("q", ""), role=asked.get("role", ""))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "core/account-list.html.jinja",
        {"form": form, "page": page, "is_filtered": any(asked.values())},
    )


@staff_page(Permission.ACCOUNT_MANAGE)
def make(request: StaffRequest) -> HttpResponse:
    """Let somebody in."""
    form = AccountMakeForm(request.POST or None)
    if person := accepted(form, lambda: accounts.make(by=request.user, **form.cleaned_data)):
        messages.success(
            request,
            f"{person.name} has an account. To set a password, ask them to choose "
            "“I have forgotten my password” on the sign-in page.",
        )
        return redirect("account-list")
    return render(request, "core/account-make.html.jinja", {"form": form})


@staff_page(Permission.ACCOUNT_MANAGE)
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what somebody may do, or whether they may sign in."""
    person = get_object_or_404(access.rows(request.user, Permission.ACCOUNT_MANAGE, User), pk=pk)
    initial = {name: getattr(person, name) for name in AccountChangeForm.base_fields}
    form = AccountChangeForm(request.POST or None, initial=initial, person=person)
    if accepted(form, lambda: accounts.change(by=request.user, person=person, **form.cleaned_data)):
        messages.success(request, f"Saved: {form.cleaned_data['name']}.")
        return redirect("account-list")
    return render(request, "core/account-change.html.jinja", {"form": form, "person": person})

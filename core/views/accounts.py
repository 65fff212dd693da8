"""Pages for staff accounts, for administrators."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import access
from core.actions import accounts
from core.actors import SERVICE
from core.forms.accounts import (
    AccountChangeForm,
    AccountFilterForm,
    AccountMakeForm,
    SignInLinkForm,
)
from core.models import User
from core.nhsuk.forms import accepted
from core.permissions import Permission
from core.registry import timetable
from core.selectors import accounts as selectors
from core.views.staff import StaffRequest, staff_page


@staff_page(Permission.ACCOUNT_MANAGE)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The list of accounts."""
    form = AccountFilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    found = selectors.search(request.user, words=filters.get("q", ""), role=filters.get("role", ""))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "core/account-list.html.jinja",
        {"form": form, "page": page, "is_filtered": any(filters.values())},
    )


@staff_page(Permission.ACCOUNT_MANAGE)
def make(request: StaffRequest) -> HttpResponse:
    """Make an account."""
    form = AccountMakeForm(request.POST or None)
    if account := accepted(form, lambda: accounts.make(by=request.user, **form.cleaned_data)):
        messages.success(
            request,
            f"{account.name} now has an account. Ask them to choose a password using “I have "
            "forgotten my password” on the sign-in page.",
        )
        return redirect("account-list")
    return render(request, "core/account-make.html.jinja", {"form": form})


@staff_page(Permission.ACCOUNT_MANAGE)
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Change an account."""
    account = get_object_or_404(access.rows(request.user, Permission.ACCOUNT_MANAGE, User), pk=pk)
    form = AccountChangeForm(request.POST or None, row=account)
    if accepted(
        form, lambda: accounts.change(by=request.user, account=account, **form.cleaned_data)
    ):
        messages.success(request, f"Saved: {form.cleaned_data['name']}.")
        return redirect("account-list")
    return render(request, "core/account-change.html.jinja", {"form": form, "account": account})


@never_cache
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a new password; for somebody who has forgotten theirs.

    The answer is the same, and takes as long, whether or not there is such an account.
    """
    form = SignInLinkForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"].lower()
        too_often: HttpResponse | None = ratelimit.consume_or_429(
            request, app="allauth.account", action="reset_password", key=email
        )
        if too_often is not None:
            return too_often
        accounts.ask_for_link(by=SERVICE, email=email)
        timetable.nudge("send-waiting-deliveries")
        return redirect("account_reset_password_done")
    return render(request, "account/password_reset.html", {"form": form})

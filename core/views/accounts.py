"""Pages for staff accounts, for administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import access
from core.actions import accounts
from core.forms.accounts import AccountChangeForm, AccountFilterForm, AccountMakeForm
from core.models import User
from core.nhsuk.forms import accepted
from core.permissions import Permission
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

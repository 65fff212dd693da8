"""Forms for staff accounts: to make one, to change one, to filter the list."""

from typing import Any, cast

from django.db.models import Q
from django.forms import ModelChoiceField

from core import clock
from core.choices import Role
from core.models import Organisation, Place, User
from core.nhsuk import forms

_ROLES = [
    (Role.OFFICER.value, Role.OFFICER.label, "Works on the activities of their own organisation"),
    (
        Role.LEAD.value,
        Role.LEAD.label,
        "Does what an officer does, for their organisation or place, and approves what is "
        "published",
    ),
    (Role.ANALYST.value, Role.ANALYST.label, "Reads what people said, without personal details"),
    (
        Role.SECRETARY.value,
        Role.SECRETARY.label,
        "Writes, approves and publishes the Board reports",
    ),
    (Role.REVIEWER.value, Role.REVIEWER.label, "Reads loops, findings and reports"),
    (
        Role.ADMINISTRATOR.value,
        Role.ADMINISTRATOR.label,
        "Looks after accounts and reads the audit trail",
    ),
]


class AccountForm(forms.NHSForm):
    """Questions that making and changing an account share."""

    name = forms.TextField("Name", max_length=150, missing="Enter their name", autocomplete="off")
    post = forms.TextField("Job title", max_length=150, required=False)
    role = forms.RadiosField("What can they do?", choices=_ROLES, missing="Select what they can do")
    organisation = forms.RowField(
        "Organisation",
        hint="An engagement officer must have one",
        queryset=Organisation.objects.none(),
        required=False,
        empty="None",
        params={"optional": False},
    )
    place = forms.RowField(
        "Place",
        hint="Only for someone who leads for a whole place",
        queryset=Place.objects.all(),
        required=False,
        empty="None",
        params={"optional": False},
    )

    def __init__(self, *args: Any, row: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        existing = Q(ends_on=None) | Q(ends_on__gte=clock.today())
        if row is not None and row.organisation_id is not None:
            existing |= Q(pk=row.organisation_id)
        field = cast(ModelChoiceField, self.fields["organisation"])
        field.queryset = Organisation.objects.filter(existing)


class AccountMakeForm(AccountForm):
    """A new account. The email address is used for signing in and cannot be changed."""

    email = forms.EmailField(
        "Email address",
        hint="They sign in with it. It cannot be changed later.",
        autocomplete="off",
    )


class AccountChangeForm(AccountForm):
    """An existing account."""

    is_active = forms.TickField("Can sign in")


class SignInLinkForm(forms.NHSForm):
    """Asks for a link to choose a new password."""

    email = forms.EmailField("Email address", missing="Enter your email address")


class AccountFilterForm(forms.NHSForm):
    """Filters of the list of accounts."""

    q = forms.SearchField("Name or email address", max_length=100)
    role = forms.SelectField(
        "Role",
        choices=[(value, label) for value, label, _ in _ROLES],
        required=False,
        empty="All roles",
        params={"optional": False},
    )

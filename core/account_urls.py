"""Addresses for signing in and for one's own account; pages of allauth not offered here are 404."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from core.views import accounts, errors

#: Accounts are made by an administrator, so there is no sign-up and no email address to confirm.
#: The names stay because pages of allauth look some of them up.
_NOT_OFFERED = {
    "signup/": "account_signup",
    "email/": "account_email",
    "confirm-email/": "account_email_verification_sent",
    "password/set/": "account_set_password",
    "login/code/confirm/": "account_confirm_login_code",
}

urlpatterns: list[URLPattern | URLResolver] = [
    *(path(address, errors.not_found, name=name) for address, name in _NOT_OFFERED.items()),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", errors.not_found, name="account_confirm_email"),
    # In place of allauth's own, which sends the mail within the request.
    path("password/reset/", accounts.ask_for_link, name="account_reset_password"),
    path("", include("allauth.urls")),
]

"""The addresses of somebody's own account; what allauth has and we do not offer is not found."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from core.views import errors

#: Accounts are made by an administrator, who also changes their e-mail address: there is nothing
#: to sign up for or to confirm. The names stay, because allauth's own pages ask for some of them.
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
    path("", include("allauth.urls")),
]

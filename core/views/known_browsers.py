"""Browsers in which somebody has signed in, known again by a signed cookie for half a year.

They are let through when strangers have guessed too often, and a form that was sent after a sign-in
ran out is kept for the person who signed in last.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from core.models import User

_SALT = "core.known-browser"
_SECONDS = 180 * 24 * 60 * 60
#: People who share a computer.
_ACCOUNTS = 5


def accounts(request: HttpRequest) -> list[int]:
    """The ids of the accounts that signed in with this browser, the last first."""
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        found: Sequence[int] = signing.loads(cookie, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return []
    return list(found)


def knows(request: HttpRequest, email: str) -> bool:
    """Whether the account with this address signed in with this browser before."""
    known = accounts(request)
    return bool(known) and User.objects.filter(pk__in=known, email__iexact=email).exists()


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Have this browser known as one of this person's."""
    known = [user.pk, *(pk for pk in accounts(request) if pk != user.pk)][:_ACCOUNTS]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps(known, salt=_SALT),
        max_age=_SECONDS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )

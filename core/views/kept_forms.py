"""Forms that somebody sends after their sign-in ran out: kept while they sign in again.

A form is kept in the session, which is stored on the server, for an hour, and only where the
browser's signed cookie says who signed in with it last: nobody else gets it back. It has passed the
check of its form token already, so no other site can leave one here.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme

from core import brought_back
from core.brought_back import NotPressedAgain
from core.nhsuk.environment import ONCE
from core.views import known_browsers

SIGNED_OUT = "You were signed out before this was saved. Check it, then press the button again."

_KEY = "kept_form"
_SECONDS = 60 * 60
#: Characters of a form that is kept; the longest answers of the longest form are shorter.
_LENGTH = 200_000
#: Fields that a form page fills anew.
_NOT_KEPT = ("csrfmiddlewaretoken", ONCE)


@dataclass(frozen=True)
class KeptForm:
    """A form as it was sent: to which address, from which page, with which fields."""

    address: str
    came_from: str
    fields: list[tuple[str, list[str]]]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, for a page that has no form of its own for it."""
        return [
            (name.replace("_", " ").replace("-", " ").capitalize(), "\n".join(values))
            for name, values in self.fields
            if name != "seen" and "".join(values).strip()
        ]


def keep(request: HttpRequest) -> str:
    """Keep the form that this request sends, and give the address to go on to after signing in."""
    if request.method != "POST":
        return request.get_full_path()
    came_from = _came_from(request)
    fields = [[name, values] for name, values in request.POST.lists() if name not in _NOT_KEPT]
    length = sum(len(name) + sum(map(len, values)) for name, values in fields)
    known = known_browsers.accounts(request)
    if not known or length > _LENGTH or not request.path.startswith("/staff/"):
        return came_from
    request.session[_KEY] = {
        "account": known[0],
        "address": request.get_full_path(),
        "came_from": came_from,
        "fields": fields,
        "at": time.time(),
    }
    return request.get_full_path()


def is_kept_for(request: Any) -> bool:
    """Whether a form was kept for this address, for whomever."""
    kept = request.session.get(_KEY)
    return bool(kept) and request.method == "GET" and kept["address"] == request.get_full_path()


def bring_back(request: Any, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The page of the view with the form filled as it was sent, and nothing done.

    A page that asks whether to go on, where the view has no such form. Somebody else than the
    sender is led to the staff home.
    """
    kept = request.session.pop(_KEY)
    if kept["account"] != request.user.pk or time.time() - kept["at"] > _SECONDS:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    form = KeptForm(kept["address"], kept["came_from"], kept["fields"])
    messages.warning(request, SIGNED_OUT)
    request.method, request.POST = "POST", _data(form)
    request._files = MultiValueDict()
    try:
        with brought_back.showing() as shown:
            response = view()
        if shown.is_filled:
            # It is no mistake of theirs that it was not saved.
            response.status_code = 200 if response.status_code == 422 else response.status_code
            return response
    except NotPressedAgain:
        pass
    request.method, request.POST = "GET", QueryDict()
    return _ask(request, form)


def _ask(request: HttpRequest, form: KeptForm) -> HttpResponse:
    return render(request, "core/kept-form.html.jinja", {"kept": form})


def _data(form: KeptForm) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in form.fields:
        data.setlist(name, values)
    data._mutable = False
    return data


def _came_from(request: HttpRequest) -> str:
    """The page of this site that the form was on, or the staff home."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return settings.LOGIN_REDIRECT_URL
    parts = urlsplit(page)
    if parts.path.startswith("//"):
        # Browsers take what follows for the name of another site.
        return settings.LOGIN_REDIRECT_URL
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

"""The decorator of views for staff."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from core import access
from core.actions import refusals
from core.choices import Permission
from core.models import User
from core.seen import conflicts
from core.views import errors, kept_forms
from core.views.once import sent_once

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


#: What a browser sends; a view that only shows a page refuses POST itself.
_METHODS = ("GET", "HEAD", "POST")

StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def staff_page(
    needs: Permission | None = None,
) -> Callable[[StaffView[P]], Callable[..., HttpResponseBase]]:
    """Restrict a view to members of staff who hold the permission; None lets in all of them.

    Others are redirected to the sign-in page, or get the 403 page, which leaves a row in the audit
    trail. The view itself restricts the
    rows, by `core.access.rows`. A form does what it does once (`core.views.once`), and one whose
    row somebody else has saved meanwhile is shown again with status 409 (`core.seen`). The page
    stays out of all caches.
    """

    def decorate(view: StaffView[P]) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def wrapped(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response: HttpResponseBase
            if not request.user.is_authenticated:
                response = redirect_to_login(request.get_full_path())
            elif request.method not in _METHODS:
                response = HttpResponseNotAllowed(_METHODS)
            elif needs is not None and not access.may(request.user, needs):
                refusals.at_door(by=request.user, needs=needs, address=request.path)
                response = errors.forbidden(request)
            elif kept_forms.is_kept_for(request):
                response = kept_forms.bring_back(request, lambda: view(request, *args, **kwargs))
            else:
                with conflicts() as found:
                    response = sent_once(request, lambda: view(request, *args, **kwargs))
                if found and response.headers.get("Content-Type", "").startswith("text/html"):
                    response.status_code = 409
            if response.status_code == 405:
                response = errors.not_allowed(request, response.headers["Allow"])
            response.headers["Cache-Control"] = "private, no-store"
            return response

        return wrapped

    return decorate

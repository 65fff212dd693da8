"""Forms that do what they do once, however often they are sent.

Every form for staff carries a number that is used once: it comes with the form token, so that no
page and no form has to ask for it (`core.nhsuk.environment.page`). A second press, a page sent
again and one sent again after going back are led to what the first made.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase

from core.acting import Refused, watched
from core.actions import sent_forms
from core.nhsuk.environment import ONCE
from core.seen import Stale

SENT_ALREADY = "This was saved the first time you sent it. It has not been saved again."


def sent_once(request: Any, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The response of the view, which does something once for each number.

    A form counts as sent when an act was done and its view leads on: one that is shown again, with
    errors, can be sent again. What the view writes and the note that the form was sent are one
    transaction, and whoever sends it meanwhile waits for the end of it. A form without a number, as
    a program sends it, is not compared.
    """
    once = _number(request)
    if once is None:
        return view()
    refusal: Exception | None = None
    with transaction.atomic(), watched() as done:
        claimed = sent_forms.claim(by=request.user, once=once)
        if claimed is None:
            messages.info(request, SENT_ALREADY)
            return HttpResponseRedirect(sent_forms.led_to(by=request.user, once=once))
        try:
            response = view()
        except (Refused, Stale, Http404, PermissionDenied) as error:
            # Raised again outside the transaction, which keeps the audit row of a refusal.
            refusal = error
        if refusal is None and done and isinstance(response, HttpResponseRedirect):
            sent_forms.keep(claimed, led_to=response.url)
        else:
            sent_forms.release(claimed)
    if refusal is not None:
        raise refusal
    return response


def _number(request: Any) -> uuid.UUID | None:
    if request.method != "POST":
        return None
    try:
        return uuid.UUID(request.POST.get(ONCE, ""))
    except ValueError:
        return None

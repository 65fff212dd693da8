"""The outbox: while messages go to a folder, what was sent, to be read in the browser."""

from dataclasses import dataclass

from csp.constants import SELF
from csp.decorators import csp_update
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from core import access
from core.models import User
from core.views.paging import paged
from core.views.staff import StaffRequest, staff_page
from engagement.messaging import mail_folder
from engagement.messaging.mail_folder import KeptMessage
from engagement.messaging.models import Delivery
from engagement.messaging.permissions import Permission
from engagement.people.actions import contacts

#: An HTML message runs no script, sends no form, loads nothing, and has no part in this site.
_MESSAGE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)


@dataclass(frozen=True)
class OutboxLine:
    """A message that was sent, and the delivery it belongs to."""

    kept: KeptMessage
    delivery: Delivery


@require_safe
@staff_page(Permission.DELIVERY_SETTLE)
def index(request: StaffRequest) -> HttpResponse:
    """The messages that the reader may settle, newest first."""
    if not mail_folder.is_used():
        raise Http404
    kept = mail_folder.kept()
    seen = set(
        _deliveries(request.user)
        .filter(pk__in={each.delivery_id for each in kept})
        .values_list("pk", flat=True)
    )
    page = paged(request, [each for each in kept if each.delivery_id in seen])
    found = (
        _deliveries(request.user)
        .select_related("contact", "variant")
        .in_bulk([each.delivery_id for each in page])
    )
    page.object_list = [OutboxLine(each, found[each.delivery_id]) for each in page]
    return render(request, "messaging/outbox-list.html.jinja", {"page": page})


@require_safe
@csp_update({"frame-src": [SELF]})
@staff_page(Permission.DELIVERY_SETTLE)
def detail(request: StaffRequest, name: str) -> HttpResponse:
    """One message as it was sent: its headers, its text, its HTML in a frame of its own."""
    kept, delivery = _find(request.user, name)
    # The page shows whom it went to, so the audit trail records that it was read.
    contacts.read(by=request.user, contact=delivery.resident)
    message = kept.read()
    text = message.get_body(("plain",))
    context = {
        "name": name,
        "headers": [(label, message[label] or "") for label in ("From", "To", "Date", "Subject")],
        "title": message["Subject"],
        "text": text.get_content() if text is not None else "",
        "has_html": message.get_body(("html",)) is not None,
    }
    return render(request, "messaging/outbox-detail.html.jinja", context)


@require_safe
@xframe_options_sameorigin
@staff_page(Permission.DELIVERY_SETTLE)
def html(request: StaffRequest, name: str) -> HttpResponse:
    """The HTML of a message as it was sent, for the frame on its page or a window of its own."""
    kept, _ = _find(request.user, name)
    body = kept.read().get_body(("html",))
    if body is None:
        raise Http404
    return HttpResponse(
        body.get_content(),
        content_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": _MESSAGE_POLICY},
    )


def _deliveries(user: User) -> QuerySet[Delivery]:
    return access.rows(user, Permission.DELIVERY_SETTLE, Delivery)


def _find(user: User, name: str) -> tuple[KeptMessage, Delivery]:
    """The message in the file of this name, if the user may settle its delivery."""
    kept = next((each for each in mail_folder.kept() if each.name == name), None)
    if kept is None or not mail_folder.is_used():
        raise Http404
    return kept, get_object_or_404(_deliveries(user).select_related("contact"), pk=kept.delivery_id)

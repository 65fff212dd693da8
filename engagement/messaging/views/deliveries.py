"""Deliveries: settling one that the worker could not see through."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.nhsuk.forms import accepted
from core.views.staff import StaffRequest, staff_page
from engagement.messaging import subjects
from engagement.messaging.actions import deliveries
from engagement.messaging.choices import TO_SETTLE
from engagement.messaging.forms.deliveries import SettleForm
from engagement.messaging.models import Delivery
from engagement.messaging.permissions import Permission
from engagement.messaging.selectors import deliveries as selectors
from engagement.people.actions import contacts


@staff_page(Permission.DELIVERY_SETTLE)
def settle(request: StaffRequest, pk: int) -> HttpResponseBase:
    """One delivery in doubt, failed or to be told by hand, and what became of it.

    Leads back to the staff page that the subject of the message names.
    """
    delivery = get_object_or_404(
        access.rows(request.user, Permission.DELIVERY_SETTLE, Delivery).select_related(
            "contact", "message", "settled_by"
        ),
        pk=pk,
    )
    subject, about = subjects.of_message(delivery.message)
    staff_link = subject.staff_link(about)
    form = SettleForm(request.POST or None, delivery=delivery)
    if accepted(
        form, lambda: deliveries.settle(by=request.user, delivery=delivery, **form.cleaned_data)
    ):
        messages.success(request, f"Settled: {delivery.resident.name}.")
        return redirect(staff_link.href)
    # The page shows how to reach the person, so the audit trail records that it was read.
    contacts.read(by=request.user, contact=delivery.resident)
    context = {
        "form": form,
        "delivery": delivery,
        "title": subject.title(about),
        "staff_link": staff_link,
        "is_open": delivery.state in TO_SETTLE,
        "is_agreed": selectors.is_agreed(delivery),
    }
    return render(request, "messaging/delivery-settle.html.jinja", context)

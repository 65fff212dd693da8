"""Doors to the ledger of loops, and to settling what did not reach people by itself."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core import access, disclosure
from core.nhsuk.forms import accepted
from core.views.staff import StaffRequest, staff_page
from engagement.messaging import subjects
from engagement.messaging.actions import deliveries
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery
from engagement.messaging.permissions import Permission as MessagingPermission
from engagement.people.actions import contacts
from insight.loop import presenters, slots
from insight.loop.forms.deliveries import SettleForm
from insight.loop.forms.loops import OWED, LoopFilterForm
from insight.loop.models import Loop
from insight.loop.permissions import Permission
from insight.loop.selectors import loops as selectors

UNSETTLED = "unsettled"
_TO_SETTLE = (DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND)


@staff_page(Permission.LOOP_READ)
def index(request: StaffRequest) -> HttpResponse:
    """The ledger: what is owed to those who took part, overdue first."""
    form = LoopFilterForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = selectors.ledger(
        request.user,
        state=asked.get("state") or OWED,
        place=asked.get("place"),
        organisation=asked.get("organisation"),
        is_mine=asked.get("mine", False),
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    told, own = selectors.told(page), selectors.worked_on(request.user, page)
    rows = [
        (
            loop,
            presenters.due_in_words(loop),
            presenters.bar(told.get(loop.pk, {}), is_own=loop.pk in own),
        )
        for loop in page
    ]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "is_filtered": any(asked.values()),
        "panels": slots.ledger_panels.fill(request.user),
    }
    return render(request, "loop/loop-list.html.jinja", context)


@staff_page(Permission.LOOP_READ)
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One loop: how many were told, and to those who work on it, who."""
    loop = get_object_or_404(
        access.rows(request.user, Permission.LOOP_READ, Loop).select_related(
            "activity__lead_organisation", "notice"
        ),
        pk=pk,
    )
    is_own = access.may(request.user, MessagingPermission.DELIVERY_READ, loop)
    counts = selectors.told([loop]).get(loop.pk, {})
    states = {DeliveryState(state): number for state, number in sorted(counts.items())}
    shown = (
        {state: disclosure.plain(number) for state, number in states.items()}
        if is_own
        else disclosure.protect(states, total=None)
    )
    state = request.GET.get("state", "")
    page = None
    if is_own and loop.notice_id is not None:
        people = selectors.deliveries(
            request.user, loop, state=state if state in DeliveryState else ""
        )
        if state == UNSETTLED:
            people = people.filter(state__in=_TO_SETTLE)
        page = Paginator(people, 50).get_page(request.GET.get("page"))
    context = {
        "loop": loop,
        "due": presenters.due_in_words(loop),
        "is_own": is_own,
        "counts": [(key, key.label, shown[key].words) for key in states],
        "unsettled": sum(states.get(one, 0) for one in _TO_SETTLE),
        "state": state if state in DeliveryState or state == UNSETTLED else "",
        "bar": presenters.bar(counts, is_own=is_own),
        "page": page,
        "to_settle": _TO_SETTLE,
        "may_settle": is_own and access.may(request.user, MessagingPermission.DELIVERY_SETTLE),
        "colours": presenters.DELIVERY_COLOURS,
    }
    return render(request, "loop/loop-detail.html.jinja", context)


@staff_page(MessagingPermission.DELIVERY_SETTLE)
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """One message in doubt, failed or to be told by hand, and what became of it."""
    delivery = get_object_or_404(
        access.rows(request.user, MessagingPermission.DELIVERY_SETTLE, Delivery).select_related(
            "contact", "message__loop__activity", "settled_by"
        ),
        pk=pk,
    )
    loop = getattr(delivery.message, "loop", None)
    subject, about = subjects.of_message(delivery.message)
    form = SettleForm(request.POST or None, delivery=delivery)
    if accepted(
        form, lambda: deliveries.settle(by=request.user, delivery=delivery, **form.cleaned_data)
    ):
        messages.success(request, f"Settled: {delivery.contact.name}.")
        return redirect("loop-detail", pk=loop.pk) if loop else redirect("loop-list")
    # Their ways of contact are on the page, so the trail keeps that they were read.
    contacts.read(by=request.user, contact=delivery.contact)
    context = {
        "form": form,
        "delivery": delivery,
        "loop": loop,
        "title": subject.title(about),
        "is_open": delivery.state in _TO_SETTLE,
    }
    return render(request, "loop/delivery-settle.html.jinja", context)

"""Loops: the ledger of what is owed, and one loop with who has been told."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import access, disclosure
from core.views.staff import StaffRequest, staff_page
from engagement.messaging.choices import TO_SETTLE, DeliveryState
from engagement.messaging.permissions import Permission as MessagingPermission
from insight.loop import presenters, slots
from insight.loop.forms.loops import OWED, LoopFilterForm
from insight.loop.models import Loop
from insight.loop.permissions import Permission
from insight.loop.selectors import loops as selectors

UNSETTLED = "unsettled"


@staff_page(Permission.LOOP_READ)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The ledger of loops: which answers are due, overdue first."""
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
    counts = selectors.delivery_counts(page)
    own = selectors.with_readable_deliveries(request.user, page)
    rows = [
        (
            loop,
            presenters.due_in_words(loop),
            presenters.delivery_progress(counts.get(loop.pk, {}), is_own=loop.pk in own),
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
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One loop: how many people were told; for those who work on it each of them, and who those
    are whom they may see.
    """
    loop = get_object_or_404(
        access.rows(request.user, Permission.LOOP_READ, Loop).select_related(
            "activity__lead_organisation", "notice"
        ),
        pk=pk,
    )
    is_own = access.may(request.user, MessagingPermission.DELIVERY_READ, loop)
    counts = selectors.delivery_counts([loop]).get(loop.pk, {})
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
            people = people.filter(state__in=TO_SETTLE)
        page = Paginator(people, 50).get_page(request.GET.get("page"))
    context = {
        "loop": loop,
        "due": presenters.due_in_words(loop),
        "is_own": is_own,
        "counts": [(key, key.label, shown[key].words) for key in states],
        "unsettled": sum(states.get(one, 0) for one in TO_SETTLE),
        "state": state if state in DeliveryState or state == UNSETTLED else "",
        "progress": presenters.delivery_progress(counts, is_own=is_own),
        "page": page,
        "lines": [presenters.delivery_line(delivery) for delivery in page or ()],
    }
    return render(request, "loop/loop-detail.html.jinja", context)

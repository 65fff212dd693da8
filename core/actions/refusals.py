"""Refusals at the door: somebody asked for a page for which they lack the permission.

Not an act: nothing is tried. An act that is refused records that itself.
"""

from datetime import timedelta

from core import acting, clock
from core.choices import CoreEvent, Outcome, Permission
from core.models import AuditEvent, User

#: Within this time one person leaves no more rows than this, the last of which says so.
WITHIN, MOST = timedelta(minutes=10), 50
NO_MORE = "Refused again and again: further refusals of these ten minutes are not listed."


def at_door(*, by: User, address: str, needs: Permission | None = None) -> None:
    """Record that somebody was refused a page, up to a number that a flood cannot pass.

    `needs` is the permission they lack, where it is one that lets in.
    """
    recent = AuditEvent.objects.filter(
        by=by,
        at__gte=clock.now() - WITHIN,
        event=CoreEvent.PAGE_REFUSED,
        outcome=Outcome.REFUSED,
    )[:MOST]
    number = len(recent.values_list("pk", flat=True))
    if number >= MOST:
        return
    why = f"needs the permission “{needs.value}”" if needs else "is not open to them"
    sentence = f"{address[:300]} {why}."
    acting.record_refusal(CoreEvent.PAGE_REFUSED, by, NO_MORE if number == MOST - 1 else sentence)

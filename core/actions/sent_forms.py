"""Forms sent: each number that a form carries does something once.

Not acts: what the form does is one, and has its row in the audit trail.
"""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction

from core import clock
from core.models import SentForm, User

#: For how long a form that was sent is remembered: longer than a page stays open.
KEPT = timedelta(days=7)


def claim(*, by: User, once: uuid.UUID) -> SentForm | None:
    """Note that this form is being sent; None where it was sent before.

    Waits for a transaction that is sending it now. Forgets the oldest of this person.
    """
    now = clock.now()
    try:
        with transaction.atomic():
            claimed = SentForm.objects.create(by=by, once=once, sent_at=now)
    except IntegrityError:
        return None
    SentForm.objects.filter(by=by, sent_at__lt=now - KEPT).delete()
    return claimed


def keep(claimed: SentForm, *, led_to: str) -> None:
    """It was accepted: remember where it led."""
    claimed.led_to = led_to
    claimed.save(update_fields=["led_to"])


def release(claimed: SentForm) -> None:
    """It was not accepted, so it may be sent again."""
    claimed.delete()


def led_to(*, by: User, once: uuid.UUID) -> str:
    """Where a form led that was sent before."""
    return SentForm.objects.get(by=by, once=once).led_to

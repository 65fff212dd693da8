"""Forms that were sent and did something, so that none does it twice."""

from typing import ClassVar

from django.db import models

from core.models.user import User


class SentForm(models.Model):
    """A form that somebody sent and that was accepted. `once` is the number that the form carried;
    `led_to` the address that its sender was led to, which shows what it made.

    Written in the transaction of what the form did (`core.views.once`). Kept for a few days.
    """

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="forms_sent")
    once = models.UUIDField()
    sent_at = models.DateTimeField()
    led_to = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by", "once"], name="core_sentform_once"),
        ]

    def __str__(self) -> str:
        return f"A form of {self.by}"

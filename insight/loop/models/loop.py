"""Loops: the answer owed to those who took part, and the day it is due."""

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q, QuerySet

from core import clock
from engagement.activities.choices import Status
from engagement.activities.models import Activity
from engagement.messaging.models import Message


class LoopQuerySet(QuerySet["Loop"]):
    """Words for lists of loops."""

    def due(self) -> "LoopQuerySet":
        """Owed: listening has closed, the activity goes on."""
        # Few are cancelled, and an index holds just those.
        cancelled = Activity.objects.filter(status=Status.CANCELLED).values("pk")
        return self.filter(due_on__isnull=False).exclude(activity__in=cancelled)

    def due_between(self, first: date, last: date) -> "LoopQuerySet":
        return self.due().filter(due_on__range=(first, last))

    def unanswered(self) -> "LoopQuerySet":
        return self.due().filter(answered_on=None)

    def answered_between(self, first: date, last: date) -> "LoopQuerySet":
        return self.due().filter(answered_on__range=(first, last))


@pghistory.track()
class Loop(models.Model):
    """One answer owed for an activity: for all of it, or for one quarter of an activity that never
    ends.

    While people are still being heard `heard_until` is empty and nothing is due. `answered_on` is
    the day its findings and decisions were first published.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="loops")
    notice = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="loop"
    )
    notice_of = models.CharField(
        "fingerprint of what the notice tells, when it was saved", max_length=64, blank=True
    )
    heard_from = models.DateField(null=True, blank=True)
    heard_until = models.DateField("listening closed on", null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField("first published on", null=True, blank=True)
    opened_at = models.DateTimeField()

    objects = LoopQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            # Measures read what became of the answers due from the index alone.
            models.Index(
                fields=["due_on"],
                include=["activity", "answered_on", "heard_until"],
                name="loop_loop_due",
            ),
            models.Index(fields=["answered_on"], name="loop_loop_answered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(heard_until__isnull=True),
                name="loop_loop_one_listening",
            ),
            models.UniqueConstraint(fields=["activity", "heard_until"], name="loop_loop_once"),
            models.CheckConstraint(
                condition=Q(heard_until__isnull=True, due_on__isnull=True)
                | Q(
                    heard_until__isnull=False,
                    due_on__isnull=False,
                    due_on__gte=F("heard_until"),
                ),
                name="loop_loop_due_paired",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(heard_until__isnull=False),
                name="loop_loop_answered_after_listening",
            ),
        ]

    def __str__(self) -> str:
        return f"What is owed for {self.activity}"

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.answered_on is None and self.due_on < clock.today()

"""Changes: “we did”, its stage and what it is meant to improve."""

import pghistory
from django.db import models
from django.db.models import Q

from core.models import User
from engagement.activities.models import Activity
from insight.loop.choices import ChangeStage, Impact
from insight.loop.models.decision import Decision


@pghistory.track()
class Change(models.Model):
    """What changed. It follows a decision, except in records taken from the strategy, which names
    none.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="changes")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="changes_recorded")
    what = models.CharField("we did", max_length=400)
    stage = models.CharField("status", max_length=20, choices=ChangeStage)
    impact = models.CharField("what it is for", max_length=20, choices=Impact, blank=True)
    evidence = models.TextField("how we know", max_length=2000, blank=True)
    made_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["made_on"], name="loop_change_made")]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_on__isnull=True) | Q(stage=ChangeStage.MADE),
                name="loop_change_made_when_made",
                violation_error_code="made_on",
                violation_error_message="Only enter a date if the change has been done",
            )
        ]

    def __str__(self) -> str:
        return self.what

"""Decisions: what was decided on a finding, by which body, when and why."""

import pghistory
from django.db import models
from django.db.models import Q

from core.models import User
from insight.loop.choices import DecisionKind
from insight.loop.models.finding import Finding


@pghistory.track()
class Decision(models.Model):
    """What was decided on one finding. “Not accepted” and “in part” need the reason."""

    finding = models.OneToOneField(Finding, on_delete=models.CASCADE, related_name="decision")
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="decisions_recorded"
    )
    kind = models.CharField("what was decided", max_length=20, choices=DecisionKind)
    reason = models.TextField("the reason", max_length=2000, blank=True)
    body = models.CharField("who decided", max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    look_again_on = models.DateField("when it is looked at again", null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["decided_on"], name="loop_decision_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=[DecisionKind.NOT_ACCEPTED, DecisionKind.PARTLY])
                | ~Q(reason=""),
                name="loop_decision_has_reason",
                violation_error_code="reason",
                violation_error_message="Enter the reason",
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.UNDECIDED, decided_on__isnull=True)
                | (~Q(kind=DecisionKind.UNDECIDED) & Q(decided_on__isnull=False)),
                name="loop_decision_has_day",
                violation_error_code="decided_on",
                violation_error_message="Enter the date it was decided, or select “not yet "
                "decided”",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.finding}"

"""Findings: “you said”, one public sentence and the evidence it rests on."""

import pghistory
from django.db import models
from django.db.models import Q

from core.models import User
from engagement.activities.models import Activity, Contribution
from insight.loop.models.loop import Loop


@pghistory.track()
class Finding(models.Model):
    """One thing that was heard, in one sentence anybody can read."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="findings")
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="findings")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="findings_written")
    contributions = models.ManyToManyField(
        Contribution, through="Evidence", related_name="findings"
    )
    sentence = models.CharField("you said", max_length=400)
    order = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(sentence=""), name="loop_finding_says_something"),
            models.UniqueConstraint(
                fields=["loop", "sentence"],
                name="loop_finding_once",
                violation_error_code="sentence",
                violation_error_message="This finding has been written already.",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class Evidence(models.Model):
    """A contribution that a finding rests on."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence")
    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="evidence"
    )

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["finding", "contribution"], name="loop_evidence_once")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} for {self.finding_id}"

"""Notices: what an activity's contacts are told came of it."""

import pghistory
from django.db import models
from django.db.models import Q

from core.models import User
from engagement.models.activity import Activity


@pghistory.track()
class Notice(models.Model):
    """One message about an activity's answer.

    It reaches nobody before it is approved, and is then fixed.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="notices")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices_written")
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="notices_approved"
    )
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=8000)
    heard_from = models.DateField("first day covered", null=True, blank=True)
    heard_until = models.DateField("last day covered", null=True, blank=True)
    written_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="engagement_notice_approval_paired",
            )
        ]

    def __str__(self) -> str:
        return self.subject

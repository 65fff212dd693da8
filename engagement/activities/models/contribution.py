"""Contributions: what a person or a group said at an activity."""

from django.db import models
from django.db.models import Q

from core.models import User
from engagement.activities.choices import HowItCame
from engagement.activities.models.activity import Activity
from engagement.activities.models.session import Session
from engagement.people.models.contact import Contact


class Contribution(models.Model):
    """What a person or a group said at an activity.

    `words` are for their recorder alone; everybody else reads `redacted`.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="contributions")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="contributions_recorded"
    )
    words = models.TextField(max_length=5000)
    redacted = models.TextField("words without personal details", max_length=6000)
    is_redaction_checked = models.BooleanField("a person has checked the redaction", default=False)
    is_group = models.BooleanField("said by a group", default=False)
    how_it_came = models.CharField(max_length=20, choices=HowItCame, default=HowItCame.IN_PERSON)
    received_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["activity", "id"], name="activities_contribution_list"),
            models.Index(fields=["received_on"], name="activities_contribution_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="activities_contribution_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.redacted[:80]

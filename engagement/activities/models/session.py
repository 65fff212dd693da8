"""Sessions: dated events of an activity."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from engagement.activities.choices import AccessFeature
from engagement.activities.models.activity import Activity


class SessionQuerySet(QuerySet["Session"]):
    """Filters for sessions."""

    def going_ahead(self) -> "SessionQuerySet":
        """Not cancelled."""
        return self.filter(cancelled_reason="")


@pghistory.track()
class Session(models.Model):
    """A dated event of an activity, at a venue, by a link, or both.

    It is cancelled where `cancelled_reason` says why.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=300, blank=True)
    link = models.URLField("link to join online", max_length=500, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    access_features = ArrayField(
        models.CharField(max_length=30, choices=AccessFeature), default=list, blank=True
    )
    interpreters = models.CharField("interpreters booked", max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    cancelled_reason = models.CharField(max_length=500, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["starts_at"], name="activities_session_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="activities_session_ends_after_start",
                violation_error_code="ends_at",
                violation_error_message="The end time must be after the start time",
            ),
            models.CheckConstraint(
                condition=~Q(venue="") | ~Q(link=""),
                name="activities_session_is_somewhere",
                violation_error_code="venue",
                violation_error_message="Enter a venue, a link or both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {self.starts_at:%Y-%m-%d}"

    @property
    def is_cancelled(self) -> bool:
        return bool(self.cancelled_reason)

    def clean(self) -> None:
        """Refuse a day outside the dates of the activity; whether a cancelled one was is no matter
        any more.
        """
        if not self.is_cancelled:
            self.activity.check_day(timezone.localdate(self.starts_at))

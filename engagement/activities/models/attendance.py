"""Who came: named people, and heads counted."""

from django.db import models

from core.models import User
from engagement.activities.models.session import Session
from engagement.people.models.contact import Contact


class Attendance(models.Model):
    """A named contact at a session, once."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="attendances")
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="attendances_recorded"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "contact"],
                name="activities_attendance_once",
                violation_error_message="This person is on the register already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} at {self.session}"


class HeadCount(models.Model):
    """People at a session who were not named. One count a session; the latest stands."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="head_count")
    counted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="heads_counted")
    count = models.PositiveIntegerField("people not named")
    is_estimated = models.BooleanField("an estimate", default=False)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} at {self.session}"

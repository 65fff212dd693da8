"""Who came to a session: attendances by name, and head counts."""

import pghistory
from django.db import models

from core.models import User
from engagement.activities.models.session import Session
from engagement.people.models.contact import Contact
from engagement.people.models.person import Person


class Attendance(models.Model):
    """A named contact at a session, at most once.

    `person` is always the person of the contact. People are counted by it, since reading the person
    of each contact doubles the time of the count. The actions that join and part persons update it.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="attendances_recorded"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "contact"],
                # Measures read who came from the index alone.
                include=["person"],
                name="activities_attendance_once",
                violation_error_message="This person is on the register already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} at {self.session}"


@pghistory.track()
class HeadCount(models.Model):
    """How many people at a session were not named. A session has one count, the latest."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="head_count")
    counted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="heads_counted")
    count = models.PositiveIntegerField("people not named")
    is_estimated = models.BooleanField("an estimate", default=False)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} at {self.session}"

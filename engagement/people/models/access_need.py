"""Access needs: what a person needs so that they can take part and be written to."""

from django.db import models

from engagement.people.choices import NeedCategory
from engagement.people.models.contact import Contact


class AccessNeed(models.Model):
    """One need, in a category of the Accessible Information Standard. A need, never a diagnosis."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="access_needs")
    category = models.CharField(max_length=40, choices=NeedCategory)
    need = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "category", "need"], name="people_need_once")
        ]

    def __str__(self) -> str:
        return self.need

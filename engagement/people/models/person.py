"""Persons: humans known to the service, whoever knows them, and pairs known to be two."""

from django.db import models
from django.db.models import F, Q

from core.models import User


class Person(models.Model):
    """One human. Figures, messages and erasure go by the person; what is held of them stands on the
    contacts that organisations have of them.
    """

    known_since = models.DateTimeField()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "persons"

    def __str__(self) -> str:
        return f"Person {self.pk}"


class PersonDistinction(models.Model):
    """Somebody decided that two persons who share an email address or a telephone number are two,
    so that nobody is asked again. The pair is kept in the order of their numbers.
    """

    person_a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    person_b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="persons_distinguished"
    )
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_a", "person_b"], name="people_distinction_once"
            ),
            models.CheckConstraint(
                condition=Q(person_a__lt=F("person_b")), name="people_distinction_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_a} is not {self.person_b}"

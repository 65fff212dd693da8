"""Persons: humans known to the service, whoever knows them."""

from django.db import models


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

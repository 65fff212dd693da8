"""The five standards and what each commits the partners to, by version: the strategy publishes them
as a draft, to be refined.
"""

from django.db import models
from django.db.models import Q


class StandardsVersion(models.Model):
    """One wording of all the standards; the current one is what pages show."""

    key = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    is_current = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="framework_version_one_current",
            )
        ]

    def __str__(self) -> str:
        return self.key


class Standard(models.Model):
    """One of the five: commitment, collaboration, insight and evidence, accessibility,
    responsiveness.
    """

    version = models.ForeignKey(
        StandardsVersion, on_delete=models.PROTECT, related_name="standards"
    )
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    headline = models.TextField()
    opening = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="framework_standard_once")
        ]

    def __str__(self) -> str:
        return self.name


class Commitment(models.Model):
    """One thing a standard asks."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="commitments")
    key = models.SlugField(max_length=60)
    label = models.TextField()
    section = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "key"], name="framework_commitment_once")
        ]

    def __str__(self) -> str:
        return self.label

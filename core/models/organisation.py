"""Bodies of the integrated care system, and the provider collaboratives some belong to."""

from django.db import models
from django.db.models import F, Q

from core.choices import OrganisationKind
from core.models.place import Place


class Organisation(models.Model):
    """A body of the integrated care system, with the dates between which it existed.

    One without places serves all of north east London.
    """

    places = models.ManyToManyField(Place, blank=True, related_name="organisations")
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, choices=OrganisationKind)
    ods_code = models.CharField(max_length=10, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="core_organisation_ends_after_start",
                violation_error_message="The end date must be after the start date",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="core_organisation_kind_valid"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Collaborative(models.Model):
    """A provider collaborative: one of the three levels at which the Board report shows figures."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="collaborative"
    )
    members = models.ManyToManyField(Organisation, blank=True, related_name="collaboratives")
    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

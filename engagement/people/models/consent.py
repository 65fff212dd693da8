"""Consent: what a person agreed to, by purpose, and when they withdrew it."""

import pghistory
from django.db import models
from django.db.models import F, Q, QuerySet

from core.models import User
from engagement.people.choices import ConsentManner, ConsentPurpose
from engagement.people.models.contact import Contact


class ConsentQuerySet(QuerySet["Consent"]):
    """Words for lists of agreements."""

    def standing(self) -> "ConsentQuerySet":
        """Given and not withdrawn."""
        return self.filter(withdrawn_at=None)


@pghistory.track()
class Consent(models.Model):
    """One agreement. Withdrawn ones stay, so that what was done under them can be shown."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    captured_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="consents_captured"
    )
    purpose = models.CharField(max_length=30, choices=ConsentPurpose)
    wording = models.CharField("words agreed to", max_length=300)
    given_at = models.DateTimeField()
    given_how = models.CharField(max_length=20, choices=ConsentManner)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_how = models.CharField(max_length=20, choices=ConsentManner, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_consent_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_how="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_at__gte=F("given_at"))
                    & ~Q(withdrawn_how="")
                ),
                name="people_consent_withdrawal_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_purpose_display()}"

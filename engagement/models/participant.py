"""Participants: people who take part, with the least data needed."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.models import Language, Organisation, Place
from engagement.choices import Capacity, Channel


@pghistory.track()
class Participant(models.Model):
    """A person who takes part, as the organisation that met them knows them."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="participants"
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="participants"
    )
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, null=True, blank=True, related_name="participants"
    )
    name = models.CharField("name to use", max_length=150)
    email = models.EmailField("e-mail address", blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    postal_address = models.TextField(
        "address, only if letters are wanted", max_length=500, blank=True
    )
    preferred_channel = models.CharField(
        "best way to reach", max_length=20, choices=Channel, blank=True
    )
    capacity = models.CharField(
        "takes part as", max_length=20, choices=Capacity, default=Capacity.RESIDENT
    )
    interests = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = [Lower("name"), "id"]
        indexes = [
            models.Index(Lower("name"), "id", name="engagement_participant_name"),
            models.Index(fields=["organisation"], name="engagement_participant_org"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(preferred_channel=Channel.EMAIL) | ~Q(email=""),
                name="engagement_participant_email_given",
                violation_error_code="email",
                violation_error_message="Give an e-mail address, or choose another way to "
                "reach them.",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_channel__in=[Channel.TEXT, Channel.TELEPHONE])
                | ~Q(telephone=""),
                name="engagement_participant_telephone_given",
                violation_error_code="telephone",
                violation_error_message="Give a telephone number, or choose another way to "
                "reach them.",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_channel=Channel.LETTER) | ~Q(postal_address=""),
                name="engagement_participant_address_given",
                violation_error_code="postal_address",
                violation_error_message="Give a postal address, or choose another way to "
                "reach them.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

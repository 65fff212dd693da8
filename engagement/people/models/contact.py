"""Contacts: what one organisation holds of a person who takes part, the least needed."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.models import Language, Organisation, Place
from engagement.people.choices import Capacity, ContactMethod
from engagement.people.models.normalised import sql_email_key, sql_search_words, sql_telephone_key
from engagement.people.models.person import Person


@pghistory.track(exclude=["email_key", "telephone_key", "search_words"])
class Contact(models.Model):
    """A person who takes part, as the organisation that met them knows them.

    Organisations do not see each other's contacts; the person behind them is one.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contacts"
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    name = models.CharField("name they like to be called", max_length=150)
    email = models.EmailField("email address", blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    postal_address = models.TextField(
        "address, only if letters are wanted", max_length=500, blank=True
    )
    preferred_channel = models.CharField(
        "best way to contact them", max_length=20, choices=ContactMethod, blank=True
    )
    capacity = models.CharField(
        "takes part as", max_length=20, choices=Capacity, default=Capacity.RESIDENT
    )
    interests = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    added_at = models.DateTimeField()
    email_key = models.GeneratedField(
        expression=sql_email_key("email"),
        output_field=models.CharField(max_length=254),
        db_persist=True,
    )
    telephone_key = models.GeneratedField(
        expression=sql_telephone_key("telephone"),
        output_field=models.CharField(max_length=30),
        db_persist=True,
    )
    search_words = models.GeneratedField(
        expression=sql_search_words(), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        ordering = [Lower("name"), "id"]
        indexes = [
            models.Index(Lower("name"), "id", name="people_contact_name"),
            models.Index(fields=["organisation"], name="people_contact_org"),
            GinIndex(fields=["search_words"], name="people_contact_search"),
            models.Index(
                fields=["email_key"], name="people_contact_email", condition=~Q(email_key="")
            ),
            models.Index(
                fields=["telephone_key"],
                name="people_contact_telephone",
                condition=~Q(telephone_key=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                name="people_contact_once",
                violation_error_message="Your organisation has already added this person.",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_channel=ContactMethod.EMAIL) | ~Q(email=""),
                name="people_contact_email_given",
                violation_error_code="email",
                violation_error_message="Enter an email address, or select another way to "
                "contact them",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_channel__in=[ContactMethod.TEXT, ContactMethod.TELEPHONE])
                | ~Q(telephone=""),
                name="people_contact_telephone_given",
                violation_error_code="telephone",
                violation_error_message="Enter a telephone number, or select another way to "
                "contact them",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_channel=ContactMethod.LETTER) | ~Q(postal_address=""),
                name="people_contact_address_given",
                violation_error_code="postal_address",
                violation_error_message="Enter a postal address, or select another way to "
                "contact them",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_reached(self) -> bool:
        """Whether any way to reach them is recorded; a named supporter, in person, is one."""
        return (
            bool(self.email or self.telephone or self.postal_address)
            or self.preferred_channel == ContactMethod.IN_PERSON
        )

"""Messages to people, and the variants in which each is written."""

import pghistory
from django.db import models
from django.db.models import Q

from core.models import User
from engagement.messaging.choices import MessageFormat
from engagement.people.choices import ConsentPurpose

#: The variant that every message has; for people in whose language or format none is written.
DEFAULT_LANGUAGE = "en"
DEFAULT_FORMAT = MessageFormat.STANDARD


@pghistory.track()
class Message(models.Model):
    """One message to people, about a row of another wing.

    `about_kind` is the key under which that wing registered its subject (`messaging.subjects`),
    `about_id` the number of the row. With a `consent_purpose` it goes only to those who agreed to
    that. It is sent once it is approved, and cannot be changed from then on.
    """

    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages_written")
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="messages_approved"
    )
    about_kind = models.CharField(max_length=40)
    about_id = models.PositiveBigIntegerField()
    consent_purpose = models.CharField(max_length=30, choices=ConsentPurpose, blank=True)
    written_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="messaging_message_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="messaging_message_approval_paired",
            )
        ]

    def __str__(self) -> str:
        return f"Message about {self.about_kind} {self.about_id}"

    @property
    def subject(self) -> str:
        """The subject line in English, standard format."""
        return self.default_variant.subject

    @property
    def body(self) -> str:
        """The words in English, standard format."""
        return self.default_variant.body

    @property
    def default_variant(self) -> "MessageVariant":
        """The variant in English, standard format; read once."""
        if not hasattr(self, "_default_variant"):
            self._default_variant = self.variants.get(
                language=DEFAULT_LANGUAGE, format=DEFAULT_FORMAT
            )
        return self._default_variant


@pghistory.track()
class MessageVariant(models.Model):
    """A message in one language and one format."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="variants")
    language = models.CharField("language (BCP 47)", max_length=20, default=DEFAULT_LANGUAGE)
    format = models.CharField(max_length=20, choices=MessageFormat, default=DEFAULT_FORMAT)
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=8000)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "language", "format"], name="messaging_messagevariant_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject

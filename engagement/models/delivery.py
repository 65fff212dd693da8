"""Deliveries: one notice to one person, once."""

from django.db import models
from django.db.models import Q, QuerySet

from core.models import User
from engagement.choices import Channel, DeliveryState
from engagement.models.contact import Contact
from engagement.models.notice import Notice
from engagement.models.person import Person


class SendingRun(models.Model):
    """One worker's turn at sending.

    It holds the database lock of its number for as long as it lives, and says which message it is
    sending: the one that is in doubt should it die.
    """

    sending = models.ForeignKey(
        "engagement.Delivery",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Sending run {self.pk}"


class DeliveryQuerySet(QuerySet["Delivery"]):
    """Words for lists of deliveries."""

    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.WAITING, channel=Channel.EMAIL)

    def unsettled(self) -> "DeliveryQuerySet":
        """Those a person has to see to."""
        return self.filter(
            state__in=[DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND]
        )


class Delivery(models.Model):
    """One notice to one person by one channel; unique on person and notice, so nobody is told
    twice.
    """

    # Rows change once for each message sent, so only what is looked for has an index.
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deliveries")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="deliveries")
    run = models.ForeignKey(
        SendingRun,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
    )
    settled_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries_settled",
        db_index=False,
    )
    channel = models.CharField(max_length=20, choices=Channel, blank=True)
    state = models.CharField(max_length=20, choices=DeliveryState, default=DeliveryState.WAITING)
    reason = models.CharField("why, where it did not arrive", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state=DeliveryState.WAITING),
                name="engagement_delivery_waiting",
            ),
            models.Index(
                fields=["made_at"],
                condition=Q(
                    state__in=[DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND]
                ),
                name="engagement_delivery_unsettled",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="engagement_delivery_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state=DeliveryState.SENT),
                name="engagement_delivery_sent_when",
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=False) | ~Q(state=DeliveryState.CLAIMED),
                name="engagement_delivery_taken_by_run",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="engagement_delivery_settlement_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} to {self.contact_id}: {self.get_state_display()}"

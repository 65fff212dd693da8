"""Deliveries: one message to one person, once; and the runs that send them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.models import User
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models.message import Message, MessageVariant
from engagement.people.choices import ContactMethod
from engagement.people.models.contact import Contact
from engagement.people.models.person import Person


class SendingRunQuerySet(QuerySet["SendingRun"]):
    """Words for lists of sending runs."""

    def unfinished(self) -> "SendingRunQuerySet":
        """Those not ended, and those ended that still have a message being sent."""
        sending = Delivery.objects.filter(run=OuterRef("pk"), state=DeliveryState.SENDING)
        return self.filter(Q(ended_at=None) | Exists(sending))


class SendingRun(models.Model):
    """One worker's turn at sending.

    Each of its connections to the database holds the lock of its number for as long as it lives.
    """

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SendingRunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Sending run {self.pk}"


class DeliveryQuerySet(QuerySet["Delivery"]):
    """Words for lists of deliveries."""

    def waiting(self) -> "DeliveryQuerySet":
        """Those to be sent by the worker."""
        return self.filter(state=DeliveryState.WAITING)

    def unsettled(self) -> "DeliveryQuerySet":
        """Those a person has to see to."""
        return self.filter(
            state__in=[DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND]
        )


class Delivery(models.Model):
    """One message to one person by one channel; unique on message and person, so nobody is told
    twice.

    `channel` is the way the person is reached; `variant` the words they get. It is `sending`
    from the moment a connection of `run` has taken it until the answer is recorded.
    """

    # Rows change twice for each message sent, so only what is looked for has an index.
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    variant = models.ForeignKey(
        MessageVariant, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deliveries")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="deliveries")
    run = models.ForeignKey(
        SendingRun,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        db_index=False,
    )
    settled_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries_settled",
        db_index=False,
    )
    channel = models.CharField(max_length=20, choices=ContactMethod, blank=True)
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
                name="messaging_delivery_waiting",
            ),
            models.Index(
                fields=["run"],
                condition=Q(state=DeliveryState.SENDING),
                name="messaging_delivery_sending",
            ),
            models.Index(
                fields=["made_at"],
                condition=Q(
                    state__in=[DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND]
                ),
                name="messaging_delivery_unsettled",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="messaging_delivery_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state=DeliveryState.SENT),
                name="messaging_delivery_sent_when",
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=False) | ~Q(state=DeliveryState.SENDING),
                name="messaging_delivery_taken_by_run",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="messaging_delivery_settlement_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} to {self.contact_id}: {self.get_state_display()}"

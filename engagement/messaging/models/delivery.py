"""Deliveries: one message to one person, once; and the runs that send them."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.models import User
from engagement.messaging.choices import TO_SETTLE, DeliveryState
from engagement.messaging.models.message import Message, MessageVariant
from engagement.people.choices import ContactMethod
from engagement.people.models.contact import Contact
from engagement.people.models.person import Person


class SendingRunQuerySet(QuerySet["SendingRun"]):
    """Filters for sending runs."""

    def unfinished(self) -> "SendingRunQuerySet":
        """Not ended, or ended with a delivery still being sent."""
        sending = Delivery.objects.filter(run=OuterRef("pk"), state=DeliveryState.SENDING)
        return self.filter(Q(ended_at=None) | Exists(sending))


class SendingRun(models.Model):
    """One pass of a worker over the waiting deliveries.

    Each of its database connections holds an advisory lock on its number while it is open.
    """

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SendingRunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Sending run {self.pk}"


class DeliveryQuerySet(QuerySet["Delivery"]):
    """Filters for deliveries."""

    def waiting(self) -> "DeliveryQuerySet":
        """To be sent by the worker."""
        return self.filter(state=DeliveryState.WAITING)

    def due(self, now: datetime) -> "DeliveryQuerySet":
        """To be sent by the worker now: waiting, and not put off until later."""
        return self.waiting().filter(Q(retry_at=None) | Q(retry_at__lte=now))

    def unsettled(self) -> "DeliveryQuerySet":
        """To be settled by a member of staff."""
        return self.filter(state__in=TO_SETTLE)


class Delivery(models.Model):
    """One message to one person by one channel; unique on message and person.

    It goes to a resident, by their `contact`, or to a member of staff about their own `account`.

    `channel` is the contact method, `variant` the words the person gets. The state is `sending`
    from when a connection of `run` claims the delivery until its result is recorded. One that was
    refused for now waits until `retry_at`; `refused_since` is when that was first so.
    """

    # Each message sent changes its row twice, so only look-ups that are made have an index.
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    variant = models.ForeignKey(
        MessageVariant, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    account = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
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
    refused_since = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
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
                condition=Q(state__in=list(TO_SETTLE)),
                name="messaging_delivery_unsettled",
            ),
        ]
        constraints = [
            # Measures read what became of a message from the index alone.
            models.UniqueConstraint(
                fields=["message", "person"], include=["state"], name="messaging_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, contact__isnull=False, account__isnull=True)
                | Q(person__isnull=True, contact__isnull=True, account__isnull=False),
                name="messaging_delivery_to_one",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state=DeliveryState.SENT),
                name="messaging_delivery_sent_when",
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=False) | ~Q(state=DeliveryState.SENDING),
                name="messaging_delivery_taken_by_run",
            ),
            models.CheckConstraint(
                condition=Q(refused_since__isnull=True, retry_at__isnull=True)
                | Q(refused_since__isnull=False, retry_at__isnull=False),
                name="messaging_delivery_put_off_paired",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="messaging_delivery_settlement_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} to {self.contact or self.account}: {self.get_state_display()}"

    @property
    def resident(self) -> Contact:
        """The contact it goes to; an error for a message to a member of staff."""
        if self.contact is None:
            raise LookupError(f"Delivery {self.pk} is not for a resident.")
        return self.contact

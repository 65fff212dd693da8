"""The audit trail."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from core.choices import ActorKind, Outcome
from core.models.user import User


class AuditEvent(models.Model):
    """One act that was done or refused: by whom, on what, when.

    Rows are only ever added, and never contain a resident's own words. `by` is the member of staff
    answerable (for a program, the owner of its token); residents and the service have none.
    `by_kind` and `by_reference` identify the actor, whatever its kind.
    """

    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="acts"
    )
    act = models.UUIDField(help_text="Joins the row histories written by the same act")
    at = models.DateTimeField()
    by_kind = models.CharField("kind of actor", max_length=10, choices=ActorKind)
    by_name = models.CharField(max_length=150)
    by_reference = models.CharField(max_length=60, blank=True)
    event = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, choices=Outcome)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=1000, blank=True)
    fields = models.JSONField(default=list, blank=True)
    is_shown = models.BooleanField("public pages may differ since", default=False, db_default=False)
    search = models.GeneratedField(
        expression=SearchVector(
            F("by_name"),
            F("event"),
            F("subject_kind"),
            F("subject_id"),
            F("about"),
            config="simple",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="core_audit_newest"),
            models.Index(fields=["subject_kind", "subject_id"], name="core_audit_subject"),
            models.Index(fields=["by", "-at"], name="core_audit_by"),
            models.Index(fields=["by_kind", "-at", "-id"], name="core_audit_kind"),
            GinIndex(fields=["search"], name="core_audit_search"),
            # Read for every public page: see `core.selectors.audit.edition`.
            models.Index(
                fields=["-id"],
                condition=Q(is_shown=True),
                name="core_audit_shown",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by_kind__in=ActorKind.values), name="core_auditevent_kind_valid"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False, by_kind__in=[ActorKind.STAFF, ActorKind.PROGRAM])
                | Q(by__isnull=True, by_kind__in=[ActorKind.RESIDENT, ActorKind.SERVICE]),
                name="core_auditevent_staff_answerable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.event}"

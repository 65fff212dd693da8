"""Publications: the public pages of an activity, every approved version kept."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, QuerySet

from core.models import User
from engagement.activities.models import Activity
from insight.loop.choices import PublicationKind, SubmissionState
from insight.loop.models.loop import Loop


class Submission(models.Model):
    """A page sent to a lead for approval, and whether it was published or sent back."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="submissions")
    loop = models.ForeignKey(
        Loop, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="submissions")
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions_settled"
    )
    kind = models.CharField(max_length=20, choices=PublicationKind)
    state = models.CharField(
        max_length=20, choices=SubmissionState, default=SubmissionState.WAITING
    )
    note = models.TextField("note to the officer", max_length=2000, blank=True)
    submitted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["submitted_at", "id"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="loop_submission_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "kind"],
                condition=Q(state=SubmissionState.WAITING),
                name="loop_submission_one_waiting",
                violation_error_message="This has been sent for approval already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SubmissionState.WAITING, settled_at__isnull=True, settled_by__isnull=True
                )
                | (
                    ~Q(state=SubmissionState.WAITING)
                    & Q(settled_at__isnull=False, settled_by__isnull=False)
                ),
                name="loop_submission_settled_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.SENT_BACK) | ~Q(note=""),
                name="loop_submission_sent_back_with_note",
                violation_error_message="Say what needs to change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.activity}"


class PublicationQuerySet(QuerySet["Publication"]):
    """Words for lists of publications."""

    def current(self) -> "PublicationQuerySet":
        """The newest version of each page."""
        return self.filter(superseded_at=None)

    def public(self) -> "PublicationQuerySet":
        """The versions the public sees now, without those of activities marked internal since."""
        return self.current().filter(activity__is_public=True)

    def opportunities(self) -> "PublicationQuerySet":
        """Invitations to take part that the public sees now."""
        return self.current().filter(kind=PublicationKind.OPPORTUNITY)

    def answers(self) -> "PublicationQuerySet":
        """Answers to those who took part that the public sees now."""
        return self.current().filter(kind=PublicationKind.ANSWER)


class Publication(models.Model):
    """One version of a public page: the very words approved, kept for good.

    `content` holds display words and protected numbers only, in the schema they were approved in:
    read it with `selectors.pages.read`. What lists are ordered and filtered by is kept in other
    columns, so that no query reads words of an older schema. `finding_outcomes`
    holds, for each finding of an answer in its order, the kind of its decision and the stages of
    its changes. The public reads these rows and no others, so nothing unapproved can show.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="publications")
    loop = models.ForeignKey(
        Loop, on_delete=models.PROTECT, null=True, blank=True, related_name="publications"
    )
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="publication"
    )
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=20, choices=PublicationKind)
    slug = models.SlugField(max_length=120)
    number = models.PositiveIntegerField("version")
    content = models.JSONField()
    place_keys = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    programme_keys = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    outcomes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    finding_outcomes = models.JSONField(default=list, blank=True)
    closes_on = models.DateField("last day to take part", null=True, blank=True)
    published_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(
                fields=["kind", "-published_at", "-id"],
                condition=Q(superseded_at__isnull=True),
                name="loop_publication_newest",
            ),
            GinIndex(fields=["place_keys"], name="loop_publication_places"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "kind", "number"], name="loop_publication_once"
            ),
            models.UniqueConstraint(
                fields=["activity", "kind"],
                condition=Q(superseded_at__isnull=True),
                name="loop_publication_one_current",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("published_at")),
                name="loop_publication_superseded_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}, version {self.number}"

"""Activities, the organisations that share them, and the figures reported of them."""

from collections.abc import Collection
from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet

from core.models import Collaborative, Language, Organisation, Place, Programme, User
from core.periods import Month, RoughDate, in_words
from engagement.activities.choices import AssessmentState, Method, Source, Stage, Status
from standards.framework.choices import Level, SystemLevel


class ActivityQuerySet(QuerySet["Activity"]):
    """Filters for activities."""

    def live(self) -> "ActivityQuerySet":
        """Not cancelled."""
        return self.exclude(status=Status.CANCELLED)

    def in_period(self, first: date, last: date) -> "ActivityQuerySet":
        """Certainly running on some day from first to last.

        A rough date counts only where the result is the same for every day that it can be; an
        activity with neither start nor end recorded is in no period. One that is not always-on
        and has no end recorded counts by its start alone.
        """
        began_inside = Q(start_earliest__gte=first, start_latest__lte=last)
        ended_inside = Q(end_earliest__gte=first, end_latest__lte=last)
        ran_through = Q(start_latest__lte=last) & (
            Q(end_earliest__gte=first) | Q(is_always_on=True, end_earliest=None)
        )
        return self.filter(began_inside | ended_inside | ran_through)

    def in_month(self, month: Month) -> "ActivityQuerySet":
        return self.in_period(month.first, month.last)

    def of_organisation(self, organisation: Organisation | None) -> "ActivityQuerySet":
        """Led by the organisation, or with it as a partner."""
        return self.filter(
            Q(lead_organisation=organisation) | Q(partnerships__organisation=organisation)
        ).distinct()


@pghistory.track()
class Activity(models.Model):
    """Something done to hear from or work with people, at a place or across north east London.

    Dates may be rough: start and end are each kept as the earliest and the latest day they can be.
    An empty text means “not recorded”, never “no”.
    """

    lead_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="activities_led"
    )
    partners = models.ManyToManyField(
        Organisation, through="ActivityPartner", blank=True, related_name="activities_partnered"
    )
    places = models.ManyToManyField(Place, blank=True, related_name="activities")
    programmes = models.ManyToManyField(Programme, blank=True, related_name="activities")
    collaborative = models.ForeignKey(
        Collaborative, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    languages = models.ManyToManyField(Language, blank=True, related_name="activities")
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="activities_logged")

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=150)
    summary = models.TextField("plain summary", max_length=2000, blank=True)
    purpose = models.TextField(max_length=2000, blank=True)
    scope_of_influence = models.TextField(
        "what can and cannot be influenced", max_length=2000, blank=True
    )
    level = models.CharField("level promised", max_length=20, choices=Level)
    level_reason = models.TextField("why this level", max_length=2000, blank=True)
    stage = models.CharField(max_length=20, choices=Stage, blank=True)
    methods = ArrayField(models.CharField(max_length=30, choices=Method), default=list, blank=True)
    communities = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    is_area_wide = models.BooleanField("the whole of north east London", default=False)
    insight_looked_at = models.TextField(
        "existing insight looked at first", max_length=4000, blank=True
    )
    questions = models.TextField("questions asked", max_length=4000, blank=True)
    questions_checked_by = models.CharField("who checked the questions", max_length=200, blank=True)
    how_people_chose = models.TextField(
        "how people asked to be involved", max_length=2000, blank=True
    )
    access_arrangements = models.TextField(max_length=2000, blank=True)
    children_offered = models.TextField(
        "what children and young people were offered", max_length=2000, blank=True
    )
    reward_offered = models.TextField(max_length=1000, blank=True)
    who_to_ask = models.CharField("who to ask, by team", max_length=200, blank=True)
    team_telephone = models.CharField("telephone number of the team", max_length=30, blank=True)
    team_email = models.EmailField("email address of the team", blank=True)
    budget = models.DecimalField(
        "budget in pounds", max_digits=10, decimal_places=2, null=True, blank=True
    )
    spend = models.DecimalField(
        "spend in pounds", max_digits=10, decimal_places=2, null=True, blank=True
    )
    eqia_state = models.CharField(
        "equality and quality impact assessment",
        max_length=20,
        choices=AssessmentState,
        default=AssessmentState.NOT_RECORDED,
    )
    eqia_reference = models.CharField(max_length=100, blank=True)
    duty_state = models.CharField(
        "duty-to-involve assessment (section 14Z45)",
        max_length=20,
        choices=AssessmentState,
        default=AssessmentState.NOT_RECORDED,
    )
    duty_reference = models.CharField(max_length=100, blank=True)
    is_consultation = models.BooleanField("formal consultation", default=False)
    consultation_opens_on = models.DateField(null=True, blank=True)
    consultation_closes_on = models.DateField(null=True, blank=True)
    start_earliest = models.DateField(null=True, blank=True)
    start_latest = models.DateField(null=True, blank=True)
    end_earliest = models.DateField(null=True, blank=True)
    end_latest = models.DateField(null=True, blank=True)
    is_always_on = models.BooleanField("never ends", default=False)
    status = models.CharField(max_length=20, choices=Status, default=Status.PLANNED)
    cancelled_reason = models.TextField(max_length=1000, blank=True)
    listening_closed_on = models.DateField(null=True, blank=True)
    answer_within_days = models.PositiveSmallIntegerField(default=28)
    is_public = models.BooleanField("to be shown to the public", default=True)
    source = models.CharField(max_length=20, choices=Source, default=Source.STAFF)
    source_note = models.CharField(max_length=300, blank=True)
    logged_at = models.DateTimeField()
    search = models.GeneratedField(
        expression=SearchVector(F("title"), F("summary"), F("purpose"), config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["lead_organisation", "status"], name="activities_activity_lead"),
            # The columns that measures read of every activity, so that they need not read its row.
            models.Index(
                fields=["id"],
                include=[
                    *("status", "level", "is_always_on", "is_area_wide", "collaborative"),
                    *("start_earliest", "start_latest", "end_earliest", "end_latest"),
                ],
                name="activities_activity_figures",
            ),
            models.Index(
                fields=["id"],
                condition=Q(status=Status.CANCELLED),
                name="activities_activity_cancelled",
            ),
            models.Index(
                fields=["status"],
                condition=Q(start_earliest=None, end_earliest=None),
                name="activities_activity_undated",
            ),
            GinIndex(fields=["search"], name="activities_activity_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_latest__isnull=True)
                | Q(start_earliest__isnull=True)
                | Q(end_latest__gte=F("start_earliest")),
                name="activities_activity_ends_after_start",
                violation_error_code="end_latest",
                violation_error_message="The end date must be the same as or after the start date",
            ),
            models.CheckConstraint(
                condition=Q(start_earliest__isnull=True, start_latest__isnull=True)
                | Q(
                    start_earliest__isnull=False,
                    start_latest__isnull=False,
                    start_earliest__lte=F("start_latest"),
                ),
                name="activities_activity_start_paired",
                violation_error_code="start_latest",
            ),
            models.CheckConstraint(
                condition=Q(end_earliest__isnull=True, end_latest__isnull=True)
                | Q(
                    end_earliest__isnull=False,
                    end_latest__isnull=False,
                    end_earliest__lte=F("end_latest"),
                ),
                name="activities_activity_end_paired",
                violation_error_code="end_latest",
            ),
            models.CheckConstraint(
                condition=Q(is_always_on=False) | Q(end_latest__isnull=True),
                name="activities_activity_always_on_has_no_end",
                violation_error_code="is_always_on",
                violation_error_message="An activity that does not end cannot have an end date. "
                "Remove the end date, or clear “It does not end”",
            ),
            models.CheckConstraint(
                condition=~Q(level_reason="") | ~Q(source=Source.STAFF),
                name="activities_activity_level_has_reason",
                violation_error_code="level_reason",
                violation_error_message="Say why you chose this level.",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CANCELLED) | ~Q(cancelled_reason=""),
                name="activities_activity_cancelled_has_reason",
                violation_error_code="cancelled_reason",
                violation_error_message="Say why the activity is cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(consultation_closes_on__isnull=True)
                | Q(consultation_opens_on__isnull=True)
                | Q(consultation_closes_on__gte=F("consultation_opens_on")),
                name="activities_activity_consultation_closes_after_opening",
                violation_error_code="consultation_closes_on",
                violation_error_message="The closing date must be the same as or after the "
                "opening date",
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="activities_activity_level_valid"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="activities_activity_status_valid"
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="activities_activity_budget_not_negative",
                violation_error_code="budget",
            ),
            models.CheckConstraint(
                condition=Q(spend__isnull=True) | Q(spend__gte=0),
                name="activities_activity_spend_not_negative",
                violation_error_code="spend",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def start(self) -> RoughDate | None:
        """When it starts, as precisely as is recorded."""
        if self.start_earliest is None or self.start_latest is None:
            return None
        return RoughDate(self.start_earliest, self.start_latest)

    @property
    def end(self) -> RoughDate | None:
        """When it ends, as precisely as is recorded; None where it is not or it never ends."""
        if self.end_earliest is None or self.end_latest is None:
            return None
        return RoughDate(self.end_earliest, self.end_latest)

    @property
    def dates_in_words(self) -> str:
        """“8 May 2026 to 12 June 2026”, “since 2016, always on”, “not recorded”."""
        missing = ""
        if self.start is None:
            missing = "start not recorded"
        elif self.end is None and not self.is_always_on:
            missing = "end not recorded"
        known = self.known_dates_in_words
        return ", ".join(filter(None, [known, missing])) if known else "not recorded"

    @property
    def known_dates_in_words(self) -> str:
        """What the public reads of its dates: those that are recorded; empty where none is."""
        start, end = self.start, self.end
        if self.is_always_on:
            return f"since {start.words}, always on" if start else "always on"
        if start and end:
            return start.words if start == end else f"{start.words} to {end.words}"
        if start:
            return f"from {start.words}"
        return f"until {end.words}" if end else ""

    @property
    def ways_to_ask(self) -> str:
        """“020 7946 0000 or team@example.org”; empty where neither is recorded."""
        return " or ".join(filter(None, [self.team_telephone, self.team_email]))

    def check_day(self, day: date) -> None:
        """Refuse a day of a session that is outside the dates of the activity."""
        start, end = self.start, self.end
        if (start and day < start.earliest) or (end and day > end.latest):
            raise ValidationError(
                {
                    "starts_at": f"{in_words(day)} is outside the dates of the activity "
                    f"({self.dates_in_words}). Choose a day within them, or change the dates of "
                    "the activity first."
                }
            )

    def check_places(self, places: Collection[Place]) -> None:
        """Refuse places beside the whole area, which has them all, and neither of the two."""
        if places and self.is_area_wide:
            raise ValidationError(
                {
                    "places": "Select places or the whole of north east London, not both. "
                    "Remove the ticks from one of the two."
                }
            )
        if self.source == Source.STAFF and not places and not self.is_area_wide:
            raise ValidationError(
                {"places": "Select one or more places, or the whole of north east London"}
            )

    @property
    def system_level(self) -> SystemLevel:
        """The level of the system at which it is reported: a collaborative, NEL or places."""
        if self.collaborative_id is not None:
            return SystemLevel.COLLABORATIVE
        return SystemLevel.NEL if self.is_area_wide else SystemLevel.PLACE


class ActivityPartner(models.Model):
    """An organisation that shares the work, and the stage at which it joined."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="partnerships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partnerships"
    )
    joined_stage = models.CharField(max_length=20, choices=Stage, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation"], name="activities_partner_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} with {self.activity}"


class Output(models.Model):
    """A figure reported of an activity, such as “local meetings: at least 40”."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="outputs")
    what = models.CharField(max_length=200)
    count = models.PositiveIntegerField()
    is_at_least = models.BooleanField(default=False)
    is_estimated = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "what"], name="activities_output_once")
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.in_words}"

    @property
    def in_words(self) -> str:
        words = f"{self.count:,}"
        if self.is_at_least:
            words = f"at least {words}"
        return f"{words} (estimated)" if self.is_estimated else words

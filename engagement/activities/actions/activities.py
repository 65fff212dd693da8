"""Activities: logged, changed, and moved from one status to the next."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from core import access, clock
from core.acting import act, describe, lock, save
from core.actors import Actor
from core.choices import Role
from core.models import Organisation
from core.periods import RoughDate, in_words
from engagement.activities.choices import Event, Source, Status
from engagement.activities.models import Activity, ActivityPartner, Output, Session
from engagement.activities.permissions import Permission

_RELATED = ("places", "programmes", "languages")
#: Fields that `log` and `change` take, besides `_RELATED`, `partners`, `start` and `end`.
DETAILS = frozenset(
    {
        "lead_organisation",
        "collaborative",
        "title",
        "summary",
        "purpose",
        "scope_of_influence",
        "level",
        "level_reason",
        "stage",
        "methods",
        "communities",
        "is_area_wide",
        "insight_looked_at",
        "questions",
        "questions_checked_by",
        "how_people_chose",
        "access_arrangements",
        "children_offered",
        "reward_offered",
        "who_to_ask",
        "team_telephone",
        "team_email",
        "budget",
        "spend",
        "eqia_state",
        "eqia_reference",
        "duty_state",
        "duty_reference",
        "is_consultation",
        "consultation_opens_on",
        "consultation_closes_on",
        "is_always_on",
        "is_public",
    }
)


@act(Event.ACTIVITY_LOGGED, needs=Permission.ACTIVITY_LOG)
def log(
    *, by: Actor, source: Source | str = Source.STAFF, source_note: str = "", **details: Any
) -> Activity:
    """Log a new activity, planned or open by its start; one that the strategy tells of is closed.

    Takes the fields of `DETAILS`, `places`, `programmes`, `languages`, `partners` (organisations),
    `start` and `end` (RoughDate or None). Refuses an activity of which the actor's organisation is
    neither lead nor partner, unless the actor is the lead of a place; places beside the whole area;
    and, where `source` is staff, one without a place or without a reason for its level.
    """
    related = {name: list(details.pop(name, ())) for name in _RELATED}
    partners = list(details.pop("partners", ()))
    _check_organisation(by, details["lead_organisation"], partners)
    activity = Activity(
        logged_by=by.answerable,
        logged_at=clock.now(),
        source=source,
        source_note=source_note,
        slug=_free_slug(details.get("title", "")),
    )
    _set_details(activity, details)
    activity.check_places(related["places"])
    activity.status = _status_by_dates(activity)
    save(activity)
    for name, rows in related.items():
        getattr(activity, name).set(rows)
    _set_partners(activity, partners)
    describe(activity.title)
    return activity


@act(Event.ACTIVITY_CHANGED, needs=Permission.ACTIVITY_CHANGE, on="activity", changes_public=True)
def change(*, by: Actor, activity: Activity, **details: Any) -> Activity:
    """Change any of what `log` takes.

    Refuses a change after which the actor could not change the activity any more.
    """
    activity = lock(activity)
    related = {name: list(details.pop(name)) for name in _RELATED if name in details}
    partners = list(details.pop("partners")) if "partners" in details else None
    before = {name: getattr(activity, name) for name in DETAILS | {"start", "end"}}
    _set_details(activity, details)
    changed = [name for name, value in before.items() if getattr(activity, name) != value]
    for name, rows in related.items():
        if set(getattr(activity, name).values_list("pk", flat=True)) != {row.pk for row in rows}:
            changed.append(name)
            getattr(activity, name).set(rows)
    if partners is not None and _set_partners(activity, partners):
        changed.append("partners")
    activity.check_places(list(activity.places.all()))
    if {"start", "end"} & set(changed):
        _check_sessions(activity)
    if activity.status in {Status.PLANNED, Status.OPEN}:
        activity.status = _status_by_dates(activity)
    save(activity)
    _check_is_kept(by, activity, changed)
    describe(activity.title, fields=sorted(changed))
    return activity


@act(Event.ACTIVITY_OPENED, needs=Permission.ACTIVITY_CHANGE, on="activity", changes_public=True)
def open_planned(*, by: Actor, activity: Activity) -> Activity:
    """Open a planned activity."""
    return _change_status(activity, {Status.PLANNED}, Status.OPEN)


@act(
    Event.ACTIVITY_LISTENING_CLOSED,
    needs=Permission.ACTIVITY_CHANGE,
    on="activity",
    changes_public=True,
)
def close_listening(*, by: Actor, activity: Activity, on: Any) -> Activity:
    """Record the last day on which people were heard, from which the answer falls due.

    Refuses an activity that never ends, a day to come, and one before the activity started.
    """
    activity = lock(activity)
    if activity.is_always_on:
        raise ValidationError(
            "Feedback on an activity that does not end is due each quarter, so its listening "
            "does not close."
        )
    if on > clock.today():
        raise ValidationError({"on": "The date listening closed must be today or in the past"})
    if activity.start is not None and on < activity.start.earliest:
        raise ValidationError(
            {
                "on": "The date listening closed must be the same as or after the day the "
                "activity started"
            }
        )
    activity.listening_closed_on = on
    return _change_status(activity, {Status.PLANNED, Status.OPEN}, Status.LISTENING_CLOSED)


@act(
    Event.ACTIVITY_LISTENING_REOPENED,
    needs=Permission.ACTIVITY_CHANGE,
    on="activity",
    changes_public=True,
)
def reopen_listening(*, by: Actor, activity: Activity) -> Activity:
    """Take back that listening closed: people are heard as before."""
    activity = lock(activity)
    activity.listening_closed_on = None
    return _change_status(activity, {Status.LISTENING_CLOSED}, Status.OPEN)


@act(
    Event.ACTIVITY_ANSWERED,
    needs=Permission.ACTIVITY_ANSWER,
    on="activity",
    changes_public=True,
)
def answer(*, by: Actor, activity: Activity) -> Activity:
    """Record that what came of the activity is published."""
    return _change_status(activity, {Status.LISTENING_CLOSED}, Status.ANSWERED)


@act(Event.ACTIVITY_CLOSED, needs=Permission.ACTIVITY_CHANGE, on="activity", changes_public=True)
def close(*, by: Actor, activity: Activity) -> Activity:
    """Close an activity. Refuses one that is not answered."""
    return _change_status(activity, {Status.ANSWERED}, Status.CLOSED)


@act(Event.ACTIVITY_CANCELLED, needs=Permission.ACTIVITY_CHANGE, on="activity", changes_public=True)
def cancel(*, by: Actor, activity: Activity, reason: str) -> Activity:
    """Cancel an activity. Refuses one that is answered or closed, and an empty reason."""
    activity = lock(activity)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the activity is cancelled."})
    activity.cancelled_reason = reason
    return _change_status(
        activity, {Status.PLANNED, Status.OPEN, Status.LISTENING_CLOSED}, Status.CANCELLED
    )


@act(Event.OUTPUT_RECORDED, needs=Permission.ACTIVITY_CHANGE, on="activity")
def record_output(
    *,
    by: Actor,
    activity: Activity,
    what: str,
    count: int,
    is_at_least: bool = False,
    is_estimated: bool = False,
) -> Output:
    """Record a figure that was reported of the activity."""
    return save(
        Output(
            activity=activity,
            what=what,
            count=count,
            is_at_least=is_at_least,
            is_estimated=is_estimated,
        )
    )


def _check_organisation(by: Actor, lead: Organisation, partners: Iterable[Organisation]) -> None:
    if by.role == Role.LEAD and by.place_id is not None:
        return
    if by.organisation_id not in {lead.pk, *(partner.pk for partner in partners)}:
        raise ValidationError(
            {
                "lead_organisation": "Your own organisation must lead the activity or be one of "
                "its partners"
            }
        )


def _check_is_kept(by: Actor, activity: Activity, changed: list[str]) -> None:
    """Nobody hands an activity to another organisation or place and loses it: the new lead takes
    them off as a partner.
    """
    if access.may(by, Permission.ACTIVITY_CHANGE, activity):
        return
    if {"lead_organisation", "partners"} & set(changed):
        raise ValidationError(
            {
                "lead_organisation": "Your own organisation leads the activity or is one of its "
                "partners. Add it, or you could not change the activity any more."
            }
        )
    raise ValidationError(
        {"places": "Keep your own place, or you could not change the activity any more."}
    )


def _check_sessions(activity: Activity) -> None:
    """New dates leave no session outside that is still to take place or has taken place."""
    start, end = activity.start, activity.end
    sessions = Session.objects.going_ahead().filter(activity=activity)
    for name, outside in (
        ("start", Q(starts_at__date__lt=start.earliest) if start else Q(pk__in=[])),
        ("end", Q(starts_at__date__gt=end.latest) if end else Q(pk__in=[])),
    ):
        if session := sessions.filter(outside).first():
            day = in_words(timezone.localdate(session.starts_at))
            raise ValidationError(
                {
                    name: f"The session on {day} would be outside these dates. Change or cancel "
                    "the session first."
                }
            )


def _set_details(activity: Activity, details: dict[str, Any]) -> None:
    for end in ("start", "end"):
        if end in details:
            span: RoughDate | None = details[end]
            setattr(activity, f"{end}_earliest", span.earliest if span else None)
            setattr(activity, f"{end}_latest", span.latest if span else None)
    for name, value in details.items():
        if name in DETAILS:
            setattr(activity, name, value)
        elif name not in {"start", "end"}:
            raise TypeError(f"An activity has no {name}.")


def _status_by_dates(activity: Activity) -> Status:
    start = activity.start
    if activity.source == Source.STRATEGY:
        # The strategy tells of what was done before it; nobody can take part in it now.
        return Status.CLOSED
    return Status.PLANNED if start is not None and start.earliest > clock.today() else Status.OPEN


def _change_status(activity: Activity, allowed: set[Status], to: Status) -> Activity:
    if not activity._state.adding:
        current = Activity.objects.select_for_update().only("status").get(pk=activity.pk).status
        if current not in allowed:
            raise ValidationError(
                f"This activity is {Status(current).label.lower()}, so it cannot become "
                f"{to.label.lower()}."
            )
    activity.status = to
    save(activity)
    describe(activity.title, fields=["status"])
    return activity


def _set_partners(activity: Activity, partners: list[Organisation]) -> bool:
    wanted = {partner.pk for partner in partners if partner.pk != activity.lead_organisation_id}
    present = set(activity.partnerships.values_list("organisation_id", flat=True))
    activity.partnerships.filter(organisation_id__in=present - wanted).delete()
    ActivityPartner.objects.bulk_create(
        ActivityPartner(activity=activity, organisation_id=pk, joined_stage=activity.stage)
        for pk in wanted - present
    )
    return wanted != present


def _free_slug(title: str) -> str:
    base = slugify(title)[:100].strip("-") or "activity"
    taken = set(Activity.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(
        slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken
    )

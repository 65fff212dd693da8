"""Everything the public may read, and nothing else: current publications and facts; published
reports are in `reports`.

The public pages and the open API read these two modules alone. They return frozen dataclasses made
from the words that were approved, from which no other row can be reached.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from django.core.cache import caches
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When, Window

from core import clock
from core.models import Place, Programme
from core.published_fields import NAMED, Words
from engagement.activities.choices import Status
from engagement.activities.models import Session
from insight.loop.choices import ChangeStage, DecisionKind, PublicationKind
from insight.loop.models import Publication
from insight.loop.selectors import pages
from insight.loop.selectors.pages import ABOUT, FINDING, PAGES, display
from insight.public.selectors import stories
from insight.public.selectors.findings import WHOLE_AREA, PublishedFinding, PublishedFindings
from standards.framework.selectors.spectrum import SpectrumLevel
from standards.framework.selectors.spectrum import levels as spectrum_levels
from standards.framework.selectors.wording import StandardWords, Wording
from standards.framework.selectors.wording import current as standards

__all__ = [
    "ABOUT",
    "FINDING",
    "NAMED",
    "SpectrumLevel",
    "StandardWords",
    "Wording",
    "display",
    "spectrum_levels",
    "standards",
]

R = TypeVar("R")

PAGE_SIZE = 20
#: The fields of a chance to take part, as its page publishes them.
OPPORTUNITY_PAGE = PAGES[PublicationKind.OPPORTUNITY]
#: Kinds of decision and stages of change, as lists are filtered by.
OUTCOMES: dict[str, str] = dict(ChangeStage.choices) | dict(DecisionKind.choices)


@dataclass(frozen=True)
class Named:
    """A place, a programme: its key in addresses and its name."""

    key: str
    name: str


@dataclass(frozen=True)
class ProgrammeWords(Named):
    """A programme, what it is for, and whether it is one of the flagship priorities."""

    aim: str
    is_flagship: bool


@dataclass(frozen=True)
class PlaceWords(Named):
    """A place and the local authorities in it, by name and official code."""

    authorities: tuple[Named, ...]


@dataclass(frozen=True)
class Opportunity:
    """A chance to take part. `state` is open, soon, closed or cancelled; `page` holds its words."""

    slug: str
    number: int
    published_at: datetime
    state: str
    closes_on: date | None
    page: Words

    @property
    def next_session(self) -> Words | None:
        """The first session that goes ahead today or later."""
        today = clock.today().isoformat()
        return next(
            (
                one
                for one in self.page["sessions"]
                if one["ends_at"][:10] >= today and not one["cancelled_reason"]
            ),
            None,
        )


@dataclass(frozen=True)
class Answer:
    """What people said and what came of it. `outcome` is what a list was filtered by, or empty."""

    slug: str
    number: int
    published_at: datetime
    page: Words
    outcome: str = ""

    @cached_property
    def story(self) -> stories.Story:
        """The finding that represents it in a list, if possible with the outcome filtered by."""
        return stories.of(self.page, self.outcome)


@dataclass(frozen=True)
class Activity:
    """An activity with a public page, in the words of its answer or else of its invitation."""

    slug: str
    published_at: datetime
    has_answer: bool
    has_opportunity: bool
    page: Words


def places() -> list[Named]:
    """The seven places."""
    return [Named(key, name) for key, name in Place.objects.values_list("key", "name")]


def filters(edition: str) -> tuple[list[Named], list[ProgrammeWords]]:
    """The places and the programmes that lists are filtered by, read once for each edition of the
    public pages.
    """
    key = f"filters-{edition}"
    found: tuple[list[Named], list[ProgrammeWords]] | None = caches["pages"].get(key)
    if found is None:
        found = places(), programmes()
        caches["pages"].set(key, found)
    return found


def places_with_authorities() -> list[PlaceWords]:
    """The seven places, each with its local authorities."""
    return [
        PlaceWords(
            place.key,
            place.name,
            tuple(Named(one.gss_code, one.name) for one in place.local_authorities.all()),
        )
        for place in Place.objects.prefetch_related("local_authorities")
    ]


def programmes() -> list[ProgrammeWords]:
    """Every programme, in the order they are shown in."""
    rows = Programme.objects.values_list("key", "name", "aim", "is_flagship")
    return [ProgrammeWords(key, name, aim, is_flagship) for key, name, aim, is_flagship in rows]


def opportunities(*, place: str = "", page: int = 1, size: int = PAGE_SIZE) -> Page[Opportunity]:
    """What is open or opens soon, what closes first on top. With the key of a place, what is there
    or for all of north east London.
    """
    today = clock.today()
    rows = (
        _public(PublicationKind.OPPORTUNITY)
        .filter(
            Q(closes_on=None) | Q(closes_on__gte=today),
            activity__status__in=[Status.PLANNED, Status.OPEN],
        )
        .order_by(
            Case(When(activity__status=Status.OPEN, then=Value(0)), default=Value(1)),
            "closes_on",
            "-published_at",
            "-pk",
        )
    )
    found = _page(_in_place(rows, place), page, size, _opportunity)
    _add_cancellations(found)
    return found


def opportunity(slug: str) -> Opportunity | None:
    """One chance to take part, also when it is over or cancelled."""
    row = _public(PublicationKind.OPPORTUNITY).filter(slug=slug).first()
    found = _opportunity(row) if row else None
    if found:
        _add_cancellations([found])
    return found


def answers(
    render: Callable[[Answer], str],
    *,
    place: str = "",
    programme: str = "",
    outcome: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[str]:
    """You said, we did: newest first, filtered by the keys of place, programme and outcome.

    Each answer is rendered once: what was published never changes, and the same answer is in many
    lists.
    """
    listed = _filtered(_public(PublicationKind.ANSWER), place, programme, outcome)
    found = _page(listed.select_related(None).only("published_at"), page, size, lambda row: row)
    names = {f"{row.pk}-{row.published_at.timestamp()}-{outcome}": row.pk for row in found}
    rendered = caches["stories"].get_many(names)
    if missing := {pk: name for name, pk in names.items() if name not in rendered}:
        rows = Publication.objects.filter(pk__in=missing)
        rows = rows.only("slug", "number", "kind", "published_at", "content")
        fresh = {missing[row.pk]: render(_answer(row, outcome)) for row in rows}
        caches["stories"].set_many(fresh)
        rendered |= fresh
    return Page([rendered[name] for name in names], found.number, found.paginator)


def latest_changes(number: int, *, place: str = "") -> list[Answer]:
    """The newest answers in which something has changed or is changing, those first of which both
    what was said and what was done is recorded. With the key of a place, what is there or for all
    of north east London.
    """
    moved = [ChangeStage.MADE.value, ChangeStage.UNDER_WAY.value]
    rows = _in_place(_public(PublicationKind.ANSWER).filter(outcomes__overlap=moved), place)
    newest = [
        _answer(row, next(stage for stage in moved if stage in row.outcomes))
        for row in rows[: number * 4]
    ]
    return sorted(newest, key=lambda answer: not answer.story.is_complete)[:number]


def answer(slug: str) -> Answer | None:
    """What came of one activity."""
    row = _public(PublicationKind.ANSWER).filter(slug=slug).first()
    return _answer(row) if row else None


def activities(
    *, place: str = "", programme: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[Activity]:
    """Every activity with a public page, the newest activity first."""
    invitation = Publication.objects.opportunities().filter(activity=OuterRef("activity"))
    rows = (
        Publication.objects.public()
        .annotate(is_invited=Exists(invitation))
        .order_by("-activity_id", "kind")
        .distinct("activity_id")
    )
    return _page(_filtered(rows, place, programme, ""), page, size, _activity)


def findings(
    *,
    place: str = "",
    programme: str = "",
    outcome: str = "",
    activity: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[PublishedFinding]:
    """Every finding of every published answer, newest answer first, each as one row."""
    rows = PublishedFindings(place, programme, outcome, activity)
    return Paginator(rows, size).get_page(page)  # type: ignore[arg-type]  # cut by the database


def _public(kind: PublicationKind) -> QuerySet[Publication]:
    """The pages of one kind that the public sees now."""
    return (
        Publication.objects.public()
        .filter(kind=kind)
        .select_related("activity")
        .only(
            "slug",
            "number",
            "kind",
            "published_at",
            "closes_on",
            "content",
            "outcomes",
            "activity__status",
        )
    )


def _in_place(rows: QuerySet[Publication], place: str) -> QuerySet[Publication]:
    return rows.filter(place_keys__overlap=[place, WHOLE_AREA]) if place else rows


def _filtered(
    rows: QuerySet[Publication], place: str, programme: str, outcome: str
) -> QuerySet[Publication]:
    rows = _in_place(rows, place)
    if programme:
        rows = rows.filter(programme_keys__contains=[programme])
    return rows.filter(outcomes__contains=[outcome]) if outcome else rows


def _page(
    rows: QuerySet[Publication], number: int, size: int, make: Callable[[Publication], R]
) -> Page[R]:
    """A page of a list; a number beyond the last gives the last."""
    paginator: Paginator[Any] = Paginator(rows, size)
    number = max(number, 1)
    if rows.query.distinct_fields:
        found = paginator.get_page(number)
        found.object_list = [make(row) for row in found.object_list]
        return found
    # Counting apart would take a second query, nearly as long as the first.
    counted = rows.annotate(_count=Window(Count("pk")))[(number - 1) * size : number * size]
    listed = list(counted)
    if not listed and number > 1:
        return _page(rows, paginator.num_pages, size, make)
    paginator.__dict__["count"] = listed[0]._count if listed else 0
    return Page([make(row) for row in listed], number, paginator)


def _opportunity(row: Publication) -> Opportunity:
    return Opportunity(
        row.slug, row.number, row.published_at, _state(row), row.closes_on, pages.read(row)
    )


def _add_cancellations(opportunities: Iterable[Opportunity]) -> None:
    """Sessions cancelled after their page was published are shown as cancelled, with the reason."""
    sessions = [session for one in opportunities for session in one.page["sessions"]]
    if not sessions:
        return
    reasons = dict(
        Session.objects.exclude(cancelled_reason="")
        .filter(pk__in=[session["number"] for session in sessions if session["number"]])
        .values_list("pk", "cancelled_reason")
    )
    for session in sessions:
        session["cancelled_reason"] = reasons.get(session["number"], session["cancelled_reason"])


def _state(row: Publication) -> str:
    status = row.activity.status
    if status == Status.CANCELLED:
        return "cancelled"
    if status not in (Status.PLANNED, Status.OPEN) or (
        row.closes_on and row.closes_on < clock.today()
    ):
        return "closed"
    return "open" if status == Status.OPEN else "soon"


def _answer(row: Publication, outcome: str = "") -> Answer:
    return Answer(row.slug, row.number, row.published_at, pages.read(row), outcome)


def _activity(row: Publication) -> Activity:
    has_answer = row.kind == PublicationKind.ANSWER
    return Activity(row.slug, row.published_at, has_answer, row.is_invited, pages.read(row))  # type: ignore[attr-defined]  # annotated

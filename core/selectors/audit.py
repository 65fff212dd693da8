"""Reads the audit trail, newest first. Pages go by cursor, so that each is equally fast."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from core import access, clock
from core.models import AuditEvent, User
from core.permissions import Permission


@dataclass(frozen=True)
class Cursor:
    """The position of a row in the trail: its time and its id."""

    at: datetime
    pk: int

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Read the text that `str` gives of a cursor; None for any other text."""
        moment, _, number = text.partition("_")
        try:
            at, pk = datetime.fromisoformat(moment), int(number)
        except ValueError:
            return None
        return cls(at, pk) if timezone.is_aware(at) and 0 < pk < 2**63 else None

    @classmethod
    def of(cls, row: AuditEvent) -> "Cursor":
        """The position of this row."""
        return cls(row.at, row.pk)

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.pk}"


@dataclass(frozen=True)
class TrailPage:
    """One page of the trail, newest first, and the cursors of the pages before and after it."""

    rows: list[AuditEvent]
    newer: Cursor | None
    older: Cursor | None


def search(
    user: User,
    *,
    words: str = "",
    person: User | None = None,
    kind: str = "",
    event: str = "",
    outcome: str = "",
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[AuditEvent]:
    """The events that match, of those this person may read.

    `person` is the member of staff answerable, so what their programs did is included. `kind` is
    an `ActorKind`. `first` and `last` are days in London, both included.
    """
    found = access.rows(user, Permission.AUDIT_READ, AuditEvent)
    if words.strip():
        found = found.filter(search=SearchQuery(words, config="simple", search_type="websearch"))
    if person is not None:
        found = found.filter(by=person)
    if kind:
        found = found.filter(by_kind=kind)
    if event:
        # The index of the search column also has the event, and finds a rare one faster.
        found = found.filter(
            search=SearchQuery(event, config="simple", search_type="plain"), event=event
        )
    if outcome:
        found = found.filter(outcome=outcome)
    if first is not None:
        found = found.filter(at__gte=clock.start_of(first))
    if last is not None:
        found = found.filter(at__lt=clock.start_of(last + timedelta(days=1)))
    return found.defer("search", "fields")


def page(
    found: QuerySet[AuditEvent],
    *,
    before: Cursor | None = None,
    after: Cursor | None = None,
    size: int = 50,
) -> TrailPage:
    """The page before a cursor (older), the one after a cursor (newer), or the newest."""
    if after is not None:
        newer_side = found.filter(Q(at__gte=after.at) & (Q(at__gt=after.at) | Q(pk__gt=after.pk)))
        rows = list(newer_side.order_by("at", "pk")[: size + 1])
        has_newer, rows = len(rows) > size, rows[:size][::-1]
        has_older = bool(rows)
    else:
        if before is not None:
            found = found.filter(Q(at__lte=before.at) & (Q(at__lt=before.at) | Q(pk__lt=before.pk)))
        rows = list(found.order_by("-at", "-pk")[: size + 1])
        has_older, rows = len(rows) > size, rows[:size]
        has_newer = before is not None
    return TrailPage(
        rows,
        Cursor.of(rows[0]) if rows and has_newer else None,
        Cursor.of(rows[-1]) if rows and has_older else None,
    )


#: How many acts identify an edition: an act may commit later than one with a higher id.
_LATEST = 20


def edition() -> tuple[str, datetime | None]:
    """A string that changes whenever public pages may have changed, and when that was last.

    Every write is an act, so it is made of the ids of the newest acts that change public pages.
    """
    try:
        acts = _newest_acts()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        # The connection was lost since the last request: a new one works or raises the reason.
        connection.close()
        acts = _newest_acts()
    return "-".join(str(pk) for pk, _ in acts), max((at for _, at in acts), default=None)


def _newest_acts() -> list[tuple[int, datetime]]:
    # This query shows whether the connection works, so Django need not check it beforehand.
    setattr(connection, "health_check_done", True)  # noqa: B010  # not in Django's types
    # SQL without the ORM, because every public page waits for this query.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, at FROM core_auditevent WHERE is_shown ORDER BY id DESC LIMIT %s", [_LATEST]
        )
        found: list[tuple[int, datetime]] = cursor.fetchall()
    return found

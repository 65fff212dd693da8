"""Findings one by one, taken from the published answers that hold them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from core.published_fields import Words
from insight.loop.models import Publication
from insight.loop.selectors import pages

#: The key that stands for all of north east London in a publication's places.
WHOLE_AREA = "nel"


@dataclass(frozen=True)
class PublishedFinding:
    """One finding of a published answer with its decision and changes, and the page it is on."""

    slug: str
    published_at: datetime
    page: Words
    finding: Words


class PublishedFindings:
    """Findings as a paginator takes them: counted and sliced by the database, three queries a page.

    The database filters by the columns beside the frozen words only. The words are read through
    their type, so that those of an older schema are brought up to date.
    """

    _FROM = """
        FROM loop_publication p
        JOIN activities_activity a ON a.id = p.activity_id
        CROSS JOIN LATERAL jsonb_array_elements(p.finding_outcomes)
            WITH ORDINALITY AS f(outcomes, place)
        WHERE p.superseded_at IS NULL AND p.kind = 'answer' AND a.is_public
    """

    def __init__(self, place: str, programme: str, outcome: str, activity: str) -> None:
        conditions = ""
        self.values: list[str | list[str]] = []
        if place:
            conditions += " AND p.place_keys && %s::varchar[]"
            self.values.append([place, WHOLE_AREA])
        if programme:
            conditions += " AND p.programme_keys @> %s::varchar[]"
            self.values.append([programme])
        if activity:
            conditions += " AND p.slug = %s"
            self.values.append(activity)
        if outcome:
            conditions += " AND f.outcomes @> to_jsonb(%s::text)"
            self.values.append(outcome)
        self.source = self._FROM + conditions

    def count(self) -> int:
        """The number of findings on all pages of the list."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*)" + self.source, self.values)
            return int(cursor.fetchone()[0])

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[PublishedFinding]:
        order = " ORDER BY p.published_at DESC, p.id DESC, f.place LIMIT %s OFFSET %s"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT p.id, f.place" + self.source + order,
                [*self.values, part.stop - part.start, part.start],
            )
            found = cursor.fetchall()
        rows = Publication.objects.only("slug", "kind", "published_at", "content")
        answers = rows.in_bulk({answer for answer, _ in found})
        words = {pk: pages.read(row) for pk, row in answers.items()}
        return [
            PublishedFinding(
                answers[pk].slug,
                answers[pk].published_at,
                words[pk],
                words[pk]["findings"][place - 1],
            )
            for pk, place in found
        ]

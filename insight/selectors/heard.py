"""Findings one by one, unfolded from the published answers that hold them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

#: The key of what is held for all of north east London rather than one place.
WHOLE_AREA = "nel"


@dataclass(frozen=True)
class Heard:
    """One finding of a published answer with its decision and changes, and its activity."""

    activity: str
    title: str
    published_at: datetime
    places: list[dict[str, str]]
    programmes: list[dict[str, str]]
    source_words: str
    finding: dict[str, Any] = field(default_factory=dict)


class Findings:
    """Findings for a paginator: counted and cut by the database."""

    _FROM = """
        FROM insight_publication p
        JOIN engagement_activity a ON a.id = p.activity_id
        CROSS JOIN LATERAL jsonb_array_elements(p.content -> 'findings')
            WITH ORDINALITY AS f(finding, place)
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
            conditions += """ AND (f.finding -> 'decision' ->> 'kind' = %s
                OR f.finding -> 'changes' @>
                    jsonb_build_array(jsonb_build_object('stage', %s::text)))"""
            self.values += [outcome, outcome]
        self.source = self._FROM + conditions

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*)" + self.source, self.values)
            return int(cursor.fetchone()[0])

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Heard]:
        columns = """SELECT p.slug, p.content ->> 'title', p.published_at, p.content -> 'places',
            p.content -> 'programmes', p.content ->> 'source_words', f.finding"""
        order = " ORDER BY p.published_at DESC, p.id DESC, f.place LIMIT %s OFFSET %s"
        with connection.cursor() as cursor:
            cursor.execute(
                columns + self.source + order, [*self.values, part.stop - part.start, part.start]
            )
            return [
                Heard(
                    slug,
                    title,
                    at,
                    json.loads(places),
                    json.loads(programmes),
                    source,
                    json.loads(finding),
                )
                for slug, title, at, places, programmes, source, finding in cursor.fetchall()
            ]

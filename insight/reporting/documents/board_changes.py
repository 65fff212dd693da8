"""The changes that people brought about, from answers published in a month: which may lead its
report, and which do.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.periods import Month
from core.published_fields import Words
from engagement.activities.choices import Source
from insight.loop.choices import ChangeStage, PublicationKind
from insight.loop.models import Publication
from insight.loop.selectors import pages
from insight.reporting.documents.schema import Changes, Story

#: How many changes lead, and how many others are listed.
MOST_LEADING, MOST_LISTED = 3, 20
#: The newest answers of a month that are looked through.
_MOST_ANSWERS = 200


@dataclass(frozen=True)
class PublishedChange:
    """A change as it was published. `key` stays the same while its words do."""

    key: str
    story: Story

    @property
    def words(self) -> str:
        """The change in one line, to choose it by."""
        return f"{self.story['we_did']} ({self.story['title']})"


def of_month(month: Month) -> list[PublishedChange]:
    """The changes in answers published in the month, made ones before those under way, the newest
    answers first.
    """
    answers = (
        Publication.objects.filter(
            kind=PublicationKind.ANSWER,
            published_at__gte=month.starts_at,
            published_at__lt=month.ends_before,
            outcomes__overlap=[ChangeStage.MADE, ChangeStage.UNDER_WAY],
        )
        .exclude(activity__source=Source.STRATEGY)
        .order_by("-published_at", "-pk")[:_MOST_ANSWERS]
    )
    read: dict[int, Words] = {}
    for answer in answers:
        # Of an answer published twice in the month, the later words.
        read.setdefault(answer.activity_id, pages.read(answer))
    return [
        change
        for stage in (ChangeStage.MADE, ChangeStage.UNDER_WAY)
        for activity, page in read.items()
        for change in _changes(activity, page, stage)
    ]


def leading(found: list[PublishedChange], chosen: Iterable[str]) -> list[PublishedChange]:
    """Those that were chosen, in their order; without a choice the first of different activities.

    A chosen one whose words were published differently since is left out.
    """
    by_key = {change.key: change for change in found}
    if picked := [by_key[key] for key in chosen if key in by_key]:
        return picked[:MOST_LEADING]
    first = {change.story["title"]: change for change in reversed(found)}
    return [change for change in found if first[change.story["title"]] == change][:MOST_LEADING]


def others(found: list[PublishedChange], leads: list[PublishedChange]) -> Changes:
    """The changes that do not lead."""
    rest = [change.story for change in found if change not in leads]
    return {"listed": rest[:MOST_LISTED], "more": max(0, len(rest) - MOST_LISTED)}


def _changes(activity: int, page: Words, stage: ChangeStage) -> Iterator[PublishedChange]:
    said = [*page["findings"], {"sentence": "", "changes": page["changes"]}]
    seen: set[str] = set()
    for finding in said:
        for change in finding["changes"]:
            if change["stage"] != stage or change["what"] in seen:
                continue
            seen.add(change["what"])
            key = hashlib.sha256(f"{activity} {change['what']}".encode()).hexdigest()[:16]
            yield PublishedChange(
                key,
                {
                    "title": page["title"],
                    "place": _place_names(page),
                    "you_said": finding["sentence"],
                    "we_did": change["what"],
                    "where": change["stage_label"],
                },
            )


def _place_names(page: Words) -> str:
    return ", ".join(place["name"] for place in page["places"]) or "North east London"

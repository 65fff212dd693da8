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


@dataclass(frozen=True)
class PublishedChange:
    """A change as it was published. `key` stays the same whatever its words become."""

    key: str
    story: Story

    @property
    def words(self) -> str:
        """The change in one line, to choose it by."""
        return f"{self.story['we_did']} ({self.story['title']})"


def of_month(month: Month) -> list[PublishedChange]:
    """The changes that answers published in the month told of for the first time, or as done for
    the first time; made ones before those under way, the newest answers first.
    """
    answers = (
        Publication.objects.filter(
            kind=PublicationKind.ANSWER,
            published_at__gte=month.starts_at,
            published_at__lt=month.ends_before,
            outcomes__overlap=[ChangeStage.MADE, ChangeStage.UNDER_WAY],
            activity__is_public=True,
        )
        .exclude(activity__source=Source.STRATEGY)
        .order_by("-published_at", "-pk")
        .only("activity", "kind", "content")
    )
    read: dict[int, Words] = {}
    for answer in answers:
        # Of an answer published twice in the month, the later words.
        read.setdefault(answer.activity_id, pages.read(answer))
    told = _told_before(month, read)
    return [
        change
        for stage in (ChangeStage.MADE, ChangeStage.UNDER_WAY)
        for activity, page in read.items()
        for change in _changes(activity, page, stage)
        if (change.key, change.story["where"]) not in told
    ]


def _told_before(month: Month, activities: Iterable[int]) -> set[tuple[str, str]]:
    """The changes of these activities that an answer published before the month told of, each with
    its stage in words: an answer published again says them all again.
    """
    before = (
        Publication.objects.filter(
            kind=PublicationKind.ANSWER,
            published_at__lt=month.starts_at,
            activity__in=list(activities),
        )
        .order_by("activity_id", "-published_at", "-pk")
        .distinct("activity_id")
        .only("activity", "kind", "content")
    )
    return {
        (change.key, change.story["where"])
        for answer in before
        for stage in (ChangeStage.MADE, ChangeStage.UNDER_WAY)
        for change in _changes(answer.activity_id, pages.read(answer), stage)
    }


def gone(found: list[PublishedChange], chosen: Iterable[str]) -> list[str]:
    """The keys of those that were chosen and are not published any more."""
    return sorted(set(chosen) - {change.key for change in found})


def leading(found: list[PublishedChange], chosen: Iterable[str]) -> list[PublishedChange]:
    """Those that were chosen, in their order; without a choice the first of different activities.

    A chosen one that is not published any more is left out.
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
            yield PublishedChange(
                _key(activity, change),
                {
                    "title": page["title"],
                    "place": pages.place_names(page),
                    "you_said": finding["sentence"],
                    "we_did": change["what"],
                    "where": change["stage_label"],
                },
            )


def _key(activity: int, change: Words) -> str:
    """The number of the change; for one published without it, a digest of its words."""
    if number := change["number"]:
        return str(number)
    return hashlib.sha256(f"{activity} {change['what']}".encode()).hexdigest()[:16]

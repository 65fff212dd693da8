"""Contributions as a reader may see them."""

from dataclasses import dataclass

from core.nhsuk.environment import in_day
from engagement.activities.models import Contribution
from engagement.activities.presenters.sessions import session_time


@dataclass(frozen=True)
class ContributionRow:
    """One contribution, with the words that others may read.

    `original_words` are for the reader who recorded it, where they differ; else empty.
    """

    pk: int
    redacted: str
    original_words: str
    how_it_came: str
    received_on: str
    session: str
    said_by: str
    is_checked: bool


def contribution_row(contribution: Contribution, reader_pk: int) -> ContributionRow:
    """A contribution as the member of staff of this number may see it."""
    is_recorder = contribution.recorded_by_id == reader_pk
    is_changed = contribution.words != contribution.redacted
    if contribution.contact_id is not None:
        said_by = "Someone who took part"
    else:
        said_by = "A group" if contribution.is_group else "Not named"
    return ContributionRow(
        pk=contribution.pk,
        redacted=contribution.redacted,
        original_words=contribution.words if is_recorder and is_changed else "",
        how_it_came=contribution.get_how_it_came_display(),
        received_on=in_day(contribution.received_on, "Day not recorded"),
        session=session_time(contribution.session) if contribution.session else "",
        said_by=said_by,
        is_checked=contribution.is_redaction_checked,
    )

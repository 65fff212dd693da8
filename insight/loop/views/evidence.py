"""What was said, offered on a page as evidence to tick."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from core.nhsuk.nhs_field import without_hidden
from engagement.activities.models import Contribution
from insight.loop import presenters
from insight.loop.selectors import boards

#: How many contributions are offered at a time.
PAGE_SIZE = 20


class EvidenceOptions:
    """Contributions to tick: those ticked so far, and one page of the others.

    Without words to search for, the others are those that no finding rests on yet. A search covers
    every readable contribution, since one may be evidence for two findings. What is ticked and
    typed is sent along while somebody searches, so nothing is lost.
    """

    def __init__(
        self, sent: QueryDict, readable: QuerySet[Contribution], ticked: set[int] | None = None
    ) -> None:
        """`sent` is what the page sent; `ticked` are ids, read from `sent` where not given."""
        ticked = ticked_ids(sent) if ticked is None else ticked
        self.words = without_hidden(sent.get("q", "")).strip()[:200]
        found = boards.with_words(readable, self.words) if self.words else boards.not_used(readable)
        others = found.exclude(pk__in=ticked)
        self.page: Page[Contribution] = Paginator(others, PAGE_SIZE).get_page(sent.get("page"))
        self.ticked = presenters.evidence_checkboxes(
            readable.filter(pk__in=ticked) if ticked else [], ticked=ticked
        )
        self.others = presenters.evidence_checkboxes(self.page, ticked=set())


def is_search(request: HttpRequest) -> bool:
    """Whether a button was pressed that only searches or turns the page of what was said."""
    return request.method == "POST" and not {"find", "page"}.isdisjoint(request.POST)


def ticked_ids(sent: QueryDict) -> set[int]:
    """The ids of the contributions ticked on the page; what cannot be an id is left out."""
    return {
        int(text)
        for text in sent.getlist("evidence")
        if text.isascii() and text.isdigit() and len(text) < 19
    }

"""The reading age of the public pages: what we wrote ourselves, in our own templates."""

import re
from html.parser import HTMLParser

import pytest
import syllables
from django.test import Client

from insight.loop.actions import publications
from insight.loop.choices import ChangeStage
from tests.factories import engaging, publishing
from tests.factories.world import World

#: Our aim for residents is 9 to 11; a school year begins at the age of its number and five.
HIGHEST = 11
PAGES = (
    "/",
    "/get-involved/",
    "/you-said-we-did/",
    "/standards/",
    "/figures/",
    "/reports/",
    "/accessibility/",
    "/privacy/",
)
_ENDS = ("p", "li", "h1", "h2", "h3", "dt", "dd")
#: Classes of what others wrote: people, teams, the strategy.
_THEIRS = {"app-words", "nhsuk-card", "app-levels", "nhsuk-inset-text"}
#: Parts without sentences.
_NO_SENTENCES = {"form", "svg", "nav", "table"}
_VOID = {"input", "br", "img", "meta", "link", "hr"}


class OurWords(HTMLParser):
    """The sentences in the main part of a page; no words of others, choices of forms or tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        if self._open:
            is_ours = self._open[-1] and not classes & _THEIRS and tag not in _NO_SENTENCES
            self._open.append(is_ours)
        elif tag == "main":
            self._open.append(True)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in _VOID:
            self._open.pop()
            if tag in _ENDS and self.words and not self.words[-1].endswith((".", "?", ":")):
                self.words[-1] += "."

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] and data.strip():
            self.words.append(" ".join(data.split()))


def reading_age(page: str) -> float:
    """The age of the school year that can read it, by the grade of Flesch and Kincaid."""
    text = " ".join(OurWords(page).words)
    words, sentences = re.findall(r"[\w’-]+", text), len(re.findall(r"[.?:](?:\s|$)", text))
    spoken = sum(syllables.estimate(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59 + 5


@pytest.fixture
def details(world: World) -> tuple[str, ...]:
    """One page of each kind that is published, with something in every part that we word."""
    invited = engaging.activity(
        world.officer, title="Better evenings", places=[world.here], access_arrangements="A ramp"
    )
    engaging.session(invited, by=world.officer, starts_at=engaging.london(2027, 3, 20))
    invitation = publications.submit_opportunity(by=world.officer, activity=invited)
    publications.publish_opportunity(by=world.lead, submission=invitation)
    answer = publishing.answer(world, stage=ChangeStage.UNDER_WAY)
    report = publishing.report(world)
    return (
        f"/get-involved/{invited.slug}/",
        f"/you-said-we-did/{answer.slug}/",
        f"/reports/{report.period.key}/",
    )


def test_public_pages_when_read_then_a_child_of_eleven_can(
    client: Client, details: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {path: client.get(path) for path in (*PAGES, *details)}
    ages = {path: reading_age(page.content.decode()) for path, page in pages.items()}

    with capsys.disabled():
        print("\nReading age:", *(f"{path} {age:.1f}" for path, age in ages.items()))  # noqa: T201  # for whoever runs the tests
    assert {page.status_code for page in pages.values()} == {200}
    assert {path: age for path, age in ages.items() if age > HIGHEST} == {}

"""The reading age of the public pages: what we wrote ourselves, in our own templates."""

import re
from html.parser import HTMLParser

import pytest
import syllables
from django.test import Client

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
_VOID = {"input", "br", "img", "meta", "link", "hr"}


class OurWords(HTMLParser):
    """The sentences in the main part of a page, without what others wrote and choices of forms."""

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
            is_ours = self._open[-1] and not classes & _THEIRS and tag not in ("form", "svg", "nav")
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


@pytest.mark.django_db
def test_public_pages_when_read_then_a_child_of_eleven_can(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    ages = {path: reading_age(client.get(path).content.decode()) for path in PAGES}

    with capsys.disabled():
        print("\nReading age:", *(f"{path} {age:.1f}" for path, age in ages.items()))  # noqa: T201  # for whoever runs the tests
    assert {path: age for path, age in ages.items() if age > HIGHEST} == {}

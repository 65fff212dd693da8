"""The secretary's pages of a report: written, approved, downloaded."""

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from insight.loop.choices import ChangeStage
from insight.reporting.choices import NARRATIVE, WRITTEN, Part, Purpose, ReportFormat
from insight.reporting.documents import board_changes
from insight.reporting.documents.kinds.board_report import KIND
from insight.reporting.models import BoardReport, ReportFile
from tests.factories import answering, publishing
from tests.factories.world import World

PAGE, WRITE, APPROVE = (f"/staff/reports/2027-02/{end}" for end in ("", "narrative/", "approve/"))
#: Words for every part, each naming its part.
WORDS: dict[str, str] = {part.value: f"Words for {part.value}." for part in WRITTEN} | {
    "purpose": Purpose.ASSURANCE
}


@pytest.fixture
def report(world: World, client: Client) -> BoardReport:
    """A draft, with the secretary signed in."""
    client.force_login(world.secretary)
    return answering.report(by=world.secretary)


def read_mark(client: Client) -> str:
    """The fingerprint with which the page of the draft leads to its approval."""
    found = re.search(r"approve/\?read=([0-9a-f]{64})", client.get(PAGE).content.decode())
    assert found
    return found[1]


def test_report_when_written_then_page_and_files_have_each_part_under_its_one_name(
    client: Client, report: BoardReport
) -> None:
    form = client.get(WRITE).content.decode()
    client.post(WRITE, WORDS)
    report.refresh_from_db()
    page = client.get(PAGE).content.decode()
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    word = KIND.arrange(_content(client))

    assert all(getattr(report, part) == WORDS[part] for part in WRITTEN)
    for part in WRITTEN:
        assert f"{part.label} (optional)" in form
        assert part.label in page
    assert {part.label for part in NARRATIVE} <= set(headings)
    assert {section.title for section in word.sections} <= set(headings)
    assert Purpose.ASSURANCE.label in page


def _content(client: Client) -> Any:
    return client.get("/staff/reports/2027-02.json").json()


def test_approve_when_parts_are_empty_then_it_asks_and_they_are_left_out(
    client: Client, report: BoardReport
) -> None:
    client.post(WRITE, {"story": "One story of the month."})
    read = read_mark(client)

    asked = client.get(APPROVE, {"read": read}).content.decode()
    refused = client.post(APPROVE, {"read": read})
    report.refresh_from_db()
    was_frozen = report.is_frozen
    client.post(APPROVE, {"read": read, "leave_out": "on"})
    report.refresh_from_db()
    page = client.get(PAGE).content.decode()

    assert "8 parts are empty" in asked
    assert f"<li>{Part.STORY.label}</li>" not in asked
    assert "Tick the box to leave the empty parts out" in refused.content.decode()
    assert not was_frozen
    assert report.is_frozen
    assert "Nothing written" not in page
    assert Part.LOOK_AHEAD.label not in page


def test_approve_when_every_part_is_written_then_it_asks_nothing(
    client: Client, report: BoardReport
) -> None:
    client.post(WRITE, WORDS)

    asked = client.get(APPROVE, {"read": read_mark(client)}).content.decode()

    assert "empty" not in asked
    assert "leave_out" not in asked


def test_write_when_a_change_is_chosen_twice_then_it_says_so_beside_the_field(
    client: Client, report: BoardReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    story: Any = {"title": "Breakfast", "we_did": "At eight.", "place": "", "you_said": ""}
    found = [
        board_changes.PublishedChange("a" * 16, story | {"where": "Done"}),
        board_changes.PublishedChange("b" * 16, story | {"where": "Done"}),
    ]
    monkeypatch.setattr(board_changes, "of_month", lambda month: found)

    refused = client.post(WRITE, {"first_change": "a" * 16, "second_change": "a" * 16})
    taken = client.post(WRITE, {"first_change": "b" * 16, "second_change": "a" * 16})
    report.refresh_from_db()
    form = client.get(WRITE).content.decode()

    assert "Choose each change once" in refused.content.decode()
    assert taken.status_code == 302
    assert report.leading_changes == ["b" * 16, "a" * 16]
    assert f'value="{"b" * 16}" selected' in form
    assert 'name="third_change"' not in form


def test_write_when_a_change_is_published_meanwhile_then_that_is_no_conflict(
    client: Client, report: BoardReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[board_changes.PublishedChange] = []
    monkeypatch.setattr(board_changes, "of_month", lambda month: found)
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(WRITE).content.decode())
    story: Any = {"title": "Breakfast", "we_did": "At eight.", "place": "", "you_said": ""}
    found.append(board_changes.PublishedChange("a" * 16, story | {"where": "Done"}))
    assert seen

    saved = client.post(WRITE, {"story": "One story.", "seen": seen[1]})

    assert saved.status_code == 302


def test_write_when_a_chosen_change_is_not_published_any_more_then_it_says_so(
    client: Client, world: World, report: BoardReport
) -> None:
    before = client.get(WRITE).content.decode()
    BoardReport.objects.update(leading_changes=["a" * 16])
    with clock.set_to(clock.now() - timedelta(days=10)):
        publishing.answer(world, stage=ChangeStage.MADE)

    after = client.get(WRITE).content.decode()

    words = "A change that you chose is not published any more"
    assert words not in before
    assert words in after


def test_files_when_offered_then_each_says_its_format_and_size(
    client: Client, world: World
) -> None:
    publishing.report(world)
    client.force_login(world.secretary)
    pages = [
        client.get(address).content.decode()
        for address in (PAGE, reverse("home") + "reports/2027-02/")
    ]

    for kind in ReportFormat:
        kept = ReportFile.objects.get(format=kind)
        size = f"({kind.label}, {max(1, round(len(kept.content) / 1000)):,}KB)"
        assert all(size in page for page in pages)
        for area in ("/staff", ""):
            content = client.get(f"{area}/reports/2027-02.{kind}").content
            assert hashlib.sha256(content).hexdigest() == kept.sha256

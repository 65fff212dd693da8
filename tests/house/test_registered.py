"""What wings register, and the page and documents made from it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from core import presenters
from core.registry import documents
from core.registry.slots import Link, Slot
from core.registry.timetable import Every, entries, register
from nel_participation.celery import app
from tests.factories.world import World


@pytest.mark.parametrize("name", sorted(documents.texts()))
def test_document_when_made_again_then_it_is_the_same_as_the_file(name: str) -> None:
    file = Path(settings.BASE_DIR) / "docs" / name

    assert file.read_text(encoding="utf-8") == documents.texts()[name]


def test_documents_when_out_of_date_then_the_check_says_which_and_writes_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "permissions.md").write_text("old", encoding="utf-8")

    with pytest.raises(CommandError, match=r"permissions\.md"):
        call_command("write_docs", check=True, folder=tmp_path)

    assert (tmp_path / "permissions.md").read_text(encoding="utf-8") == "old"


def test_documents_when_written_then_the_check_passes(tmp_path: Path) -> None:
    call_command("write_docs", folder=tmp_path)

    call_command("write_docs", check=True, folder=tmp_path)


def test_permissions_page_when_an_administrator_opens_it_then_it_shows_all_of_them(
    client: Client, world: World
) -> None:
    client.force_login(world.administrator)

    page = client.get(reverse("permission-list")).content.decode()

    shown = [*presenters.permission_rows(), *presenters.act_rows()]
    assert all(f">{row[0]}</th>" in page for row in shown)
    assert "The service only" in page


def test_slot_when_filled_then_builders_are_called_in_order() -> None:
    slot = Slot[[int], Link]("links of a test")
    slot.add(lambda number: [Link("second", str(number))], order=2)
    slot.add(lambda number: [Link("first", str(number))], order=1)
    slot.add(lambda number: [])

    assert [link.text for link in slot.fill(7)] == ["first", "second"]


def test_slot_when_a_builder_is_added_twice_then_it_is_refused() -> None:
    slot = Slot[[], Link]("links of a test")

    def nothing() -> list[Link]:
        return []

    slot.add(nothing)
    with pytest.raises(RuntimeError, match="links of a test"):
        slot.add(nothing)


def test_timetable_when_a_name_is_taken_then_it_is_refused() -> None:
    with pytest.raises(RuntimeError, match="heartbeat"):
        register("heartbeat", "core.tasks.heartbeat", Every(1))


def test_timetable_when_the_worker_reads_it_then_it_has_every_entry_and_each_task_exists() -> None:
    app.loader.import_default_modules()

    schedule = app.conf.beat_schedule

    assert set(schedule) == set(entries())
    assert {line["task"] for line in schedule.values()} <= set(app.tasks)

"""Rules for the catalogue: one entry for each model field; what is asked is also shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from core import catalogue
from core.catalogue import Audience, Erasure, Personal, Table
from core.registry import documents
from engagement.activities.exports.activities import ActivityResource
from engagement.activities.exports.sessions import SessionResource
from engagement.activities.forms.activities import SECTIONS, LogForm
from engagement.activities.models import Activity, Session

OURS = {"core", "standards", "engagement", "insight"}
TABLES = catalogue.tables()


def our_models() -> Iterator[type[Model]]:
    """Our models, except for the row histories, which repeat the fields of others."""
    for model in apps.get_models():
        if model.__module__.partition(".")[0] in OURS and not hasattr(model, "pgh_tracked_model"):
            yield model


def columns(model: type[Model]) -> set[str]:
    return {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}


def test_models_when_counted_then_each_is_in_the_catalogue() -> None:
    assert {table.model for table in TABLES} == set(our_models())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_field_when_it_is_a_model_field_then_it_has_an_entry_and_no_entry_is_without_one(
    table: Table,
) -> None:
    entries = {name for name, entry in table.entries.items() if not entry.made_of}

    assert columns(table.model) == entries


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_field_when_it_is_asked_then_it_is_shown_or_exported(table: Table) -> None:
    lost = [
        entry.name
        for entry in table.entries.values()
        if entry.asked and not entry.shown and not entry.exported
    ]

    assert lost == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_field_when_it_is_personal_then_it_is_neither_published_nor_seen_by_anybody(
    table: Table,
) -> None:
    personal = [one for one in table.entries.values() if one.handling.personal != Personal.NO]

    assert [one.name for one in personal if one.published] == []
    assert [
        one.name
        for one in personal
        if one.handling.seen_by in {Audience.ANYBODY, Audience.STAFF, Audience.REPORTING}
    ] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_field_when_erasure_changes_it_then_it_is_personal(table: Table) -> None:
    taken = [
        one.name
        for one in table.entries.values()
        if one.handling.erasure != Erasure.KEPT and one.handling.personal == Personal.NO
    ]

    assert taken == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_label_when_compared_with_others_of_its_model_then_it_is_used_once(table: Table) -> None:
    labels = [entry.label for entry in table.entries.values()]
    headings = [entry.column for entry in table.entries.values() if entry.exported]

    assert len(labels) == len(set(labels))
    assert len(headings) == len(set(headings))


def test_activity_when_asked_section_by_section_then_every_question_has_a_section() -> None:
    boxes = {
        entry.name
        for entry in catalogue.entries(Activity)
        if any(box.make is not None for box in entry.asked)
    }

    assert boxes == {name for section in SECTIONS for name in section.field_names}
    logged = {name for _, names in LogForm.QUESTIONS for name in names} | {*LogForm.BESIDES}
    assert logged <= boxes


@pytest.mark.parametrize("resource", [ActivityResource, SessionResource])
def test_export_when_made_then_has_what_all_staff_see_of_what_is_asked(
    resource: type[ActivityResource | SessionResource],
) -> None:
    headings = {column.column_name for column in resource().get_export_fields()}

    asked = [
        entry
        for entry in catalogue.entries(resource.model, seen_by=[Audience.STAFF])
        if entry.asked and not entry.made_of
    ]
    assert {entry.label for entry in asked if entry.column not in headings} == set()


def test_session_when_published_then_no_key_is_used_twice() -> None:
    keys = [field.key for field in catalogue.published_fields(Session, "session")]

    assert len(keys) == len(set(keys))


def test_data_dictionary_when_compared_with_the_catalogue_then_it_is_up_to_date() -> None:
    file = Path(settings.BASE_DIR) / "docs" / "data.md"

    assert file.read_text(encoding="utf-8") == documents.texts()["data.md"], (
        "Run manage.py write_docs and commit docs/data.md."
    )

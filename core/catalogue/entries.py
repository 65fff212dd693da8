"""Entries of the catalogue: what each model field is, where it is used, and how it is handled."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from core.catalogue.wording import published_value
from core.published_fields import PublishedField


class CatalogueError(ValueError):
    """An entry cannot be registered; the message says why."""


class Audience(StrEnum):
    """Who may see a field on staff pages and in exports. Anybody sees what is published."""

    ANYBODY = "anybody"
    STAFF = "all staff"
    TEAM = "staff who work on the activity"
    ORGANISATION = "staff of the organisation that holds it"
    RECORDER = "the person who wrote it down"
    REPORTING = "staff who read reports"
    ADMINISTRATORS = "administrators"
    NOBODY = "no one: the service uses it"


class Personal(StrEnum):
    """Whether a field is personal data, and whether of a special category."""

    NO = "no"
    PERSONAL = "personal"
    SPECIAL = "special category"


class Erasure(StrEnum):
    """What happens to a field when the person it is about is erased."""

    KEPT = "kept"
    CLEARED = "cleared"
    REPLACED = "replaced by a note that it was erased"
    ROW_DELETED = "row deleted"


class Retention(StrEnum):
    """The class of a field that decides how long it is kept. The periods themselves are data."""

    REFERENCE = "reference facts: as long as they are used"
    ACCOUNTS = "staff accounts"
    AUDIT = "audit trail"
    ACTIVITIES = "records of activities"
    PEOPLE = "people who take part"
    CONTRIBUTIONS = "what people said"
    MESSAGES = "messages"
    PUBLISHED = "what was published: for good"


@dataclass(frozen=True)
class Handling:
    """How the data of a field is handled: who sees it, how personal it is, how long it is kept."""

    retention: Retention
    seen_by: Audience = Audience.STAFF
    personal: Personal = Personal.NO
    erasure: Erasure = Erasure.KEPT
    in_download: bool = False

    def replace(self, **changes: Any) -> "Handling":
        """A copy with these attributes changed."""
        return dataclasses.replace(self, **changes)


#: Marks an entry without a handling of its own, until it is registered with that of its table.
_TABLE_DEFAULT = Handling(Retention.REFERENCE, Audience.NOBODY)


@dataclass(frozen=True)
class Asked:
    """One form field that asks for an entry.

    `section` is the form, or the section of a form, that it is in. `make` makes it from the
    question and `options`; without `make` the form declares the field itself. `name` is its name
    where that is not the name of the entry.
    """

    section: str
    make: Callable[..., forms.Field] | None = None
    question: str = ""
    name: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """The part of a public page that shows a field, and how it is published there."""

    page: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """What one model field is.

    `label` is its short name on staff pages, in the data dictionary and, unless there is a
    `heading`, in exports. `shown` names the staff page that shows it. `wording` gives a row's value
    in words where `wording.words_of` does not.

    An entry with `made_of` is a property of the model that combines several fields, such as a rough
    date of two days; those fields have entries of their own.
    """

    name: str
    label: str
    asked: tuple[Asked, ...] = ()
    shown: str = ""
    exported: bool = False
    heading: str = ""
    published: Published | None = None
    wording: Callable[[Any], str] | None = None
    made_of: tuple[str, ...] = ()
    handling: Handling = _TABLE_DEFAULT

    @property
    def column(self) -> str:
        """The heading of its column in exports; empty where it is not exported."""
        return (self.heading or self.label) if self.exported else ""

    @property
    def question(self) -> str:
        """The question in the form; without one, the label."""
        return next((box.question for box in self.asked if box.question), self.label)

    @property
    def published_key(self) -> str:
        """Its name in what is published; empty where it is not."""
        return str(self.published.options.get("key") or self.name) if self.published else ""


@dataclass(frozen=True)
class Table:
    """The entries of one model by field name, in the order of pages and exports."""

    model: type[Model]
    entries: Mapping[str, Entry]

    @property
    def name(self) -> str:
        """The model with its app, such as `activities.Session`."""
        return self.model._meta.label


_tables: dict[type[Model], Table] = {}


def register(model: type[Model], handling: Handling, *given: Entry | Iterable[Entry]) -> None:
    """Add the entries of a model; `handling` is that of every entry without its own.

    Refuses a model registered twice, an entry for a field that does not exist or has one already,
    a personal field that is published, and a row of which erasure deletes some fields only.
    """
    if model in _tables:
        raise CatalogueError(f"{model._meta.label} is in the catalogue already.")
    found: dict[str, Entry] = {}
    for one in _flatten(given):
        if one.name in found:
            raise CatalogueError(f"{model._meta.label}.{one.name} has two entries.")
        _check(model, one)
        if one.handling is _TABLE_DEFAULT:
            one = dataclasses.replace(one, handling=_of_table(model, one, handling))
        found[one.name] = one
    _check_erasure(model, found.values())
    _tables[model] = Table(model, found)


def tables() -> list[Table]:
    """Every model's entries, in the order of app and model."""
    return sorted(_tables.values(), key=lambda table: table.name)


def table(model: type[Model]) -> Table:
    """A model's entries; a model that was not registered is refused with a `KeyError`."""
    return _tables[model]


def entry(model: type[Model], name: str) -> Entry:
    """The entry of one field; a field without one is refused with a `KeyError`."""
    return _tables[model].entries[name]


def entries(
    model: type[Model], *, asked_in: str = "", shown: str = "", seen_by: Iterable[Audience] = ()
) -> list[Entry]:
    """A model's entries that are asked in a section, shown on a page, or seen by one of these."""
    readers = set(seen_by)
    return [
        one
        for one in _tables[model].entries.values()
        if (not asked_in or any(box.section == asked_in for box in one.asked))
        and (not shown or one.shown == shown)
        and (not readers or one.handling.seen_by in readers)
    ]


def published_fields(model: type[Model], page: str) -> tuple[PublishedField, ...]:
    """The fields that a part of a public page carries, ready for its `PublishedGroup`."""
    return tuple(
        _published_field(one.name, one.published)
        for one in _tables[model].entries.values()
        if one.published and one.published.page == page
    )


def asked(
    section: str,
    make: Callable[..., forms.Field] | None = None,
    question: str = "",
    *,
    name: str = "",
    **options: Any,
) -> tuple[Asked, ...]:
    """Where a field is asked. Add two together for an entry that takes two form fields.

    `options` go to `make`. What the model field declares (length, choices, rows, whether it may be
    empty) need not be repeated: see `asking.form_field`.
    """
    return (Asked(section, make, question, name, options),)


def published(page: str, **options: Any) -> Published:
    """Where a field is published; `options` are those of a `PublishedField`.

    Its key is the name of the field unless another is given.
    """
    return Published(page, options)


def key(label: str = "Number", *, exported: bool = False, name: str = "id") -> Entry:
    """The id of a row."""
    return Entry(name, label, exported=exported)


def fixed(name: str, label: str, *, shown: str = "", exported: bool = False) -> Entry:
    """A field or relation that an action or a file of facts sets, and no form asks."""
    return Entry(name, label, shown=shown, exported=exported)


def made_by_database(name: str, label: str) -> Entry:
    """A field that the database computes from others, such as words to search in; never shown."""
    return Entry(name, label)


def pair(verb: str, label: str, *, shown: str = "", suffix: str = "at") -> tuple[Entry, Entry]:
    """When and by whom something was done: the pair `decided_at` and `decided_by`."""
    return (
        Entry(f"{verb}_{suffix}", f"{label}: when", shown=shown),
        Entry(f"{verb}_by", f"{label}: by whom", shown=shown),
    )


def _flatten(given: Iterable[Entry | Iterable[Entry]]) -> Iterable[Entry]:
    for one in given:
        if isinstance(one, Entry):
            yield one
        else:
            yield from one


def _of_table(model: type[Model], one: Entry, handling: Handling) -> Handling:
    """The handling of the table; the number of a row tells a person nothing in their download."""
    is_key = not one.made_of and model._meta.get_field(one.name) is model._meta.pk
    return handling.replace(in_download=False) if is_key else handling


def _check(model: type[Model], one: Entry) -> None:
    where = f"{model._meta.label}.{one.name}"
    if one.made_of and not hasattr(model, one.name):
        raise CatalogueError(f"{where} is in the catalogue and the model has no such property.")
    for name in one.made_of or (one.name,):
        try:
            found = model._meta.get_field(name)
        except FieldDoesNotExist:
            found = None
        if found is None or (found.auto_created and not found.concrete):
            raise CatalogueError(
                f"{where} is in the catalogue and {name} is no field of the model."
            )
    if one.published and one.handling.personal != Personal.NO:
        raise CatalogueError(f"{where} is {one.handling.personal} and cannot be published.")


def _check_erasure(model: type[Model], given: Iterable[Entry]) -> None:
    deleted = {one.handling.erasure == Erasure.ROW_DELETED for one in given}
    if len(deleted) > 1:
        raise CatalogueError(
            f"{model._meta.label}: erasure deletes the whole row or none of its fields."
        )


def _published_field(name: str, published: Published) -> PublishedField:
    options: dict[str, Any] = {"key": name, "value": lambda row: published_value(row, name)}
    return PublishedField(**(options | dict(published.options)))

"""The catalogue has one entry per model field, from which forms, staff pages, exports, public
pages, the API and the data dictionary are made.

How to use it
-------------
Each wing registers every field of each of its models in its `catalogue.py`, or in a package of
that name with a module for each entity::

    from core import catalogue
    from core.catalogue import Audience, Entry, Handling, Retention, asked, published

    _SESSION = Handling(Retention.ACTIVITIES)

    catalogue.register(
        Session,
        _SESSION,
        catalogue.key(),
        Entry(
            "interpreters",
            "Interpreters",
            asked=asked("session", forms.TextField, "Interpreters booked"),
            shown="session",
            exported=True,
            published=published("session"),
        ),
    )

A test fails for a field without an entry. `docs/data.md` shows the whole catalogue, and
`docs/adding.md` how to add a field.
"""

from core.catalogue.asking import asked_names, form_field, form_fields
from core.catalogue.entries import (
    Asked,
    Audience,
    CatalogueError,
    Entry,
    Erasure,
    Handling,
    Personal,
    Published,
    Retention,
    Table,
    asked,
    entries,
    entry,
    fixed,
    key,
    made_by_database,
    pair,
    published,
    published_fields,
    register,
    table,
    tables,
)
from core.catalogue.personal import Record, download, on_erasure
from core.catalogue.wording import cell, in_words, words_of

__all__ = [
    "Asked",
    "Audience",
    "CatalogueError",
    "Entry",
    "Erasure",
    "Handling",
    "Personal",
    "Published",
    "Record",
    "Retention",
    "Table",
    "asked",
    "asked_names",
    "cell",
    "download",
    "entries",
    "entry",
    "fixed",
    "form_field",
    "form_fields",
    "in_words",
    "key",
    "made_by_database",
    "on_erasure",
    "pair",
    "published",
    "published_fields",
    "register",
    "table",
    "tables",
    "words_of",
]

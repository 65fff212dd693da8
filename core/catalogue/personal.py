"""Data about people: what goes into a person's download, and what becomes of each field when the
person is erased.
"""

from django.db.models import Model

from core.catalogue.entries import Erasure, entries
from core.catalogue.wording import cell, in_words

#: A record in a download: label and words of each field.
Record = tuple[tuple[str, str], ...]


def download(row: Model) -> Record:
    """The fields of a row that go into a person's download, in the order of the catalogue: label
    and words. Fields that are empty are left out.
    """
    return tuple(
        (one.label, in_words(row, one))
        for one in entries(type(row))
        if one.handling.in_download and cell(row, one) != ""
    )


def on_erasure(model: type[Model]) -> dict[str, Erasure]:
    """What becomes of each field of a model when the person it is about is erased, by name.

    Where one field says that the row is deleted, all of them do: `register` refuses a model that
    says so of some fields only.
    """
    return {one.name: one.handling.erasure for one in entries(model) if not one.made_of}

"""Contacts found by what somebody types."""

import re

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.functions import Cast

from engagement.people.models import Contact
from engagement.people.models.normalised import search_words, telephone_key

_NUMBER = re.compile(r"\+?[0-9 ()\-]{3,}")


def found_by(people: QuerySet[Contact], words: str) -> QuerySet[Contact]:
    """Those for whom every word typed begins a word of their name or email address, whatever the
    case and the accents, or begins their telephone number or its last six or four digits. A number
    may be typed with spaces, and a whole one with +44 for 0.
    """
    if _NUMBER.fullmatch(words.strip()):
        return _with(people, [telephone_key(words) or re.sub(r"[^0-9]", "", words)])
    return _with(people, search_words(words)) if words.strip() else people


def _with(people: QuerySet[Contact], beginnings: list[str]) -> QuerySet[Contact]:
    """Those with a word for each of these beginnings; nobody where there is none."""
    if not beginnings or not all(beginnings):
        return people.none()
    quoted = (one.replace("\\", "\\\\").replace("'", "''") for one in beginnings)
    query = Cast(Value(" & ".join(f"'{one}':*" for one in quoted)), SearchQueryField())
    return people.filter(
        Func(
            F("search_words"),
            query,
            template="%(expressions)s",
            arg_joiner=" @@ ",
            output_field=BooleanField(),
        )
    )

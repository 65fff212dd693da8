"""Contacts found by what somebody types."""

import re

from django.db.models import QuerySet

from engagement.people.models import Contact
from engagement.people.models.normalised import plain, telephone_key

_NUMBER = re.compile(r"\+?[0-9 ()\-]{3,}")


def found_by(people: QuerySet[Contact], words: str) -> QuerySet[Contact]:
    """Those whose name, e-mail address or telephone number has every word typed, or a part of it,
    whatever the case and the accents. A number may be typed with spaces, and with +44 for 0.
    """
    if _NUMBER.fullmatch(words.strip()):
        typed = telephone_key(words) or re.sub(r"[^0-9]", "", words)
        return people.filter(search_text__contains=typed)
    for word in plain(words).split():
        people = people.filter(search_text__contains=word)
    return people

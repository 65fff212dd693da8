"""The words for a value on a page."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Model

from core.nhsuk.environment import NOT_RECORDED, in_clock, in_day, in_moment
from core.periods import RoughDate


def words_of(value: Any) -> str:
    """A value in words: lists with commas, money with a pound sign, an empty one “Not recorded”."""
    if value is None or value == "":
        return NOT_RECORDED
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return f"£{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, RoughDate):
        return value.words
    if isinstance(value, datetime):
        return in_moment(value)
    if isinstance(value, date):
        return in_day(value)
    if isinstance(value, time):
        return in_clock(value)
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or NOT_RECORDED
    return value.name if isinstance(value, Model) and hasattr(value, "name") else str(value)

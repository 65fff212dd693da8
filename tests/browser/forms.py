"""Filling in forms."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db.models import Model
from playwright.sync_api import Locator, Page

from core.periods import RoughDate


def fill_in(page: Page | Locator, **values: Any) -> None:
    """Fill in the fields of a form, by name, with values as an action would take them."""
    for name, value in values.items():
        if isinstance(value, RoughDate):
            _day(page, name, value.earliest)
        elif isinstance(value, date):
            _day(page, name, value)
        else:
            _one(page, name, value)


def typed(page: Page, name: str) -> str:
    """The content of the field with this name."""
    return page.locator(f'[name="{name}"]').first.input_value()


def _day(page: Page | Locator, name: str, day: date) -> None:
    for part in ("day", "month", "year"):
        page.locator(f'[name="{name}-{part}"]').fill(str(getattr(day, part)))


def _one(page: Page | Locator, name: str, value: Any) -> None:
    box = page.locator(f'[name="{name}"]')
    kind = box.first.evaluate("box => box.type")
    if kind in ("radio", "checkbox"):
        _unfold(box.first)
    if kind == "radio":
        page.locator(f'[name="{name}"][value="{_word(value)}"]').check()
    elif kind == "checkbox" and isinstance(value, bool):
        box.set_checked(value)
    elif kind == "checkbox":
        for one in value:
            page.locator(f'[name="{name}"][value="{_word(one)}"]').check()
    elif kind == "select-one":
        box.select_option(_word(value))
    else:
        box.fill(_word(value))


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list | tuple):
        return "\n".join(value)
    return str(value) if isinstance(value, str | int | Decimal) else repr(value)


def _unfold(box: Locator) -> None:
    """Open the details element that a field of a long list is in."""
    fold = box.locator("xpath=ancestor::details[not(@open)]")
    if fold.count():
        fold.locator("summary").click()

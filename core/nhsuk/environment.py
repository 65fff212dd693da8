"""The Jinja environment of every page: the design system's macros, our globals and filters."""

import os
import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import jinja2
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from jinja2.bccache import Bucket

from core.nhsuk import addresses, charts, navigation, presenting
from core.periods import Period, RoughDate, in_words
from core.registry import public_links

#: Shown where a fact was not given, so that an empty cell never looks like a fault.
NOT_RECORDED = "Not recorded"


def environment(**options: Any) -> jinja2.Environment:
    """Build the environment that `TEMPLATES` names, from Django's options for it."""
    options["undefined"] = jinja2.ChainableUndefined
    options["autoescape"] = _is_escaped
    options["trim_blocks"] = options["lstrip_blocks"] = True
    options["bytecode_cache"] = _bytecode_cache()
    options["loader"] = jinja2.ChoiceLoader(
        [options["loader"], jinja2.PackageLoader("nhsuk_frontend_jinja")]
    )
    env = jinja2.Environment(**options)  # noqa: S701  autoescape is on for everything but plain text
    env.globals.update(
        static=static,
        url=addresses.address,
        sign_in_address=settings.LOGIN_URL,
        page_address=page_address,
        public_link=public_links.path,
        nav=navigation.items,
        assetPath=settings.STATIC_URL + "nhsuk/assets",
        component=presenting.component,
        error_list=presenting.error_list,
        has_errors=presenting.has_errors,
        chart_svg=charts.markup,
        stored_chart=charts.of_stored,
        is_demo=getattr(settings, "EMBEDDED", False),
    )
    env.filters.update(
        date=in_day,
        datetime=in_moment,
        time=in_clock,
        rough=in_rough,
        number=in_number,
        plural=plural,
    )
    env.filters["span"] = in_span
    env.tests["web_address"] = is_web_address
    return env


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what every page needs of its request. Asks the database nothing."""
    return {"user": getattr(request, "user", None)}


def page_address(request: HttpRequest, number: int) -> str:
    """This page's address with another page of its list; every other filter stays."""
    query = request.GET.copy()
    query["page"] = str(number)
    return "?" + query.urlencode()


def in_day(
    value: date | datetime | Period | RoughDate | str | None, missing: str = NOT_RECORDED
) -> str:
    """27 March 2027, in London; of a moment, its day there. ISO 8601 text too; other words pass."""
    if value is None or isinstance(value, jinja2.Undefined):
        return missing
    if isinstance(value, Period | RoughDate):
        return value.words
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return in_words(value)


def in_moment(value: datetime | None, missing: str = NOT_RECORDED) -> str:
    """27 March 2027, 6:30pm, in London."""
    if value is None or isinstance(value, jinja2.Undefined):
        return missing
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{in_words(local)}, {in_clock(local)}"


def in_clock(value: time | datetime | None, missing: str = NOT_RECORDED) -> str:
    """6:30pm, 6pm, midday, midnight: the hour as the NHS writes it."""
    if value is None or isinstance(value, jinja2.Undefined):
        return missing
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def in_span(starts: datetime | str, ends: datetime | str) -> str:
    """Tuesday 8 May 2026, 6pm to 8pm; over midnight both days. Takes moments or ISO 8601 text."""
    first, last = (
        timezone.localtime(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)
        for moment in (starts, ends)
    )
    until = (
        in_clock(last)
        if first.date() == last.date()
        else f"{last:%A} {in_words(last)}, {in_clock(last)}"
    )
    return f"{first:%A} {in_words(first)}, {in_clock(first)} to {until}"


def is_web_address(value: object) -> bool:
    """May this be made a link? Only http and https: no script can be hidden in those."""
    return isinstance(value, str) and value.lower().startswith(("http://", "https://"))


def in_rough(value: RoughDate | None, missing: str = NOT_RECORDED) -> str:
    """A date in the precision it is known to: March 2027, 2016."""
    return value.words if value is not None and not isinstance(value, jinja2.Undefined) else missing


def in_number(value: float | None, missing: str = NOT_RECORDED) -> str:
    """1,234. Words, such as “fewer than 5”, pass as they are."""
    if value is None or isinstance(value, jinja2.Undefined):
        return missing
    return value if isinstance(value, str) else f"{value:,}"


def plural(number: int, one: str, many: str = "") -> str:
    """1 person, 2 people, 1,234 activities: a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


class _BytecodeCache(jinja2.FileSystemBytecodeCache):
    """Compiled templates on disk; a folder that cannot be written to only costs time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return


def _bytecode_cache() -> _BytecodeCache | None:
    # One folder a system user: bytecode is run, so nobody else may have written it.
    name = f"pages-{os.getuid()}"
    for parent in (Path(settings.BASE_DIR) / "var", Path(tempfile.gettempdir())):
        folder = parent / name
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            continue
        if folder.stat().st_uid == os.getuid() and os.access(folder, os.W_OK):
            return _BytecodeCache(str(folder))
    return None


def _is_escaped(name: str | None) -> bool:
    return not (name or "").endswith(".txt")

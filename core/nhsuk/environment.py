"""The Jinja environment of all pages: macros of the design system, our globals and filters."""

import functools
import os
import tempfile
import uuid
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import jinja2
from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2.bccache import Bucket

from core.nhsuk import addresses, charts, components, navigation
from core.periods import Period, RoughDate, in_words
from core.registry import public_links

#: The name of the number in a form that is used once.
ONCE = "once"
#: Shown for an empty value, so that it does not look like a fault.
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
        static=functools.cache(static),
        url=addresses.address,
        sign_in_address=settings.LOGIN_URL,
        base_address=settings.BASE_URL,
        page_address=page_address,
        public_link=public_links.path,
        nav=navigation.items,
        assetPath=settings.STATIC_URL + "nhsuk/assets",
        component=components.component,
        error_list=components.error_list,
        conflict_list=components.conflict_list,
        has_errors=components.has_errors,
        chart_svg=charts.markup,
        frozen_chart=charts.from_frozen,
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
    """Context processor for all pages. Makes no query.

    `csrf_input` is for every form that posts: the form token and a number that is used once, so
    that a form sent twice does what it does once (`core.views.once`)."""
    return {
        "user": getattr(request, "user", None),
        "csrf_input": _FormInput(request),
    }


class _FormInput:
    """The hidden fields of a form that posts; the token is made only where they are written."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __html__(self) -> SafeString:
        return format_html(
            '{}<input type="hidden" name="{}" value="{}">',
            csrf_input(self._request),
            ONCE,
            uuid.uuid4(),
        )

    __str__ = __html__


def page_address(request: HttpRequest, number: int) -> str:
    """The address of another page of the same list; the other query parameters stay."""
    query = request.GET.copy()
    query["page"] = str(number)
    return "?" + query.urlencode()


def in_day(
    value: date | datetime | Period | RoughDate | str | None, missing: str = NOT_RECORDED
) -> str:
    """A date in words: 27 March 2027. Of a datetime, its date in London.

    Text in ISO 8601 is read as a date; other text is returned as it is.
    """
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
    """A datetime in words, in London: 27 March 2027, 6:30pm."""
    if value is None or isinstance(value, jinja2.Undefined):
        return missing
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{in_words(local)}, {in_clock(local)}"


def in_clock(value: time | datetime | None, missing: str = NOT_RECORDED) -> str:
    """A time of day as the NHS writes it: 6:30pm, 6pm, midday, midnight."""
    if value is None or isinstance(value, jinja2.Undefined):
        return missing
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def in_span(starts: datetime | str, ends: datetime | str) -> str:
    """Start and end in words, in London: Tuesday 8 May 2026, 6pm to 8pm.

    Both dates are shown if they differ. Takes datetimes, or text in ISO 8601.
    """
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
    """Whether this can be made a link: only http and https, which cannot run a script."""
    return isinstance(value, str) and value.lower().startswith(("http://", "https://"))


def in_rough(value: RoughDate | None, missing: str = NOT_RECORDED) -> str:
    """A rough date in words: March 2027, 2016."""
    return value.words if value is not None and not isinstance(value, jinja2.Undefined) else missing


def in_number(value: float | None, missing: str = NOT_RECORDED) -> str:
    """A number with commas: 1,234. Text, such as “fewer than 5”, is returned as it is."""
    if value is None or isinstance(value, jinja2.Undefined):
        return missing
    return value if isinstance(value, str) else f"{value:,}"


def plural(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 person, 2 people, 1,234 activities."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


class _BytecodeCache(jinja2.FileSystemBytecodeCache):
    """Compiled templates on disk. That the folder cannot be written to is no error."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return


def _bytecode_cache() -> _BytecodeCache | None:
    # One folder for each system user: bytecode is executed, so nobody else may write it.
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

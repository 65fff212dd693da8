"""Public pages: the same for every reader, without a cookie, and kept by caches for a minute."""

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from core import clock
from core.selectors import audit

View = Callable[..., HttpResponseBase]

#: Seconds for which a cache may answer without asking this server.
MAX_AGE = 60
#: The longest value of a query parameter with which a page is still kept in memory.
_LONGEST_VALUE = 80
_READING = ("GET", "HEAD")
_method_not_allowed = functools.partial(HttpResponseNotAllowed, list(_READING))


@dataclass(frozen=True)
class _KeptPage:
    """A finished page in the memory of this process, with every header it was sent with."""

    etag: str
    headers: dict[str, str]
    content: bytes


def public_page(*, reads: tuple[str, ...] = (), refuses: bool = True) -> Callable[[View], View]:
    """Make a view public and cacheable.

    A reader who holds the current edition gets 304 and the page is not made. `reads` names the
    query parameters that the page depends on: a page asked for with any other is not kept in
    memory. A page's edition changes with every act that public pages show, and with the day in
    London. Refuses every method but GET and HEAD, unless the view does so itself
    (`refuses=False`).
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in _READING:
                return _method_not_allowed() if refuses else view(request, *args, **kwargs)
            word, changed_at = _edition(request)
            etag = _etag(request, word)
            response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
            if response is None:
                response = view(request, *args, **kwargs)
                if _may_keep(request, response, reads):
                    setattr(response, "is_to_be_kept", True)  # noqa: B010  # read by `keep`
            if response.status_code in (200, 304):
                response.headers["ETag"] = etag
                response.headers["Last-Modified"] = http_date(_changed(changed_at).timestamp())
                patch_cache_control(response, public=True, max_age=MAX_AGE)
            return response

        return answer

    return decorate


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page from one of our own templates.

    Django's `render` also sets up its own template engine, which imports the tags of every
    installed package: a first public page would wait for that.
    """
    return HttpResponse(render_to_string(template, context, request, using="jinja2"))


def kept(request: HttpRequest) -> HttpResponse | None:
    """The answer to a request whose page this process has kept, if the page is still current.

    None for every other request: only one for a kept page asks the database anything. Refuses a
    host that is not ours, as for any other page.
    """
    if request.method not in _READING:
        return None
    page: _KeptPage | None = caches["pages"].get(_key(request))
    if page is None:
        return None
    request.get_host()
    word, _ = _edition(request)
    if page.etag != _etag(request, word):
        return None
    response = HttpResponse(page.content, headers=page.headers)
    not_modified: HttpResponse | None = get_conditional_response(
        request, etag=page.etag, response=response
    )
    return not_modified or response


def keep(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep a finished page in the memory of this process, if `public_page` marked it so.

    Refuses an answer that sets a cookie or varies by one: it was made for one reader.
    """
    if not getattr(response, "is_to_be_kept", False) or not isinstance(response, HttpResponse):
        return
    if response.cookies or "cookie" in response.headers.get("Vary", "").lower():
        return
    page = _KeptPage(response.headers["ETag"], dict(response.headers.items()), response.content)
    caches["pages"].set(_key(request), page)


def _edition(request: HttpRequest) -> tuple[str, datetime | None]:
    """The edition of public pages, asked of the database once a request."""
    found: tuple[str, datetime | None] | None = getattr(request, "edition", None)
    if found is None:
        found = audit.edition()
        setattr(request, "edition", found)  # noqa: B010  # not a field that Django knows
    return found


def _changed(at: datetime | None) -> datetime:
    # What is open depends on the day, so every page begins anew at midnight in London.
    midnight = clock.start_of(clock.today())
    return max(at, midnight) if at else midnight


@functools.cache
def _build() -> str:
    """Changes when a template or a static file of ours does."""
    folders = (Path(settings.BASE_DIR) / "templates", Path(settings.BASE_DIR) / "static")
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return str(max((file.stat().st_mtime_ns for file in files), default=0))


def _etag(request: HttpRequest, edition: str) -> str:
    digest = _digest(_build(), edition, clock.today().isoformat(), request.get_full_path())
    return f'W/"{digest[:24]}"'


def _key(request: HttpRequest) -> str:
    return _digest(request.get_full_path())


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _may_keep(request: HttpRequest, response: HttpResponseBase, reads: tuple[str, ...]) -> bool:
    # Answers of the API are rendered later, and are cheap to make.
    is_page = (
        isinstance(response, HttpResponse)
        and getattr(response, "is_rendered", True)
        and response.status_code == 200
        and response.headers["Content-Type"].startswith("text/html")
    )
    return (
        is_page
        and request.method == "GET"
        and all(
            name in reads and all(len(value) <= _LONGEST_VALUE for value in values)
            for name, values in request.GET.lists()
        )
    )

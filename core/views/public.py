"""Public pages: the same for every reader, without a cookie, and cached."""

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
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from core import clock
from core.frozen import Altered
from core.selectors import audit

View = Callable[..., HttpResponseBase]

#: Seconds for which browsers and proxies may use a page without asking this server.
MAX_AGE = 60
_SAFE_METHODS = ("GET", "HEAD")
_method_not_allowed = functools.partial(HttpResponseNotAllowed, list(_SAFE_METHODS))
_gzip = GZipMiddleware(lambda _request: HttpResponse())


@dataclass(frozen=True)
class _StoredPage:
    """A finished page in the memory of this process, with all its headers."""

    etag: str
    headers: dict[str, str]
    content: bytes
    check: Callable[[], object] | None


def public_page(
    *,
    reads: tuple[str, ...] = (),
    refuses: bool = True,
    checks: Callable[..., object] | None = None,
) -> Callable[[View], View]:
    """Make a view public and cacheable.

    The ETag of a page changes with every act that changes public pages, and at midnight in London;
    a reader who has the current page gets 304, and the view is not called. `reads` names the query
    parameters that the page depends on: a page with any other is not stored in memory, nor is one
    whose view called `unknown_value`. Refuses every method but GET and HEAD, unless the view does
    so itself (`refuses=False`).

    A page of frozen content names in `checks` a function of a module, with the same arguments,
    which raises `core.frozen.Altered` where the content is not as it was approved: it is called
    each time that the view is not.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in _SAFE_METHODS:
                return _method_not_allowed() if refuses else view(request, *args, **kwargs)
            current, changed_at = _edition(request)
            etag = _etag(request, current)
            response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
            if response is None:
                response = view(request, *args, **kwargs)
                if _is_storable(request, response, reads):
                    setattr(response, "is_storable", True)  # noqa: B010  # read by `store`
                    check = functools.partial(checks, *args, **kwargs) if checks else None
                    setattr(response, "check", check)  # noqa: B010  # read by `store`
            elif checks is not None:
                checks(*args, **kwargs)
            if response.status_code in (200, 304):
                setattr(response, "is_public", True)  # noqa: B010  # read by `compress`
                response.headers["ETag"] = etag
                response.headers["Last-Modified"] = http_date(_changed(changed_at).timestamp())
                patch_cache_control(response, public=True, max_age=MAX_AGE)
            return response

        return wrapped

    return decorate


def unknown_value(request: HttpRequest) -> None:
    """Say that a query parameter has a value that does not exist, of which there is no end."""
    setattr(request, "has_unknown_value", True)  # noqa: B010  # not in Django's types


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page from one of our Jinja templates.

    Django's `render` also sets up Django's own template engine, which imports the tags of every
    installed package and would slow down the first public page after a start.
    """
    return HttpResponse(render_to_string(template, context, request, using="jinja2"))


def stored(request: HttpRequest) -> HttpResponse | None:
    """The response to this request from the memory of this process, if its page is still current.

    None for every other request. Queries the database only if there is a stored page. Refuses a
    host name that is not allowed, as for any other page.
    """
    if request.method not in _SAFE_METHODS:
        return None
    page: _StoredPage | None = caches["pages"].get(_key(request))
    if page is None:
        return None
    request.get_host()
    if page.etag != _etag(request, edition(request)) or not _is_as_approved(page):
        return None
    response = HttpResponse(page.content, headers=page.headers)
    not_modified: HttpResponse | None = get_conditional_response(
        request, etag=page.etag, response=response
    )
    return not_modified or response


def compress(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response, compressed for a reader whose browser takes that.

    Only what `public_page` serves: a page for one reader has secrets in it, and its compressed
    length would tell something of them.
    """
    if not getattr(response, "is_public", False) or not _is_compressible(response):
        return response
    compressed: HttpResponseBase = _gzip.process_response(request, response)
    return compressed


def store(request: HttpRequest, response: HttpResponseBase) -> None:
    """Store a finished page in the memory of this process, if `public_page` marked it as storable.

    A response that sets a cookie or varies by one is not stored: it was made for one reader.
    """
    if not getattr(response, "is_storable", False) or not isinstance(response, HttpResponse):
        return
    if response.cookies or "cookie" in response.headers.get("Vary", "").lower():
        return
    headers = dict(response.headers.items())
    check = getattr(response, "check", None)
    page = _StoredPage(headers["ETag"], headers, response.content, check)
    caches["pages"].set(_key(request), page)


def edition(request: HttpRequest) -> str:
    """The edition of the public pages that this request is answered from."""
    return _edition(request)[0]


def _is_as_approved(page: _StoredPage) -> bool:
    """Whether frozen content on a page still is; where not, the view says what differs."""
    try:
        if page.check is not None:
            page.check()
    except Altered:
        return False
    return True


def _edition(request: HttpRequest) -> tuple[str, datetime | None]:
    """The edition of public pages, queried once per request."""
    found: tuple[str, datetime | None] | None = getattr(request, "edition", None)
    if found is None:
        found = audit.edition()
        setattr(request, "edition", found)  # noqa: B010  # not in Django's types
    return found


def _changed(at: datetime | None) -> datetime:
    # Pages depend on the date, for example by what is open: they change at midnight in London.
    midnight = clock.start_of(clock.today())
    return max(at, midnight) if at else midnight


@functools.cache
def _build() -> str:
    """A string that changes when one of our templates or static files does."""
    folders = (Path(settings.BASE_DIR) / "templates", Path(settings.BASE_DIR) / "static")
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return str(max((file.stat().st_mtime_ns for file in files), default=0))


def _etag(request: HttpRequest, current: str) -> str:
    digest = _digest(_build(), current, clock.today().isoformat(), request.get_full_path())
    return f'W/"{digest[:24]}"'


def _key(request: HttpRequest) -> str:
    encoding = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
    return _digest(request.get_full_path(), encoding)


def _is_compressible(response: HttpResponseBase) -> bool:
    # Pictures and PDF files are compressed already.
    return not response.headers.get("Content-Type", "").startswith(("image/", "application/pdf"))


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _is_storable(request: HttpRequest, response: HttpResponseBase, reads: tuple[str, ...]) -> bool:
    # Responses of the API are rendered later, and quickly.
    is_page = (
        isinstance(response, HttpResponse)
        and getattr(response, "is_rendered", True)
        and response.status_code == 200
        and response.headers["Content-Type"].startswith("text/html")
    )
    return (
        is_page
        and request.method == "GET"
        and not getattr(request, "has_unknown_value", False)
        # One spelling of each address: there is no end to the others.
        and request.GET.urlencode() == request.META.get("QUERY_STRING", "")
        and all(name in reads and len(values) == 1 for name, values in request.GET.lists())
    )

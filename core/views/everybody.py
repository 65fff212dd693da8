"""Pages that are the same for everybody: without a cookie, and kept by caches for a minute."""

import functools
import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from redis.exceptions import RedisError

from core import clock
from core.selectors import audit

View = Callable[..., HttpResponseBase]

#: Seconds for which a cache may answer for us without asking.
MAX_AGE = 60
#: Seconds for which a made page is kept on the server; its edition is asked for every time.
KEPT_FOR = 300
#: Stands in a kept page where each answer puts its own nonce.
_NONCE = "nonce-of-this-answer"
_NOT_READING = functools.partial(HttpResponseNotAllowed, ["GET", "HEAD"])


def for_everybody(*, reads: tuple[str, ...] = (), refuses: bool = True) -> Callable[[View], View]:
    """Make a view public and cacheable.

    A reader who holds the edition of now gets 304 and the page is not made. `reads` are the query
    parameters that the page depends on: only addresses with no others are kept on the server.
    Pages made on another London day are other pages. A method that is not for reading is refused,
    unless the view does so itself (`refuses=False`).
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                return _NOT_READING() if refuses else view(request, *args, **kwargs)
            word, changed_at = audit.edition()
            mark = _mark(request, word)
            held = get_conditional_response(request, etag=f'W/"{mark}"')
            if held is not None:
                # The page the reader holds came with its own nonce; a new policy would not fit it.
                setattr(held, "_csp_exempt", True)  # noqa: B010  # django-csp's own mark
            response: HttpResponseBase = (
                held
                or _kept(request, mark, reads)
                or _made(request, mark, reads, view, args, kwargs)
            )
            if response.status_code in (200, 304):
                response.headers["ETag"] = f'W/"{mark}"'
                response.headers["Last-Modified"] = http_date(_changed(changed_at).timestamp())
                patch_cache_control(response, public=True, max_age=MAX_AGE)
            return response

        return answer

    return decorate


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


def _mark(request: HttpRequest, edition: str) -> str:
    parts = (_build(), edition, clock.today().isoformat(), request.get_full_path())
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _kept(request: HttpRequest, mark: str, reads: tuple[str, ...]) -> HttpResponse | None:
    if not _may_keep(request, reads):
        return None
    try:
        body = cache.get(f"page-{mark}")
    except RedisError:
        return None
    if body is None:
        return None
    return HttpResponse(body.replace(_NONCE.encode(), _nonce(request)))


def _made(
    request: HttpRequest, mark: str, reads: tuple[str, ...], view: View, args: Any, kwargs: Any
) -> HttpResponseBase:
    response = view(request, *args, **kwargs)
    # The API's answers are rendered later, and are cheap to make.
    if not isinstance(response, HttpResponse) or not getattr(response, "is_rendered", True):
        return response
    is_page = response.headers["Content-Type"].startswith("text/html")
    if is_page and response.status_code == 200 and _may_keep(request, reads):
        body = response.content
        nonce = _nonce(request)
        try:
            cache.set(f"page-{mark}", body.replace(nonce, _NONCE.encode()), KEPT_FOR)
        except RedisError:
            return response
    return response


def _may_keep(request: HttpRequest, reads: tuple[str, ...]) -> bool:
    return all(
        name in reads and all(len(value) <= 80 for value in values)
        for name, values in request.GET.lists()
    )


def _nonce(request: HttpRequest) -> bytes:
    return str(getattr(request, "csp_nonce", "")).encode()

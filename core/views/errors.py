"""Error pages."""

import secrets

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

log = structlog.get_logger(__name__)

NOT_YOURS = "Your role does not let you see or do this."
#: The page for a server error when its template fails as well.
_FALLBACK = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Sorry, there is a problem</title></head>
<body><main><h1>Sorry, there is a problem with the service</h1>
<p>What you sent was either saved in full or not saved at all. Try again in a few
minutes.</p></main></body></html>"""


@requires_csrf_token
def bad_request(
    request: HttpRequest, exception: Exception | None = None, sentence: str = ""
) -> HttpResponse:
    """400: the request cannot be read."""
    return _page(request, 400, sentence=sentence)


@requires_csrf_token
def forbidden(
    request: HttpRequest, exception: Exception | None = None, sentence: str = ""
) -> HttpResponse:
    """403: the person may not do this; `sentence` says why."""
    return _page(request, 403, sentence=sentence or NOT_YOURS)


@requires_csrf_token
def not_found(
    request: HttpRequest, exception: Exception | None = None, **address: str
) -> HttpResponse:
    """404: no such page for this person. Also the view of addresses that are not offered."""
    return _page(request, 404)


@requires_csrf_token
def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the page cannot be asked for in this way."""
    response = _page(request, 405)
    response.headers["Allow"] = allowed
    return response


@requires_csrf_token
def altered(request: HttpRequest, sentence: str) -> HttpResponse:
    """503: what is frozen is not as it was approved; `sentence` says what differs."""
    log.error("frozen_content_altered", path=request.path, sentence=sentence)
    return _page(request, 503, template="altered", sentence=sentence)


@requires_csrf_token
def conflict(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """409: somebody else has saved the same thing. Shows what was typed, to be copied."""
    typed = [
        (name.replace("_", " ").replace("-", " ").capitalize(), "\n".join(values))
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "once", "seen") and "".join(values).strip()
    ]
    return _page(request, 409, typed=typed)


@requires_csrf_token
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many requests, as when passwords are guessed."""
    response = _page(request, 429)
    response.headers["Retry-After"] = "300"
    return response


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open for too long, or was not sent from one of our pages."""
    log.info("form_token_refused", path=request.path, reason=reason)
    return _page(request, 403, template="expired")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of the service. Makes no query; the number on the page is in the log."""
    number = secrets.token_hex(4)
    log.error("server_error", path=request.path, number=number)
    try:
        # Without the request no context processor runs, which might fail again.
        page: str = render_to_string("core/errors/500.html.jinja", {"number": number})
    except Exception:
        # Nobody is left to catch anything that is raised here.
        log.exception("server_error_page_failed", number=number)
        page = _FALLBACK
    return HttpResponse(page, status=500)


def _page(request: HttpRequest, status: int, template: str = "", **context: object) -> HttpResponse:
    name = f"core/errors/{template or status}.html.jinja"
    return HttpResponse(render_to_string(name, context, request), status=status)

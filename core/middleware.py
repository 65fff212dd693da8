"""Middleware: sign-in required by default, error pages for refused acts, caching of pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from core.acting import Refused
from core.frozen import Altered
from core.seen import Stale
from core.views import errors, kept_forms, public, sessions

GetResponse = Callable[[HttpRequest], HttpResponseBase]

#: Beginnings of addresses whose pages are for one reader.
PRIVATE = ("/staff/", "/accounts/", "/my/")


class SignInMiddleware:
    """Requires a signed-in member of staff for every address whose name is not among
    `settings.PUBLIC_ADDRESSES`.

    Views of the API are left to their own permission classes, since programs sign in differently;
    the default one (`core.api.Closed`) refuses everybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.public: frozenset[str] = settings.PUBLIC_ADDRESSES

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Redirect to the sign-in page, keeping a form that was sent. For a public page the session
        is not even read.
        """
        match = request.resolver_match
        if match is not None and match.view_name in self.public:
            return None
        # Django REST framework marks its views with their class.
        if hasattr(view, "cls"):
            return None
        if request.user.is_authenticated:
            sessions.use(request=request)
            return None
        response = redirect_to_login(kept_forms.keep(request))
        response.headers["Cache-Control"] = "private, no-store"
        return response


class RefusalMiddleware:
    """Shows an error page: 403 for `Refused`, 409 for `Stale`, 503 for `Altered`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_api = request.path.startswith("/api/")
        if isinstance(exception, Altered):
            if is_api:
                return JsonResponse({"detail": str(exception)}, status=503)
            return errors.altered(request, sentence=str(exception))
        # The API reports refused acts itself, as JSON (`core.api.response_to`).
        if is_api:
            return None
        if isinstance(exception, Refused):
            return errors.forbidden(request, sentence=exception.sentence)
        if isinstance(exception, Stale):
            return errors.conflict(request, exception)
        return None


class UnreadableRequestMiddleware:
    """Refuses what no page can read: an address with a NUL byte, which PostgreSQL does not accept
    in text, and a request that says it is in another encoding than UTF-8. Cookies with a NUL byte,
    which no page of ours sets, are left out.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if not _is_in_utf8(request):
            # Django would read the address and the form in it, or fail to.
            request.encoding = "utf-8"
            return _refused(
                request, 415, "What was sent is not in UTF-8, the only encoding this service reads."
            )
        if "\0" in request.path or "\0" in query or "%00" in query:
            return _refused(
                request,
                400,
                "The address has a hidden character in it. Remove it, or start from the home page.",
            )
        # A browser may write the byte as it is or as an octal number.
        if any(sign in request.META.get("HTTP_COOKIE", "") for sign in ("\0", r"\000")):
            cookies = request.COOKIES.items()
            request.COOKIES = {name: value for name, value in cookies if "\0" not in value}
        return self.get_response(request)


def _is_in_utf8(request: HttpRequest) -> bool:
    """Whether it names UTF-8 as its encoding, its part ASCII, or none."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    return charset.strip("\"' ").lower() in {"utf-8", "utf8", "us-ascii", "ascii"}


def _refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": sentence}, status=status)
    response = errors.bad_request(request, sentence=sentence)
    response.status_code = status
    return response


class PublicPageMiddleware:
    """Serves public pages from the memory of this process while they have not changed.

    Comes before all middleware that looks at the reader, and stores pages as finished by it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_in_utf8(request):
            # Not even its address can be read: the middleware further in refuses it.
            return self.get_response(request)
        if (stored := public.stored(request)) is not None:
            return stored
        response = public.compress(request, self.get_response(request))
        public.store(request, response)
        return response


class PrivatePagesMiddleware:
    """Keeps pages for one reader out of all caches, including that of a shared computer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(PRIVATE):
            response.headers["Cache-Control"] = "private, no-store"
        return response

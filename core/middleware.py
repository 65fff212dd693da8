"""What happens to every request: closed unless opened, refusals as pages, private pages private."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from core.acting import Refused, Stale
from core.views import errors, public

Answer = Callable[[HttpRequest], HttpResponseBase]

#: Addresses whose pages hold what only their reader may see.
PRIVATE = ("/staff/", "/accounts/", "/my/")


class SignInMiddleware:
    """Closed unless opened: every address asks for a signed-in member of staff, except those whose
    name is among `settings.PUBLIC_ADDRESSES`.

    Views of the API answer for themselves, since programs sign in otherwise: there the default
    permission (`core.api.Closed`) refuses.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.public: frozenset[str] = settings.PUBLIC_ADDRESSES

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Send whoever has not signed in to the sign-in page. Public pages never ask who reads."""
        match = request.resolver_match
        if match is not None and match.view_name in self.public:
            return None
        # Django REST framework marks its views with their class.
        if hasattr(view, "cls") or request.user.is_authenticated:
            return None
        response = redirect_to_login(request.get_full_path())
        response.headers["Cache-Control"] = "private, no-store"
        return response


class RefusalMiddleware:
    """Turns what an act refuses into its page: 403 with its sentence, 409 when it was stale."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # Programs read JSON: the API answers its own refusals.
        if request.path.startswith("/api/"):
            return None
        if isinstance(exception, Refused):
            return errors.forbidden(request, sentence=exception.sentence)
        if isinstance(exception, Stale):
            return errors.conflict(request, exception)
        return None


class HiddenCharacterMiddleware:
    """Refuses an address with a NUL byte in it: no page has one, no database row holds one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "\0" in query or "%00" in query:
            sentence = (
                "The address has a hidden character in it. Remove it, or start from the home page."
            )
            if request.path.startswith("/api/"):
                return JsonResponse({"detail": sentence}, status=400)
            return errors.bad_request(request, sentence=sentence)
        return self.get_response(request)


class PublicPageMiddleware:
    """Answers from memory what was asked before and has not changed: public pages only.

    Stands before whatever looks at who is reading, and keeps a page as finished by all of that.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (held := public.kept(request)) is not None:
            return held
        response = self.get_response(request)
        public.keep(request, response)
        return response


class PrivatePagesMiddleware:
    """Keeps pages for one reader out of every cache, also the browser's on a shared computer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(PRIVATE):
            response.headers["Cache-Control"] = "private, no-store"
        return response

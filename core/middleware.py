"""What happens to every request: refusals become pages, and private pages stay private."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from core.acting import Refused, Stale
from core.views import errors

Answer = Callable[[HttpRequest], HttpResponseBase]

#: Addresses whose pages hold what only their reader may see.
PRIVATE = ("/staff/", "/accounts/", "/my/")


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


class PrivatePagesMiddleware:
    """Keeps pages for one reader out of every cache, also the browser's on a shared computer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(PRIVATE):
            response.headers["Cache-Control"] = "private, no-store"
        return response

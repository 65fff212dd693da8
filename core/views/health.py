"""Two questions machines ask: is the process alive, and can it serve?"""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import health


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "alive"}, headers=_token())


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Every registered check, 200 when none has a fault and 503 otherwise."""
    found = health.results()
    well = all(result.fault is None for result in found)
    return JsonResponse(
        {
            "status": "ready" if well else "not ready",
            "checks": {result.name: result.fault or "well" for result in found},
        },
        status=200 if well else 503,
        headers=_token(),
    )


def _token() -> dict[str, str]:
    return {"X-Start-Token": settings.START_TOKEN} if settings.START_TOKEN else {}

"""Health checks for machines: whether the process runs, and whether it can serve requests."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import health


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 whenever the process runs; nothing else is checked."""
    return JsonResponse({"status": "alive"}, headers=_token(request))


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """The result of every registered check: 200 without a fault, 503 with one."""
    found = health.results()
    is_ready = all(result.fault is None for result in found)
    return JsonResponse(
        {
            "status": "ready" if is_ready else "not ready",
            "checks": {result.name: result.fault or "well" for result in found},
        },
        status=200 if is_ready else 503,
        headers=_token(request),
    )


def _token(request: HttpRequest) -> dict[str, str]:
    """The token of this start, for whoever knows it: so `make run` tells its own server."""
    token = settings.START_TOKEN
    sent = request.headers.get("X-Start-Token", "")
    is_known = bool(token) and constant_time_compare(sent, token)
    return {"X-Start-Token": token} if is_known else {}

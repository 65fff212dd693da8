"""Every address of the site."""

from django.urls import URLResolver, include, path


def _when_asked(route: str, module: str) -> URLResolver:
    """The addresses of a module that is imported when the first of them is asked for.

    `include` imports it at once: a first public page would wait for every staff page and the API.
    """
    # Django imports a name when it first looks into it; its types know only of `include`.
    resolver: URLResolver = path(route, (module, None, None))  # type: ignore[arg-type]
    return resolver


urlpatterns = [
    # The public's pages first: they are asked for most.
    path("", include("insight.public.urls")),
    path("", include("core.urls")),
    _when_asked("", "engagement.people.urls"),
    _when_asked("", "engagement.activities.urls"),
    _when_asked("", "insight.loop.urls"),
    _when_asked("", "insight.reporting.urls"),
    _when_asked("accounts/", "core.account_urls"),
    _when_asked("api/v1/", "insight.public.api.urls"),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler429 = "core.views.errors.too_many"
handler500 = "core.views.errors.server_error"

"""All addresses of the site."""

from django.urls import URLResolver, include, path


def _when_asked(route: str, module: str) -> URLResolver:
    """Include a module of addresses that is imported only when one of them is requested.

    `include` imports it at once, and the first public page after a start would wait for the import
    of all staff pages and the API.
    """
    # Django takes the name of a module here and imports it on first use; its types do not say so.
    resolver: URLResolver = path(route, (module, None, None))  # type: ignore[arg-type]
    return resolver


urlpatterns = [
    # Public pages come first because they are requested most.
    path("", include("insight.public.urls")),
    path("", include("core.urls")),
    _when_asked("", "engagement.people.urls"),
    _when_asked("", "engagement.messaging.urls"),
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
